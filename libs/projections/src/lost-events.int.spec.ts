import { type EventPage, eventStoreMigrations, PostgresEventStore, type ReadAll } from '@caretrail/event-store';
import type { StoredEvent } from '@caretrail/kernel';
import { clusterFolder, WRENBRIDGE } from '@caretrail/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import {
  CheckpointMoved,
  Checkpoints,
  type Projection,
  ProcessSubscription,
  ProjectionSubscription,
  projectionMigrations,
} from './index.js';
import { CreateTally1790000099000, counted, tally } from './tally.fixture.js';

const PATIENCE_MS = 240_000;
const HOLDER = 'a holder';
/** As many as a view asks for at a time. */
const PAGE = 2_000;

/**
 * An event can be seen a moment before it is on the disk, and a crash in that moment takes it back. Here one backend is killed
 * with -9: PostgreSQL starts over by itself, under the same postmaster, and all that was not on the disk is gone.
 */
describe('an event that was read, and is lost when PostgreSQL crashes', () => {
  let platform: typeof import('@caretrail/platform');
  let dataDir: string;
  let passwords: ReturnType<typeof platform.rolePasswords>;
  let server: Awaited<ReturnType<typeof platform.startServer>>;
  let database: Awaited<ReturnType<typeof platform.openDatabase>>;
  let store: GatedStore;
  let stream: string;
  let type: string;

  /** Whose pages arrive when they are let through: a reader that is slow, stopped, or held back. */
  class GatedStore extends PostgresEventStore {
    sent: () => Promise<void> = () => Promise.resolve();
    arrived: () => Promise<void> = () => Promise.resolve();
    override async readAll(query: ReadAll): Promise<EventPage> {
      await this.sent();
      const page = await super.readAll(query);
      await this.arrived();
      return page;
    }
  }

  const url = (role: string, password: string) =>
    platform.localUrl(server.port, role, password, platform.DATABASE_NAME);
  const until = async (condition: () => Promise<boolean>) => {
    for (const deadline = Date.now() + PATIENCE_MS; !(await condition().catch(() => false)); await pause(20))
      if (Date.now() > deadline) throw new Error('Waited in vain.');
  };
  const startedAt = async () =>
    (await database.query<{ at: string }>('select pg_postmaster_start_time()::text as at'))[0]!.at;
  const append = (by: number) => store.append(counted(WRENBRIDGE, stream, by, type));
  /** Seen by everybody, and on no disk: by another process, which is killed before it is answered. */
  const appendUnkept = async (by: number): Promise<bigint> => {
    const pool = new pg.Pool({ connectionString: url(platform.APP_ROLE, passwords.app), max: 1 });
    pool.on('error', () => undefined); // it is killed
    const client = await pool.connect();
    client.on('error', () => undefined);
    await client.query(`set synchronous_commit = off`);
    const groups: unknown[][] = [];
    const collecting = new PostgresEventStore({
      query: (asked: { values: unknown[] }) => {
        groups.push(asked.values);
        return Promise.reject(new Error('collected'));
      },
    } as unknown as pg.Pool);
    await collecting.append(counted(WRENBRIDGE, stream, by, type)).catch(() => undefined);
    const [values] = groups as [unknown[]];
    const { rows } = await client.query<{ positions: string }>(
      `select positions from append_group(${values.map((_, index) => `$${index + 1}`).join(', ')})`,
      values,
    );
    return BigInt((JSON.parse(rows[0]!.positions) as number[])[0]!);
  };
  /** @returns whether the event is gone: the log writer may have been there first */
  const crash = async (position: bigint): Promise<boolean> => {
    const before = await startedAt();
    const [backend] = await database.query<{ pid: number }>(
      `select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() limit 1`,
    );
    process.kill(backend!.pid, 'SIGKILL');
    await until(async () => {
      const [row] = await database.query<{ alive: boolean }>(
        'select not exists (select from pg_stat_activity where pid = $1) as alive',
        [backend!.pid],
      );
      return row!.alive;
    });
    expect(await startedAt()).toBe(before);
    return (await store.head(WRENBRIDGE)) < position;
  };
  const sum = async (): Promise<number> => {
    const rows = await database.inTenant(WRENBRIDGE, (manager) =>
      manager.query<{ sum: number }[]>('select sum from tally where stream = $1', [stream]),
    );
    return rows[0]?.sum ?? 0;
  };
  const storedSum = async (): Promise<number> =>
    (await store.readStream(WRENBRIDGE, stream)).reduce((total, { data }) => total + (data as { by: number }).by, 0);

  beforeAll(async () => {
    platform = await import('@caretrail/platform');
    dataDir = await clusterFolder();
    passwords = platform.rolePasswords(dataDir);
    server = await platform.startServer({ dataDir, superuserPassword: passwords.superuser });
    await platform.bootstrapRoles(server.port, passwords);
    const ownerUrl = url(platform.OWNER_ROLE, passwords.owner);
    await platform.migrate(ownerUrl, [
      platform.Councils1764000000000,
      ...eventStoreMigrations,
      ...projectionMigrations,
      CreateTally1790000099000,
    ]);
    const owner = new pg.Client(ownerUrl);
    await owner.connect();
    await owner.query(
      `insert into council (tenant, la_code, name, simulated, added_at) values ($1, '997', 'Wrenbridge', true, now())`,
      [WRENBRIDGE],
    );
    await owner.end();
    // Nobody else writes the log to the disk meanwhile: what nobody waited for is lost.
    const superuser = new pg.Client(url(platform.SUPERUSER, passwords.superuser));
    await superuser.connect();
    await superuser.query("alter system set wal_writer_delay = '10s'");
    await superuser.end();
    await server.stop();
    server = await platform.startServer({ dataDir, superuserPassword: passwords.superuser });
    database = await platform.openDatabase(url(platform.APP_ROLE, passwords.app), { entities: [], poolSize: 5 });
    store = new GatedStore(database.pool);
  });
  afterAll(async () => {
    await database?.close();
    await server?.stop();
  });
  beforeEach(() => {
    stream = `testing.counter-${randomUUID()}`;
    type = `testing.counted-${randomUUID().slice(0, 8)}.v1`;
    store.sent = store.arrived = () => Promise.resolve();
  });

  afterEach(() => new Checkpoints(database).leave(WRENBRIDGE, HOLDER));

  /** Until an event was really lost. */
  const losing = async (attempt: (round: number) => Promise<boolean>) => {
    for (let round = 1; !(await attempt(round)); round++)
      if (round === 10) throw new Error('Nothing is ever lost here.');
  };

  it('is in no view, though the page with it was on its way before', async () => {
    const projection: Projection = { ...tally(), types: [type] };
    const checkpoints = new Checkpoints(database);
    const subscription = new ProjectionSubscription(projection, store, database, checkpoints);
    await losing(async () => {
      const [lease] = await checkpoints.acquire(WRENBRIDGE, ['tally'], HOLDER, PATIENCE_MS);
      while (!(await subscription.advance(WRENBRIDGE, lease)).caughtUp);
      // More than a page: the next one is asked for at once.
      const events = Array.from(
        { length: PAGE + 1 },
        () => counted(WRENBRIDGE, stream, 1, type).streams[0]!.events[0]!,
      );
      await store.append({ tenant: WRENBRIDGE, streams: [{ stream, expected: 'any', events }] });
      const [ask, arrived] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      let pages = 0;
      store.sent = () => (++pages === 2 ? ask.promise : Promise.resolve());
      store.arrived = () => Promise.resolve(pages === 2 ? arrived.resolve() : undefined);
      await subscription.advance(WRENBRIDGE, lease);
      const position = await appendUnkept(500);
      ask.resolve();
      await arrived.promise;
      const before = await sum();
      if (!(await crash(position))) return false;
      // The lease is the holder's still, and the checkpoint where the holder left it.
      const standings = await checkpoints.standings(WRENBRIDGE);
      const { token, seen } = lease!;
      expect(standings).toContainEqual(expect.objectContaining({ name: 'tally', token, position: seen.position }));
      await expect(subscription.advance(WRENBRIDGE, lease)).rejects.toThrow(CheckpointMoved);
      expect(await sum()).toBe(before);
      return true;
    });
    await append(1_000);
    const [again] = await checkpoints.acquire(WRENBRIDGE, ['tally'], HOLDER, PATIENCE_MS);
    while (!(await subscription.advance(WRENBRIDGE, again)).caughtUp);
    expect(await sum()).toBe(await storedSum());
  });

  it('is answered by no process', async () => {
    const answered: number[] = [];
    const checkpoints = new Checkpoints(database);
    const subscription = new ProcessSubscription(
      {
        name: 'when-counted-answer',
        types: [type],
        handle: async (event: StoredEvent) => {
          const { by } = event.data as { by: number };
          answered.push(by);
          await store.append({
            ...counted(WRENBRIDGE, stream, by, 'testing.answered.v1'),
            commandId: `answer/${event.id}`,
          });
        },
      },
      store,
      database,
      checkpoints,
    );
    await losing(async () => {
      await append(1);
      const [lease] = await checkpoints.acquire(WRENBRIDGE, [subscription.name], HOLDER, PATIENCE_MS);
      while (!(await subscription.advance(WRENBRIDGE, lease)).caughtUp);
      const position = await appendUnkept(500);
      const [arrived, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      store.arrived = () => {
        arrived.resolve();
        return goOn.promise;
      };
      const outcome = subscription.advance(WRENBRIDGE, lease).catch((error: unknown) => error);
      await arrived.promise;
      const lost = await crash(position);
      store.arrived = () => Promise.resolve();
      goOn.resolve();
      if (!lost) {
        await outcome;
        answered.length = 0;
        return false;
      }
      expect(await outcome).toBeInstanceOf(CheckpointMoved);
      expect(answered).not.toContain(500);
      return true;
    });
    const [again] = await checkpoints.acquire(WRENBRIDGE, [subscription.name], HOLDER, PATIENCE_MS);
    await append(7);
    while (!(await subscription.advance(WRENBRIDGE, again)).caughtUp);
    expect(answered.at(-1)).toBe(7);
  });

  it('is on the disk before a process sends anything because of it', async () => {
    const checkpoints = new Checkpoints(database);
    const unkept = Promise.withResolvers<bigint>();
    let kept: boolean | undefined;
    const subscription = new ProcessSubscription(
      {
        name: 'when-counted-tell',
        types: [type],
        handle: async () => {
          kept = !(await crash(await unkept.promise));
        },
      },
      store,
      database,
      checkpoints,
    );
    const [lease] = await checkpoints.acquire(WRENBRIDGE, [subscription.name], HOLDER, PATIENCE_MS);
    unkept.resolve(await appendUnkept(1));
    await expect(subscription.advance(WRENBRIDGE, lease)).rejects.toThrow(CheckpointMoved);
    expect(kept).toBe(true);
  });

  it('is in no rows that are built anew', async () => {
    const checkpoints = new Checkpoints(database);
    const following = (version: number) =>
      new ProjectionSubscription({ ...tally(version), types: [type] }, store, database, checkpoints);
    await append(1);
    while (!(await following(2).advance(WRENBRIDGE)).caughtUp);
    const replay = store.replay.bind(store);
    await losing(async (round) => {
      let [readings, lost] = [0, false];
      store.replay = async function* (query) {
        // First up to where it began, and then what came since.
        const position = ++readings === 2 ? await appendUnkept(500) : undefined;
        for await (const page of replay(query)) {
          // Between what is read and what is written.
          if (page.position === position) lost = await crash(position);
          yield page;
        }
      };
      const { rebuild } = following(2 + round);
      const outcome = await rebuild.run(WRENBRIDGE).catch((error: unknown) => error);
      store.replay = replay;
      if (!(outcome instanceof Error)) expect(readings).toBeGreaterThan(1);
      await until(async () => {
        await rebuild.goOn(WRENBRIDGE);
        return true;
      });
      expect(await sum()).toBe(await storedSum());
      return lost;
    });
  });
});
