import type { Tenant } from '@caretrail/kernel';
import type { Asking, Database } from '@caretrail/platform';
import type { EntityManager } from 'typeorm';
import { StandbyServer, codeOf } from './failures.js';
import { MOVED } from './moved-checkpoints.migration.js';

/** How far a subscription has come, and with which version of its rows; version 0 when it has not begun. */
export interface Checkpoint {
  readonly version: number;
  readonly position: bigint;
}

/** The right to run one subscription of one council, until it is lost; `token` tells it from every other such right. */
export interface Lease {
  readonly tenant: Tenant;
  readonly name: string;
  readonly owner: string;
  token: bigint;
  /** Epoch of the store that the checkpoint is a position of. */
  epoch: string;
  /** Epoch that the store has now; another one when it was restored or replaced. */
  readonly storeEpoch: string;
  /** Of the server, in which the lease was taken: it holds for no other. */
  readonly life: string;
  /** The version from which somebody went back to the rows that are shown. */
  readonly rolledBackFrom?: number;
  /** What was last committed under this lease; never set before the commit. */
  seen: Checkpoint;
  /** True until the holder has made sure that the store is the one that the position is of. */
  fresh: boolean;
}

/** A checkpoint whose row is locked: nobody moves it, and nobody takes its lease, until the transaction ends. */
export interface LockedCheckpoint extends Checkpoint {
  readonly token: bigint;
  readonly owner: string | null;
  /** Null until somebody followed the store, and after it was started over. */
  readonly epoch: string | null;
}

/** What the table says of one subscription, whoever runs it. */
export interface Standing extends Checkpoint {
  readonly name: string;
  readonly movedAt: Date;
  /** Who holds an unexpired lease. */
  readonly owner?: string;
  readonly token: bigint;
  readonly failing?: string;
  /** Whether a rebuild of its rows was asked for or is under way. */
  readonly rebuilding: boolean;
}

/** A runner that is there, and which subscriptions it leaves to others, because it is too old for their rows. */
export interface RunnerThere {
  readonly owner: string;
  readonly passesOver: readonly string[];
}

/** The lease or the checkpoint is another's by now: what was being applied must be forgotten. */
export class CheckpointMoved extends Error {
  constructor(name: string) {
    super(`The checkpoint of ${name} was moved by another process.`);
    this.name = 'CheckpointMoved';
  }
}

/** `CheckpointMoved` where PostgreSQL refused to move it; else the error itself. */
export const asMoved = (error: unknown, name: string): unknown =>
  codeOf(error) === MOVED ? new CheckpointMoved(name) : error;

/** One piece of work after another, in the order of asking. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();

  take<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.last.then(work);
    this.last = mine.catch(() => undefined);
    return mine;
  }
}

interface LockedRow {
  readonly version: number;
  readonly position: string;
  readonly token: string;
  readonly owner: string | null;
  readonly epoch: string | null;
}

interface LeaseRow {
  readonly name: string;
  readonly token: string;
  readonly version: number;
  readonly position: string;
  readonly epoch: string;
  readonly life: string;
  readonly rolled_back_from: number | null;
}

interface StandingRow {
  readonly name: string;
  readonly version: number;
  readonly position: string;
  readonly moved_at: Date;
  readonly owner: string | null;
  readonly token: string;
  readonly failing: string | null;
  readonly rebuilding: boolean;
}

/** A row that a running transaction has locked is somebody's at work, who must not be waited for. */
const unlocked = 'select name from checkpoint where tenant = $1 and name = $2 and token = $3 for update skip locked';
const fenced = ({ tenant, name, token, seen, epoch, life }: Lease): string[] => [
  tenant,
  name,
  token.toString(),
  seen.version.toString(),
  seen.position.toString(),
  epoch,
  life,
];

/**
 * How far each subscription has come, for one council each, and who may move it. All times are of the database's clock,
 * so that the clocks of the processes need not agree.
 */
export class Checkpoints {
  /** Rebuilds take turns: each holds a connection for as long as it takes, and pages need the others. */
  readonly rebuilds = new Turns();
  private identifierIsReadable: boolean | undefined;

  constructor(private readonly database: Database) {}

  /** What the table says of the council's subscriptions. */
  async standings(tenant: Tenant): Promise<readonly Standing[]> {
    const rows = await this.database.inTenant(tenant, (manager) =>
      manager.query<StandingRow[]>(
        `select name, version, position, moved_at, token, failing,
                case when leased_until > clock_timestamp() then owner end as owner,
                exists (select from rebuild r where r.tenant = checkpoint.tenant and r.subscription = checkpoint.name) as rebuilding
           from checkpoint where tenant = $1 order by name`,
        [tenant],
      ),
    );
    return rows.map(({ owner, failing, ...row }) => ({
      name: row.name,
      version: row.version,
      position: BigInt(row.position),
      movedAt: row.moved_at,
      token: BigInt(row.token),
      rebuilding: row.rebuilding,
      ...(owner !== null && { owner }),
      ...(failing !== null && { failing }),
    }));
  }

  /**
   * Says that this runner is there, extends those of its leases that have run for half their time, and tells which
   * runners are there. `passesOver` names what this one leaves to others. What the runner does not know that it holds runs out, and is somebody's again.
   * A row that a running transaction has locked is passed over: nobody else can take that one either.
   */
  async present(
    tenant: Tenant,
    owner: string,
    leaseMs: number,
    held: readonly Lease[] = [],
    passesOver: readonly string[] = [],
  ): Promise<readonly RunnerThere[]> {
    return this.database.inTenant(tenant, async (manager) => {
      await manager.query(
        `insert into subscription_runner (tenant, owner, seen_until, passes_over)
         values ($1, $2, clock_timestamp() + $3 * interval '1 millisecond', $4)
         on conflict (tenant, owner) do update set seen_until = excluded.seen_until, passes_over = excluded.passes_over`,
        [tenant, owner, leaseMs, passesOver],
      );
      await manager.query(
        `update checkpoint set leased_until = clock_timestamp() + $3 * interval '1 millisecond'
          where tenant = $1 and name in (
            select name from checkpoint where tenant = $1 and owner = $2
               and (name, token) in (select * from unnest($4::text[], $5::bigint[]))
               and leased_until < clock_timestamp() + $3 / 2 * interval '1 millisecond' for update skip locked)`,
        [tenant, owner, leaseMs, held.map(({ name }) => name), held.map(({ token }) => token.toString())],
      );
      return manager.query<RunnerThere[]>(
        // Who asks is there, however long it was kept from asking.
        `select owner, passes_over as "passesOver" from subscription_runner
          where tenant = $1 and (seen_until > clock_timestamp() or owner = $2)`,
        [tenant, owner],
      );
    });
  }

  /** Takes what nobody holds of the named subscriptions; a subscription that is new begins at version 0, position 0. */
  async acquire(tenant: Tenant, names: readonly string[], owner: string, leaseMs: number): Promise<readonly Lease[]> {
    if (!names.length) return [];
    const readable = (this.identifierIsReadable ??= await this.canReadIdentifier());
    return this.database.inTenant(tenant, async (manager) => {
      const storeEpoch = await this.epochOf(manager, tenant, readable);
      await manager.query(
        `insert into checkpoint (tenant, name, version, position)
         select $1, name, 0, 0 from unnest($2::text[]) name
          where not exists (select from checkpoint c where c.tenant = $1 and c.name = name.name)
         on conflict (tenant, name) do nothing`,
        [tenant, names],
      );
      const rows = await manager.query<LeaseRow[]>(
        `with free as (
           select name from checkpoint where tenant = $1 and name = any($2)
              and (owner is null or owner = $3 or leased_until < clock_timestamp()) for update skip locked
         ), taken as (
           update checkpoint c set owner = $3, token = c.token + 1, epoch = coalesce(c.epoch, $5),
                  leased_until = clock_timestamp() + $4 * interval '1 millisecond'
             from free where c.tenant = $1 and c.name = free.name
           returning c.name, c.token, c.version, c.position, c.epoch, c.rolled_back_from
         ) select *, begin_server_life() as life from taken`,
        [tenant, names, owner, leaseMs, storeEpoch],
      );
      return rows.map(({ name, token, version, position, epoch, life, rolled_back_from: rolledBackFrom }) => ({
        tenant,
        name,
        owner,
        token: BigInt(token),
        epoch,
        storeEpoch,
        life,
        ...(rolledBackFrom !== null && { rolledBackFrom }),
        seen: { version, position: BigInt(position) },
        fresh: true,
      }));
    });
  }

  /** Gives one lease back. False when a transaction runs under it, or it is another's by now: then nothing changed. */
  async release({ tenant, name, token }: Lease): Promise<boolean> {
    const released = await this.database.inTenant(tenant, (manager) =>
      manager.query<unknown[]>(
        `with released as (
           update checkpoint set owner = null, leased_until = null where tenant = $1 and name in (${unlocked}) returning 1
         ) select 1 from released`,
        [tenant, name, token.toString()],
      ),
    );
    return released.length === 1;
  }

  /** Gives back all that this runner holds of a council, and says that it is gone. */
  async leave(tenant: Tenant, owner: string): Promise<void> {
    await this.database.inTenant(tenant, async (manager) => {
      await manager.query('update checkpoint set owner = null, leased_until = null where tenant = $1 and owner = $2', [
        tenant,
        owner,
      ]);
      await manager.query('delete from subscription_runner where tenant = $1 and (owner = $2 or seen_until < now())', [
        tenant,
        owner,
      ]);
    });
  }

  /**
   * Moves it from where the holder left it, in the transaction that applies the events. PostgreSQL refuses where it stands
   * elsewhere, and with it all that was sent behind it unasked: such an error is for `asMoved`.
   */
  async move(manager: Asking, lease: Lease, to: Checkpoint): Promise<void> {
    await manager.query('select move_checkpoint($1, $2, $3, $4, $5, $6, $7, $8, $9)', [
      ...fenced(lease),
      to.version,
      to.position.toString(),
    ]);
  }

  /**
   * Before anything is sent because of what was read under the lease: it is on the disk, and a crash takes none of it back.
   * @throws CheckpointMoved when the lease is lost, or of an earlier life of the server
   */
  async confirm({ tenant, name, token, life }: Lease): Promise<void> {
    const confirmed = this.database.inOneGo(tenant, (asking) =>
      asking.query('select confirm_lease($1, $2, $3, $4)', [tenant, name, token.toString(), life]),
    );
    await confirmed.catch((error: unknown) => {
      throw asMoved(error, name);
    });
  }

  /**
   * Makes whoever holds the lease find it moved, forget what it keeps in memory, and take the lease again. In the
   * transaction that changes what the holder believes it alone can change.
   */
  async fence(manager: Asking, tenant: Tenant, name: string): Promise<void> {
    await manager.query('update checkpoint set token = token + 1 where tenant = $1 and name = $2', [tenant, name]);
  }

  /** Locks it for the rest of the transaction, whoever holds the lease; version 0 where it is new. */
  async lock(manager: EntityManager, tenant: Tenant, name: string): Promise<LockedCheckpoint> {
    await manager.query(
      `insert into checkpoint (tenant, name, version, position) values ($1, $2, 0, 0) on conflict (tenant, name) do nothing`,
      [tenant, name],
    );
    const [row] = await manager.query<[LockedRow]>(
      'select version, position, token, owner, epoch from checkpoint where tenant = $1 and name = $2 for update',
      [tenant, name],
    );
    return lockedOf(row);
  }

  /**
   * Makes it another rows' checkpoint, under its lock. The token is raised, so that whoever holds the lease finds it
   * moved, forgets what it was about to do, and takes the lease again.
   */
  async replace(
    manager: EntityManager,
    tenant: Tenant,
    name: string,
    to: Checkpoint & { readonly epoch: string | null; readonly rolledBackFrom?: number },
  ): Promise<LockedCheckpoint> {
    const [row] = await manager.query<[LockedRow]>(
      `with replaced as (
         update checkpoint set version = $3, position = $4, epoch = $5, rolled_back_from = $6, token = token + 1,
                moved_at = now(), failing = null
          where tenant = $1 and name = $2 returning *
       ) select version, position, token, owner, epoch from replaced`,
      [tenant, name, to.version, to.position.toString(), to.epoch, to.rolledBackFrom ?? null],
    );
    return lockedOf(row);
  }

  /** The mark of the store as it is now: positions of one with another mark mean nothing here. */
  async storeEpoch(tenant: Tenant): Promise<string> {
    const readable = (this.identifierIsReadable ??= await this.canReadIdentifier());
    return this.database.inTenant(tenant, (manager) => this.epochOf(manager, tenant, readable));
  }

  /**
   * What tells this council's store, in this life of the server, from every other. It changes with each start and after each
   * crash, and a store cannot be restored from a backup without a start.
   * @throws StandbyServer
   */
  async mark(tenant: Tenant): Promise<string> {
    const readable = (this.identifierIsReadable ??= await this.canReadIdentifier());
    return this.database.inOneGo(tenant, async (asking) => {
      const living = asking.query<{ life: string }[]>(
        `select coalesce(begin_server_life(), '') || ' ' || oid as life
           from pg_database where datname = current_database()`,
      );
      const epoch = await this.epochOf(asking, tenant, readable);
      return `${epoch} ${(await living)[0]!.life}`;
    });
  }

  /** Writes down what keeps the holder from going on, for whoever looks from another process. Nothing personal. */
  async fail({ tenant, name, token }: Lease, reason: string | undefined): Promise<void> {
    await this.database.inTenant(tenant, (manager) =>
      manager.query(`update checkpoint set failing = $4 where tenant = $1 and name in (${unlocked})`, [
        tenant,
        name,
        token.toString(),
        reason ?? null,
      ]),
    );
  }

  /**
   * The council's own mark, and the cluster's where this role may read it: a restored or replaced store has another.
   * @throws StandbyServer: a standby lags, and what it shows may be gone when it takes over
   */
  private async epochOf(asking: Asking, tenant: Tenant, readable: boolean): Promise<string> {
    const cluster = readable ? '(select system_identifier::text from pg_control_system())' : "''";
    const [{ epoch, standby }] = await asking.query<[{ epoch: string | null; standby: boolean }]>(
      `select (select epoch::text from event_epoch where tenant = $1) || ' ' || ${cluster} as epoch,
              pg_is_in_recovery() as standby`,
      [tenant],
    );
    if (standby) throw new StandbyServer();
    if (epoch !== null) return epoch.trim();
    await asking.query('insert into event_epoch (tenant) values ($1) on conflict (tenant) do nothing', [tenant]);
    return this.epochOf(asking, tenant, readable);
  }

  private async canReadIdentifier(): Promise<boolean> {
    const [row] = await this.database.query<{ readable: boolean }>(
      "select has_function_privilege('pg_control_system()', 'execute') as readable",
    );
    return row!.readable;
  }
}

const lockedOf = ({ version, position, token, owner, epoch }: LockedRow): LockedCheckpoint => ({
  version,
  position: BigInt(position),
  token: BigInt(token),
  owner,
  epoch,
});
