import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MemoryEventStore } from '@caretrail/event-store';
import type { StoredEvent } from '@caretrail/kernel';
import { OTHERBURY, type TestDatabase, WRENBRIDGE, createTestDatabase } from '@caretrail/testing';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  Checkpoints,
  type Projection,
  ProcessSubscription,
  ProjectionSubscription,
  SubscriptionRunner,
  projectionMigrations,
} from './index.js';
import { CreateTally1790000099000, counted, tally } from './tally.fixture.js';

const PATIENCE_MS = 240_000;

describe('subscriptions', () => {
  let db: TestDatabase;
  let store: MemoryEventStore;
  let checkpoints: Checkpoints;
  const runners: SubscriptionRunner[] = [];
  const errors: unknown[] = [];
  const stream = `testing.counter-${randomUUID()}`;

  beforeAll(async () => {
    db = await createTestDatabase({ migrations: [...projectionMigrations, CreateTally1790000099000] });
    checkpoints = new Checkpoints(db.database);
  });
  afterAll(() => db.drop());
  beforeEach(async () => {
    store = new MemoryEventStore();
    errors.length = 0;
    for (const tenant of [WRENBRIDGE, OTHERBURY])
      await db.database.inTenant(tenant, async (manager) => {
        await manager.query('delete from tally');
        await manager.query('delete from checkpoint');
      });
  });
  afterEach(async () => {
    await Promise.all(runners.splice(0).map((runner) => runner.stop()));
  });

  const count = (by: number, tenant = WRENBRIDGE, type?: string) => store.append(counted(tenant, stream, by, type));
  const projecting = (projection: Projection) =>
    new ProjectionSubscription(projection, store, db.database, checkpoints);
  const run = async (...subscriptions: ConstructorParameters<typeof SubscriptionRunner>[1][number][]) => {
    const runner = new SubscriptionRunner(
      store,
      subscriptions,
      () => Promise.resolve([WRENBRIDGE, OTHERBURY]),
      (error) => errors.push(error),
    );
    runners.push(runner);
    await runner.start();
    return runner;
  };
  const sum = async (tenant = WRENBRIDGE) =>
    (await db.database.inTenant(tenant, (manager) => manager.query<{ sum: number }[]>('select sum from tally')))[0]
      ?.sum;

  it('count each event of each council once, those before the start and those after', async () => {
    await count(1);
    await count(100, OTHERBURY);
    const runner = await run(projecting(tally()));
    await count(10);
    const { position } = await count(5, WRENBRIDGE, 'testing.other.v1');
    expect(await runner.reached(WRENBRIDGE, position, PATIENCE_MS)).toBe(true);
    expect(await runner.reached(OTHERBURY, await store.head(OTHERBURY), PATIENCE_MS)).toBe(true);
    expect([await sum(), await sum(OTHERBURY)]).toEqual([11, 100]);
  });

  it('go on from the checkpoint, and never count twice when two processes run them', async () => {
    for (let i = 0; i < 20; i++) await count(1);
    const [one, two] = await Promise.all([run(projecting(tally())), run(projecting(tally()))]);
    for (let i = 0; i < 20; i++) await count(1);
    const head = await store.head(WRENBRIDGE);
    expect(await one.reached(WRENBRIDGE, head, PATIENCE_MS)).toBe(true);
    expect(await two.reached(WRENBRIDGE, head, PATIENCE_MS)).toBe(true);
    expect(await sum()).toBe(40);
    expect(errors).toEqual([]);
  });

  it('move rows and checkpoint together: a batch that fails leaves neither, and is tried again', async () => {
    let failures = 2;
    const once = tally();
    const failing: Projection = {
      ...once,
      async apply(events, transaction) {
        await once.apply(events, transaction);
        if (failures-- > 0) throw new Error('the disk was full');
      },
    };
    await count(7);
    const runner = await run(projecting(failing));
    expect(await runner.reached(WRENBRIDGE, await store.head(WRENBRIDGE), PATIENCE_MS)).toBe(true);
    expect(await sum()).toBe(7);
    expect(errors).toHaveLength(2);
    expect(runner.status().every(({ failing: reason }) => reason === undefined)).toBe(true);
  });

  it('are built again from the first event when the version was raised', async () => {
    await count(3);
    const subscription = projecting(tally());
    await subscription.advance(WRENBRIDGE);
    await projecting(tally(2, 10)).advance(WRENBRIDGE);
    expect(await sum()).toBe(30);
  });

  it('that send commands come before the views in what a page waits for', async () => {
    const sent: string[] = [];
    const process = {
      name: 'when-counted-count-again',
      types: ['testing.counted.v1'],
      handle: async (event: StoredEvent) => {
        if ((event.data as { by: number }).by >= 10) return;
        sent.push(event.id);
        await count(10);
      },
    };
    const runner = await run(projecting(tally()), new ProcessSubscription(process, store, db.database, checkpoints));
    const { position } = await count(1);
    expect(await runner.reached(WRENBRIDGE, position, PATIENCE_MS)).toBe(true);
    expect(await sum()).toBe(11);
    expect(sent).toHaveLength(1);
  });

  it('say when they are behind instead of waiting for ever', async () => {
    const taken = Promise.withResolvers<void>();
    const apply = () => taken.promise.then(() => Promise.reject(new Error('poison')));
    const runner = await run(projecting({ ...tally(), apply }));
    const { position } = await count(1);
    expect(await runner.reached(WRENBRIDGE, position, 50)).toBe(false);
    taken.resolve();
    const failing = () => runner.status().find((each) => each.tenant === WRENBRIDGE)?.failing;
    while (failing() === undefined) await pause(20);
    expect(failing()).toBe('Error');
  });
});
