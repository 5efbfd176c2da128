import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventStoreMigrations, PostgresEventStore } from '@caretrail/event-store';
import type { StoredEvent } from '@caretrail/kernel';
import { OTHERBURY, type TestDatabase, WRENBRIDGE, createTestDatabase } from '@caretrail/testing';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  CheckpointMoved,
  Checkpoints,
  KeysParked,
  ProcessSubscription,
  ProjectionSubscription,
  SubscriptionRunner,
  projectionMigrations,
} from './index.js';
import { CreateTally1790000099000, counted, tally } from './tally.fixture.js';

const COUNCILS = [WRENBRIDGE, OTHERBURY];
const LEASE_MS = 300;
const ROUNDS = 12;
const PATIENCE_MS = 240_000;

describe('runners that are killed one after the other, on one PostgreSQL', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await createTestDatabase({
      migrations: [...eventStoreMigrations, ...projectionMigrations, CreateTally1790000099000],
    });
  });
  afterAll(() => db.drop());

  /** As a process of its own: nothing is shared with the others but the database. */
  async function runner(): Promise<SubscriptionRunner> {
    const store = new PostgresEventStore(db.database.pool);
    const checkpoints = new Checkpoints(db.database);
    const echo = {
      name: 'when-counted-echo',
      types: ['testing.counted.v1'],
      handle: async (event: StoredEvent) => {
        // The command's id is derived from the event's: repeated, it answers with its first result.
        const by = (event.data as { by: number }).by;
        if (by < 100)
          await store.append({ ...counted(event.tenant, event.stream, by * 100), commandId: `echo/${event.id}` });
      },
    };
    const made = new SubscriptionRunner(
      store,
      [
        new ProjectionSubscription(tally(), store, db.database, checkpoints),
        new ProcessSubscription(echo, store, db.database, checkpoints),
      ],
      () => Promise.resolve(COUNCILS),
      (error) => failures.push(error),
      { leaseMs: LEASE_MS },
    );
    await made.start().catch(async (error: unknown) => {
      await made.end();
      throw error;
    });
    return made;
  }
  const failures: unknown[] = [];

  /** Ends every other connection of the role, as a PostgreSQL does that is killed, and waits until they are gone. */
  const cutConnections = () =>
    db.database.query(
      `select pg_terminate_backend(pid, ${PATIENCE_MS}) from pg_stat_activity
        where datname = current_database() and usename = current_user and pid <> pg_backend_pid()`,
    );
  /** Again until it was answered; what is appended carries its ids, so that it is there once. */
  async function insist<T>(work: () => Promise<T>): Promise<T> {
    for (;;)
      try {
        return await work();
      } catch {
        await pause(10);
      }
  }

  it('count each event once, send each command once, and never go back, also when connections are cut', async () => {
    const writer = new PostgresEventStore(db.database.pool);
    const stream = `testing.counter-${randomUUID()}`;
    const reader = new Checkpoints(db.database);
    const seen = new Map<string, bigint>();
    const wentBack: string[] = [];
    let running = [await runner(), await runner()];
    for (let round = 1; round <= ROUNDS; round++) {
      for (const tenant of COUNCILS) {
        const request = counted(tenant, stream, 1);
        await insist(() => writer.append(request));
      }
      await pause(Math.random() * LEASE_MS);
      const [victim, ...others] = running as [SubscriptionRunner, ...SubscriptionRunner[]];
      if (round % 3 === 0) await insist(cutConnections);
      await victim.end();
      running = [...others, await insist(runner)];
      for (const tenant of COUNCILS)
        for (const { name, position } of await insist(() => reader.standings(tenant))) {
          if (position < (seen.get(`${tenant} ${name}`) ?? 0n)) wentBack.push(`${tenant} ${name}`);
          seen.set(`${tenant} ${name}`, position);
        }
    }
    for (const tenant of COUNCILS)
      for (const each of running)
        expect(await insist(async () => each.reached(tenant, await writer.head(tenant), PATIENCE_MS))).toBe(true);
    const sums = await Promise.all(
      COUNCILS.map((tenant) =>
        insist(() =>
          db.database.inTenant(tenant, (manager) => manager.query<{ sum: number }[]>('select sum from tally')),
        ),
      ),
    );
    await Promise.all(running.map((each) => insist(() => each.stop())));
    expect(sums).toEqual([[{ sum: ROUNDS * 101 }], [{ sum: ROUNDS * 101 }]]);
    expect(wentBack).toEqual([]);
    expect(failures.filter((error) => error instanceof KeysParked)).toEqual([]);
  });

  it('send each command once, also where one stopped between a command and its checkpoint, and another took over', async () => {
    const stream = `testing.echoed-${randomUUID()}`;
    const store = new PostgresEventStore(db.database.pool);
    const checkpoints = new Checkpoints(db.database);
    for (const by of [1, 2, 3]) await store.append(counted(WRENBRIDGE, stream, by, 'testing.asked.v1'));
    const sends: string[] = [];
    /** @param after waits behind each command that was sent, before anything says so */
    const echoing = (after: () => Promise<void>) =>
      new ProcessSubscription(
        {
          name: 'when-asked-answer',
          types: ['testing.asked.v1'],
          handle: async (event) => {
            const answer = counted(event.tenant, event.stream, 10, 'testing.answered.v1');
            await store.append({ ...answer, commandId: `answer/${event.id}` });
            sends.push(event.id);
            await after();
          },
        },
        store,
        db.database,
        checkpoints,
      );
    const [stopped, wakeUp] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const sleeper = echoing(() => {
      stopped.resolve();
      return wakeUp.promise;
    });
    const [lease] = await checkpoints.acquire(WRENBRIDGE, ['when-asked-answer'], 'sleeper', 1);
    const sleeping = expect(sleeper.advance(WRENBRIDGE, lease)).rejects.toThrow(CheckpointMoved);
    await stopped.promise;
    const position = async () =>
      (await checkpoints.standings(WRENBRIDGE)).find(({ name }) => name === 'when-asked-answer')!.position;
    expect(await position()).toBe(0n);
    const successor = echoing(() => Promise.resolve());
    await insist(async () => {
      await successor.advance(WRENBRIDGE);
    });
    const reached = await position();
    // It goes on with what it was about to send, after the other has sent all of it.
    wakeUp.resolve();
    await sleeping;
    expect(await position()).toBe(reached);
    expect(sends).toHaveLength(6);
    const answers = (await store.readStream(WRENBRIDGE, stream)).filter(({ type }) => type === 'testing.answered.v1');
    expect(answers).toHaveLength(3);
  });

  it('write down of which cluster the positions are', async () => {
    const rows = await db.database.inTenant(WRENBRIDGE, (manager) =>
      manager.query<{ epoch: string }[]>('select distinct epoch from checkpoint'),
    );
    expect(rows).toEqual([{ epoch: expect.stringMatching(/^[0-9a-f-]{36} \d+$/) }]);
  });
});
