import type { EventStore } from '@caretrail/event-store';
import type { StoredEvent, Tenant } from '@caretrail/kernel';
import type { Database } from '@caretrail/platform';
import type { EntityManager } from 'typeorm';
import { type Checkpoint, CheckpointMoved, type Checkpoints, type Lease, asMoved } from './checkpoints.js';
import { HandlingFailed, NewerRows, RolledBack, passes } from './failures.js';
import { forgetParked, type Parked, park } from './parked-events.js';
import { type Projection, type ProjectionTransaction, orNothing, transactionOf } from './projection.js';
import { Rebuild } from './rebuild.js';
import { type Advance, type AdvanceOptions, FollowingSubscription, type Held, unwaited } from './subscription.js';

const PAGE = 2_000;
/** Fill the rows of a raised version side by side, where they can. */
const WORKERS = 2;
/** More than so many are not kept in memory from one page to the next. */
const KEPT_ROWS = 50_000;
/** Where a page is folded before it is written, a long one writes each of its rows once. */
const FOLDED_PAGE = 20_000;

/** A read model as a subscription: events and checkpoint in one transaction, so that each event counts once. */
export class ProjectionSubscription extends FollowingSubscription {
  readonly kind = 'projection';
  readonly name: string;
  readonly types?: readonly string[];
  readonly version: number;
  readonly rebuild: Rebuild;

  constructor(
    private readonly projection: Projection,
    store: EventStore,
    database: Database,
    checkpoints: Checkpoints,
  ) {
    super(store, database, checkpoints);
    this.name = projection.name;
    this.version = projection.version;
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
    const rebuilt = await this.bringToVersion(lease, options);
    const { position } = lease.seen;
    const held = await this.heldUnder(lease, this.projection.folding ? FOLDED_PAGE : PAGE);
    const page = await held.pages.next(position);
    if (page.position === position) return { position, caughtUp: page.caughtUp, handled: rebuilt, parked: [] };
    const to = { version: this.projection.version, position: page.position };
    const parked = options.park
      ? await this.applyAround(lease, to, page.events, held)
      : await this.apply(lease, to, page.events, held);
    lease.seen = to;
    return { ...page, handled: rebuilt + page.events.length - parked.length, parked };
  }

  /**
   * The checkpoint, the rows and the commit, one behind the other without waiting: whoever comes second is held up at the
   * checkpoint, finds it moved, and nothing of what follows is done.
   */
  private async apply(
    lease: Lease,
    to: Checkpoint,
    events: readonly StoredEvent[],
    held: Held,
  ): Promise<readonly Parked[]> {
    const { tenant, name } = lease;
    const applied = this.database.inOneGo(tenant, async (asking) => {
      unwaited(this.checkpoints.move(asking, lease, to));
      const parked = await this.handle(events, held.waiting, false, (free) =>
        this.take(free, transactionOf(tenant, asking), held),
      );
      unwaited(park(asking, tenant, name, parked));
      return parked;
    });
    return applied.catch((error: unknown) => {
      throw error instanceof HandlingFailed || passes(error) || asMoved(error, name) !== error
        ? error
        : new HandlingFailed(error);
    });
  }

  /** With the rows that this holder has met; only what it has not is read. */
  private async take(events: readonly StoredEvent[], transaction: ProjectionTransaction, held: Held): Promise<void> {
    const { projection } = this;
    if (!projection.folding) return projection.apply(events, transaction);
    const rows = (held.rows ??= projection.folding(false));
    await rows.read(events, transaction);
    for (const event of events) rows.take(event);
    unwaited(rows.write(transaction));
    if (rows.size > KEPT_ROWS) held.rows = undefined;
  }

  /** Statement by statement, to find and leave aside what cannot be applied. */
  private async applyAround(
    lease: Lease,
    to: Checkpoint,
    events: readonly StoredEvent[],
    { waiting }: Held,
  ): Promise<readonly Parked[]> {
    const { tenant, name } = lease;
    const { projection } = this;
    this.forget(lease);
    return this.database.inTenant(tenant, async (manager) => {
      await this.checkpoints.move(manager, lease, to);
      const parked = await this.handle(events, waiting, true, (part) =>
        orNothing(manager, () => projection.apply(part, transactionOf(tenant, manager))),
      );
      await park(manager, tenant, name, parked);
      return parked;
    });
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
    this.forget(lease);
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
}
