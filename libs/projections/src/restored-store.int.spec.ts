import { eventStoreMigrations, PostgresEventStore } from '@caretrail/event-store';
import { clusterFolder, WRENBRIDGE } from '@caretrail/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import {
  Checkpoints,
  ProjectionSubscription,
  StandbyServer,
  SubscriptionRunner,
  projectionMigrations,
} from './index.js';
import { CreateTally1790000099000, counted, tally } from './tally.fixture.js';

const PATIENCE_MS = 240_000;

/** A cluster of its own, which is set back to a backup of its folder under a runner that goes on. */
describe('a store that is restored from a backup while a runner follows it', () => {
  let platform: typeof import('@caretrail/platform');
  let dataDir: string;
  let passwords: ReturnType<typeof platform.rolePasswords>;
  let server: Awaited<ReturnType<typeof platform.startServer>>;
  let database: Awaited<ReturnType<typeof platform.openDatabase>>;
  let runner: SubscriptionRunner;
  let store: PostgresEventStore;
  /** Until it wakes the runner asks nothing by itself. */
  let [asleep, wake] = [Promise.resolve(), (): void => undefined];
  const stream = `testing.counter-${randomUUID()}`;

  const start = async (): Promise<void> => {
    server = await platform.startServer({ dataDir, superuserPassword: passwords.superuser });
  };
  /** Again until it is answered: a connection may not know yet that its server went. What was written is there once. */
  const append = async (by: number) => {
    for (const request = counted(WRENBRIDGE, stream, by); ; await pause(20))
      try {
        return await store.append(request);
      } catch (error) {
        if (!platform.isConnectionLost(error)) throw error;
      }
  };
  const count = async (...amounts: number[]) => {
    for (const by of amounts) await append(by);
  };
  const sum = async (): Promise<number | undefined> => {
    const rows = await database.inTenant(WRENBRIDGE, (manager) =>
      manager.query<{ sum: number }[]>('select sum from tally'),
    );
    return rows[0]?.sum;
  };
  const follow = () =>
    new SubscriptionRunner(
      store,
      [new ProjectionSubscription(tally(), store, database, new Checkpoints(database))],
      () => asleep.then(() => [WRENBRIDGE]),
      () => undefined,
      { leaseMs: 1_000 },
    );
  const until = async (expected: number) => {
    while ((await sum().catch(() => undefined)) !== expected) await pause(20);
  };

  beforeAll(async () => {
    platform = await import('@caretrail/platform');
    dataDir = await clusterFolder();
    passwords = platform.rolePasswords(dataDir);
    await start();
    await platform.bootstrapRoles(server.port, passwords);
    const url = (role: string, password: string) =>
      platform.localUrl(server.port, role, password, platform.DATABASE_NAME);
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
    database = await platform.openDatabase(url(platform.APP_ROLE, passwords.app), { entities: [], poolSize: 5 });
    store = new PostgresEventStore(database.pool);
    runner = follow();
  });
  afterAll(async () => {
    wake();
    await runner?.stop();
    await database?.close();
    await server?.stop();
  });

  it('shows what the restored events come to, not what the runner remembers', async () => {
    await runner.start();
    await count(1, 1, 1);
    await until(3);
    const { dataFolder } = server;
    const backup = `${dataFolder}.backup`;
    await server.stop();
    execFileSync('cp', ['-a', dataFolder, backup]);
    await start();

    await count(10, 10);
    await until(23);
    ({ promise: asleep, resolve: wake } = Promise.withResolvers<void>());
    await server.stop();
    rmSync(dataFolder, { recursive: true });
    execFileSync('cp', ['-a', backup, dataFolder]);
    await start();

    // They get the positions of those that are gone, and one beyond: nothing in the numbers tells the difference.
    const restored = await append(100);
    expect([await runner.reached(WRENBRIDGE, restored.position, 0), await sum()]).toEqual([false, 3]);
    wake();
    expect(await runner.reached(WRENBRIDGE, restored.position, PATIENCE_MS)).toBe(true);
    expect(await sum()).toBe(103);
    await count(100, 100);
    await until(303);
    expect((await store.readStream(WRENBRIDGE, stream)).map(({ data }) => (data as { by: number }).by)).toEqual([
      1, 1, 1, 100, 100, 100,
    ]);
    const [standing] = await new Checkpoints(database).standings(WRENBRIDGE);
    expect(standing).toMatchObject({ position: await store.head(WRENBRIDGE) });
  });

  it('is not followed on a standby, which says where to follow it', async () => {
    const [before, seen] = [await sum(), await store.head(WRENBRIDGE)];
    await runner.stop();
    await server.stop();
    writeFileSync(join(server.dataFolder, 'standby.signal'), '');
    await start();
    // It answers whoever reads, as a standby does.
    expect(await store.head(WRENBRIDGE).catch(() => store.head(WRENBRIDGE))).toBe(seen);
    const refused = follow();
    await expect(refused.start()).rejects.toThrow(StandbyServer);
    await expect(refused.reached(WRENBRIDGE, seen, 0)).rejects.toThrow(/name it in DATABASE_URL/);
    await server.stop();
    rmSync(join(server.dataFolder, 'standby.signal'));
    await start();
    runner = follow();
    await runner.start();
    await append(1);
    await until(before! + 1);
  });
});
