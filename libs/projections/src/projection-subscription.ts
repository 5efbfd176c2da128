import type { EventStore } from '@caretrail/event-store';
import type { StoredEvent, Tenant } from '@caretrail/kernel';
import type { Database } from '@caretrail/platform';
import type { EntityManager } from 'typeorm';
import type { Checkpoints, Lease } from './checkpoints.js';
import { HandlingFailed, passes } from './failures.js';
import { type Parked, park, waitingKeys } from './parked-events.js';
import type { Projection, ProjectionTransaction } from './projection.js';
import { type Advance, type AdvanceOptions, FollowingSubscription } from './subscription.js';

const PAGE = 2_000;
const MS_PER_S = 1_000;

/** A read model as a subscription: events and checkpoint in one transaction, so that each event counts once. */
export class ProjectionSubscription extends FollowingSubscription {
  readonly kind = 'projection';
  readonly name: string;
  readonly types?: readonly string[];

  constructor(
    private readonly projection: Projection,
    store: EventStore,
    database: Database,
    checkpoints: Checkpoints,
  ) {
    super(store, database, checkpoints);
    this.name = projection.name;
    if (projection.types) this.types = projection.types;
  }

  async handleParked(events: readonly StoredEvent[], tenant: Tenant, manager: EntityManager): Promise<void> {
    await this.projection.apply(events, transactionOf(tenant, manager));
  }

  protected keyOf(event: StoredEvent): string {
    return this.projection.key?.(event) ?? event.stream;
  }

  protected async step(lease: Lease, options: AdvanceOptions): Promise<Advance> {
    const { tenant } = lease;
    const { version } = this.projection;
    if (lease.fresh) await this.assertSameStore(lease);
    lease.fresh = false;
    let rebuilt = 0;
    if (lease.seen.version === 0) await this.begin(lease);
    else if (lease.seen.version !== version)
      rebuilt = await this.checkpoints.rebuilds.take(() => this.rebuild(lease, options));
    const { position } = lease.seen;
    const page = await this.store.readAll({ tenant, after: position, limit: PAGE, ...this.only() });
    if (page.position === position) return { position, caughtUp: page.caughtUp, handled: rebuilt, parked: [] };
    const to = { version, position: page.position };
    const parked = await this.database.inTenant(tenant, async (manager) => {
      // First the checkpoint: whoever comes second waits here, finds it moved and stops before touching a row.
      await this.checkpoints.move(manager, lease, to);
      return this.take(manager, tenant, page.events, options.park ?? false);
    });
    lease.seen = to;
    return { ...page, handled: rebuilt + page.events.length - parked.length, parked };
  }

  private async take(
    manager: EntityManager,
    tenant: Tenant,
    events: readonly StoredEvent[],
    mayPark: boolean,
  ): Promise<readonly Parked[]> {
    if (!events.length) return [];
    const apply = (part: readonly StoredEvent[]) => this.projection.apply(part, transactionOf(tenant, manager));
    const attempt = mayPark ? (part: readonly StoredEvent[]) => orNothing(manager, () => apply(part)) : apply;
    const parked = await this.handle(events, await waitingKeys(manager, tenant, this.name), mayPark, attempt);
    await park(manager, tenant, this.name, parked);
    return parked;
  }

  /** Rows that nobody has counted go: without a checkpoint nothing says which events they hold. */
  private async begin(lease: Lease): Promise<void> {
    const to = { version: this.projection.version, position: 0n };
    await this.database.inTenant(lease.tenant, async (manager) => {
      await this.checkpoints.move(manager, lease, to);
      await this.clear(manager, lease.tenant);
    });
    lease.seen = to;
  }

  /**
   * Builds all rows anew in one transaction: readers see those of the version before until the commit, and keep them
   * when it fails. Events that somebody chose to leave out stay out; nothing is parked.
   * @returns the number of events
   */
  private async rebuild(lease: Lease, { signal, onProgress }: AdvanceOptions): Promise<number> {
    const { tenant } = lease;
    const head = await this.store.head(tenant);
    const startedAt = performance.now();
    let [position, events] = [0n, 0];
    await this.database.inTenant(tenant, async (manager) => {
      await this.checkpoints.hold(manager, lease);
      await this.clear(manager, tenant);
      const leftOut = await this.leftOut(manager, tenant);
      for await (const page of this.store.replay({ tenant, after: 0n, ...this.only() })) {
        signal?.throwIfAborted();
        const part = page.events.filter(({ id }) => !leftOut.has(id));
        if (part.length)
          await this.projection.apply(part, transactionOf(tenant, manager)).catch((error: unknown) => {
            throw passes(error) ? error : new HandlingFailed(error);
          });
        ({ position } = page);
        events += part.length;
        const seconds = Math.max(performance.now() - startedAt, 1) / MS_PER_S;
        const done = head > 0n ? Math.min(Number(position) / Number(head), 1) : 1;
        onProgress?.({
          events,
          eventsPerSecond: Math.round(events / seconds),
          done,
          secondsLeft: done > 0 ? Math.round((seconds * (1 - done)) / done) : 0,
        });
      }
      await this.checkpoints.move(manager, lease, { version: this.projection.version, position });
    });
    lease.seen = { version: this.projection.version, position };
    return events;
  }

  private async clear(manager: EntityManager, tenant: Tenant): Promise<void> {
    for (const table of this.projection.tables)
      await manager.query(`delete from "${table}" where tenant = $1`, [tenant]);
    await manager.query('delete from parked_event where tenant = $1 and subscription = $2', [tenant, this.name]);
  }

  private async leftOut(manager: EntityManager, tenant: Tenant): Promise<ReadonlySet<string>> {
    const rows = await manager.query<{ id: string }[]>(
      `select event_id::text as id from subscription_decision
        where tenant = $1 and subscription = $2 and decision = 'skip'`,
      [tenant, this.name],
    );
    return new Set(rows.map(({ id }) => id));
  }

  private only() {
    return this.types ? { types: this.types } : {};
  }
}

/** What a projection may do within the transaction of a unit of work. */
export function transactionOf(
  tenant: Tenant,
  manager: { query(sql: string, parameters?: unknown[]): Promise<unknown> },
): ProjectionTransaction {
  return {
    tenant,
    query: async <Row>(sql: string, parameters: readonly unknown[] = []) =>
      (await manager.query(sql, [...parameters])) as Row[],
  };
}

/** Undoes what failed and keeps the transaction; a connection that is gone fails here too, and with it everything. */
async function orNothing(manager: EntityManager, work: () => Promise<void>): Promise<void> {
  await manager.query('savepoint attempt');
  try {
    await work();
  } catch (error) {
    await manager.query('rollback to savepoint attempt');
    throw error;
  }
  await manager.query('release savepoint attempt');
}
