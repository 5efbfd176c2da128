import { MemoryEventStore } from '@caretrail/event-store';
import { type TestDatabase, WRENBRIDGE, createTestDatabase } from '@caretrail/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import {
  CheckpointMoved,
  Checkpoints,
  foldedProjection,
  type Projection,
  ProjectionSubscription,
  SubscriptionControl,
  projectionMigrations,
} from './index.js';
import { CreateTally1790000099000, counted, tally } from './tally.fixture.js';

const PATIENCE_MS = 240_000;
const HOLDER = 'a holder';
/** The class of the lock that whoever rebuilds holds. */
const REBUILDS = 0x43_52_42_4c;
/** More commits than a rebuild has: one that is never cut off says that all were. */
const MOST_COMMITS = 60;

const folded = (version: number): Projection =>
  foldedProjection<{ stream: string; sum: number }>({
    name: 'tally',
    version,
    types: ['testing.counted.v1'],
    table: 'tally',
    keyColumn: 'stream',
    columns: { stream: 'text', sum: 'int' },
    rowKey: (row) => row.stream,
    fold: (row, { stream, data }) => ({ stream, sum: (row?.sum ?? 0) + (data as { by: number }).by }),
  });

/** What a process leaves behind changes with each commit, and with nothing else: so it is killed before each of them. */
describe('a rebuild that is killed', () => {
  let db: TestDatabase;
  let platform: typeof import('@caretrail/platform');
  const store = new MemoryEventStore();
  const streams = Array.from({ length: 4 }, () => `testing.counter-${randomUUID()}`);
  /** Through which every connection goes, of both pools. */
  const client = pg.Client.prototype as unknown as { query: (...asked: unknown[]) => unknown };
  const send = client.query;

  beforeAll(async () => {
    platform = await import('@caretrail/platform');
    db = await createTestDatabase({ migrations: [...projectionMigrations, CreateTally1790000099000] });
  });
  afterAll(() => db.drop());
  afterEach(() => {
    client.query = send;
  });

  const append = async (by: number): Promise<void> => {
    for (const stream of streams) await store.append(counted(WRENBRIDGE, stream, by));
  };
  /** What the events come to, by no code of a view. */
  const fresh = async () => {
    const sums = new Map<string, number>();
    const { events } = await store.readAll({ tenant: WRENBRIDGE, after: 0n, limit: 100_000 });
    for (const { stream, data } of events) sums.set(stream, (sums.get(stream) ?? 0) + (data as { by: number }).by);
    return sums;
  };
  const shown = async () => {
    const rows = await db.database.inTenant(WRENBRIDGE, (manager) =>
      manager.query<{ stream: string; sum: number }[]>('select stream, sum from tally where tenant = $1', [WRENBRIDGE]),
    );
    return new Map(rows.map(({ stream, sum }) => [stream, sum]));
  };
  const following = (projection: Projection, database = db.database) =>
    new ProjectionSubscription(projection, store, database, new Checkpoints(database));
  /** A rebuild fences whoever holds the lease: as one holder, it can be taken again at once. */
  const lease = async () => (await new Checkpoints(db.database).acquire(WRENBRIDGE, ['tally'], HOLDER, PATIENCE_MS))[0];
  const follow = async (projection: Projection) => {
    const own = await lease();
    const subscription = following(projection);
    while (!(await subscription.advance(WRENBRIDGE, own)).caughtUp);
  };
  /** Of rows that are there, with whichever test the file begins. */
  const versionShown = async (): Promise<number> => {
    const [standing] = await new Checkpoints(db.database).standings(WRENBRIDGE);
    if (standing) return standing.version;
    await append(1);
    await follow(tally());
    return tally().version;
  };
  const left = async () => {
    const [row] = await db.database.inTenant(WRENBRIDGE, (manager) =>
      manager.query<{ rebuilds: number; shares: number; shadows: number }[]>(
        `select (select count(*)::int from rebuild) as rebuilds, (select count(*)::int from rebuild_share) as shares,
                (select count(*)::int from pg_tables where schemaname = $1) as shadows`,
        [`shadow_${WRENBRIDGE}`],
      ),
    );
    return row;
  };

  /**
   * Works as a process of its own that is killed where it is about to commit for the nth time: all its connections end.
   * @returns whether it came so far
   */
  const killedAtCommit = async (nth: number, work: (database: typeof db.database) => Promise<unknown>) => {
    const database = await platform.openDatabase(db.appUrl, { entities: [], poolSize: 5 });
    const clients = new Set<pg.Client>();
    let [commits, killed] = [0, false];
    const watched = function (this: pg.Client, ...asked: unknown[]) {
      clients.add(this);
      const [first] = asked as [string | { text?: string }];
      const text = typeof first === 'string' ? first : (first.text ?? '');
      if (/^commit/i.test(text) && ++commits === nth) {
        killed = true;
        for (const { connection } of clients as unknown as Set<{ connection: { stream: { destroy(): void } } }>)
          connection.stream.destroy();
      }
      return send.apply(this, asked);
    };
    client.query = watched;
    try {
      await work(database);
    } catch (error) {
      if (!killed) throw error;
    } finally {
      client.query = send;
      await database.close();
    }
    return killed;
  };

  it.each([
    ['written page by page', (version: number) => tally(version)],
    ['folded in memory', folded],
  ])('at each of its commits leaves what is shown right, and is completed by another: %s', async (_, projection) => {
    let version = (await versionShown()) + 1;
    await follow(projection(version));
    let nth = 1;
    for (let killed = true; killed; nth++) {
      if (nth > MOST_COMMITS) throw new Error('It is always killed.');
      await append(10);
      const expected = await fresh();
      await follow(projection(version++));
      killed = await killedAtCommit(nth, (database) =>
        following(projection(version), database).rebuild.run(WRENBRIDGE, { workers: 2 }),
      );
      expect({ nth, shown: await shown() }).toEqual({ nth, shown: expected });
      // The other goes on with what is asked for, or finds it done.
      await following(projection(version)).rebuild.goOn(WRENBRIDGE);
      expect({ nth, shown: await shown() }).toEqual({ nth, shown: expected });
      const [standing] = await new Checkpoints(db.database).standings(WRENBRIDGE);
      expect({ nth, ...standing }).toMatchObject({ nth, version, position: await store.head(WRENBRIDGE) });
      expect({ nth, ...(await left()) }).toEqual({ nth, rebuilds: 0, shares: 0, shadows: 0 });
    }
    expect(nth).toBeGreaterThan(8);
  });

  it('and one that is not, switches behind a page that is being applied, and loses nothing of it', async () => {
    const version = await versionShown();
    const [applying, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const slow: Projection = {
      ...tally(version),
      async apply(events, transaction) {
        await tally(version).apply(events, transaction);
        applying.resolve();
        await goOn.promise;
      },
    };
    await append(100);
    const page = following(slow).advance(WRENBRIDGE, await lease());
    await applying.promise;
    const { rebuild } = following(tally(version));
    const rebuilding = rebuild.run(WRENBRIDGE);
    // It waits for the page, whose rows nobody sees yet.
    const waits = () =>
      db.database.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query ~ 'checkpoint'`,
      );
    for (const deadline = Date.now() + PATIENCE_MS; !(await waits()).length; await pause(20))
      if (Date.now() > deadline) throw new Error('Nobody waits.');
    goOn.resolve();
    await page;
    const { comparison } = (await rebuilding)!;
    expect(comparison).toMatchObject({ sameExpected: true, tables: [{ table: 'tally', same: true }] });
    expect(await shown()).toEqual(await fresh());
    const control = new SubscriptionControl(
      [following(tally(version))],
      store,
      db.database,
      new Checkpoints(db.database),
    );
    const by = { actor: { id: 'an-analyst', role: 'analyst' }, reason: 'the rows are to be checked' } as const;
    // Back to the rows of before, on from their mark, and anew.
    await control.rollBack(WRENBRIDGE, 'tally', by);
    await append(1_000);
    await follow(tally(version));
    expect(await shown()).toEqual(await fresh());
    await rebuild.run(WRENBRIDGE);
    expect(await shown()).toEqual(await fresh());
  });

  it('and one that lost its lock writes nothing to the rows that another began in its place', async () => {
    const version = await versionShown();
    /** Reads when it is let through: whoever began has written nothing so far. */
    const begin = (projection: Projection) => {
      const [begun, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const gated = Object.create(store, {
        replay: {
          async *value(query: Parameters<MemoryEventStore['replay']>[0]) {
            begun.resolve();
            await goOn.promise;
            yield* store.replay(query);
          },
        },
      }) as MemoryEventStore;
      const { rebuild } = new ProjectionSubscription(projection, gated, db.database, new Checkpoints(db.database));
      const outcome = rebuild.run(WRENBRIDGE).catch((error: unknown) => error);
      return { begun: begun.promise, goOn: goOn.resolve, outcome };
    };
    const first = begin(tally(version + 1, 10));
    await first.begun;
    await db.database.query(
      `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted and classid = ${REBUILDS}
          and database = (select oid from pg_database where datname = current_database())`,
    );
    const second = begin(tally(version + 2, 5));
    await second.begun;
    first.goOn();
    expect(await first.outcome).toBeInstanceOf(CheckpointMoved);
    second.goOn();
    expect(await second.outcome).toMatchObject({ now: { version: version + 2 } });
    expect(await shown()).toEqual(new Map([...(await fresh())].map(([stream, sum]) => [stream, sum * 5])));
  });
});
