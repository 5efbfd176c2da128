import { setTimeout as pause } from 'node:timers/promises';
import type { PostgresEventStore } from '@caretrail/event-store';
import { type Instant, RuleViolation, type StoredEvent, type Tenant } from '@caretrail/kernel';
import type { Asking, Database } from '@caretrail/platform';
import {
  type Advance,
  type AdvanceOptions,
  type Checkpoints,
  FollowingSubscription,
  type Lease,
  unwaited,
} from '@caretrail/projections';
import { originOf, signed } from '../checkpoint/checkpoint.js';
import { SigningKey } from '../checkpoint/signed-note.js';
import { same } from '../merkle/proofs.js';
import { type Grown, grow } from './chunks.js';
import { SealedHistory, type StoredCheckpoint } from './sealed-history.js';

/** Events that are sealed in one step: 2.6 MB of hashes, however long the events are. */
const PAGE = 65_536;
/** A checkpoint a minute is enough for whoever keeps them elsewhere, and half a million in a year. */
const EVERY_MS = 60_000;
const VERSION = 1;

export interface SealerOptions {
  /** Least time between two checkpoints of a council that is caught up, in milliseconds. */
  readonly everyMs?: number;
}

/**
 * Folds each council's events into its tree and signs what it came to: a subscription, so that one worker does it at a
 * time, and one that lost its lease changes nothing. It signs nothing that does not go on from what was signed before.
 */
export class HistorySealer extends FollowingSubscription {
  readonly kind = 'sealing';
  readonly name = 'history-sealer';
  readonly types = undefined;
  private readonly history: SealedHistory;
  private readonly sealed = new WeakMap<Lease, number>();
  private readonly everyMs: number;

  /** @param seed 32 bytes: `Secrets.sealingKey` */
  constructor(
    private readonly stored: PostgresEventStore,
    database: Database,
    checkpoints: Checkpoints,
    private readonly seed: Uint8Array,
    { everyMs = EVERY_MS }: SealerOptions = {},
  ) {
    super(stored, database, checkpoints);
    this.history = new SealedHistory(database);
    this.everyMs = everyMs;
  }

  /** Nothing is left aside: an event is sealed, or sealing stands still. */
  handleParked(): Promise<void> {
    return Promise.resolve();
  }

  protected keyOf(event: StoredEvent): string {
    return event.stream;
  }

  /** @throws RuleViolation where what is stored is not what was signed, or an event has no hash */
  protected async step(lease: Lease, { signal }: AdvanceOptions): Promise<Advance> {
    const { tenant } = lease;
    await this.untilDue(lease, signal);
    if (signal?.aborted) return { position: lease.seen.position, caughtUp: false, handled: 0, parked: [] };
    const newest = await this.history.newest(tenant);
    const key = new SigningKey(originOf(tenant), this.seed);
    const frontier = await this.history.frontier(tenant, newest?.size ?? 0);
    if (newest && !same(frontier.root, newest.root)) throw differs(newest);
    const hashes = await this.stored.hashesAfter(tenant, newest?.position ?? 0n, PAGE);
    if (hashes.bare !== undefined) throw withoutHash(hashes.bare);

    const { events } = hashes;
    const grown = grow(frontier, events, hashes.hashOf, hashes.positionOf);
    const position = events ? hashes.positionOf(events - 1) : (newest?.position ?? 0n);
    // A checkpoint says under which key and of which store it is, so another key or a restored store needs another one.
    const isNew = events > 0 || (newest && (newest.keyId !== key.verifier.keyId || newest.epoch !== lease.storeEpoch));
    const to = { version: VERSION, position };
    if (isNew || lease.seen.position !== position) {
      const sealedAt = await this.now();
      const { size, root } = frontier;
      const checkpoint = signed({ tenant, size, root, position, epoch: lease.storeEpoch, sealedAt }, key);
      await this.database.inOneGo(tenant, async (asking) => {
        unwaited(this.checkpoints.move(asking, lease, to));
        if (!isNew) return;
        unwaited(store(asking, tenant, grown));
        await keep(asking, { ...checkpoint, number: (newest?.number ?? 0) + 1 }, String(key.verifier));
      });
      lease.seen = to;
    }
    const caughtUp = events < PAGE;
    if (caughtUp && isNew) this.sealed.set(lease, performance.now());
    return { position, caughtUp, handled: events, parked: [] };
  }

  /** Many events share a checkpoint: whoever is caught up waits for more of them to come. */
  private async untilDue(lease: Lease, signal?: AbortSignal): Promise<void> {
    const left = (this.sealed.get(lease) ?? -Infinity) + this.everyMs - performance.now();
    if (left > 0) await pause(left, undefined, { ref: false, ...(signal && { signal }) }).catch(() => undefined);
  }

  private async now(): Promise<Instant> {
    const [row] = await this.database.query<{ now: Date }>('select clock_timestamp() as now');
    return row!.now.toISOString();
  }
}

async function store(asking: Asking, tenant: Tenant, { leaves, subtrees }: Grown): Promise<void> {
  unwaited(
    asking.query(
      `insert into sealed_leaves (tenant, start, leaves, position)
       select $1, * from unnest($2::bigint[], $3::bytea[], $4::bigint[])`,
      [
        tenant,
        leaves.map(({ start }) => start),
        leaves.map((each) => each.leaves),
        leaves.map(({ position }) => position.toString()),
      ],
    ),
  );
  await asking.query(
    `insert into sealed_subtree (tenant, level, number, hash)
     select $1, * from unnest($2::int[], $3::bigint[], $4::bytea[])`,
    [
      tenant,
      subtrees.map(({ level }) => level),
      subtrees.map(({ number }) => number),
      subtrees.map(({ hash }) => hash),
    ],
  );
}

async function keep(asking: Asking, checkpoint: StoredCheckpoint, key: string): Promise<void> {
  const { tenant, number, size, root, position, epoch, sealedAt, keyId, note } = checkpoint;
  unwaited(
    asking.query('insert into sealing_key (tenant, key_id, key) values ($1, $2, $3) on conflict do nothing', [
      tenant,
      keyId,
      key,
    ]),
  );
  await asking.query(
    `insert into sealed_checkpoint (tenant, number, size, root, position, epoch, sealed_at, key_id, note)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [tenant, number, size, root, position.toString(), epoch, sealedAt, keyId, note],
  );
}

const differs = ({ number }: StoredCheckpoint): RuleViolation =>
  new RuleViolation([
    {
      rule: 'sealed-history-is-as-it-was-signed',
      message: `What is stored of the sealed history does not give the root that checkpoint ${number} says. Nothing more is sealed. Keep this database as it is and run caretrail verify.`,
    },
  ]);

const withoutHash = (position: bigint): RuleViolation =>
  new RuleViolation([
    {
      rule: 'every-event-has-a-hash',
      message: `The event at position ${position} has no hash, so that it cannot be sealed, nor what follows it. Keep this database as it is and run caretrail verify.`,
    },
  ]);
