import type { StoredEvent, Tenant } from '@caretrail/kernel';
import type { EventStore } from '@caretrail/event-store';
import type { Database } from '@caretrail/platform';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { CheckpointMoved, type Checkpoints, type Lease, asMoved } from './checkpoints.js';
import { HandlingFailed, StoreReplaced, passes } from './failures.js';
import { PagesAhead } from './pages-ahead.js';
import { FOLLOWS, type Parked, handleAround, waitingKeys } from './parked-events.js';
import type { Folding } from './projection.js';
import type { Rebuild } from './rebuild.js';
import type { RebuildProgress } from './rebuild-state.js';

const ALONE_MS = 5_000;

export interface AdvanceOptions {
  /** Whether an event that fails again may be parked, because the page was tried often enough. */
  readonly park?: boolean;
  /** Ends a rebuild before its next page; the next one goes on from there. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: RebuildProgress) => void;
}

/** What came of a page. */
export interface Advance {
  readonly position: bigint;
  /** True when nothing more is waiting. */
  readonly caughtUp: boolean;
  /** Number of events handled. */
  readonly handled: number;
  /** What had to be left aside. */
  readonly parked: readonly Parked[];
}

/** A follower of one council's events: a read model, a process that sends commands, or what seals them. */
export interface Subscription {
  readonly name: string;
  /** Processes come first in what a page waits for, because they add events that views then show; no page waits for sealing. */
  readonly kind: 'projection' | 'process' | 'sealing';
  /** Types that it takes; all when left out. */
  readonly types?: readonly string[];
  /** Of the rows that it builds; only of a projection. */
  readonly version?: number;
  /** How its rows are built anew; only of a projection. */
  readonly rebuild?: Rebuild;
  /** Where its position, and the right to move it, are kept. */
  readonly checkpoints: Checkpoints;
  /**
   * Handles the next page under a lease (for as long as the call takes when none is given).
   * @throws CheckpointMoved when the lease is lost; HandlingFailed; StoreReplaced
   */
  advance(tenant: Tenant, lease?: Lease, options?: AdvanceOptions): Promise<Advance>;
  /** Handles events that were parked, all or none, within the transaction that takes them out of what waits. */
  handleParked(events: readonly StoredEvent[], tenant: Tenant, manager: EntityManager): Promise<void>;
}

/** Of a statement in one go with others: where it fails all of it does, and says so. */
export function unwaited(statement: Promise<unknown>): void {
  statement.catch(() => undefined);
}

/** What the holder of a lease keeps in memory. It is true for as long as the checkpoint is where the holder left it. */
export class Held {
  /** Rows that were read or written under the lease. */
  rows: Folding | undefined;

  constructor(
    readonly pages: PagesAhead,
    /** Keys that wait. */
    readonly waiting: ReadonlySet<string>,
  ) {}
}

/** What both kinds share: whose turn it is, whether the store is still the same, and what is parked. */
export abstract class FollowingSubscription implements Subscription {
  abstract readonly kind: Subscription['kind'];
  abstract readonly name: string;
  abstract readonly types?: readonly string[];
  private readonly held = new WeakMap<Lease, Held>();

  constructor(
    protected readonly store: EventStore,
    protected readonly database: Database,
    readonly checkpoints: Checkpoints,
  ) {}

  async advance(tenant: Tenant, lease?: Lease, options: AdvanceOptions = {}): Promise<Advance> {
    if (lease) return this.under(lease, options);
    const [own] = await this.checkpoints.acquire(tenant, [this.name], randomUUID(), ALONE_MS);
    if (!own) throw new CheckpointMoved(this.name);
    try {
      return await this.under(own, options);
    } finally {
      await this.checkpoints.release(own);
    }
  }

  private async under(lease: Lease, options: AdvanceOptions): Promise<Advance> {
    try {
      if (lease.fresh) await this.assertSameStore(lease);
      lease.fresh = false;
      return await this.step(lease, options);
    } catch (error) {
      this.forget(lease);
      throw asMoved(error, this.name);
    }
  }

  abstract handleParked(events: readonly StoredEvent[], tenant: Tenant, manager: EntityManager): Promise<void>;

  protected abstract step(lease: Lease, options: AdvanceOptions): Promise<Advance>;

  /** What is kept under a lease; looked up where nothing is. */
  protected async heldUnder(lease: Lease, limit: number): Promise<Held> {
    let held = this.held.get(lease);
    if (!held) {
      const { tenant } = lease;
      const { types } = this;
      const waiting = await this.database.inOneGo(tenant, (asking) => waitingKeys(asking, tenant, this.name));
      held = new Held(new PagesAhead(this.store, { tenant, ...(types && { types }) }, limit), waiting);
      this.held.set(lease, held);
    }
    return held;
  }

  /** After whatever fails, and whatever may have changed without this holder's doing, it is looked up again. */
  protected forget(lease: Lease): void {
    this.held.delete(lease);
  }

  /** What an event holds up when it cannot be handled. */
  protected abstract keyOf(event: StoredEvent): string;

  /** @throws StoreReplaced when the position says nothing about the events that are there now */
  protected async assertSameStore({ tenant, epoch, storeEpoch, seen }: Lease): Promise<void> {
    if (epoch !== storeEpoch) throw new StoreReplaced('epoch');
    if (seen.position > 0n && (await this.store.head(tenant)) < seen.position) throw new StoreReplaced('beyond-head');
  }

  /** Handles events but those whose key waits; with `mayPark` leaves aside what fails. Returns what to park. */
  protected async handle(
    events: readonly StoredEvent[],
    waiting: ReadonlySet<string>,
    mayPark: boolean,
    attempt: (events: readonly StoredEvent[]) => Promise<void>,
  ): Promise<readonly Parked[]> {
    const keyOf = (event: StoredEvent) => this.keyOf(event);
    try {
      if (!mayPark && !waiting.size) {
        if (events.length) await attempt(events);
        return [];
      }
      if (mayPark) return await handleAround(events, waiting, keyOf, attempt);
      const free = events.filter((event) => !waiting.has(keyOf(event)));
      if (free.length) await attempt(free);
      return events
        .filter((event) => waiting.has(keyOf(event)))
        .map((event) => ({ event, key: keyOf(event), reason: FOLLOWS }));
    } catch (error) {
      throw passes(error) ? error : new HandlingFailed(error);
    }
  }
}
