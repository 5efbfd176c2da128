import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MemoryEventStore } from '@caretrail/event-store';
import { OTHERBURY, type TestDatabase, WRENBRIDGE, createTestDatabase } from '@caretrail/testing';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  CheckpointMoved,
  Checkpoints,
  type Lease,
  type Projection,
  ProjectionSubscription,
  type ProjectionTransaction,
  SubscriptionRunner,
  projectionMigrations,
} from './index.js';
import { CreateTally1790000099000, counted, tally } from './tally.fixture.js';

const LEASE_MS = 1_000;
const PATIENCE_MS = 240_000;
const COUNCILS = [WRENBRIDGE, OTHERBURY];
const names = ['tally', 'one', 'two', 'three', 'four', 'five'];
/** Follows and keeps nothing. */
const idle = (name: string): Projection => ({ name, version: 1, tables: [], apply: () => Promise.resolve() });

describe('leases', () => {
  let db: TestDatabase;
  let store: MemoryEventStore;
  let checkpoints: Checkpoints;
  const runners: SubscriptionRunner[] = [];
  let errors: unknown[] = [];
  const stream = `testing.counter-${randomUUID()}`;

  beforeAll(async () => {
    db = await createTestDatabase({ migrations: [...projectionMigrations, CreateTally1790000099000] });
    checkpoints = new Checkpoints(db.database);
  });
  afterAll(() => db.drop());
  beforeEach(async () => {
    store = new MemoryEventStore();
    errors = [];
    for (const tenant of COUNCILS)
      await db.database.inTenant(tenant, async (manager) => {
        for (const table of ['tally', 'checkpoint', 'subscription_runner', 'event_epoch'])
          await manager.query(`delete from ${table}`);
      });
  });
  afterEach(async () => {
    await Promise.all(runners.splice(0).map((runner) => runner.stop()));
  });

  const following = (projection: Projection, from = store, by = checkpoints) =>
    new ProjectionSubscription(projection, from, db.database, by);
  const all = (by = checkpoints) => names.map((name) => following(name === 'tally' ? tally() : idle(name), store, by));
  const run = async (owner: string, subscriptions = all(), from = store, leaseMs = LEASE_MS) => {
    const runner = new SubscriptionRunner(
      from,
      subscriptions,
      () => Promise.resolve(COUNCILS),
      (error) => errors.push(error),
      { owner, leaseMs },
    );
    runners.push(runner);
    await runner.start();
    return runner;
  };
  /** What was sent before is done, the move of the checkpoint as well: nobody had waited for an answer yet. */
  const begun = (transaction: ProjectionTransaction) => transaction.query('select 1');
  const until = async (condition: () => boolean | Promise<boolean>) => {
    while (!(await condition())) await pause(20);
  };
  const held = (runner: SubscriptionRunner) =>
    runner
      .status()
      .filter((each) => each.held)
      .map(({ tenant, name }) => `${tenant} ${name}`);
  const sums = async () =>
    Promise.all(
      COUNCILS.map(
        async (tenant) =>
          (
            await db.database.inTenant(tenant, (manager) => manager.query<{ sum: number }[]>('select sum from tally'))
          )[0]?.sum,
      ),
    );
  const everything = COUNCILS.flatMap((tenant) => names.map((name) => `${tenant} ${name}`)).sort();

  it('are shared out between two runners, each subscription of a council to one of them', async () => {
    const one = await run('runner one');
    expect(held(one).sort()).toEqual(everything);
    const two = await run('runner two');
    // Whoever is kept from running for as long as a lease lasts has nothing for a moment, or believes to have what another took.
    const shared = () => [...held(one), ...held(two)].sort();
    await until(() => held(one).length > 0 && held(two).length > 0 && shared().join() === everything.join());
  });

  it('do not keep a page of the other runner waiting', async () => {
    // So long that the second has nothing, and looks after its leases no more than once, before this is over.
    const [one, two] = [await run('runner one', all(), store, 60_000), await run('runner two', all(), store, 60_000)];
    expect(held(two)).toEqual([]);
    for (const [tenant, by] of [
      [WRENBRIDGE, 1],
      [OTHERBURY, 100],
    ] as const) {
      const { position } = await store.append(counted(tenant, stream, by));
      expect(await one.reached(tenant, position, PATIENCE_MS)).toBe(true);
      expect(await two.reached(tenant, position, PATIENCE_MS)).toBe(true);
    }
    expect(await sums()).toEqual([1, 100]);
  });

  it('of a runner that stops are free at once', async () => {
    const one = await run('runner one', all(), store, 60_000);
    await one.stop();
    expect((await checkpoints.standings(WRENBRIDGE)).filter(({ owner }) => owner)).toEqual([]);
    expect(held(await run('runner two', all(), store, 60_000)).sort()).toEqual(everything);
  });

  it('of a runner that was killed are taken over when they expire, and nothing is counted twice', async () => {
    const one = await run('runner one');
    const first = await store.append(counted(WRENBRIDGE, stream, 1));
    expect(await one.reached(WRENBRIDGE, first.position, PATIENCE_MS)).toBe(true);
    await one.end();
    const two = await run('runner two');
    for (const tenant of COUNCILS) await store.append(counted(tenant, stream, 10));
    for (const tenant of COUNCILS) expect(await two.reached(tenant, await store.head(tenant), PATIENCE_MS)).toBe(true);
    await until(() => held(two).length === everything.length);
    expect(await sums()).toEqual([11, 10]);
  });

  it('that a runner forgot, because PostgreSQL came up anew, go to the runner who came meanwhile', async () => {
    let restarted = false;
    const ofOne = new (class extends Checkpoints {
      override async mark(tenant: string): Promise<string> {
        if (!restarted) return super.mark(tenant);
        await this.present(tenant, 'runner two', PATIENCE_MS);
        return 'came up anew';
      }
    })(db.database);
    await run('runner one', all(ofOne));
    restarted = true;
    for (const tenant of COUNCILS)
      await until(async () => (await checkpoints.acquire(tenant, names, 'runner two', PATIENCE_MS)).length > 0);
  });

  describe('of rows that a newer program built', () => {
    // Named so that the draw is the older one's, for both councils.
    const [older, newer] = ['runner 1', 'runner 2'];
    const pages = () => COUNCILS.map((tenant) => `${tenant} tally`);
    const tallied = async (runner: SubscriptionRunner) => {
      for (const tenant of COUNCILS) {
        const { position } = await store.append(counted(tenant, stream, 1));
        expect(await runner.reached(tenant, position, PATIENCE_MS)).toBe(true);
      }
    };

    it('are left to the runner that can carry them on, and the older one is ready meanwhile', async () => {
      const ofNewer = await run(newer, [following(tally(2, 10))]);
      await tallied(ofNewer);
      const ofOlder = await run(older, [following(tally())]);
      await tallied(ofOlder);
      await tallied(ofNewer);
      expect(await sums()).toEqual([30, 30]);
      await until(() => held(ofNewer).sort().join() === pages().join());
      expect([held(ofOlder), ofOlder.status().flatMap(({ failing }) => failing ?? []), errors]).toEqual([[], [], []]);
    });

    it('stand still where only older ones are there, which say so once, until a newer one comes', async () => {
      const ofNewer = await run(newer, [following(tally(2, 10))]);
      await tallied(ofNewer);
      await ofNewer.stop();
      const ofOlder = await run(older, [following(tally())]);
      await until(() => ofOlder.counts().every(({ failures }) => failures > 2));
      expect(ofOlder.status().map(({ failing }) => failing)).toEqual(
        COUNCILS.map(() => expect.stringContaining('Start the newer program')),
      );
      expect(errors).toHaveLength(COUNCILS.length);
      await tallied(await run(newer, [following(tally(2, 10))]));
      await until(() => ofOlder.status().every(({ failing, held: holds }) => failing === undefined && !holds));
      expect(await sums()).toEqual([20, 20]);
      expect(errors).toHaveLength(COUNCILS.length);
    });
  });

  it('keep out a holder that slept through the end of its lease', async () => {
    await store.append(counted(WRENBRIDGE, stream, 1));
    const subscription = following(tally());
    const [sleeper] = await checkpoints.acquire(WRENBRIDGE, ['tally'], 'sleeper', 1);
    let successor: Lease | undefined;
    await until(async () => {
      [successor] = await checkpoints.acquire(WRENBRIDGE, ['tally'], 'successor', PATIENCE_MS);
      return successor !== undefined;
    });
    expect(successor!.token).toBeGreaterThan(sleeper!.token);
    await expect(subscription.advance(WRENBRIDGE, sleeper)).rejects.toThrow(CheckpointMoved);
    await subscription.advance(WRENBRIDGE, successor);
    await expect(subscription.advance(WRENBRIDGE, sleeper)).rejects.toThrow(CheckpointMoved);
    expect(await sums()).toEqual([1, undefined]);
  });

  it('cannot be taken while a transaction runs under them, however long it takes', async () => {
    await store.append(counted(WRENBRIDGE, stream, 1));
    const applying = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const slow = following({
      ...tally(),
      async apply(events, transaction) {
        await begun(transaction);
        applying.resolve();
        await goOn.promise;
        await tally().apply(events, transaction);
      },
    });
    const [lease] = await checkpoints.acquire(WRENBRIDGE, ['tally'], 'slow', 1);
    const advancing = slow.advance(WRENBRIDGE, lease);
    await applying.promise;
    expect(await checkpoints.acquire(WRENBRIDGE, ['tally'], 'eager', LEASE_MS)).toEqual([]);
    expect(await checkpoints.release(lease!)).toBe(false);
    goOn.resolve();
    await advancing;
    expect(await sums()).toEqual([1, undefined]);
  });

  it('are not handed over, nor waited for, while a transaction runs under them', async () => {
    await store.append(counted(WRENBRIDGE, stream, 1));
    const [applying, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const slow = all().map((each) =>
      each.name !== 'tally'
        ? each
        : following({
            ...tally(),
            async apply(events, transaction) {
              await begun(transaction);
              applying.resolve();
              await goOn.promise;
              await tally().apply(events, transaction);
            },
          }),
    );
    const one = await run('runner one', slow);
    await applying.promise;
    const others = await Promise.all(['runner two', 'runner three', 'runner four'].map((owner) => run(owner)));
    await until(() => others.every((other) => held(other).length > 0));
    expect(held(one)).toContain(`${WRENBRIDGE} tally`);
    goOn.resolve();
    expect(await one.reached(WRENBRIDGE, await store.head(WRENBRIDGE), PATIENCE_MS)).toBe(true);
    expect(await sums()).toEqual([1, undefined]);
  });

  describe('and the store that a checkpoint is of', () => {
    const failing = (runner: SubscriptionRunner) =>
      runner
        .status()
        .filter(({ failing: reason }) => reason?.includes('restored'))
        .map(({ tenant }) => tenant);
    const anotherEpoch = (tenant: string) =>
      db.database.inTenant(tenant, (manager) => manager.query('update event_epoch set epoch = gen_random_uuid()'));

    it('stop a subscription whose store was replaced, of that council alone', async () => {
      const one = await run('runner one', [following(tally())]);
      for (const tenant of COUNCILS) {
        const { position } = await store.append(counted(tenant, stream, 1));
        expect(await one.reached(tenant, position, PATIENCE_MS)).toBe(true);
      }
      await one.stop();
      await anotherEpoch(WRENBRIDGE);
      const two = await run('runner two', [following(tally())]);
      for (const tenant of COUNCILS) await store.append(counted(tenant, stream, 10));
      expect(await two.reached(OTHERBURY, await store.head(OTHERBURY), PATIENCE_MS)).toBe(true);
      await until(() => failing(two).length > 0);
      expect(failing(two)).toEqual([WRENBRIDGE]);
      expect(await two.reached(WRENBRIDGE, await store.head(WRENBRIDGE), 50)).toBe(false);
      expect(await sums()).toEqual([1, 11]);
    });

    it('stop a subscription that is ahead of its store, which was restored from an older backup', async () => {
      const backup = new MemoryEventStore();
      for (const at of [store, backup]) await at.append(counted(WRENBRIDGE, stream, 1));
      const { position } = await store.append(counted(WRENBRIDGE, stream, 10));
      const one = await run('runner one', [following(tally())]);
      expect(await one.reached(WRENBRIDGE, position, PATIENCE_MS)).toBe(true);
      await one.stop();
      const two = await run('runner two', [following(tally(), backup)], backup);
      await until(() => failing(two).length > 0);
      expect(failing(two)).toEqual([WRENBRIDGE]);
      expect(await sums()).toEqual([11, undefined]);
    });

    it('stop it also when that happens while it runs', async () => {
      await store.append(counted(WRENBRIDGE, stream, 1));
      const now = new (class extends MemoryEventStore {
        wentBack = false;
        override head = (tenant: string) => (this.wentBack ? Promise.resolve(0n) : super.head(tenant));
      })();
      const { position } = await now.append(counted(WRENBRIDGE, stream, 1));
      const one = await run('runner one', [following(tally(), now)], now);
      expect(await one.reached(WRENBRIDGE, position, PATIENCE_MS)).toBe(true);
      now.wentBack = true;
      await until(() => failing(one).length > 0);
      expect(failing(one)).toEqual([WRENBRIDGE]);
    });
  });
});
