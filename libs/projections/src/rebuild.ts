import type { EventStore } from '@caretrail/event-store';
import { NotFound, type StoredEvent, type Tenant, Unavailable } from '@caretrail/kernel';
import { type Database, SNAPSHOT_READER } from '@caretrail/platform';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { EntityManager } from 'typeorm';
import { CheckpointMoved, type Checkpoints, type LockedCheckpoint } from './checkpoints.js';
import { type Comparison, compareTables } from './comparison.js';
import { HandlingFailed, NewerRows, codeOf, passes, reasonOf } from './failures.js';
import { forgetParkedWithPrevious, handleAround, swapParked, waitingKeys } from './parked-events.js';
import { type Folding, type Projection, orNothing, transactionOf } from './projection.js';
import {
  type Begun,
  type RebuildProgress,
  type RebuildStage,
  type Share,
  askFor,
  beginOrResume,
  enterStage,
  failRebuild,
  forgetRebuild,
  joinShares,
  keepPrevious,
  moveShare,
  previousRows,
  rebuildsUnderWay,
} from './rebuild-state.js';

/** Pages that a worker may have before it: so many are in memory for each, and no more. */
const PAGES_AHEAD = 2;
/** Rows that are folded in memory are written so often, so that little is lost where the process ends. */
const FOLDED_MS = 10_000;
/** More than so many are not kept in memory; from there on they are read and written page by page. */
const FOLDED_ROWS = 200_000;
const PROGRESS_MS = 500;
const ELSEWHERE_MS = 250;
const SNAPSHOTS_MS = 3_000;
const SNAPSHOT_LOOK_MS = 10;
const SWITCH_TRIES = 10;
const LOCK_TIMEOUT = "set local lock_timeout = '2s'";
const LOCK_NOT_AVAILABLE = '55P03';
/** More would wait for the same disk. */
const MOST_WORKERS = 4;
/** Keeps the locks of rebuilds apart from any others. */
const LOCK_CLASS = 0x43_52_42_4c;

export interface RebuildOptions {
  /** How many fill the rows side by side, where the projection's keys are independent; else one does. */
  readonly workers?: number;
  /** Stops it before the next page; what is filled stays, and the next run goes on from there. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: RebuildProgress) => void;
}

/** What a rebuild came to; undefined where another process completed it meanwhile. */
export interface Rebuilt {
  /** Events in the new rows. */
  readonly events: number;
  readonly comparison: Comparison;
  /** What the checkpoint says now. */
  readonly now: LockedCheckpoint;
}

/**
 * Builds the rows of one view anew in tables beside those that are shown, and puts them in their place in one short
 * transaction. Who reads sees the rows of before until then. What was shown is kept, to go back to.
 * It may be killed at any moment: each page is written together with the mark of its worker, and the next run goes on.
 */
export class Rebuild {
  constructor(
    private readonly projection: Projection,
    private readonly store: EventStore,
    private readonly database: Database,
    private readonly checkpoints: Checkpoints,
  ) {}

  private get name(): string {
    return this.projection.name;
  }

  /** Makes the council's own tables, which take the place of nothing. For the first rows of a view. */
  async open(manager: EntityManager): Promise<void> {
    await this.assertTables(manager);
    await this.call(manager, 'view_open');
  }

  /**
   * Asks for a rebuild and runs it, or what is under way already. @returns undefined when another process completed it
   * @throws as `goOn`
   */
  async run(tenant: Tenant, options: RebuildOptions = {}): Promise<Rebuilt | undefined> {
    await this.database.inTenant(tenant, (manager) => this.ask(tenant, manager, options.workers));
    return this.goOn(tenant, options);
  }

  /** @returns false when one is asked for or under way already */
  ask(tenant: Tenant, manager: EntityManager, workers = 1): Promise<boolean> {
    return askFor(manager, tenant, this.name, Math.min(workers, MOST_WORKERS));
  }

  /**
   * Runs what was asked for, what another run left, or what another version of the rows calls for. Of all processes one
   * does; the others wait until it is complete.
   * @returns undefined when nothing is to be done
   * @throws HandlingFailed at an event that cannot be applied: nothing is parked, and the rows of before stay
   * @throws CheckpointMoved when somebody gave it up or went back meanwhile; Unavailable when readers left no moment
   */
  async goOn(tenant: Tenant, options: Omit<RebuildOptions, 'workers'> = {}): Promise<Rebuilt | undefined> {
    const stopTelling = this.tell(tenant, options.onProgress);
    let rebuilt: Rebuilt | undefined;
    try {
      rebuilt = await this.checkpoints.rebuilds.take(() =>
        this.alone(tenant, options.signal, async () => {
          if (!(await this.isWanted(tenant))) return undefined;
          try {
            return await this.build(tenant, options.signal);
          } catch (error) {
            if (!options.signal?.aborted) await this.fail(tenant, error);
            throw error;
          }
        }),
      );
    } finally {
      await stopTelling(rebuilt);
    }
    return rebuilt;
  }

  /** Takes what was built so far away. @throws NotFound when none is under way */
  async giveUp(tenant: Tenant, manager: EntityManager): Promise<void> {
    if (!(await forgetRebuild(manager, tenant, this.name))) throw new NotFound('No rebuild is under way.');
    await this.call(manager, 'view_drop_shadow');
  }

  /**
   * Shows the rows of before again, which go on from their own mark; those that are shown now are kept in their place.
   * Under the lock of the checkpoint. @throws NotFound when nothing is kept that fits this store
   */
  async rollBack(tenant: Tenant, manager: EntityManager, shown: LockedCheckpoint): Promise<void> {
    const previous = (await previousRows(manager, tenant)).get(this.name);
    if (previous?.version === undefined) throw new NotFound('No rows of before are kept that could be shown again.');
    await forgetRebuild(manager, tenant, this.name);
    await manager.query(LOCK_TIMEOUT);
    await this.call(manager, 'view_restore').catch((error: unknown) => {
      throw codeOf(error) === LOCK_NOT_AVAILABLE
        ? new Unavailable('Somebody is reading it for long. Try again in a moment.')
        : error;
    });
    await keepPrevious(manager, tenant, this.name, shown);
    await swapParked(manager, tenant, this.name);
    await this.checkpoints.replace(manager, tenant, this.name, {
      version: previous.version,
      position: previous.position,
      epoch: previous.epoch,
      ...(previous.version !== shown.version && { rolledBackFrom: shown.version }),
    });
  }

  /** Takes away what is kept. @throws NotFound when nothing is */
  async dropPrevious(tenant: Tenant, manager: EntityManager): Promise<void> {
    const gone = await manager.query<unknown[]>(
      `with gone as (delete from previous_rows where tenant = $1 and subscription = $2 returning 1) select 1 from gone`,
      [tenant, this.name],
    );
    if (!gone.length) throw new NotFound('No rows of before are kept.');
    await manager.query(LOCK_TIMEOUT);
    await this.call(manager, 'view_drop_previous');
    await forgetParkedWithPrevious(manager, tenant, this.name);
  }

  /** One of all processes at a time: the lock is the connection's, and ends with it however the process ends. */
  private async alone<T>(tenant: Tenant, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    const connection = await this.database.pool.connect();
    const key = [LOCK_CLASS, `${tenant} ${this.name}`];
    let failed: Error | undefined;
    const lost = (error: Error) => void (failed = error); // each page is fenced by itself, also when this lock is lost
    connection.on('error', lost);
    try {
      for (;;) {
        signal?.throwIfAborted();
        const { rows } = await connection.query<{ mine: boolean }>(
          'select pg_try_advisory_lock($1, hashtext($2)) as mine',
          key,
        );
        if (rows[0]!.mine) {
          const done = await work();
          await connection.query('select pg_advisory_unlock($1, hashtext($2))', key);
          return done;
        }
        await pause(ELSEWHERE_MS, undefined, { signal });
      }
    } catch (error) {
      failed = error as Error;
      throw error;
    } finally {
      connection.off('error', lost);
      connection.release(failed);
    }
  }

  /** Another process may have completed it while this one waited. */
  private async isWanted(tenant: Tenant): Promise<boolean> {
    return this.database.inTenant(tenant, async (manager) => {
      if ((await rebuildsUnderWay(manager, tenant)).has(this.name)) return true;
      return (await this.checkpoints.lock(manager, tenant, this.name)).version !== this.projection.version;
    });
  }

  private async build(tenant: Tenant, signal: AbortSignal | undefined): Promise<Rebuilt> {
    const { version, keysAreIndependent = false } = this.projection;
    const epoch = await this.checkpoints.storeEpoch(tenant);
    const head = await this.store.head(tenant);
    const { begun, shares } = await this.database.inTenant(tenant, async (manager) => {
      const shown = await this.checkpoints.lock(manager, tenant, this.name);
      if (shown.version > version) throw new NewerRows(shown.version, version);
      const watermark = this.goesOn(shown, epoch) ? shown.position : head;
      return beginOrResume(
        manager,
        tenant,
        this.name,
        { version, epoch, watermark, parallel: keysAreIndependent },
        async () => {
          await this.open(manager);
          await this.call(manager, 'view_shadow');
        },
      );
    });
    const run = new RebuildRun(tenant, begun, await this.leftOut(tenant), signal);
    let share = shares[0]!;
    if (begun.stage === 'filling' || begun.stage === 'indexing') {
      await this.fill(run, shares, begun.watermark);
      await this.enter(run, 'indexing');
      share = await this.database.inTenant(tenant, async (manager) => {
        await enterStage(manager, tenant, this.name, begun, 'catching up');
        await this.call(manager, 'view_index');
        return joinShares(manager, tenant, this.name);
      });
    }
    await this.catchUp(run, share);
    await this.enter(run, 'comparing');
    const comparison = await this.compare(run, share);
    await this.enter(run, 'switching');
    return this.switch(run, share, comparison);
  }

  /**
   * Applies what comes after the marks of the shares, up to a position or until nothing more is waiting. The store is
   * read once; each worker gets the events of its own keys, in order, while the next page is on its way.
   */
  private async fill(run: RebuildRun, shares: readonly Share[], upTo?: bigint): Promise<void> {
    const { types } = this.projection;
    const after = shares.reduce((least, { position }) => (position < least ? position : least), shares[0]!.position);
    if (upTo !== undefined && after >= upTo) return;
    run.begin(shares, this.projection);
    let ends = shares.map(() => Promise.resolve());
    const marks: Promise<unknown>[] = [];
    try {
      for await (const page of this.store.replay({ tenant: run.tenant, after, ...(types && { types }) })) {
        run.signal?.throwIfAborted();
        const to = upTo !== undefined && page.position > upTo ? upTo : page.position;
        // A worker that is alone takes the page as it is.
        const isWhole = shares.length === 1 && !run.leftOut.size && to === page.position;
        const parts = isWhole ? [page.events] : this.partsOf(page.events, to, run, shares);
        ends = ends.map((end, index) => end.then(() => this.take(run, shares[index]!, parts[index]!, to)));
        const mark = Promise.all(ends);
        mark.catch(() => undefined); // told when it is waited for
        marks.push(mark);
        if (marks.length > PAGES_AHEAD) await marks.shift();
        if (to === upTo) break;
      }
    } finally {
      // Whoever still writes is done before anybody goes on, or begins again.
      await Promise.allSettled(ends);
    }
    await Promise.all(ends);
    for (const share of shares) await this.write(run, share);
  }

  /**
   * Up to where the rows that are shown stand, if they go on: never ahead of them, so that both can be compared. Else up
   * to the newest event.
   */
  private async catchUp(run: RebuildRun, share: Share): Promise<void> {
    const { tenant, begun } = run;
    const shown = await this.database.inTenant(tenant, (manager) => this.checkpoints.lock(manager, tenant, this.name));
    await this.fill(run, [share], this.goesOn(shown, begun.epoch) ? shown.position : undefined);
  }

  /** Whether the rows that are shown are of this program's version and of this store. */
  private goesOn({ version, epoch }: LockedCheckpoint, storeEpoch: string): boolean {
    return version === this.projection.version && epoch === storeEpoch;
  }

  /** Each share's events, of those that are not in its rows yet and that nobody chose to leave out. */
  private partsOf(
    events: readonly StoredEvent[],
    upTo: bigint,
    { leftOut }: RebuildRun,
    shares: readonly Share[],
  ): StoredEvent[][] {
    const parts: StoredEvent[][] = shares.map(() => []);
    for (const event of events) {
      if (event.position > upTo) break;
      const index = shares.length === 1 ? 0 : shareOf(this.keyOf(event), shares.length);
      if (event.position > shares[index]!.position && !leftOut.has(event.id)) parts[index]!.push(event);
    }
    return parts;
  }

  private async take(run: RebuildRun, share: Share, events: readonly StoredEvent[], to: bigint): Promise<void> {
    run.signal?.throwIfAborted();
    if (to <= share.position) return;
    const { tenant } = run;
    const folded = run.folded.get(share);
    if (folded) {
      for (const event of events) foldInto(folded.rows, event);
      folded.to = to;
      folded.events += events.length;
      const many = folded.rows.size > FOLDED_ROWS;
      if (many || performance.now() - folded.writtenAt > FOLDED_MS) await this.write(run, share);
      if (many) run.folded.delete(share);
      return;
    }
    await this.inShadow(tenant, async (manager) => {
      // First the mark: whoever comes second waits here, finds it moved and stops before touching a row.
      await moveShare(manager, tenant, this.name, run.begun, share, to, events.length);
      if (!events.length) return;
      await this.projection.apply(events, transactionOf(tenant, manager)).catch((error: unknown) => {
        throw passes(error) ? error : new HandlingFailed(error);
      });
    }).catch(async (error: unknown) => {
      throw error instanceof HandlingFailed ? await this.named(tenant, events, error) : error;
    });
    share.position = to;
  }

  /** Writes what was folded in memory, with the mark of how far that is. */
  private async write({ tenant, begun, folded }: RebuildRun, share: Share): Promise<void> {
    const found = folded.get(share);
    if (!found || found.to <= share.position) return;
    const { rows, to, events } = found;
    await this.inShadow(tenant, async (manager) => {
      await moveShare(manager, tenant, this.name, begun, share, to, events);
      await rows.write(transactionOf(tenant, manager));
    });
    share.position = to;
    Object.assign(found, { events: 0, writtenAt: performance.now() });
  }

  /** Which of the events it is, for whoever has to put it right; nothing that is tried here is kept. */
  private async named(
    tenant: Tenant,
    events: readonly StoredEvent[],
    { cause }: HandlingFailed,
  ): Promise<HandlingFailed> {
    const keyOf = (event: StoredEvent) => this.keyOf(event);
    let failed = new HandlingFailed(cause);
    await this.inShadow(tenant, async (manager) => {
      const apply = (part: readonly StoredEvent[]) => this.projection.apply(part, transactionOf(tenant, manager));
      const [first] = await handleAround(events, new Set(), keyOf, (part) => orNothing(manager, () => apply(part)));
      failed = new HandlingFailed(cause, first?.event.id);
      throw failed;
    }).catch(() => undefined); // thrown to undo what was tried, or there are too many to name one
    return failed;
  }

  /**
   * What is shown and what was built, in one snapshot. Where the rows should be the same, it is taken while nobody can
   * move the checkpoint and the new rows stand at the same position; then the view goes on, and is compared meanwhile.
   */
  private async compare(run: RebuildRun, share: Share): Promise<Comparison> {
    const { tenant } = run;
    let compared: Promise<Comparison> | undefined;
    await this.database.inTenant(tenant, async (manager) => {
      const shown = await this.checkpoints.lock(manager, tenant, this.name);
      const goesOn = this.goesOn(shown, run.begun.epoch);
      if (goesOn) await this.fill(run, [share], shown.position);
      const parked = await waitingKeys(manager, tenant, this.name);
      const sameExpected = goesOn && share.position === shown.position && !parked.size;
      const began = Promise.withResolvers<void>();
      compared = this.database.inTenant(
        tenant,
        async (snapshot) => {
          began.resolve();
          const tables = await compareTables(snapshot, tenant, this.projection.tables, `shadow_${tenant}`);
          return { tables, sameExpected };
        },
        { snapshot: true },
      );
      await Promise.race([began.promise, compared]);
    });
    return compared!;
  }

  /** Under the lock of the checkpoint, so that nothing moves: the last events, then the tables and the checkpoint. */
  private async switch(run: RebuildRun, share: Share, comparison: Comparison): Promise<Rebuilt> {
    for (let tries = 1; tries <= SWITCH_TRIES; tries++) {
      const now = await this.trySwitch(run, share, comparison).catch((error: unknown) => {
        if (codeOf(error) !== LOCK_NOT_AVAILABLE) throw error;
        return undefined;
      });
      if (now) return now;
      await pause(ELSEWHERE_MS * tries, undefined, { signal: run.signal });
      await this.catchUp(run, share);
    }
    throw new Unavailable('The new rows are complete, but somebody reads the old ones all the time.');
  }

  private async trySwitch(run: RebuildRun, share: Share, comparison: Comparison): Promise<Rebuilt | undefined> {
    const { tenant, begun } = run;
    const { version } = this.projection;
    return this.database.inTenant(tenant, async (manager) => {
      await manager.query(LOCK_TIMEOUT);
      const shown = await this.checkpoints.lock(manager, tenant, this.name);
      if (shown.version > version) throw new NewerRows(shown.version, version);
      // Never back: what a page has waited for is in the new rows, too. By another connection, so that it is committed.
      if (shown.epoch === begun.epoch) await this.fill(run, [share], shown.position);
      if (!(await this.snapshotsEnd())) return undefined;
      const events = (await rebuildsUnderWay(manager, tenant)).get(this.name)?.events ?? 0;
      await enterStage(manager, tenant, this.name, begun, 'switching');
      await this.call(manager, 'view_switch');
      await keepPrevious(manager, tenant, this.name, shown, comparison);
      await forgetParkedWithPrevious(manager, tenant, this.name);
      await swapParked(manager, tenant, this.name);
      await forgetRebuild(manager, tenant, this.name);
      const to = { version, position: share.position, epoch: begun.epoch };
      return { events, comparison, now: await this.checkpoints.replace(manager, tenant, this.name, to) };
    });
  }

  /**
   * Waits for those who look at the database as it was before the new rows were complete: tables that are switched under
   * them would show them too little. False when somebody looks for longer than that is worth.
   */
  private async snapshotsEnd(): Promise<boolean> {
    // Each look is a transaction of its own, because within one PostgreSQL shows the same list again.
    const holders = () =>
      this.database.query<{ pid: number; since: string }>(
        `select pid, xact_start::text as since from pg_stat_activity
          where datname = current_database() and application_name = $1 and backend_xmin is not null`,
        [SNAPSHOT_READER],
      );
    const before = await holders();
    for (const deadline = Date.now() + SNAPSHOTS_MS; ; await pause(SNAPSHOT_LOOK_MS)) {
      const now = await holders();
      if (!before.some((one) => now.some(({ pid, since }) => pid === one.pid && since === one.since))) return true;
      if (Date.now() > deadline) return false;
    }
  }

  /** The projection's own SQL finds the tables that are filled before those that are shown. */
  private inShadow<T>(tenant: Tenant, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.database.inTenant(tenant, async (manager) => {
      // Rows and mark are one transaction: a crash that loses the last of them loses both, and they are built again.
      await manager.query("select set_config('search_path', $1, true), set_config('synchronous_commit', 'off', true)", [
        `${pg.escapeIdentifier(`shadow_${tenant}`)}, public`,
      ]);
      return work(manager);
    });
  }

  private async enter({ tenant, begun }: RebuildRun, stage: RebuildStage): Promise<void> {
    await this.database.inTenant(tenant, (manager) => enterStage(manager, tenant, this.name, begun, stage));
  }

  private async call(manager: EntityManager, what: string): Promise<void> {
    if (this.projection.tables.length) await manager.query(`select ${what}($1)`, [this.name]);
  }

  /** The program and the database must mean the same tables: one that was forgotten would keep its rows of before. */
  private async assertTables(manager: EntityManager): Promise<void> {
    const rows = await manager.query<{ name: string }[]>(
      `select relname::text as name from pg_class
        where relnamespace = 'public'::regnamespace and obj_description(oid, 'pg_class') = 'view ' || $1`,
      [this.name],
    );
    const known = rows.map(({ name }) => name);
    if ([...known].sort().join() !== [...this.projection.tables].sort().join())
      throw new Error(
        `The view ${this.name} has the tables ${this.projection.tables.join(', ')}; its migrations gave it ${known.join(', ') || 'none'} with viewTable.`,
      );
  }

  private keyOf(event: StoredEvent): string {
    return this.projection.key?.(event) ?? event.stream;
  }

  private async leftOut(tenant: Tenant): Promise<ReadonlySet<string>> {
    const rows = await this.database.inTenant(tenant, (manager) =>
      manager.query<{ id: string }[]>(
        `select event_id::text as id from subscription_decision
          where tenant = $1 and subscription = $2 and decision = 'skip'`,
        [tenant, this.name],
      ),
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** Writes down what stopped it, for whoever looks from another process. Nothing personal. */
  private async fail(tenant: Tenant, error: unknown): Promise<void> {
    if (error instanceof CheckpointMoved) return;
    await this.database
      .inTenant(tenant, (manager) => failRebuild(manager, tenant, this.name, reasonOf(error)))
      .catch(() => undefined); // what stopped it is told in any case
  }

  /** Tells how far it has come, now and then, and when it is complete. */
  private tell(tenant: Tenant, onProgress: RebuildOptions['onProgress']): (rebuilt?: Rebuilt) => Promise<void> {
    if (!onProgress) return () => Promise.resolve();
    const ending = new AbortController();
    let last: RebuildProgress = { stage: 'asked for', workers: 1, events: 0, eventsPerSecond: 0, done: 0 };
    const telling = (async () => {
      while (!ending.signal.aborted) {
        const known = this.database.inTenant(tenant, (manager) => rebuildsUnderWay(manager, tenant));
        const mine = (await known.catch(() => undefined))?.get(this.name); // a look that fails is followed by another
        if (mine) onProgress((last = mine));
        await pause(PROGRESS_MS, undefined, { signal: ending.signal }).catch(() => undefined);
      }
    })();
    return async (rebuilt) => {
      ending.abort();
      await telling;
      if (rebuilt) onProgress({ ...last, stage: 'switching', events: rebuilt.events, done: 1, secondsLeft: 0 });
    };
  }
}

/** What all steps of one run share. */
class RebuildRun {
  constructor(
    readonly tenant: Tenant,
    readonly begun: Begun,
    readonly leftOut: ReadonlySet<string>,
    readonly signal: AbortSignal | undefined,
  ) {}

  /** What is folded in memory: of shares whose rows are all there, because they began with none. */
  readonly folded = new Map<Share, { rows: Folding; to: bigint; events: number; writtenAt: number }>();

  begin(shares: readonly Share[], projection: Projection): void {
    this.folded.clear();
    for (const share of shares)
      if (projection.folding && share.position === 0n)
        this.folded.set(share, { rows: projection.folding(true), to: 0n, events: 0, writtenAt: performance.now() });
  }
}

function foldInto(rows: Folding, event: StoredEvent): void {
  try {
    rows.take(event);
  } catch (error) {
    throw new HandlingFailed(error, event.id);
  }
}

/** Which of so many workers has the key; the same in every process and run. */
function shareOf(key: string, shares: number): number {
  let hash = 0;
  for (let at = 0; at < key.length; at++) hash = (Math.imul(hash, 31) + key.charCodeAt(at)) | 0;
  return Math.abs(hash % shares);
}
