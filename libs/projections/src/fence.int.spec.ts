import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MemoryEventStore } from '@caretrail/event-store';
import { OTHERBURY, type TestDatabase, WRENBRIDGE, createTestDatabase } from '@caretrail/testing';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import {
  CheckpointMoved,
  Checkpoints,
  foldedProjection,
  type Projection,
  ProjectionSubscription,
  SubscriptionRunner,
  projectionMigrations,
} from './index.js';
import { CreateTally1790000099000, counted, tally } from './tally.fixture.js';

const PATIENCE_MS = 240_000;
const MOST_FAILING = 9;
const COUNCILS = [WRENBRIDGE, OTHERBURY];

const folded = foldedProjection<{ stream: string; sum: number }>({
  name: 'tally',
  version: 1,
  types: ['testing.counted.v1'],
  table: 'tally',
  keyColumn: 'stream',
  columns: { stream: 'text', sum: 'int' },
  rowKey: (row) => row.stream,
  fold: (row, { stream, data }) => ({ stream, sum: (row?.sum ?? 0) + (data as { by: number }).by }),
});

/** Rows and checkpoint are one transaction, which only the holder of the lease, at the very place it saw, can commit. */
describe('the fence around a checkpoint', () => {
  let db: TestDatabase;
  let store: MemoryEventStore;
  let checkpoints: Checkpoints;
  let owner: pg.Client;
  const runners: SubscriptionRunner[] = [];
  const stream = `testing.counter-${randomUUID()}`;

  beforeAll(async () => {
    db = await createTestDatabase({ migrations: [...projectionMigrations, CreateTally1790000099000] });
    owner = new pg.Client(db.ownerUrl);
    await owner.connect();
    // What is wrong shows when the transaction ends, after everything was done.
    await owner.query(`create sequence commits_that_fail start ${MOST_FAILING}`);
    await owner.query(`create function fail_at_the_end() returns trigger language plpgsql security definer as $$
      begin
        if (select last_value from commits_that_fail) < ${MOST_FAILING} then
          perform nextval('commits_that_fail');
          raise exception 'not this time' using errcode = 'check_violation';
        end if;
        return null;
      end $$`);
    await owner.query(`create constraint trigger fails_at_the_end after insert or update on tally
      deferrable initially deferred for each row execute function fail_at_the_end()`);
  });
  afterAll(async () => {
    await owner.end();
    await db.drop();
  });
  beforeEach(async () => {
    store = new MemoryEventStore();
    checkpoints = new Checkpoints(db.database);
    for (const tenant of COUNCILS)
      await db.database.inTenant(tenant, async (manager) => {
        for (const table of ['tally', 'checkpoint', 'subscription_runner', 'event_epoch'])
          await manager.query(`delete from ${table}`);
      });
  });
  afterEach(async () => {
    await Promise.all(runners.splice(0).map((runner) => runner.stop()));
  });

  const following = (projection: Projection) => new ProjectionSubscription(projection, store, db.database, checkpoints);
  const sum = async (tenant = WRENBRIDGE) =>
    (await db.database.inTenant(tenant, (manager) => manager.query<{ sum: number }[]>('select sum from tally')))[0]
      ?.sum;
  const run = async (projection: Projection, report: (error: unknown) => void) => {
    const runner = new SubscriptionRunner(store, [following(projection)], () => Promise.resolve(COUNCILS), report, {
      leaseMs: 1_000,
    });
    runners.push(runner);
    await runner.start();
    return runner;
  };

  it.each([
    ['the token is another’s', 'token = token + 1'],
    ['somebody has moved it on', 'position = position + 1'],
    ['somebody has moved it back', 'position = position - 1'],
    ['the rows are of another version', 'version = version + 1'],
    ['it is of another store', "epoch = 'another'"],
  ])('keeps the holder of a lease out when %s', async (_, change) => {
    const subscription = following(tally());
    for (const tenant of COUNCILS) await store.append(counted(tenant, stream, 1));
    const [lease, neighbours] = await Promise.all(
      COUNCILS.map(async (tenant) => (await checkpoints.acquire(tenant, ['tally'], 'holder', PATIENCE_MS))[0]),
    );
    for (const [tenant, held] of [
      [WRENBRIDGE, lease],
      [OTHERBURY, neighbours],
    ] as const)
      await subscription.advance(tenant, held);
    expect([await sum(), await sum(OTHERBURY)]).toEqual([1, 1]);

    await db.database.inTenant(WRENBRIDGE, (manager) =>
      manager.query(`update checkpoint set ${change} where tenant = $1`, [WRENBRIDGE]),
    );
    const before = await checkpoints.standings(WRENBRIDGE);
    for (const tenant of COUNCILS) await store.append(counted(tenant, stream, 10));
    await expect(subscription.advance(WRENBRIDGE, lease)).rejects.toThrow(CheckpointMoved);
    await subscription.advance(OTHERBURY, neighbours);
    expect([await sum(), await sum(OTHERBURY)]).toEqual([1, 11]);
    expect(await checkpoints.standings(WRENBRIDGE)).toEqual(before);
  });

  it.each([
    ['statement by statement', tally()],
    ['folded in memory', folded],
  ])('lets a page whose commit failed be applied again, and count once: %s', async (_, projection) => {
    const errors: unknown[] = [];
    const runner = await run(projection, (error) => errors.push(error));
    const told: number[] = [];
    // What is kept in memory from page to page must not outlive a page that failed, whichever that is.
    for (const [by, failing] of [
      [1, 0],
      [10, 2],
      [100, 1],
      [1_000, 0],
    ] as const) {
      await owner.query("select setval('commits_that_fail', $1)", [MOST_FAILING - failing]);
      const { position } = await store.append(counted(WRENBRIDGE, stream, by));
      expect(await runner.reached(WRENBRIDGE, position, PATIENCE_MS)).toBe(true);
      told.push((await sum())!);
    }
    expect(told).toEqual([1, 11, 111, 1_111]);
    expect(errors).toHaveLength(3);
  });

  it('asks again of which cluster it is, where the database was away at the first question', async () => {
    let asked = 0;
    const away = Object.create(db.database, {
      query: {
        value: (sql: string) => (asked++ ? db.database.query(sql) : Promise.reject(new Error('away'))),
      },
    }) as typeof db.database;
    const late = new Checkpoints(away);
    await expect(late.acquire(WRENBRIDGE, ['tally'], 'holder', PATIENCE_MS)).rejects.toThrow('away');
    const [lease] = await late.acquire(WRENBRIDGE, ['tally'], 'holder', PATIENCE_MS);
    expect(lease!.storeEpoch).toMatch(/^[0-9a-f-]{36} \d+$/);
    expect(asked).toBe(2);
  });

  it('stops a runner that holds its lease, when the store was given another epoch meanwhile', async () => {
    const runner = await run(tally(), () => undefined);
    for (const tenant of COUNCILS) {
      const { position } = await store.append(counted(tenant, stream, 1));
      expect(await runner.reached(tenant, position, PATIENCE_MS)).toBe(true);
    }
    await db.database.inTenant(WRENBRIDGE, (manager) =>
      manager.query('update event_epoch set epoch = gen_random_uuid()'),
    );
    const failing = () => runner.status().filter((each) => each.failing);
    while (!failing().length) await pause(20);
    expect(failing()).toMatchObject([{ tenant: WRENBRIDGE, failing: expect.stringContaining('restored or replaced') }]);
    for (const tenant of COUNCILS) await store.append(counted(tenant, stream, 10));
    expect(await runner.reached(OTHERBURY, await store.head(OTHERBURY), PATIENCE_MS)).toBe(true);
    expect([await sum(), await sum(OTHERBURY)]).toEqual([1, 11]);
  });
});
