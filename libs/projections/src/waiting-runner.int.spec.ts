import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventStoreMigrations, PostgresEventStore } from '@caretrail/event-store';
import { type TestDatabase, WRENBRIDGE, createTestDatabase } from '@caretrail/testing';
import { randomUUID } from 'node:crypto';
import { Checkpoints, ProjectionSubscription, projectionMigrations, SubscriptionRunner } from './index.js';
import { CreateTally1790000099000, counted, tally } from './tally.fixture.js';

const PATIENCE_MS = 240_000;

describe('a runner that is waited for', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await createTestDatabase({
      migrations: [...eventStoreMigrations, ...projectionMigrations, CreateTally1790000099000],
    });
  });
  afterAll(() => db.drop());

  /** As a process of its own: nothing is shared with the other but the database. */
  function runner(runs: boolean): SubscriptionRunner {
    const store = new PostgresEventStore(db.database.pool);
    const subscription = new ProjectionSubscription(tally(), store, db.database, new Checkpoints(db.database));
    return new SubscriptionRunner(
      store,
      [subscription],
      () => Promise.resolve([WRENBRIDGE]),
      () => undefined,
      // A runner that is kept from running for long has its leases still.
      { runs, leaseMs: PATIENCE_MS },
    );
  }

  it('waits for what another runs where it runs nothing itself, and takes nothing', async () => {
    const [waiting, running] = [runner(false), runner(true)];
    await waiting.start();
    const stream = `testing.counter-${randomUUID()}`;
    const { position } = await new PostgresEventStore(db.database.pool).append(counted(WRENBRIDGE, stream, 3));
    expect(await waiting.reached(WRENBRIDGE, position, 0)).toBe(false);
    expect(await new Checkpoints(db.database).standings(WRENBRIDGE)).toEqual([]);

    await running.start();
    expect(await waiting.reached(WRENBRIDGE, position, PATIENCE_MS)).toBe(true);
    expect(waiting.status()).toMatchObject([{ name: 'tally', position, held: false }]);
    const [standing] = await new Checkpoints(db.database).standings(WRENBRIDGE);
    expect(standing).toMatchObject({ owner: running.owner, position });
    await waiting.stop();
    await running.stop();
  });

  it('holds back what follows from many appends until they are done', async () => {
    const running = runner(true);
    await running.start();
    const append = () =>
      new PostgresEventStore(db.database.pool).append(counted(WRENBRIDGE, `testing.counter-${randomUUID()}`, 1));
    expect(await running.reached(WRENBRIDGE, (await append()).position, PATIENCE_MS)).toBe(true);
    const last = await running.gather(WRENBRIDGE, async () => {
      const { position } = await append();
      expect(await running.reached(WRENBRIDGE, position, 500)).toBe(false);
      return position;
    });
    expect(await running.reached(WRENBRIDGE, last, PATIENCE_MS)).toBe(true);
    // Processes alone: the view follows. Both, one within the other: it does not, and nothing is left held back after it.
    const follows = async () => running.reached(WRENBRIDGE, (await append()).position, PATIENCE_MS);
    expect(await running.gather(WRENBRIDGE, follows, ['process'])).toBe(true);
    const within = await running.gather(WRENBRIDGE, async () => {
      const { position } = await running.gather(WRENBRIDGE, append, ['process']);
      expect(await running.processed(WRENBRIDGE, position, PATIENCE_MS)).toBe(true);
      expect(await running.reached(WRENBRIDGE, position, 500)).toBe(false);
      return position;
    }, ['projection']);
    expect(await running.reached(WRENBRIDGE, within, PATIENCE_MS)).toBe(true);
    await expect(running.gather(WRENBRIDGE, () => Promise.reject(new Error('broken off')))).rejects.toThrow(
      'broken off',
    );
    expect(await running.reached(WRENBRIDGE, (await append()).position, PATIENCE_MS)).toBe(true);
    await running.stop();
  });
});
