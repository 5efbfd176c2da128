import type { PostgresEventStore } from '@caretrail/event-store';
import { type Instant, InvalidInput, NotFound, RuleViolation, type StoredEvent, type Tenant } from '@caretrail/kernel';
import { readCheckpoint } from '../checkpoint/checkpoint.js';
import type { Proof } from '../merkle/proofs.js';
import type { SealedHistory, StoredCheckpoint } from '../sealing/sealed-history.js';
import { BUNDLE_FORMAT, type EvidenceBundle, leafOf } from './evidence-bundle.js';

/** What a bundle is asked for. */
export interface EvidenceAsked {
  readonly streams: readonly string[];
  /** What the bundle says it is about; no personal data. */
  readonly about: string;
  /** A checkpoint that was kept, as it was printed: the bundle shows that the newest one goes on from it. */
  readonly older?: string;
  readonly now: Instant;
}

/** So many events are put together in memory. */
const MOST_EVENTS = 20_000;

/** Puts evidence bundles together; whoever receives one needs nothing of this system. */
export class Evidence {
  /** @param store gives events as they are stored: not opened, not brought to a newer version */
  constructor(
    private readonly store: Pick<PostgresEventStore, 'readStream'>,
    private readonly history: SealedHistory,
  ) {}

  /**
   * All sealed events of the streams, in order of position, each with its proof.
   * @throws NotFound when nothing is sealed, or a stream is not there; RuleViolation when an event is not the one that was
   *   sealed; InvalidInput when the older checkpoint is not one of this history
   */
  async bundle(tenant: Tenant, { streams, about, older, now }: EvidenceAsked): Promise<EvidenceBundle> {
    const checkpoint = await this.history.newest(tenant);
    if (!checkpoint) throw new NotFound('Nothing is sealed yet. A worker seals within a minute of the first event.');
    const stored = await this.events(tenant, streams);
    const sealed = stored.filter(({ position }) => position <= checkpoint.position);
    return {
      format: BUNDLE_FORMAT,
      council: tenant,
      about,
      madeAt: now,
      checkpoint: checkpoint.note,
      ...(older && { older: await this.goingOn(checkpoint, older) }),
      notSealedYet: stored.length - sealed.length,
      events: await this.proved(checkpoint, sealed),
    };
  }

  private async events(tenant: Tenant, streams: readonly string[]): Promise<StoredEvent[]> {
    const found: StoredEvent[] = [];
    for (const stream of streams) {
      const events = await this.store.readStream(tenant, stream, { limit: MOST_EVENTS + 1 });
      if (!events.length) throw new NotFound(`There is no stream ${stream}.`);
      found.push(...events);
      if (found.length > MOST_EVENTS)
        throw new InvalidInput([
          {
            rule: 'bundle-is-not-too-long',
            message: `These are more than ${MOST_EVENTS} events. Ask for fewer streams at a time.`,
            field: 'stream',
          },
        ]);
    }
    return found.sort((one, other) => (one.position < other.position ? -1 : 1));
  }

  private async proved(
    checkpoint: StoredCheckpoint,
    events: readonly StoredEvent[],
  ): Promise<EvidenceBundle['events']> {
    const proved: EvidenceBundle['events'] = [];
    for (const event of events) {
      const { tenant, position, recordedAt, knownOn, id, type, stream, version } = event;
      const index = await this.history.indexOf(tenant, position, leafOf(event));
      if (index === undefined) throw isNotSealed(event);
      proved.push({
        index,
        proof: textsOf(await this.history.inclusion(tenant, index, checkpoint.size)),
        event: {
          position: position.toString(),
          stream,
          version,
          recordedAt,
          knownOn,
          id,
          type,
          data: event.data as EvidenceBundle['events'][number]['event']['data'],
          metadata: event.metadata as unknown as EvidenceBundle['events'][number]['event']['metadata'],
        },
      });
    }
    return proved;
  }

  private async goingOn(checkpoint: StoredCheckpoint, older: string): Promise<NonNullable<EvidenceBundle['older']>> {
    const { tenant, size } = readCheckpoint(older);
    if (tenant !== checkpoint.tenant || size > checkpoint.size)
      throw new InvalidInput([
        {
          rule: 'older-checkpoint-is-of-this-history',
          message:
            tenant === checkpoint.tenant
              ? `The older checkpoint covers ${size} events, and only ${checkpoint.size} are sealed here: the history was cut off, or set back to an older backup. Run caretrail verify with it as --anchor.`
              : `The older checkpoint is of ${tenant}, not of ${checkpoint.tenant}.`,
          field: 'older',
        },
      ]);
    return { checkpoint: older, proof: textsOf(await this.history.consistency(tenant, size, checkpoint.size)) };
  }
}

const textsOf = (proof: Proof): string[] => proof.map((hash) => Buffer.from(hash).toString('base64'));

const isNotSealed = ({ position, stream, version, id }: StoredEvent): RuleViolation =>
  new RuleViolation([
    {
      rule: 'evidence-is-as-it-was-sealed',
      message: `${stream} version ${version}, event ${id}, at position ${position} is not the event that was sealed. Keep this database as it is and run caretrail verify.`,
    },
  ]);
