import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { clusterFolder, WRENBRIDGE } from '@caretrail/testing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { writable } from '../append-request.policy.js';
import { someEvents, someStream } from '../contract/event-store.contract.js';
import type { AppendRequest } from '../port/event-store.port.js';
import { APPEND_GROUP_SQL, groupParameters } from './append-group.js';
import { POSITIONS_PASSED_OVER } from './appends.migration.js';
import { eventStoreMigrations } from './migrations.js';
import { PostgresEventStore } from './postgres-event-store.adapter.js';

const KILLS = 3;
const WRITERS = 12;

/** A cluster of its own, which is killed with all its processes and started again; what it acknowledges is on the disk. */
describe('a PostgreSQL that is killed under its writers', () => {
  let platform: typeof import('@caretrail/platform');
  let dataDir: string;
  let passwords: ReturnType<typeof platform.rolePasswords>;
  let server: Awaited<ReturnType<typeof platform.startServer>>;
  const pools: pg.Pool[] = [];

  const start = async (): Promise<void> => {
    server = await platform.startServer({ dataDir, superuserPassword: passwords.superuser });
  };
  const kill = (): void => {
    const postmaster = Number(readFileSync(join(server.dataFolder, 'postmaster.pid'), 'utf8').split('\n')[0]);
    // All at once: a process that outlives the others could still write what they had in memory.
    let children: number[] = [];
    try {
      children = readFileSync(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8')
        .split(' ')
        .filter(Boolean)
        .map(Number);
    } catch {
      // Not Linux: they see that their parent is gone, and leave.
    }
    for (const pid of [postmaster, ...children])
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // A connection that ended meanwhile.
      }
  };
  const url = (role: 'app' | 'owner' | 'superuser'): string => {
    const names = { app: platform.APP_ROLE, owner: platform.OWNER_ROLE, superuser: platform.SUPERUSER };
    return platform.localUrl(server.port, names[role], passwords[role], platform.DATABASE_NAME);
  };
  const connect = (): PostgresEventStore => {
    const pool = new pg.Pool({ connectionString: url('app'), max: 6 });
    pool.on('error', () => undefined); // it is killed
    pools.push(pool);
    return new PostgresEventStore(pool, { hashed: true });
  };
  const request = (count: number): AppendRequest => ({
    tenant: WRENBRIDGE,
    streams: [{ stream: someStream(), expected: 'none', events: someEvents(count) }],
  });
  const everything = async (store: PostgresEventStore) => {
    const events = [];
    for await (const page of store.replay({ tenant: WRENBRIDGE, after: 0n })) events.push(...page.events);
    return events;
  };

  beforeAll(async () => {
    platform = await import('@caretrail/platform');
    dataDir = await clusterFolder();
    passwords = platform.rolePasswords(dataDir);
    await start();
    await platform.bootstrapRoles(server.port, passwords);
    await platform.migrate(url('owner'), [platform.Councils1764000000000, ...eventStoreMigrations]);
    // Nobody else writes the log to the disk meanwhile: what nobody waited for is lost.
    const superuser = new pg.Client({ connectionString: url('superuser') });
    await superuser.connect();
    await superuser.query("alter system set wal_writer_delay = '10s'");
    await superuser.end();
    await server.stop();
    await start();
  });
  afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.end().catch(() => undefined))));
  afterAll(() => server?.stop());

  it('begins with the first position', async () => {
    expect((await connect().append(request(3))).position).toBe(3n);
  });

  it(`keeps what it acknowledged, once, through ${KILLS} kills, and what a reader waited for`, async () => {
    const acknowledged = new Map<string, bigint>();
    const kept = new Set<string>();
    const seen = new Map<bigint, string>();
    let after = 0n;
    for (let round = 0; round < KILLS; round++) {
      const store = connect();
      let alive = true;
      const goal = acknowledged.size + 60;
      const writers = Array.from({ length: WRITERS }, async () => {
        while (alive) {
          const asked = request(3);
          await store.append(asked).then(
            ({ eventIds, position }) => void acknowledged.set(eventIds.at(-1)!, position),
            () => (alive = false),
          );
        }
      });
      const reader = (async () => {
        while (alive) {
          const page = await store.readAll({ tenant: WRENBRIDGE, after, limit: 500 });
          for (const { position, id } of page.events) seen.set(position, id);
          after = page.position;
          await store.durable();
          for (const { id } of page.events) kept.add(id);
        }
      })().catch(() => undefined);
      while (alive && acknowledged.size < goal) await new Promise(setImmediate);
      kill();
      await Promise.all([...writers, reader]);
      await start();
    }
    const stored = await everything(connect());
    const positions = new Map(stored.map(({ id, position }) => [id, position]));
    expect(positions.size).toBe(stored.length);
    expect([...acknowledged].filter(([id, position]) => positions.get(id) !== position)).toEqual([]);
    expect([...kept].filter((id) => !positions.has(id))).toEqual([]);
    // Where a reader saw an event that is lost, none stands now: whoever has gone past it misses nothing.
    const now = new Map(stored.map(({ id, position }) => [position, id]));
    expect([...seen].filter(([position, id]) => now.has(position) && now.get(position) !== id)).toEqual([]);
    for (const stream of Map.groupBy(stored, (event) => event.stream).values())
      expect(stream.map(({ version }) => version)).toEqual([1, 2, 3]);
  });

  it('never draws a position again that a reader may have seen', async () => {
    await connect().append(request(1));
    const writtenAndKilled = async (): Promise<bigint> => {
      const client = new pg.Client({ connectionString: url('app') });
      client.on('error', () => undefined); // it is killed
      await client.connect();
      await client.query('set synchronous_commit = off');
      await client.query(APPEND_GROUP_SQL, groupParameters([writable(request(200))])); // nobody waits for the disk
      const head = await connect().head(WRENBRIDGE);
      kill();
      await client.end().catch(() => undefined);
      await start();
      return head;
    };
    let lost = await writtenAndKilled();
    // The log may have been written to the disk just then, as it is now and then: until something is lost.
    while ((await connect().head(WRENBRIDGE)) >= lost) lost = await writtenAndKilled();
    const again = connect();
    const { position } = await again.append(request(1));
    expect(position).toBeGreaterThan(lost);
    expect((await again.append(request(1))).position).toBe(position + 1n); // passed over once
    expect(position - lost).toBeLessThanOrEqual(BigInt(POSITIONS_PASSED_OVER) + 1n);
  });

  it('writes once what is sent again after a crash took it back', async () => {
    const asked = { ...request(200), commandId: crypto.randomUUID() };
    const client = new pg.Client({ connectionString: url('app') });
    client.on('error', () => undefined); // it is killed
    await client.connect();
    await client.query('set synchronous_commit = off');
    await client.query(APPEND_GROUP_SQL, groupParameters([writable(asked)])); // nobody waits for the disk
    kill();
    await client.end().catch(() => undefined);
    await start();
    const store = connect();
    // Neither the events nor the result without the other.
    const known = await store.resultOf(WRENBRIDGE, asked.commandId);
    const { stream } = asked.streams[0]!;
    expect(await store.readStream(WRENBRIDGE, stream)).toHaveLength(known ? 200 : 0);
    const result = await store.append(asked);
    expect(result).toMatchObject({ repeated: known !== undefined, versions: { [stream]: 200 } });
    expect(await store.append(asked)).toEqual({ ...result, repeated: true });
    expect(await store.readStream(WRENBRIDGE, stream)).toHaveLength(200);
  });

  it('passes nothing over after it was stopped as it should be', async () => {
    const { position } = await connect().append(request(1));
    await Promise.all(pools.splice(0).map((pool) => pool.end()));
    await server.stop();
    await start();
    expect((await connect().append(request(1))).position - position).toBeLessThan(100n);
  });
});
