import { createReadStream } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { type AppendResult, EventStore } from '@caretrail/event-store';
import {
  type Actor,
  type Clock,
  type CommandMeta,
  type PlainDate,
  type Fault,
  InvalidInput,
  RuleViolation,
  type Tenant,
  formatDate,
  idOf,
  londonDate,
} from '@caretrail/kernel';
import { type RegisteredCouncil, Councils, Database, Secrets } from '@caretrail/platform';
import { SubjectIndex, SubjectKeys, deriveKey } from '@caretrail/privacy';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { fileIdOf } from '../cld/identity/file-id.js';
import type { CldRow } from '../cld/normalising/cld-row.js';
import { laPersonRef, normaliseRow, personRefOf } from '../cld/normalising/normalise-row.js';
import { FileRefused } from '../cld/reading/file-refused.js';
import { type CldFileInspection, inspectCldFile } from '../cld/reading/inspect-cld-file.js';
import type { RawRow } from '../cld/reading/read-cld-file.js';
import { RowsByPerson } from '../cld/reading/rows-by-person.js';
import { type FileCounts, KeepRejectedRows, RecordFile } from '../contracts/index.js';
import type { FileReceivedData, RowRejectedData } from '../contracts/returns.events.js';
import { ImportReport } from './import-report.js';
import { oneImportAtATime } from './one-import-at-a-time.js';
import { type PersonRows, type PersonRowsReceived, ReceivePersonRows } from './receive-person-rows.handler.js';

const FILES = 'returns.cld-file';
const LEDGERS = 'returns.cld-person';
const PEOPLE_AT_ONCE = 200;
const REJECTED_AT_ONCE = 5_000;
const IN_FLIGHT = 64;
const IDENTIFIER = 'cld-person';

export interface ImportOptions {
  readonly tenant: Tenant;
  readonly file: string;
  readonly actor: Actor;
  /** The day the council submitted the file: what it brings counts as known since then. */
  readonly submittedOn?: PlainDate;
  readonly withdrawMissing?: boolean;
  /** Where the report goes; a CSV file. */
  readonly report: (fileId: string) => string;
  readonly onProgress?: (progress: ImportProgress) => void;
}

export interface ImportProgress {
  readonly phase: 'checking' | 'importing' | 'comparing';
  readonly done: number;
  readonly total: number;
}

/** Counts of rows, the events they became, and where the report is. accepted + rejected = rows. */
export interface ImportOutcome extends FileCounts {
  readonly events: number;
  readonly report: string;
  readonly fileId: string;
}

interface Intake {
  readonly options: ImportOptions;
  readonly council: RegisteredCouncil;
  readonly inspection: CldFileInspection;
  readonly fileId: string;
  readonly submittedOn: PlainDate;
  readonly meta: CommandMeta;
  readonly report: ImportReport;
  readonly counts: { -readonly [Name in keyof FileCounts]: number } & { events: number };
  readonly peopleInFile: Set<string>;
  readonly everyRowNamesSomebody: boolean;
}

/** A file read once: its rows by person, and those that do not say whom they are about. */
interface Gathered {
  readonly people: RowsByPerson;
  readonly nobody: RawRow[];
}

type RejectedRow = Omit<RowRejectedData, 'fileId' | 'personId'> & { readonly personRef?: string };

/** @throws FileRefused for what is not there, is a folder, or belongs to somebody else */
async function sizeOf(file: string): Promise<number> {
  const found = await access(file, constants.R_OK).then(
    () => stat(file),
    () => undefined,
  );
  if (!found || found.isDirectory())
    throw new FileRefused('file-can-be-read', `There is no file ${file} that can be read. Check the name.`);
  return found.size;
}

/** Takes a council's Client Level Data file in: each person's rows become events through the command bus. */
@Injectable()
export class CldImporter {
  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(SubjectIndex) private readonly index: SubjectIndex,
    @Inject(SubjectKeys) private readonly keys: SubjectKeys,
    @Inject(Councils) private readonly councils: Councils,
    @Inject(Secrets) private readonly secrets: Secrets,
    @Inject(Database) private readonly database: Database,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  /**
   * Reads the whole file once before anything is stored, then imports it. Importing the same file again changes nothing.
   * @throws FileRefused when nothing of the file can be taken; Unavailable while another import of this council runs.
   */
  async import(options: ImportOptions): Promise<ImportOutcome> {
    const council = await this.councils.get(options.tenant);
    return oneImportAtATime(this.database, options.tenant, async () => {
      const size = await sizeOf(options.file);
      const report = (done: number) => options.onProgress?.({ phase: 'checking', done, total: size });
      const gathered: Gathered = { people: new RowsByPerson(), nobody: [] };
      const inspection = await inspectCldFile(
        () => createReadStream(options.file),
        council,
        report,
        (raw) => gather(gathered, raw),
      );
      const intake = await this.begin(options, council, inspection, gathered);
      try {
        await this.receive(intake, gathered);
        await this.compareWithEarlierFiles(intake);
      } finally {
        await intake.report.close();
      }
      return this.close(intake);
    });
  }

  private async begin(
    options: ImportOptions,
    council: RegisteredCouncil,
    inspection: CldFileInspection,
    { nobody }: Gathered,
  ): Promise<Intake> {
    const today = londonDate(this.clock.now(options.tenant));
    const dated = options.submittedOn ?? (await this.dayOfEarlierImport(options.tenant, inspection.sha256));
    const submittedOn = dated ?? today;
    if (submittedOn > today)
      throw new InvalidInput([
        {
          rule: 'submitted-by-today',
          field: 'submittedOn',
          message: `The file cannot have been submitted on ${formatDate(submittedOn)}, which is in the future. Nothing was stored.`,
        },
      ]);
    const fileId = fileIdOf(
      deriveKey(this.secrets.masterKey, 'client-level-data', options.tenant),
      inspection.sha256,
      submittedOn,
    );
    return {
      options,
      council,
      inspection,
      fileId,
      submittedOn,
      meta: {
        tenant: options.tenant,
        commandId: `cld/${fileId}${options.withdrawMissing ? '/withdraw' : ''}`,
        actor: options.actor,
        effectiveOn: submittedOn,
        ...(dated &&
          dated < today && { knownOn: dated, source: `Client Level Data submitted on ${formatDate(dated)}` }),
      },
      report: await ImportReport.open(options.report(fileId)),
      counts: {
        rows: 0,
        accepted: 0,
        warned: 0,
        rejected: 0,
        unchanged: 0,
        corrected: 0,
        missing: 0,
        withdrawn: 0,
        events: 0,
      },
      peopleInFile: new Set(),
      everyRowNamesSomebody: !nobody.length,
    };
  }

  /** The very same file, imported before without a date, counts as known since that day. */
  private async dayOfEarlierImport(tenant: Tenant, sha256: string): Promise<PlainDate | undefined> {
    for (let after = ''; ;) {
      const streams = await this.store.streamsOf(tenant, FILES, after, 100);
      if (!streams.length) return undefined;
      for (const stream of streams) {
        const [last] = await this.store.readStream(tenant, stream, { backwards: true, limit: 1 });
        const data = last?.data as Partial<FileReceivedData>;
        if (data.sha256 === sha256) return data.submittedOn;
      }
      after = streams.at(-1)!;
    }
  }

  private async receive(intake: Intake, gathered: Gathered): Promise<void> {
    const { counts, inspection } = intake;
    counts.rows = inspection.rows;
    for (const group of inGroups(gathered.nobody, REJECTED_AT_ONCE))
      await this.keep(intake, this.read(intake, group).rejected);
    let done = gathered.nobody.length;
    for (const group of inGroups(gathered.people.take(), PEOPLE_AT_ONCE)) {
      await this.receiveGroup(intake, group);
      done += group.reduce((sum, { rows }) => sum + rows.length, 0);
      intake.options.onProgress?.({ phase: 'importing', done, total: inspection.rows });
    }
  }

  private async receiveGroup(
    intake: Intake,
    group: readonly { personRef: string; rows: readonly RawRow[] }[],
  ): Promise<void> {
    const { tenant } = intake.options;
    const rejected: RejectedRow[] = [];
    const people = group.map(({ personRef, rows }) => {
      const { accepted, rejected: turnedAway } = this.read(intake, rows);
      rejected.push(...turnedAway);
      return { personRef, rows: accepted, raws: rows, complete: !turnedAway.length };
    });
    const links = people.flatMap(({ rows }) => rows.flatMap(({ person }) => person.caresFor.map(laPersonRef)));
    const refs = [...new Set([...people.map(({ personRef }) => personRef), ...links])];
    const ids = await this.index.claim(tenant, IDENTIFIER, refs);
    const idOfRef = new Map(refs.map((ref, position) => [ref, ids[position]!]));
    if (rejected.length) await this.keep(intake, rejected, idOfRef);
    await inParallel(people, IN_FLIGHT, async ({ personRef, rows, raws, complete }) => {
      const personId = idOfRef.get(personRef)!;
      intake.peopleInFile.add(personId);
      try {
        this.count(intake, await this.sendRows(intake, { personId, rows, linked: idOfRef, complete }));
      } catch (error) {
        if (!(error instanceof RuleViolation)) throw error;
        await this.refused(intake, raws, rows, { personRef, faults: error.faults }, idOfRef);
      }
    });
  }

  /** Rows that read well, and that the rules of a context refuse all the same: kept like others that cannot be taken. */
  private async refused(
    intake: Intake,
    raws: readonly RawRow[],
    rows: readonly CldRow[],
    { personRef, faults: broken }: { readonly personRef: string; readonly faults: readonly Fault[] },
    idOfRef: ReadonlyMap<string, string>,
  ): Promise<void> {
    const { counts, report } = intake;
    const faults = broken.map(({ rule, message, section }) => ({
      rule,
      reason: section ? `${message} (${section})` : message,
    }));
    const lines = new Set(rows.map(({ line }) => line));
    const kept = raws.filter(({ line }) => lines.has(line));
    counts.accepted -= kept.length;
    counts.rejected += kept.length;
    for (const { line } of kept) report.add('rejected', line, faults);
    await this.keep(
      intake,
      kept.map((raw) => ({ line: raw.line, faults, row: raw.text(), personRef })),
      idOfRef,
    );
  }

  /** Reads rows, counts them and writes what is to be put right into the report. */
  private read(intake: Intake, raws: readonly RawRow[]): { accepted: CldRow[]; rejected: RejectedRow[] } {
    const { counts, report, inspection, submittedOn } = intake;
    const accepted: CldRow[] = [];
    const rejected: RejectedRow[] = [];
    for (const raw of raws) {
      const read = normaliseRow(raw, { width: inspection.width, submittedOn });
      if (read.rejected) {
        const { line, faults, personRef } = read.rejected;
        rejected.push({ line, faults: [...faults], row: raw.text(), personRef });
        report.add('rejected', line, faults);
        continue;
      }
      accepted.push(read.row);
      if (!read.warnings.length) continue;
      counts.warned++;
      report.add('warned', raw.line, read.warnings);
    }
    counts.accepted += accepted.length;
    counts.rejected += rejected.length;
    return { accepted, rejected };
  }

  /** A person with a rejected row keeps what earlier files said: the row may be the one that seems to be missing. */
  private sendRows(
    { council, fileId, submittedOn, inspection, options, meta, everyRowNamesSomebody }: Intake,
    { complete, ...person }: Pick<PersonRows, 'personId' | 'rows' | 'linked'> & { readonly complete: boolean },
  ): Promise<PersonRowsReceived> {
    const { simulated } = council;
    const withdrawMissing = (options.withdrawMissing ?? false) && complete && everyRowNamesSomebody;
    const period = inspection.period ?? { start: submittedOn, end: submittedOn };
    return this.bus.execute(
      new ReceivePersonRows(
        { ...person, simulated, fileId, submittedOn, period, withdrawMissing },
        { ...meta, commandId: `${meta.commandId}/${person.personId}` },
      ),
    );
  }

  /** People of earlier files who are not in this one at all: their rows inside its window are missing, too. */
  private async compareWithEarlierFiles(intake: Intake): Promise<void> {
    if (!intake.inspection.period) return;
    const { tenant } = intake.options;
    let done = 0;
    for (let after = ''; ;) {
      const streams = await this.store.streamsOf(tenant, LEDGERS, after, PEOPLE_AT_ONCE);
      if (!streams.length) return;
      const others = streams.map(idOf).filter((personId) => !intake.peopleInFile.has(personId));
      await inParallel(others, IN_FLIGHT, async (personId) =>
        this.count(intake, await this.sendRows(intake, { personId, rows: [], linked: new Map(), complete: true })),
      );
      done += streams.length;
      intake.options.onProgress?.({ phase: 'comparing', done, total: done });
      after = streams.at(-1)!;
    }
  }

  private count({ counts, report }: Intake, received: PersonRowsReceived): void {
    counts.unchanged += received.unchanged;
    counts.corrected += received.corrected;
    counts.missing += received.missing;
    counts.withdrawn += received.withdrawn;
    counts.events += received.events;
    for (const { eventType, startsOn } of received.absent) report.addMissing(eventType, startsOn);
  }

  /** Keeps rows under their person's key; of somebody whose record was erased only the line and the reason. */
  private async keep(
    intake: Intake,
    rows: readonly RejectedRow[],
    idOfRef: ReadonlyMap<string, string> = new Map(),
  ): Promise<void> {
    const { fileId, meta } = intake;
    const ids = rows.flatMap(({ personRef }) => idOfRef.get(personRef ?? '') ?? []);
    const keys = await this.keys.find(meta.tenant, ids);
    const placed = rows.map(({ personRef, ...row }) => {
      const personId = idOfRef.get(personRef ?? '');
      if (personId && keys.get(personId) === 'erased') return { ...row, row: '' };
      return { ...row, ...(personId && { personId }) };
    });
    const commandId = `${meta.commandId}/rejected-from-line-${rows[0]!.line}`;
    const result = await this.bus.execute<KeepRejectedRows, AppendResult>(
      new KeepRejectedRows({ fileId, rows: placed }, { ...meta, commandId }),
    );
    intake.counts.events += result.repeated ? 0 : result.eventIds.length;
  }

  private async close({
    fileId,
    inspection,
    submittedOn,
    options,
    meta,
    counts,
    report,
  }: Intake): Promise<ImportOutcome> {
    const { events, ...rows } = counts;
    const { period, sha256 } = inspection;
    const name = basename(options.file).slice(0, 255);
    const data = { fileId, name, sha256, submittedOn, ...(period && { period }), counts: rows };
    const commandId = `${meta.commandId}/received`;
    const result = await this.bus.execute<RecordFile, AppendResult>(new RecordFile(data, { ...meta, commandId }));
    const added = result.repeated ? 0 : result.eventIds.length;
    return { ...rows, events: events + added, report: report.path, fileId };
  }
}

function gather({ people, nobody }: Gathered, raw: RawRow): void {
  const personRef = raw.cells && personRefOf(raw.cells);
  if (personRef) people.add(personRef, raw);
  else nobody.push(raw);
}

function* inGroups<Item>(items: Iterable<Item>, size: number): Generator<Item[]> {
  let group: Item[] = [];
  for (const item of items) {
    group.push(item);
    if (group.length < size) continue;
    yield group;
    group = [];
  }
  if (group.length) yield group;
}

/** At most `limit` under way at once; the first failure is thrown when those under way have ended. */
async function inParallel<Item>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  const workers = Array.from({ length: Math.min(limit, items.length) }, async () => {
    for (const item of queue) await work(item);
  });
  const failed = (await Promise.allSettled(workers)).find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}
