import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MemoryEventStore } from '@caretrail/event-store';
import { NotFound, RuleViolation, type StoredEvent } from '@caretrail/kernel';
import { OTHERBURY, type TestDatabase, WRENBRIDGE, createTestDatabase } from '@caretrail/testing';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  Checkpoints,
  KeysParked,
  type Projection,
  ProcessSubscription,
  ProjectionSubscription,
  type Subscription,
  SubscriptionControl,
  SubscriptionRunner,
  projectionMigrations,
} from './index.js';
import { CreateTally1790000099000, counted, tally } from './tally.fixture.js';

const COUNCILS = [WRENBRIDGE, OTHERBURY];
const POISON = 13;
const PATIENCE_MS = 240_000;
const STATE = [
  'tally',
  'checkpoint',
  'subscription_runner',
  'parked_event',
  'subscription_decision',
  'rebuild',
  'rebuild_share',
  'previous_rows',
];
const by = { actor: { id: 'an-analyst', role: 'analyst' }, reason: 'the program was put right' } as const;
const amount = (event: StoredEvent) => (event.data as { by: number }).by;

describe('what cannot be handled', () => {
  let db: TestDatabase;
  let store: MemoryEventStore;
  let checkpoints: Checkpoints;
  let poisonous = true;
  let errors: unknown[] = [];
  const runners: SubscriptionRunner[] = [];
  const [bad, good] = [`testing.counter-${randomUUID()}`, `testing.counter-${randomUUID()}`];

  beforeAll(async () => {
    db = await createTestDatabase({ migrations: [...projectionMigrations, CreateTally1790000099000] });
    checkpoints = new Checkpoints(db.database);
  });
  afterAll(() => db.drop());
  beforeEach(async () => {
    store = new MemoryEventStore();
    errors = [];
    poisonous = true;
    for (const tenant of COUNCILS)
      await db.database.inTenant(tenant, async (manager) => {
        for (const table of STATE) await manager.query(`delete from ${table}`);
      });
  });
  afterEach(async () => {
    await Promise.all(runners.splice(0).map((runner) => runner.stop()));
  });

  /** Adds up in the database, and there too fails in Wrenbridge on the thirteen. */
  const touchy = (version = 1, more: Partial<Projection> = {}): Projection => ({
    ...tally(version),
    async apply(events, transaction) {
      await tally(version).apply(events, transaction);
      if (poisonous && transaction.tenant === WRENBRIDGE && events.some((event) => amount(event) === POISON))
        await transaction.query("select 'thirteen'::int");
    },
    ...more,
  });
  const following = (projection: Projection) => new ProjectionSubscription(projection, store, db.database, checkpoints);
  const run = async (...subscriptions: Subscription[]) => {
    const runner = new SubscriptionRunner(
      store,
      subscriptions,
      () => Promise.resolve(COUNCILS),
      (error) => errors.push(error),
      { leaseMs: 1_000 },
    );
    runners.push(runner);
    await runner.start();
    return { runner, control: new SubscriptionControl(subscriptions, store, db.database, checkpoints) };
  };
  /** As a runner that has tried often enough, without its pauses between the tries. */
  const settle = async (subscription: Subscription) => {
    for (const tenant of COUNCILS) while (!(await subscription.advance(tenant, undefined, { park: true })).caughtUp);
  };
  const controlling = (subscription: Subscription) =>
    new SubscriptionControl([subscription], store, db.database, checkpoints);
  const count = (stream: string, ...amounts: number[]) =>
    Promise.all(COUNCILS.flatMap((tenant) => amounts.map((each) => store.append(counted(tenant, stream, each)))));
  const arrived = async (runner: SubscriptionRunner) => {
    for (const tenant of COUNCILS)
      expect(await runner.reached(tenant, await store.head(tenant), PATIENCE_MS)).toBe(true);
  };
  const sums = async (tenant: string): Promise<Record<string, number>> => {
    const rows = await db.database.inTenant(tenant, (manager) =>
      manager.query<{ stream: string; sum: number }[]>('select stream, sum from tally'),
    );
    return Object.fromEntries(rows.map(({ stream, sum }) => [stream === bad ? 'bad' : 'good', sum]));
  };

  it('is parked with what follows it in its stream, and everything else goes on', async () => {
    await count(bad, 1, POISON, 100);
    await count(good, 2, 20);
    const { runner, control } = await run(following(touchy()));
    await arrived(runner);
    await count(bad, 1_000);
    await count(good, 200);
    await arrived(runner);
    expect(await sums(WRENBRIDGE)).toEqual({ bad: 1, good: 222 });
    expect(await sums(OTHERBURY)).toEqual({ bad: 1 + POISON + 100 + 1_000, good: 222 });
    expect(await control.parked(OTHERBURY)).toEqual([]);
    expect(await control.parked(WRENBRIDGE)).toMatchObject([
      { subscription: 'tally', key: bad, events: 3, reason: 'QueryFailedError 22P02' },
    ]);
    expect(errors).toContainEqual(expect.objectContaining({ name: 'KeysParked', keys: [bad] }));
    expect(errors.filter((error) => !(error instanceof KeysParked))).toHaveLength(2);
    expect(runner.status().every(({ failing }) => failing === undefined)).toBe(true);
  });

  it('is handled in order when it is released, and the key goes on', async () => {
    await count(bad, POISON, 100);
    const subscription = following(touchy());
    const control = controlling(subscription);
    await settle(subscription);
    await expect(control.release(WRENBRIDGE, 'tally', bad, by)).rejects.toThrow(RuleViolation);
    expect(await control.parked(WRENBRIDGE)).toMatchObject([{ events: 2 }]);
    await expect(control.release(OTHERBURY, 'tally', bad, by)).rejects.toThrow(NotFound);
    poisonous = false;
    expect(await control.release(WRENBRIDGE, 'tally', bad, by)).toBe(2);
    await count(bad, 1_000);
    await settle(subscription);
    expect(await sums(WRENBRIDGE)).toEqual(await sums(OTHERBURY));
    expect(await control.parked(WRENBRIDGE)).toEqual([]);
    expect(await control.decisions(WRENBRIDGE, 10)).toMatchObject([
      { subscription: 'tally', decision: 'release', key: bad, actorId: 'an-analyst', reason: by.reason },
    ]);
    expect(await control.decisions(OTHERBURY, 10)).toEqual([]);
  });

  it('is released behind the back of who holds the lease, who then looks again what waits', async () => {
    await count(bad, POISON);
    const subscription = following(touchy());
    await settle(subscription);
    const [lease] = await checkpoints.acquire(WRENBRIDGE, ['tally'], 'holder', 60_000);
    await count(bad, 100);
    await subscription.advance(WRENBRIDGE, lease);
    expect(await controlling(subscription).parked(WRENBRIDGE)).toMatchObject([{ key: bad, events: 2 }]);
    poisonous = false;
    await controlling(subscription).release(WRENBRIDGE, 'tally', bad, by);
    await count(bad, 1_000);
    await expect(subscription.advance(WRENBRIDGE, lease)).rejects.toThrow('moved by another');
    const [again] = await checkpoints.acquire(WRENBRIDGE, ['tally'], 'holder', 60_000);
    await subscription.advance(WRENBRIDGE, again);
    expect(await sums(WRENBRIDGE)).toEqual({ bad: POISON + 1_100 });
    expect(await controlling(subscription).parked(WRENBRIDGE)).toEqual([]);
  });

  it('is left out when somebody skips it, also from a rebuild, and what followed it is handled', async () => {
    await count(bad, 1, POISON, 100);
    const subscription = following(touchy());
    const control = controlling(subscription);
    await settle(subscription);
    const [parked] = await control.parked(WRENBRIDGE);
    expect(await control.skip(WRENBRIDGE, 'tally', bad, by)).toEqual({ eventId: parked!.eventId, waiting: 0 });
    expect(await sums(WRENBRIDGE)).toEqual({ bad: 101 });
    expect(await control.decisions(WRENBRIDGE, 10)).toMatchObject([{ decision: 'skip', eventId: parked!.eventId }]);
    await following(touchy(2)).advance(WRENBRIDGE);
    expect(await sums(WRENBRIDGE)).toEqual({ bad: 101 });
  });

  it('and follows a skipped one stays parked', async () => {
    await count(bad, POISON, 1, POISON, 100);
    const subscription = following(touchy());
    const control = controlling(subscription);
    await settle(subscription);
    expect(await control.skip(WRENBRIDGE, 'tally', bad, by)).toMatchObject({ waiting: 3 });
    expect(await sums(WRENBRIDGE)).toEqual({});
    expect(await control.parked(WRENBRIDGE)).toMatchObject([{ key: bad, events: 3 }]);
  });

  it('holds up the key that the projection names', async () => {
    await count(bad, POISON);
    await count(good, 100);
    const subscription = following(touchy(1, { key: () => 'everything' }));
    const control = controlling(subscription);
    await settle(subscription);
    await count(good, 1);
    await settle(subscription);
    expect(await control.parked(WRENBRIDGE)).toMatchObject([{ key: 'everything' }]);
    expect(await sums(OTHERBURY)).toEqual({ bad: POISON, good: 101 });
  });

  it('by a process is parked the same way', async () => {
    const handled: string[] = [];
    const process = new ProcessSubscription(
      {
        name: 'when-counted-tell',
        types: ['testing.counted.v1'],
        handle: (event) => {
          if (poisonous && event.tenant === WRENBRIDGE && amount(event) === POISON)
            return Promise.reject(new RuleViolation([{ rule: 'no-thirteen', message: 'Not thirteen.' }]));
          handled.push(`${event.tenant} ${amount(event)}`);
          return Promise.resolve();
        },
      },
      store,
      db.database,
      checkpoints,
    );
    await count(bad, 1, POISON, 3);
    await count(good, 2);
    const control = controlling(process);
    await settle(process);
    expect(new Set(handled)).toEqual(
      new Set(
        [1, 2].map((each) => `${WRENBRIDGE} ${each}`).concat([1, 2, 3, POISON].map((each) => `${OTHERBURY} ${each}`)),
      ),
    );
    expect(await control.parked(WRENBRIDGE)).toMatchObject([
      { key: bad, events: 2, reason: 'RuleViolation: no-thirteen' },
    ]);
    poisonous = false;
    handled.length = 0;
    await control.release(WRENBRIDGE, 'when-counted-tell', bad, by);
    expect(handled).toEqual([`${WRENBRIDGE} ${POISON}`, `${WRENBRIDGE} 3`]);
  });

  describe('in a rebuild', () => {
    it('stops it: the rows of the version before stay, and nothing is parked', async () => {
      poisonous = false;
      await count(bad, 1, POISON);
      for (const tenant of COUNCILS) await following(touchy()).advance(tenant);
      poisonous = true;
      const { runner, control } = await run(following(touchy(2)));
      expect(await runner.reached(OTHERBURY, await store.head(OTHERBURY), PATIENCE_MS)).toBe(true);
      while (errors.length < 3) await pause(20);
      expect(await sums(WRENBRIDGE)).toEqual({ bad: 1 + POISON });
      expect(await control.parked(WRENBRIDGE)).toEqual([]);
      expect((await control.overview(WRENBRIDGE))[0]).toMatchObject({ failing: 'QueryFailedError 22P02', parked: [] });
      poisonous = false;
      await count(good, 5);
      await arrived(runner);
      expect(await sums(WRENBRIDGE)).toEqual({ bad: 1 + POISON, good: 5 });
      expect((await control.overview(WRENBRIDGE))[0]).not.toHaveProperty('failing');
    });

    it('shows the rows of the version before until all of the new ones are there', async () => {
      await count(good, 1, 2);
      for (const tenant of COUNCILS) await following(tally()).advance(tenant);
      const [applied, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const progress: number[] = [];
      const slow = following({
        ...tally(2, 10),
        async apply(events, transaction) {
          await tally(2, 10).apply(events, transaction);
          applied.resolve();
          await goOn.promise;
        },
      });
      const [lease] = await checkpoints.acquire(WRENBRIDGE, ['tally'], 'rebuilder', 5_000);
      const rebuilding = slow.advance(WRENBRIDGE, lease, { onProgress: ({ done }) => progress.push(done) });
      await applied.promise;
      expect(await sums(WRENBRIDGE)).toEqual({ good: 3 });
      goOn.resolve();
      await rebuilding;
      expect(await sums(WRENBRIDGE)).toEqual({ good: 30 });
      expect(await sums(OTHERBURY)).toEqual({ good: 3 });
      expect(progress.at(-1)).toBe(1);
    });
  });

  it('by a process that is started over is decided anew, as is what was refused; what was accepted has no second effect', async () => {
    const [answers, refused] = [`testing.answers-${randomUUID()}`, new Set<number>()];
    let closed = true;
    const process = new ProcessSubscription(
      {
        name: 'when-counted-answer',
        types: ['testing.counted.v1'],
        handle: async (event) => {
          if (poisonous && amount(event) === POISON) throw new Error('Not thirteen.');
          if (closed && amount(event) === 2) return void refused.add(amount(event));
          const answer = counted(event.tenant, answers, amount(event), 'testing.answered.v1');
          await store.append({ ...answer, commandId: event.id });
        },
      },
      store,
      db.database,
      checkpoints,
    );
    const answered = async () => (await store.readStream(WRENBRIDGE, answers)).map(amount);
    await store.append(counted(WRENBRIDGE, good, 1));
    await store.append(counted(WRENBRIDGE, good, 2));
    await store.append(counted(WRENBRIDGE, bad, POISON));
    await settle(process);
    const control = controlling(process);
    expect([await answered(), [...refused], await control.parked(WRENBRIDGE)]).toMatchObject([
      [1],
      [2],
      [{ key: bad }],
    ]);
    [closed, poisonous] = [false, false];
    await control.startOver(WRENBRIDGE, 'when-counted-answer', by);
    await settle(process);
    expect([await answered(), await control.parked(WRENBRIDGE)]).toEqual([[1, 2, POISON], []]);
  });

  it('goes on with another store only when somebody starts it over', async () => {
    await count(good, 1);
    for (const tenant of COUNCILS) await following(tally()).advance(tenant);
    await db.database.inTenant(WRENBRIDGE, (manager) =>
      manager.query('update event_epoch set epoch = gen_random_uuid()'),
    );
    await count(good, 10);
    const { runner, control } = await run(following(tally()));
    while (!errors.length) await pause(20);
    expect(await sums(WRENBRIDGE)).toEqual({ good: 1 });
    await control.startOver(WRENBRIDGE, 'tally', by);
    await arrived(runner);
    expect(await sums(WRENBRIDGE)).toEqual({ good: 11 });
    expect(await control.decisions(WRENBRIDGE, 1)).toMatchObject([{ decision: 'start over' }]);
  });
});
