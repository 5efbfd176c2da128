import { createHash } from 'node:crypto';
import { type AppendResult, EventStore } from '@caretrail/event-store';
import {
  type Actor,
  type Clock,
  type Command,
  type CommandMeta,
  formatDate,
  idOf,
  InvalidInput,
  londonDate,
  type PlainDate,
  RuleViolation,
  type StoredEvent,
  type Tenant,
} from '@caretrail/kernel';
import { Councils } from '@caretrail/platform';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { v5 as derivedUuid } from 'uuid';
import {
  DelistService,
  type DirectoryCounts,
  type DirectoryFault,
  type DirectoryReceivedData,
  KeepRejectedRecords,
  ListService,
  RecordDirectoryFile,
} from '../../contracts/index.js';
import { directoryFileStream } from '../../domain/directory-file/directory-file.decider.js';
import {
  directoryServiceCategory,
  directoryServiceStream,
} from '../../domain/directory-service/directory-service.decider.js';
import { entryOn, type LaterDirectory, restatementOf, wholeDirectoriesAfter } from './later-directories.js';
import { openDirectory } from './reading/directory-file.js';
import { type ReadService, readService } from './reading/read-service.js';

/** Under it the id of a file is derived from its content. */
const FILES = '8f2d5c1e-7c55-4d0b-9f0a-3a1f5b9e6d42';
const NOT_IN_IT = 'not in the whole directory any more';
const AT_ONCE = 100;
const WARNINGS_KEPT = 1_000;
const RECORD_KEPT = 20_000;

export interface DirectoryImport {
  readonly tenant: Tenant;
  readonly actor: Actor;
  /** The file’s name without its folder. */
  readonly name: string;
  readonly content: Uint8Array;
  /** The day the directory said so: what the file tells is true and known since then. Today where it is left out. */
  readonly publishedOn?: PlainDate;
  /** Whether it is the whole directory: what is not in it is delisted. */
  readonly whole?: boolean;
  readonly onProgress?: (done: number, total: number) => void;
}

/** What became of a file; accepted and rejected make up the records. */
export interface DirectoryOutcome extends DirectoryCounts {
  readonly fileId: string;
  readonly publishedOn: PlainDate;
  readonly events: number;
  /** Where the last of them stands; '0' where nothing was new. */
  readonly position: string;
}

type Rejected = ReadService & { readonly faults: readonly DirectoryFault[]; readonly record: unknown };

/** A directory being taken in. */
interface Taking {
  readonly meta: CommandMeta;
  readonly fileId: string;
  readonly counts: { -readonly [Name in keyof DirectoryCounts]: number };
  readonly warnings: DirectoryFault[];
  readonly rejected: Rejected[];
  /** Services of which the file says anything at all. */
  readonly told: Set<string>;
  events: number;
  position: bigint;
}

/** Takes a directory of universal services in, as Open Referral UK serves it. */
@Injectable()
export class DirectoryImporter {
  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(Councils) private readonly councils: Councils,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  /**
   * The same file again changes nothing; a record that cannot be understood is kept with the reasons, and the rest goes on.
   * @throws InvalidInput where nothing of the file can be taken, NotFound for a council that is not set up
   */
  async import(asked: DirectoryImport): Promise<DirectoryOutcome> {
    const { tenant, actor, content, whole = false } = asked;
    await this.councils.get(tenant);
    await this.clock.lookUp(tenant);
    const today = londonDate(this.clock.now(tenant));
    const { records, pages } = openDirectory(content);
    if (whole && pages > 1)
      throw new InvalidInput([
        {
          rule: 'whole-directory-has-all-pages',
          field: 'whole',
          message: `The file is one of ${pages} pages, so it is not the whole directory. Ask the directory for all services in one page, or import the pages without saying that it is the whole. Nothing was stored.`,
        },
      ]);
    const sha256 = createHash('sha256').update(content).digest('hex');
    const fileId = derivedUuid(sha256, FILES);
    const publishedOn = asked.publishedOn ?? (await this.dayOfEarlierImport(tenant, fileId)) ?? today;
    if (publishedOn > today)
      throw new InvalidInput([
        {
          rule: 'published-by-today',
          field: 'publishedOn',
          message: `The directory cannot have been published on ${formatDate(publishedOn)}, which is in the future. Nothing was stored.`,
        },
      ]);
    const taking: Taking = {
      meta: {
        tenant,
        commandId: `directory/${fileId}/${publishedOn}${whole ? '/whole' : ''}`,
        actor,
        effectiveOn: publishedOn,
        ...(publishedOn < today && knownAs(publishedOn)),
      },
      fileId,
      counts: {
        records: records.length,
        accepted: 0,
        warned: 0,
        rejected: 0,
        listed: 0,
        changed: 0,
        unchanged: 0,
        delisted: 0,
      },
      warnings: [],
      rejected: [],
      told: new Set(),
      events: 0,
      position: 0n,
    };
    for (let from = 0; from < records.length; from += AT_ONCE) {
      await this.receive(taking, records.slice(from, from + AT_ONCE));
      asked.onProgress?.(Math.min(from + AT_ONCE, records.length), records.length);
    }
    if (whole) await this.delistOthers(taking);
    await this.letLaterDirectoriesStand(taking, whole);
    await this.keepRejected(taking);
    const { counts, warnings } = taking;
    const name = asked.name.slice(0, 255);
    const file = { fileId, name, sha256, publishedOn, whole, counts, warnings: warnings.slice(0, WARNINGS_KEPT) };
    await this.send(taking, RecordDirectoryFile, file, 'received');
    return { ...counts, fileId, publishedOn, events: taking.events, position: taking.position.toString() };
  }

  /** The very same file, imported before without a date, counts as published then. */
  private async dayOfEarlierImport(tenant: Tenant, fileId: string): Promise<PlainDate | undefined> {
    const events = await this.store.readStream(tenant, directoryFileStream({ fileId }));
    const received = events.findLast(({ type }) => type === 'commissioning.directory-received.v1');
    return (received?.data as DirectoryReceivedData | undefined)?.publishedOn;
  }

  private async receive(
    taking: Taking,
    records: readonly { readonly place: string; readonly record: unknown }[],
  ): Promise<void> {
    const { counts, told } = taking;
    const services: (Exclude<ReadService, { readonly faults: unknown }> & { readonly record: unknown })[] = [];
    for (const { place, record } of records) {
      const read = readService(record, place);
      const twice = read.serviceId !== undefined && told.has(read.serviceId);
      if (read.serviceId) told.add(read.serviceId);
      if ('faults' in read) this.reject(taking, { ...read, record });
      else if (twice) {
        const faults = [
          { place, rule: 'service-is-told-once', reason: 'Another record of this file has the same id.' },
        ];
        this.reject(taking, { place, warnings: [], serviceId: read.serviceId, faults, record });
      } else services.push({ ...read, record });
    }
    const before = await this.standing(
      taking.meta,
      services.map(({ serviceId }) => serviceId),
    );
    await Promise.all(
      services.map(async (service) => {
        const { serviceId, place, warnings } = service;
        const { length, stands } = before.get(serviceId)!;
        const step = `${serviceId}/${length}`;
        try {
          if ('entry' in service) {
            const isNew = await this.send(taking, ListService, { serviceId, entry: service.entry }, step);
            counts[!isNew ? 'unchanged' : stands ? 'changed' : 'listed']++;
          } else {
            const reason = `${service.ended} in the directory`;
            counts[(await this.send(taking, DelistService, { serviceId, reason }, step)) ? 'delisted' : 'unchanged']++;
          }
          counts.accepted++;
          if (warnings.length) counts.warned++;
          taking.warnings.push(...warnings);
        } catch (error) {
          if (!(error instanceof RuleViolation)) throw error;
          const faults = error.faults.map(({ rule, message, field }) => ({
            place: field ? `${place}: ${field}` : place,
            rule,
            reason: message,
          }));
          this.reject(taking, { place, warnings: [], serviceId, faults, record: service.record });
        }
      }),
    );
  }

  /** Services that stand, and of which the whole directory says nothing. A record that does not say its id may be any of them. */
  private async delistOthers(taking: Taking): Promise<void> {
    if (taking.rejected.some(({ serviceId }) => serviceId === undefined)) return;
    const { tenant } = taking.meta;
    for (let after = ''; ;) {
      const streams = await this.store.streamsOf(tenant, directoryServiceCategory, after, AT_ONCE);
      if (!streams.length) return;
      const others = streams.map(idOf).filter((serviceId) => !taking.told.has(serviceId));
      const before = await this.standing(taking.meta, others);
      await Promise.all(
        others.map(async (serviceId) => {
          const { length, stands } = before.get(serviceId)!;
          const data = { serviceId, reason: NOT_IN_IT };
          if (stands && (await this.send(taking, DelistService, data, `${serviceId}/${length}`)))
            taking.counts.delisted++;
        }),
      );
      after = streams.at(-1)!;
    }
  }

  /**
   * An older directory may come after newer ones. What a whole one of a later day said by leaving a service as it was, or by not
   * telling of it, is said again on that day, because it left no event then.
   */
  private async letLaterDirectoriesStand(taking: Taking, whole: boolean): Promise<void> {
    const { tenant, effectiveOn } = taking.meta;
    const later = await wholeDirectoriesAfter(this.store, tenant, effectiveOn);
    if (!later.length) return;
    if (!whole) return this.restate(taking, [...taking.told], later);
    for (let after = ''; ;) {
      const streams = await this.store.streamsOf(tenant, directoryServiceCategory, after, AT_ONCE);
      if (!streams.length) return;
      await this.restate(taking, streams.map(idOf), later);
      after = streams.at(-1)!;
    }
  }

  private async restate(
    taking: Taking,
    serviceIds: readonly string[],
    later: readonly LaterDirectory[],
  ): Promise<void> {
    const { tenant, effectiveOn, commandId } = taking.meta;
    const isNew = ({ knownOn, metadata }: StoredEvent) =>
      knownOn === effectiveOn && metadata.commandId.startsWith(`${commandId}/`);
    const nameOf = (serviceId: string) => directoryServiceStream({ serviceId });
    const streams = await this.store.readStreams(tenant, serviceIds.map(nameOf));
    await Promise.all(
      serviceIds.map(async (serviceId) => {
        const events = streams.get(nameOf(serviceId)) ?? [];
        const again = restatementOf(events, isNew, later);
        if (!again) return;
        const { publishedOn, entry } = again;
        const step = `${serviceId}/${events.length}/as-on-${publishedOn}`;
        if (entry) await this.send(taking, ListService, { serviceId, entry }, step, knownAs(publishedOn));
        else await this.send(taking, DelistService, { serviceId, reason: NOT_IN_IT }, step, knownAs(publishedOn));
      }),
    );
  }

  private async keepRejected(taking: Taking): Promise<void> {
    const { rejected, fileId } = taking;
    for (let from = 0; from < rejected.length; from += AT_ONCE) {
      const records = rejected.slice(from, from + AT_ONCE).map(({ place, faults, record }) => ({
        place,
        faults: faults.slice(0, 100),
        record: (JSON.stringify(record) ?? '').slice(0, RECORD_KEPT),
      }));
      await this.send(taking, KeepRejectedRecords, { fileId, records }, `rejected-from-${records[0]!.place}`);
    }
  }

  private reject(taking: Taking, rejected: Rejected): void {
    taking.counts.rejected++;
    taking.rejected.push(rejected);
  }

  /** True where it brought an event. */
  private async send<Data>(
    taking: Taking,
    Kind: {
      readonly schema: { parse(data: unknown): Data };
      new (data: Data, meta: CommandMeta): Command<Data>;
    },
    data: unknown,
    step: string,
    days: Partial<ReturnType<typeof knownAs>> = {},
  ): Promise<boolean> {
    const { meta } = taking;
    const command = new Kind(Kind.schema.parse(data), { ...meta, ...days, commandId: `${meta.commandId}/${step}` });
    const result: AppendResult = await this.bus.execute(command);
    if (result.repeated || !result.eventIds.length) return false;
    taking.events += result.eventIds.length;
    if (result.position > taking.position) taking.position = result.position;
    return true;
  }

  /**
   * Whether each service stood by the day of the file, and how long its stream is: the same file may rightly change a
   * service again after another file came in between.
   */
  private async standing({ tenant, knownOn }: CommandMeta, serviceIds: readonly string[]) {
    const nameOf = (serviceId: string) => directoryServiceStream({ serviceId });
    const streams = await this.store.readStreams(tenant, serviceIds.map(nameOf));
    return new Map(
      serviceIds.map((serviceId) => {
        const events = streams.get(nameOf(serviceId)) ?? [];
        return [serviceId, { length: events.length, stands: entryOn(events, knownOn) !== undefined }];
      }),
    );
  }
}

const knownAs = (publishedOn: PlainDate) => ({
  effectiveOn: publishedOn,
  knownOn: publishedOn,
  source: `Directory published on ${formatDate(publishedOn)}`,
});
