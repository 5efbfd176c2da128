import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type EventPage, MemoryEventStore, type ReadAll } from '@caretrail/event-store';
import { NotFound, RuleViolation, type StoredEvent } from '@caretrail/kernel';
import { OTHERBURY, type TestDatabase, WRENBRIDGE, createTestDatabase } from '@caretrail/testing';
import { setTimeout as pause } from 'node:timers/promises';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  CheckpointMoved,
  Checkpoints,
  differing,
  type Projection,
  ProjectionSubscription,
  RowsDiffered,
  SubscriptionControl,
  SubscriptionRunner,
  VIEW_FUNCTIONS,
  projectionMigrations,
  viewTable,
} from './index.js';
import { CreateTally1790000099000, counted, tally } from './tally.fixture.js';

const COUNCILS = [WRENBRIDGE, OTHERBURY];
const PATIENCE_MS = 240_000;
const PAGE = 5;
const by = { actor: { id: 'an-analyst', role: 'analyst' }, reason: 'the rows are to be checked' } as const;
const STATE = [
  'tally',
  'checkpoint',
  'subscription_runner',
  'event_epoch',
  'parked_event',
  'subscription_decision',
  'rebuild',
  'rebuild_share',
  'previous_rows',
];

/** Pages so small that a handful of events fills several. */
class SmallPages extends MemoryEventStore {
  override async *replay(query: Omit<ReadAll, 'limit'>): AsyncGenerator<EventPage, void, undefined> {
    let { after } = query;
    for (let caughtUp = false; !caughtUp;) {
      const page = await this.readAll({ ...query, after, limit: PAGE });
      yield page;
      ({ position: after, caughtUp } = page);
    }
  }
}

describe('a rebuild', () => {
  let db: TestDatabase;
  let store: SmallPages;
  let errors: unknown[] = [];
  const runners: SubscriptionRunner[] = [];
  const gates: (() => void)[] = [];
  /** Fixed, because which worker has a stream follows from its name: with two or three, each has some of the first page. */
  const streams = Array.from({ length: 8 }, (_, at) => `testing.counter-00000000-0000-4000-8000-00000000000${at}`);

  beforeAll(async () => {
    db = await createTestDatabase({ migrations: [...projectionMigrations, CreateTally1790000099000] });
  });
  afterAll(() => db.drop());
  beforeEach(async () => {
    store = new SmallPages();
    errors = [];
    for (const tenant of COUNCILS)
      await db.database.inTenant(tenant, async (manager) => {
        for (const table of STATE) await manager.query(`delete from ${table}`);
      });
  });
  afterEach(async () => {
    for (const open of gates.splice(0)) open();
    await Promise.all(runners.splice(0).map((runner) => runner.stop()));
  });

  /** As in a process of its own: nothing is shared but store and database. */
  const following = (projection: Projection = tally()) =>
    new ProjectionSubscription(projection, store, db.database, new Checkpoints(db.database));
  const controlling = (subscription: ProjectionSubscription) =>
    new SubscriptionControl([subscription], store, db.database, subscription.checkpoints);
  const run = async (subscription: ProjectionSubscription) => {
    const runner = new SubscriptionRunner(
      store,
      [subscription],
      () => Promise.resolve(COUNCILS),
      (error) => errors.push(error),
      { leaseMs: 1_000 },
    );
    runners.push(runner);
    await runner.start();
    return runner;
  };
  const count = async (amount: number, each = streams, tenants: readonly string[] = COUNCILS) => {
    for (const tenant of tenants) for (const stream of each) await store.append(counted(tenant, stream, amount));
  };
  const follow = async (subscription: ProjectionSubscription, tenants = COUNCILS) => {
    for (const tenant of tenants) while (!(await subscription.advance(tenant)).caughtUp);
  };
  const rows = (tenant: string) =>
    db.database.inTenant(tenant, (manager) =>
      manager.query<{ stream: string; sum: number }[]>('select stream, sum from tally where tenant = $1', [tenant]),
    );
  const sums = async (tenant: string) => {
    const found = new Map((await rows(tenant)).map(({ stream, sum }) => [stream, sum]));
    return streams.map((stream) => found.get(stream) ?? 0);
  };
  const all = (sum: number) => streams.map(() => sum);
  const until = async (condition: () => boolean | Promise<boolean>) => {
    for (const deadline = Date.now() + PATIENCE_MS; !(await condition()); await pause(20))
      if (Date.now() > deadline) throw new Error('Waited in vain.');
  };
  /** Applies as `projection` does, and waits in the new rows until it is let go on. */
  const waiting = (projection: Projection) => {
    const [reached, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    gates.push(goOn.resolve);
    const held: Projection = {
      ...projection,
      async apply(events, transaction) {
        const [path] = await transaction.query<{ search_path: string }>('show search_path');
        if (path!.search_path.startsWith('"shadow_')) {
          reached.resolve();
          await goOn.promise;
        }
        await projection.apply(events, transaction);
      },
    };
    return { held, reached: reached.promise, goOn: goOn.resolve };
  };

  it('fills the rows side by side, each key in order and by one worker, and every event once', async () => {
    await count(1);
    await count(10);
    await follow(following());
    const seen = new Map<string, bigint[]>();
    const sideBySide = Promise.withResolvers<void>();
    gates.push(sideBySide.resolve);
    let atWork = 0;
    const watched: Projection = {
      ...tally(),
      keysAreIndependent: true,
      async apply(events, transaction) {
        // Nobody goes on before two are at work.
        if (++atWork === 2) sideBySide.resolve();
        await sideBySide.promise;
        await tally().apply(events, transaction);
        for (const { stream, position } of events) seen.set(stream, [...(seen.get(stream) ?? []), position]);
      },
    };
    const rebuilt = await following(watched).rebuild.run(WRENBRIDGE, { workers: 3 });
    expect(rebuilt).toMatchObject({
      events: 2 * streams.length,
      comparison: {
        sameExpected: true,
        tables: [{ table: 'tally', rowsBefore: streams.length, rowsAfter: streams.length, same: true }],
      },
    });
    expect(await sums(WRENBRIDGE)).toEqual(all(11));
    expect(await sums(OTHERBURY)).toEqual(all(11));
    for (const positions of seen.values())
      expect([...positions].sort((a, b) => Number(a - b))).toEqual([...new Set(positions)]);
  });

  it('is done by one worker where keys may depend on each other', async () => {
    await count(1);
    let [atWork, most] = [0, 0];
    const watched: Projection = {
      ...tally(),
      async apply(events, transaction) {
        most = Math.max(most, ++atWork);
        await tally().apply(events, transaction);
        atWork--;
      },
    };
    await following(watched).rebuild.run(WRENBRIDGE, { workers: 3 });
    expect(most).toBe(1);
    expect(await sums(WRENBRIDGE)).toEqual(all(1));
  });

  it('that somebody asked for leaves the view going on, shows how far it is, and never moves the checkpoint back', async () => {
    await count(1);
    const { held, reached, goOn } = waiting({ ...tally(), keysAreIndependent: true });
    const subscription = following(held);
    const runner = await run(subscription);
    for (const tenant of COUNCILS)
      expect(await runner.reached(tenant, await store.head(tenant), PATIENCE_MS)).toBe(true);
    const control = controlling(following());
    await control.rebuild(WRENBRIDGE, 'tally', 2, by);
    await expect(control.rebuild(WRENBRIDGE, 'tally', 2, by)).rejects.toThrow(RuleViolation);
    await reached;
    await count(10);
    expect(await runner.reached(WRENBRIDGE, await store.head(WRENBRIDGE), PATIENCE_MS)).toBe(true);
    expect(await sums(WRENBRIDGE)).toEqual(all(11));
    // As another process sees it.
    const [shown] = await control.overview(WRENBRIDGE);
    expect(shown).toMatchObject({ version: 1, rebuilding: { stage: 'filling', workers: 2, done: 0 } });
    expect((await control.overview(OTHERBURY))[0]).not.toHaveProperty('rebuilding');
    const positions: bigint[] = [];
    const position = async () => (await subscription.checkpoints.standings(WRENBRIDGE))[0]!.position;
    goOn();
    await until(async () => {
      positions.push(await position());
      return (await control.overview(WRENBRIDGE))[0]!.previous !== undefined;
    });
    await count(100);
    expect(await runner.reached(WRENBRIDGE, await store.head(WRENBRIDGE), PATIENCE_MS)).toBe(true);
    positions.push(await position());
    expect([...positions].sort((a, b) => Number(a - b))).toEqual(positions);
    expect(await sums(WRENBRIDGE)).toEqual(all(111));
    expect(await control.decisions(WRENBRIDGE, 1)).toMatchObject([
      { decision: 'rebuild', actorId: 'an-analyst', reason: 'the rows are to be checked' },
    ]);
    expect(errors).toEqual([]);
  });

  it('goes on where it was broken off, in another process', async () => {
    await count(1);
    await count(10);
    const applied: string[] = [];
    const counting = (projection: Projection): Projection => ({
      ...projection,
      async apply(events, transaction) {
        await projection.apply(events, transaction);
        applied.push(...events.map(({ id }) => id));
      },
    });
    const ending = new AbortController();
    const broken = counting(tally(2));
    await follow(following());
    const breaking: Projection = {
      ...broken,
      async apply(events, transaction) {
        await broken.apply(events, transaction);
        if (applied.length >= 2 * PAGE) ending.abort();
      },
    };
    await expect(following(breaking).rebuild.run(WRENBRIDGE, { signal: ending.signal })).rejects.toThrow();
    expect(await sums(WRENBRIDGE)).toEqual(all(11));
    const kept = applied.length;
    expect(kept).toBeLessThan(2 * streams.length);
    const rebuilt = await following(counting(tally(2))).rebuild.goOn(WRENBRIDGE);
    expect(rebuilt!.events).toBe(2 * streams.length);
    expect(applied).toHaveLength(2 * streams.length);
    expect(await sums(WRENBRIDGE)).toEqual(all(11));
  });

  it('begins anew where another version was broken off', async () => {
    await count(1);
    await follow(following());
    const ending = new AbortController();
    const breaking: Projection = {
      ...tally(2, 1_000),
      async apply(events, transaction) {
        await tally(2, 1_000).apply(events, transaction);
        ending.abort();
      },
    };
    await expect(following(breaking).rebuild.run(WRENBRIDGE, { signal: ending.signal })).rejects.toThrow();
    await follow(following(tally(3, 5)));
    expect(await sums(WRENBRIDGE)).toEqual(all(5));
  });

  it('of a process whose connections were cut is completed by another, and the first can do no harm', async () => {
    await count(1);
    await follow(following());
    const { held, reached, goOn } = waiting(tally(2, 10));
    const first = following(held).rebuild.run(WRENBRIDGE);
    const outcome = first.then(
      () => 'complete',
      (error: unknown) => error,
    );
    await reached;
    await db.database.query(
      `select pg_terminate_backend(pid, ${PATIENCE_MS}) from pg_stat_activity
        where datname = current_database() and usename = current_user and pid <> pg_backend_pid()`,
    );
    await until(() =>
      following(tally(2, 10))
        .rebuild.goOn(WRENBRIDGE)
        .then((rebuilt) => rebuilt !== undefined)
        .catch(() => false),
    );
    goOn();
    expect(await outcome).toBeInstanceOf(Error);
    expect(await sums(WRENBRIDGE)).toEqual(all(10));
  });

  it('is done by one of two processes that begin it at once', async () => {
    await count(1);
    await follow(following());
    let applied = 0;
    const counting = (): Projection => ({
      ...tally(2),
      apply: async (events, transaction) => {
        applied += events.length;
        await tally(2).apply(events, transaction);
      },
    });
    const done = await Promise.all([
      following(counting()).rebuild.goOn(WRENBRIDGE),
      following(counting()).rebuild.goOn(WRENBRIDGE),
    ]);
    expect(done.filter((each) => each)).toHaveLength(1);
    expect(applied).toBe(streams.length);
    expect(await sums(WRENBRIDGE)).toEqual(all(1));
  });

  it('stops at an event that cannot be applied and names it; the view goes on, and so does the rebuild when it is put right', async () => {
    await count(1);
    await count(13, [streams[3]!], [WRENBRIDGE]);
    await count(100);
    await follow(following());
    let poisonous = true;
    const touchy: Projection = {
      ...tally(),
      async apply(events, transaction) {
        await tally().apply(events, transaction);
        const [path] = await transaction.query<{ search_path: string }>('show search_path');
        const thirteen = events.some((event: StoredEvent) => (event.data as { by: number }).by === 13);
        if (poisonous && thirteen && path!.search_path.startsWith('"shadow_')) throw new Error('thirteen');
      },
    };
    const subscription = following(touchy);
    const control = controlling(subscription);
    await expect(subscription.rebuild.run(WRENBRIDGE)).rejects.toThrow('Events could not be handled.');
    const [poison] = (await store.readStream(WRENBRIDGE, streams[3]!)).slice(1);
    const [shown] = await control.overview(WRENBRIDGE);
    expect(shown!.rebuilding).toMatchObject({ stage: 'filling', failing: `Error at event ${poison!.id}` });
    expect(shown!.parked).toEqual([]);
    await count(1_000);
    await follow(subscription);
    expect((await sums(WRENBRIDGE))[0]).toBe(1_101);
    poisonous = false;
    expect((await subscription.rebuild.goOn(WRENBRIDGE))!.comparison.tables[0]!.same).toBe(true);
    expect(await sums(WRENBRIDGE)).toEqual(streams.map((_, at) => (at === 3 ? 1_114 : 1_101)));
  });

  it('is given up when somebody says so, and leaves nothing', async () => {
    await count(1);
    await follow(following());
    const { held, reached, goOn } = waiting(tally(1, 10));
    const subscription = following(held);
    const control = controlling(subscription);
    const running = subscription.rebuild.run(WRENBRIDGE);
    const outcome = expect(running).rejects.toThrow(CheckpointMoved);
    await reached;
    const givingUp = control.giveUp(WRENBRIDGE, 'tally', by);
    await until(async () => {
      const waiting = await db.database.query(
        `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return waiting.length > 0;
    });
    goOn();
    await givingUp;
    await outcome;
    expect(await sums(WRENBRIDGE)).toEqual(all(1));
    expect(await tablesIn('shadow')).toEqual([]);
    await expect(control.giveUp(WRENBRIDGE, 'tally', by)).rejects.toThrow(NotFound);
  });

  it('that comes out differently without a reason is an alarm, and what was shown can be shown again', async () => {
    await count(1);
    const subscription = following();
    const runner = await run(subscription);
    expect(await runner.reached(WRENBRIDGE, await store.head(WRENBRIDGE), PATIENCE_MS)).toBe(true);
    // Behind the program's back.
    await db.database.inTenant(WRENBRIDGE, (manager) =>
      manager.query('update tally set sum = 77 where tenant = $1 and stream = $2', [WRENBRIDGE, streams[0]]),
    );
    const control = controlling(subscription);
    await control.rebuild(WRENBRIDGE, 'tally', 1, by);
    await until(() => errors.length > 0);
    expect(errors).toEqual([expect.any(RowsDiffered)]);
    expect(await sums(WRENBRIDGE)).toEqual(all(1));
    const [shown] = await control.overview(WRENBRIDGE);
    expect(differing(shown!.previous!.comparison!)).toEqual(['tally']);
    await control.rollBack(WRENBRIDGE, 'tally', by);
    await count(10);
    expect(await runner.reached(WRENBRIDGE, await store.head(WRENBRIDGE), PATIENCE_MS)).toBe(true);
    expect(await sums(WRENBRIDGE)).toEqual([87, ...all(11).slice(1)]);
    await control.rollBack(WRENBRIDGE, 'tally', by);
    expect(await runner.reached(WRENBRIDGE, await store.head(WRENBRIDGE), PATIENCE_MS)).toBe(true);
    await until(async () => (await sums(WRENBRIDGE))[0] === 11);
    await control.dropPrevious(WRENBRIDGE, 'tally', by);
    expect(await tablesIn('previous')).toEqual([]);
    await expect(control.rollBack(WRENBRIDGE, 'tally', by)).rejects.toThrow(NotFound);
    expect((await control.decisions(WRENBRIDGE, 9)).map(({ decision }) => decision)).toEqual([
      'drop previous',
      'roll back',
      'roll back',
      'rebuild',
    ]);
  });

  it('for a raised version can be taken back: the program of before goes on from its mark, with what was parked then', async () => {
    await count(1);
    const poisonous: Projection = {
      ...tally(),
      async apply(events, transaction) {
        if (transaction.tenant === WRENBRIDGE && events.some((event) => event.stream === streams[0]))
          throw new Error('poison');
        await tally().apply(events, transaction);
      },
    };
    const before = following(poisonous);
    for (const tenant of COUNCILS) while (!(await before.advance(tenant, undefined, { park: true })).caughtUp);
    const control = controlling(before);
    expect(await control.parked(WRENBRIDGE)).toMatchObject([{ key: streams[0], events: 1 }]);
    const after = following(tally(2, 10));
    await follow(after);
    expect(await sums(WRENBRIDGE)).toEqual(all(10));
    expect(await control.parked(WRENBRIDGE)).toEqual([]);
    await expect(before.advance(WRENBRIDGE)).rejects.toThrow('Start the newer program');
    await count(1);
    await follow(after);
    await control.rollBack(WRENBRIDGE, 'tally', by);
    expect(await sums(WRENBRIDGE)).toEqual([0, ...all(1).slice(1)]);
    expect(await control.parked(WRENBRIDGE)).toMatchObject([{ key: streams[0], events: 1 }]);
    await expect(after.advance(WRENBRIDGE)).rejects.toThrow('Somebody went back');
    expect(await sums(OTHERBURY)).toEqual(all(20));
    await follow(before, [WRENBRIDGE]);
    expect(await sums(WRENBRIDGE)).toEqual([0, ...all(2).slice(1)]);
    expect(await control.parked(WRENBRIDGE)).toMatchObject([{ key: streams[0], events: 2 }]);
    await after.rebuild.run(WRENBRIDGE);
    await follow(after);
    expect(await sums(WRENBRIDGE)).toEqual(all(20));
  });

  it('does not switch under somebody who looks at the rows as they were', async () => {
    await count(1);
    await follow(following());
    const [looking, look] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const reader = db.database.inTenant(
      WRENBRIDGE,
      async (manager) => {
        await manager.query('select 1');
        looking.resolve();
        await look.promise;
        return manager.query<{ sum: number }[]>('select sum from tally where tenant = $1', [WRENBRIDGE]);
      },
      { snapshot: true },
    );
    await looking.promise;
    const subscription = following(tally(2, 10));
    const rebuilding = subscription.rebuild.run(WRENBRIDGE);
    const stage = async () => (await controlling(subscription).overview(WRENBRIDGE))[0]!.rebuilding?.stage;
    await until(async () => (await stage()) === 'switching');
    // However often one looks, it is not switched.
    for (let looks = 0; looks < 20; looks++) expect(await stage()).toBe('switching');
    look.resolve();
    expect((await reader).map(({ sum }) => sum)).toEqual(all(1));
    await rebuilding;
    expect(await sums(WRENBRIDGE)).toEqual(all(10));
  });

  it('does not wait for readers of another council, nor for transactions that look at something else', async () => {
    await count(1);
    await follow(following());
    const reading = Promise.withResolvers<void>();
    const [other, idle] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const readers = Promise.all([
      db.database.inTenant(OTHERBURY, async (manager) => {
        await manager.query('select sum from tally where tenant = $1', [OTHERBURY]);
        other.resolve();
        await reading.promise;
      }),
      db.database.inTenant(WRENBRIDGE, async (manager) => {
        await manager.query('insert into event_epoch (tenant) values ($1) on conflict do nothing', [WRENBRIDGE]);
        idle.resolve();
        await reading.promise;
      }),
    ]);
    await Promise.all([other.promise, idle.promise]);
    await following(tally(2, 10)).rebuild.run(WRENBRIDGE);
    expect(await sums(WRENBRIDGE)).toEqual(all(10));
    reading.resolve();
    await readers;
  });

  describe('asks the role that owns the tables, which', () => {
    const call = (tenant: string | undefined, name: string, view: string) => {
      const sql = `select ${name}($1)`;
      return tenant === undefined
        ? db.database.query(sql, [view])
        : db.database.inTenant(tenant, (manager) => manager.query(sql, [view]));
    };

    it('knows views by the names that migrations gave, and no others', async () => {
      const strange = ['checkpoint', 'event', 'tally; drop table checkpoint', "tally' or true --", 'public.tally', ''];
      for (const name of VIEW_FUNCTIONS)
        for (const view of strange) await expect(call(WRENBRIDGE, name, view)).rejects.toThrow('no such view');
    });

    it('acts for the council of the transaction, and only for one that is registered', async () => {
      for (const name of VIEW_FUNCTIONS) {
        await expect(call(undefined, name, 'tally')).rejects.toThrow('unit of work of a council');
        await expect(call('E09000012"; drop table tally; --', name, 'tally')).rejects.toThrow('unit of work');
        await expect(call('public', name, 'tally')).rejects.toThrow('unit of work of a council');
      }
    });

    it('lets the role that serves do nothing to tables or schemas by itself', async () => {
      await count(1);
      await follow(following());
      await following().rebuild.run(WRENBRIDGE);
      const forbidden = [
        `create table "live_${WRENBRIDGE}".more (tenant text)`,
        `drop table "previous_${WRENBRIDGE}".tally`,
        `alter table "live_${WRENBRIDGE}".tally disable row level security`,
        `alter table "council_${WRENBRIDGE}".tally detach partition "live_${WRENBRIDGE}".tally`,
        `truncate "live_${WRENBRIDGE}".tally`,
        `create schema "shadow_more"`,
        `comment on table checkpoint is 'view checkpoint'`,
        `create function view_council() returns text language sql as 'select 1'`,
        `select view_schema('x', 'y')`,
      ];
      for (const sql of forbidden)
        await expect(db.database.inTenant(WRENBRIDGE, (manager) => manager.query(sql))).rejects.toThrow(
          /permission denied|must be owner/,
        );
    });

    it('guards each council’s rows wherever they lie', async () => {
      await count(1);
      await follow(following());
      await following().rebuild.run(WRENBRIDGE);
      for (const kind of ['council', 'live', 'previous']) {
        const look = `select 1 from "${kind}_${WRENBRIDGE}".tally`;
        const seen = await db.database.inTenant(OTHERBURY, (manager) => manager.query<unknown[]>(look));
        const own = await db.database.inTenant(WRENBRIDGE, (manager) => manager.query<unknown[]>(look));
        expect([kind, seen.length, own.length]).toEqual([kind, 0, streams.length]);
        await expect(
          db.database.inTenant(OTHERBURY, (manager) =>
            manager.query(`insert into "${kind}_${WRENBRIDGE}".tally values ($1, 's', 1)`, [OTHERBURY]),
          ),
        ).rejects.toThrow();
      }
    });
  });

  it('and the first rows of many views of a council can be begun at once', async () => {
    const views = Array.from({ length: 8 }, (_, at) => `many_${at}`);
    class Many1790000099001 implements MigrationInterface {
      name = 'Many1790000099001';
      async up(runner: QueryRunner): Promise<void> {
        for (const view of views) {
          await runner.query(
            `create table ${view} (tenant text not null, primary key (tenant)) partition by list (tenant)`,
          );
          await runner.query(viewTable(view, view));
        }
      }
      down = () => Promise.reject(new Error('Not needed.'));
    }
    const many = await createTestDatabase({ migrations: [...projectionMigrations, Many1790000099001] });
    try {
      const checkpoints = new Checkpoints(many.database);
      const subscriptions = views.map(
        (name) =>
          new ProjectionSubscription(
            { name, version: 1, tables: [name], apply: () => Promise.resolve() },
            store,
            many.database,
            checkpoints,
          ),
      );
      for (const tenant of COUNCILS) await Promise.all(subscriptions.map((each) => each.advance(tenant)));
    } finally {
      await many.drop();
    }
  });

  /** Tables of Wrenbridge in one of its schemas. */
  const tablesIn = async (kind: string) =>
    (
      await db.database.query<{ name: string }>('select tablename as name from pg_tables where schemaname = $1', [
        `${kind}_${WRENBRIDGE}`,
      ])
    ).map(({ name }) => name);
});
