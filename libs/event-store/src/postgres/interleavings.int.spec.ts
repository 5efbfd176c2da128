import { createTestDatabase, type TestDatabase } from '@caretrail/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StoredEvent } from '@caretrail/kernel';
import pg from 'pg';
import { writable } from '../append-request.policy.js';
import { someEvents, someStream, someTenant } from '../contract/event-store.contract.js';
import { APPEND_GROUP_SQL, groupParameters } from './append-group.js';
import { eventStoreMigrations } from './migrations.js';
import { PostgresEventStore } from './postgres-event-store.adapter.js';

const WRITERS = 3;

/** A transaction that appends: not begun, asked and not answered, answered and not ended, ended. */
interface Writer {
  readonly client: pg.Client;
  readonly ids: readonly string[];
  state: 'ready' | 'waiting' | 'holding' | 'over';
  answered?: Promise<void>;
}

/**
 * Calls `run` once for each way to choose, depth first. What can be chosen may depend on what was chosen before, and on
 * what PostgreSQL did then.
 * @returns the number of ways
 */
async function everyWay(run: (choose: <T>(among: readonly T[]) => T) => Promise<void>): Promise<number> {
  const path: { taken: number; of: number }[] = [];
  for (let ways = 1; ; ways++) {
    let step = 0;
    await run((among) => {
      if (step === path.length) path.push({ taken: 0, of: among.length });
      return among[path[step++]!.taken]!;
    });
    while (path.length && path.at(-1)!.taken + 1 === path.at(-1)!.of) path.pop();
    if (!path.length) return ways;
    path.at(-1)!.taken++;
  }
}

/**
 * Every order in which three writers, each to commit or to roll back, and a reader between them can take their steps. Which
 * step can be taken is asked of PostgreSQL, so that without the lock the writers would end in any order.
 */
describe('all interleavings of three writers and a reader', () => {
  let test: TestDatabase;
  let store: PostgresEventStore;
  let observer: pg.Client;
  let clients: pg.Client[];
  let pids: number[];

  beforeAll(async () => {
    test = await createTestDatabase({ migrations: eventStoreMigrations });
    store = new PostgresEventStore(test.database.pool);
    [observer, ...clients] = Array.from({ length: WRITERS + 1 }, () => new pg.Client(test.appUrl)) as [
      pg.Client,
      ...pg.Client[],
    ];
    for (const client of [observer, ...clients]) await client.connect();
    pids = await Promise.all(
      clients.map(
        async (client) => (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]!.pid,
      ),
    );
  });
  afterAll(async () => {
    await Promise.all([observer, ...clients].map((client) => client.end()));
    await test.drop();
  });

  /** Sends the append, and comes back when it was answered or stands before a lock. */
  async function append(writer: Writer, tenant: string, stream: string, events: ReturnType<typeof someEvents>) {
    writer.state = 'waiting';
    await writer.client.query('begin');
    writer.answered = writer.client
      .query(APPEND_GROUP_SQL, groupParameters([writable({ tenant, streams: [{ stream, expected: 'any', events }] })]))
      .then(() => void (writer.state = 'holding'));
    const pid = pids[clients.indexOf(writer.client)];
    // The lock of the appends, or a row of another writer; what PostgreSQL waits for on its own behalf passes by itself.
    const blocked = async () =>
      (
        await observer.query(
          `select from pg_locks where pid = $1 and not granted and locktype in ('advisory', 'transactionid')`,
          [pid],
        )
      ).rowCount! > 0;
    while ((writer.state as Writer['state']) === 'waiting' && !(await blocked()));
  }

  // An event that comes alone is written by statements of its own.
  it.each([1, 2])(
    'show the reader each committed event once, in order of position and of version: %d at a time',
    async (events) => {
      const ways = await everyWay(async (choose) => {
        const [tenant, stream] = [someTenant(), someStream()];
        const written = clients.map(() => someEvents(events));
        const writers = clients.map((client, at): Writer => ({
          client,
          ids: written[at]!.map(({ id }) => id),
          state: 'ready',
        }));
        const seen: StoredEvent[] = [];
        const committed: string[] = [];
        let after = 0n;
        let reads = 1;
        const read = async () => {
          const page = await store.readAll({ tenant, after, limit: 100 });
          seen.push(...page.events);
          after = page.position;
        };
        const end = async (writer: Writer, how: 'commit' | 'rollback') => {
          await writer.client.query(how);
          writer.state = 'over';
          if (how === 'commit') committed.push(...writer.ids);
          // One of those who stood before the lock has it now, and may have been answered already; they are alike.
          const waiting = writers.filter(({ state }) => state === 'waiting');
          if (waiting.length && !writers.some(({ state }) => state === 'holding'))
            await Promise.race(waiting.map(({ answered }) => answered!));
        };
        for (;;) {
          const next = writers.findIndex(({ state }) => state === 'ready');
          const steps = [
            // The writers are alike: it does not matter which of them begins first.
            ...(next < 0 ? [] : [() => append(writers[next]!, tenant, stream, written[next]!)]),
            ...writers
              .filter(({ state }) => state === 'holding')
              .flatMap((writer) => [() => end(writer, 'commit'), () => end(writer, 'rollback')]),
            ...(reads ? [() => (reads--, read())] : []),
          ];
          if (!steps.length) break;
          await choose(steps)();
        }
        await read();
        expect(seen.map(({ id }) => id)).toEqual(committed);
        expect(seen.map(({ version }) => version)).toEqual(committed.map((_, index) => index + 1));
        expect(seen.every(({ position }, index) => !index || position > seen[index - 1]!.position)).toBe(true);
      });
      // With the lock the writers end in the order in which they came to it: 5 orders, 7 places for the read, 2 ends each.
      expect(ways).toBe(5 * 7 * 2 ** WRITERS);
    },
  );
});
