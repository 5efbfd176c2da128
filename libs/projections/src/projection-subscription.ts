import type { EventStore } from '@caretrail/event-store';
import type { StoredEvent, Tenant } from '@caretrail/kernel';
import type { Database } from '@caretrail/platform';
import type { EntityManager } from 'typeorm';
import { CheckpointMoved, type Checkpoints, type Lease } from './checkpoints.js';
import { NewerRows, RolledBack } from './failures.js';
import { forgetParked, type Parked, park, waitingKeys } from './parked-events.js';
import { type Projection, orNothing, transactionOf } from './projection.js';
import { Rebuild } from './rebuild.js';
import { type Advance, type AdvanceOptions, FollowingSubscription } from './subscription.js';

const PAGE = 2_000;
/** Fill the rows of a raised version side by side, where they can. */
const WORKERS = 2;
/** Where a page is folded before it is written, a long one writes each of its rows once. */
const FOLDED_PAGE = 20_000;

/** A read model as a subscription: events and checkpoint in one transaction, so that each event counts once. */
export class ProjectionSubscription extends FollowingSubscription {
  readonly kind = 'projection';
  readonly name: string;
  readonly types?: readonly string[];
  readonly rebuild: Rebuild;

  constructor(
    private readonly projection: Projection,
    store: EventStore,
    database: Database,
    checkpoints: Checkpoints,
  ) {
    super(store, database, checkpoints);
    this.name = projection.name;
    this.rebuild = new Rebuild(projection, store, database, checkpoints);
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
    const rebuilt = await this.bringToVersion(lease, options);
    const { position } = lease.seen;
    const page = await this.store.readAll({ tenant, after: position, limit: this.page, ...this.only() });
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

  /** Rows of another version are built anew; those that are shown stand still meanwhile. @returns the number of events */
  private async bringToVersion(lease: Lease, options: AdvanceOptions): Promise<number> {
    const { version } = this.projection;
    if (lease.seen.version === version) return 0;
    if (lease.seen.version === 0) {
      await this.begin(lease);
      return 0;
    }
    if (lease.seen.version > version) throw new NewerRows(lease.seen.version, version);
    if (lease.rolledBackFrom === version) throw new RolledBack(lease.seen.version, version);
    const rebuilt = await this.rebuild.run(lease.tenant, { ...options, workers: WORKERS });
    // Another runner may have taken the lease, or completed it: what the checkpoint says now is seen with a new lease.
    if (rebuilt?.now.owner !== lease.owner) throw new CheckpointMoved(this.name);
    const { token, position, epoch } = rebuilt.now;
    Object.assign(lease, { token, seen: { version, position }, ...(epoch !== null && { epoch }) });
    return rebuilt.events;
  }

  /** Rows that nobody has counted go: without a checkpoint nothing says which events they hold. */
  private async begin(lease: Lease): Promise<void> {
    const { tenant } = lease;
    const to = { version: this.projection.version, position: 0n };
    await this.database.inTenant(tenant, async (manager) => {
      await this.checkpoints.move(manager, lease, to);
      await this.rebuild.open(manager);
      for (const table of this.projection.tables)
        await manager.query(`delete from "${table}" where tenant = $1`, [tenant]);
      await forgetParked(manager, tenant, this.name);
    });
    lease.seen = to;
  }

  private get page(): number {
    return this.projection.folding ? FOLDED_PAGE : PAGE;
  }

  private only() {
    return this.types ? { types: this.types } : {};
  }
}
