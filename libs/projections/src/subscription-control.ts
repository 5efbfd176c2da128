import type { EventStore } from '@caretrail/event-store';
import { type Actor, NotFound, RuleViolation, type Tenant, Unavailable } from '@caretrail/kernel';
import type { Database } from '@caretrail/platform';
import type { EntityManager } from 'typeorm';
import type { Checkpoints } from './checkpoints.js';
import { reasonOf } from './failures.js';
import { type ParkedKey, forgetParked, parkedEventIds, parkedKeys, unpark } from './parked-events.js';
import type { Rebuild, RebuildOptions, Rebuilt } from './rebuild.js';
import { type PreviousRows, previousRows, type RebuildProgress, rebuildsUnderWay } from './rebuild-state.js';
import type { Subscription } from './subscription.js';

const PAGE = 2_000;
/** More than so many events are said to be “at least”: counting goes no further. */
const COUNTED = 2_000;
const LOCK_NOT_AVAILABLE = '55P03';

/** Why somebody decided as they did. A list, because free words could name a person. */
export const DECISION_REASONS = [
  'the program was put right',
  'what was missing is there now',
  'a later event corrects it',
  'it does not matter here',
  'the rows are to be checked',
  'the rows look wrong',
  'it is not needed any more',
] as const;
export type DecisionReason = (typeof DECISION_REASONS)[number];

/** Who decided, and why. */
export interface DecidedBy {
  readonly actor: Actor;
  readonly reason: DecisionReason;
}

export interface SubscriptionDecision {
  readonly subscription: string;
  readonly decision: 'release' | 'skip' | 'start over' | 'rebuild' | 'give up' | 'roll back' | 'drop previous';
  readonly key?: string;
  /** The event that was left out. */
  readonly eventId?: string;
  readonly actorId: string;
  readonly reason: string;
  readonly decidedAt: Date;
}

/** One subscription of one council, whichever process runs it. */
export interface SubscriptionOverview {
  readonly name: string;
  readonly kind: Subscription['kind'];
  /** Of its rows; 0 before the first. */
  readonly version: number;
  readonly position: bigint;
  readonly head: bigint;
  /** Events of its types that it has not handled; `orMore` where counting stopped. */
  readonly lag: { readonly events: number; readonly orMore: boolean };
  /** The runner that holds the lease; nobody for a moment after one was lost. */
  readonly heldBy?: string;
  readonly failing?: string;
  /** While its rows are built anew, whichever process does it. */
  readonly rebuilding?: RebuildProgress;
  /** What was shown before the last switch, and can be shown again. */
  readonly previous?: PreviousRows;
  readonly parked: readonly ParkedKey[];
}

interface DecisionRow {
  readonly subscription: string;
  readonly decision: SubscriptionDecision['decision'];
  readonly key: string | null;
  readonly event_id: string | null;
  readonly actor_id: string;
  readonly reason: string;
  readonly decided_at: Date;
}

/** Shows where the subscriptions of a council stand, and lets somebody decide about what does not go on. */
export class SubscriptionControl {
  constructor(
    private readonly subscriptions: readonly Subscription[],
    private readonly store: EventStore,
    private readonly database: Database,
    private readonly checkpoints: Checkpoints,
  ) {}

  async overview(tenant: Tenant): Promise<readonly SubscriptionOverview[]> {
    const [standings, parked, head, [rebuilds, previous]] = await Promise.all([
      this.checkpoints.standings(tenant),
      this.parked(tenant),
      this.store.head(tenant),
      this.database.inTenant(
        tenant,
        async (manager) => [await rebuildsUnderWay(manager, tenant), await previousRows(manager, tenant)] as const,
      ),
    ]);
    return Promise.all(
      this.subscriptions.map(async ({ name, kind, types }) => {
        const standing = standings.find((each) => each.name === name);
        const position = standing?.position ?? 0n;
        const [rebuilding, kept] = [rebuilds.get(name), previous.get(name)];
        return {
          name,
          kind,
          version: standing?.version ?? 0,
          position,
          head,
          lag: await this.lag(tenant, position, head, types),
          ...(standing?.owner && { heldBy: standing.owner }),
          ...(standing?.failing && { failing: standing.failing }),
          ...(rebuilding && { rebuilding }),
          ...(kept && { previous: kept }),
          parked: parked.filter(({ subscription }) => subscription === name),
        };
      }),
    );
  }

  /** Every key of the council that waits. */
  parked(tenant: Tenant): Promise<readonly ParkedKey[]> {
    return this.database.inTenant(tenant, (manager) => parkedKeys(manager, tenant));
  }

  /** What was decided, the newest first. */
  async decisions(tenant: Tenant, limit: number): Promise<readonly SubscriptionDecision[]> {
    const rows = await this.database.inTenant(tenant, (manager) =>
      manager.query<DecisionRow[]>(
        `select subscription, decision, key, event_id::text, actor_id, reason, decided_at
           from subscription_decision where tenant = $1 order by decided_at desc, id limit $2`,
        [tenant, limit],
      ),
    );
    return rows.map(({ key, event_id: eventId, actor_id: actorId, decided_at: decidedAt, ...row }) => ({
      ...row,
      ...(key !== null && { key }),
      ...(eventId !== null && { eventId }),
      actorId,
      decidedAt,
    }));
  }

  /**
   * Handles what is parked under a key again, in order, and lets the key go on.
   * @returns the number of events
   * @throws NotFound when nothing is parked there; RuleViolation when it fails again, and then it stays parked
   */
  async release(tenant: Tenant, name: string, key: string, by: DecidedBy): Promise<number> {
    const subscription = this.subscription(name);
    return this.deciding(tenant, name, async (manager) => {
      const ids = await waitingIds(manager, tenant, name, key);
      await this.handleAll(manager, tenant, subscription, key, ids);
      await this.checkpoints.fence(manager, tenant, name);
      await record(manager, tenant, name, 'release', by, { key });
      return ids.length;
    });
  }

  /**
   * Leaves out the first event of what is parked under a key, for good, and handles the rest; a rest that fails in its
   * turn stays parked.
   * @returns the event that was left out, and how many still wait
   * @throws NotFound when nothing is parked there
   */
  async skip(
    tenant: Tenant,
    name: string,
    key: string,
    by: DecidedBy,
  ): Promise<{ readonly eventId: string; readonly waiting: number }> {
    const subscription = this.subscription(name);
    const [eventId, waiting] = await this.deciding(tenant, name, async (manager) => {
      const [first, ...rest] = await waitingIds(manager, tenant, name, key);
      await unpark(manager, tenant, name, [first!]);
      await this.checkpoints.fence(manager, tenant, name);
      await record(manager, tenant, name, 'skip', by, { key, eventId: first! });
      return [first!, rest.length] as const;
    });
    if (!waiting) return { eventId, waiting };
    try {
      await this.deciding(tenant, name, async (manager) => {
        await this.handleAll(manager, tenant, subscription, key, await waitingIds(manager, tenant, name, key));
        await this.checkpoints.fence(manager, tenant, name);
      });
      return { eventId, waiting: 0 };
    } catch (error) {
      if (!(error instanceof RuleViolation)) throw error;
      return { eventId, waiting };
    }
  }

  /**
   * Takes the store as it is now for the one to follow: a projection is rebuilt, a process goes through all events
   * again. A command of it that was accepted answers with its first result; one that was refused is decided anew, by what is
   * true now, because the store remembers no refusals. What was skipped stays out of a projection, and not of a process.
   */
  async startOver(tenant: Tenant, name: string, by: DecidedBy): Promise<void> {
    const { kind } = this.subscription(name);
    await this.deciding(tenant, name, async (manager) => {
      // A version that no program has makes a projection build its rows anew; the token stops who is at work.
      await manager.query(
        `update checkpoint set epoch = null, failing = null, token = token + 1, owner = null, leased_until = null,
                version = case when $3 then -1 else version end, position = 0
          where tenant = $1 and name = $2`,
        [tenant, name, kind === 'projection'],
      );
      // Who begins at the first event comes to what was parked again; a projection's goes with the rows that it waits for.
      if (kind !== 'projection') await forgetParked(manager, tenant, name);
      await record(manager, tenant, name, 'start over', by, {});
    });
  }

  /**
   * Has the rows of a view built anew, by the process that runs it.
   * @throws RuleViolation when that is under way already
   */
  async rebuild(tenant: Tenant, name: string, workers: number, by: DecidedBy): Promise<void> {
    const rebuild = this.rebuildOf(name);
    await this.deciding(tenant, name, async (manager) => {
      if (!(await rebuild.ask(tenant, manager, workers)))
        throw new RuleViolation([
          { rule: 'one-rebuild-at-a-time', message: `${name} is being rebuilt already. Give that up first, or wait.` },
        ]);
      await record(manager, tenant, name, 'rebuild', by, {});
    });
  }

  /**
   * As `rebuild`, by this process, and waits until it is complete; joins one that is under way.
   * @returns undefined when another process completed it
   */
  async rebuildHere(
    tenant: Tenant,
    name: string,
    { workers = 1, ...options }: RebuildOptions,
    by: DecidedBy,
  ): Promise<Rebuilt | undefined> {
    const rebuild = this.rebuildOf(name);
    await this.deciding(tenant, name, async (manager) => {
      if (await rebuild.ask(tenant, manager, workers)) await record(manager, tenant, name, 'rebuild', by, {});
    });
    return rebuild.goOn(tenant, options);
  }

  /** Stops a rebuild and takes away what it built. @throws NotFound when none is under way */
  async giveUp(tenant: Tenant, name: string, by: DecidedBy): Promise<void> {
    const rebuild = this.rebuildOf(name);
    await this.deciding(tenant, name, async (manager) => {
      await rebuild.giveUp(tenant, manager);
      await record(manager, tenant, name, 'give up', by, {});
    });
  }

  /** Shows the rows again that were shown before the last switch. @throws NotFound when none are kept */
  async rollBack(tenant: Tenant, name: string, by: DecidedBy): Promise<void> {
    const rebuild = this.rebuildOf(name);
    await this.deciding(tenant, name, async (manager) => {
      await rebuild.rollBack(tenant, manager, await this.checkpoints.lock(manager, tenant, name));
      await record(manager, tenant, name, 'roll back', by, {});
    });
  }

  /** Takes away the rows that were shown before the last switch. @throws NotFound when none are kept */
  async dropPrevious(tenant: Tenant, name: string, by: DecidedBy): Promise<void> {
    const rebuild = this.rebuildOf(name);
    await this.deciding(tenant, name, async (manager) => {
      await rebuild.dropPrevious(tenant, manager);
      await record(manager, tenant, name, 'drop previous', by, {});
    });
  }

  /** @throws NotFound when it is no view */
  private rebuildOf(name: string): Rebuild {
    const { rebuild } = this.subscription(name);
    if (!rebuild) throw new NotFound(`${name} is a process: it has no rows.`);
    return rebuild;
  }

  private subscription(name: string): Subscription {
    const found = this.subscriptions.find((each) => each.name === name);
    if (!found) throw new NotFound('There is no such subscription.');
    return found;
  }

  private async lag(tenant: Tenant, position: bigint, head: bigint, types: readonly string[] | undefined) {
    if (position >= head) return { events: 0, orMore: false };
    const page = await this.store.readAll({ tenant, after: position, limit: COUNTED, ...(types && { types }) });
    return { events: page.events.length, orMore: !page.caughtUp };
  }

  private async handleAll(
    manager: EntityManager,
    tenant: Tenant,
    subscription: Subscription,
    key: string,
    ids: readonly string[],
  ): Promise<void> {
    for (let from = 0; from < ids.length; from += PAGE) {
      const events = await this.store.readEvents(tenant, ids.slice(from, from + PAGE));
      try {
        await subscription.handleParked(events, tenant, manager);
      } catch (error) {
        throw new RuleViolation([
          {
            rule: 'parked-events-can-be-handled',
            message: `It failed again (${reasonOf(error)}), so ${key} stays parked.`,
          },
        ]);
      }
    }
    await unpark(manager, tenant, subscription.name, ids);
  }

  /** Behind the page that is under way, and before the next: both lock the checkpoint first. */
  private async deciding<T>(tenant: Tenant, name: string, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.database.inTenant(tenant, async (manager) => {
      await manager.query("set local lock_timeout = '3s'");
      await manager
        .query('select 1 from checkpoint where tenant = $1 and name = $2 for update', [tenant, name])
        .catch((error: unknown) => {
          if ((error as { code?: unknown }).code !== LOCK_NOT_AVAILABLE) throw error;
          throw new Unavailable('It is at work on its events. Try again in a moment.');
        });
      await manager.query('set local lock_timeout = 0');
      return work(manager);
    });
  }
}

async function waitingIds(manager: EntityManager, tenant: Tenant, name: string, key: string): Promise<string[]> {
  const ids = await parkedEventIds(manager, tenant, name, key);
  if (!ids.length) throw new NotFound('Nothing is parked there: somebody else may have released it already.');
  return ids;
}

async function record(
  manager: EntityManager,
  tenant: Tenant,
  subscription: string,
  decision: SubscriptionDecision['decision'],
  { actor, reason }: DecidedBy,
  { key, eventId }: { readonly key?: string; readonly eventId?: string },
): Promise<void> {
  await manager.query(
    `insert into subscription_decision (tenant, subscription, decision, key, event_id, actor_id, actor_role, reason)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [tenant, subscription, decision, key ?? null, eventId ?? null, actor.id, actor.role, reason],
  );
}
