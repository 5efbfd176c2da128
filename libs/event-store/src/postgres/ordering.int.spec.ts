import { createTestDatabase, type TestDatabase } from '@caretrail/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { StoredEvent } from '@caretrail/kernel';
import pg from 'pg';
import { writable } from '../append-request.policy.js';
import { someEvent, someEvents, someStream, someTenant } from '../contract/event-store.contract.js';
import type { AppendRequest } from '../port/event-store.port.js';
import { APPEND_GROUP_SQL, groupParameters } from './append-group.js';
import { eventStoreMigrations } from './migrations.js';
import { PostgresEventStore } from './postgres-event-store.adapter.js';

const ids = (events: readonly { id: string }[]): string[] => events.map(({ id }) => id);
const turn = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('the order of the PostgreSQL event store', () => {
  let test: TestDatabase;
  let store: PostgresEventStore;
  let otherPool: pg.Pool;
  let tenant: string;
  let clients: pg.Client[] = [];

  /** A connection of its own as the app role; closed after the test, whatever state it is in. */
  const connection = async (url = test.appUrl): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    clients.push(client);
    await client.connect();
    return client;
  };
  const appendOn = (client: pg.Client, request: AppendRequest) =>
    client.query(APPEND_GROUP_SQL, groupParameters([writable(request)]));
  const one = (events: AppendRequest['streams'][number]['events'], stream = someStream()): AppendRequest => ({
    tenant,
    streams: [{ stream, expected: 'any', events }],
  });
  /** Until so many writers stand before the lock, or `finished` says that none had to. */
  const untilWaiting = async (observer: pg.Client, finished: () => boolean, writers = 1): Promise<void> => {
    for (;;) {
      const { rowCount } = await observer.query(
        `select from pg_locks where locktype = 'advisory' and not granted
         and database = (select oid from pg_database where datname = current_database())`,
      );
      if (rowCount! >= writers || finished()) return;
      await turn();
    }
  };

  beforeAll(async () => {
    test = await createTestDatabase({ migrations: eventStoreMigrations });
    store = new PostgresEventStore(test.database.pool);
    otherPool = new pg.Pool({ connectionString: test.appUrl, max: 2 });
    otherPool.on('error', () => undefined); // its connections may still be closing when the database is dropped
  });
  afterAll(async () => {
    await otherPool.end();
    await test.drop();
  });
  beforeEach(async () => {
    await Promise.all(clients.map((client) => client.end()));
    clients = [];
    tenant = someTenant();
  });
  afterAll(() => Promise.all(clients.map((client) => client.end())));

  it('misses nothing of a writer that drew its positions first and commits last', async () => {
    const slow = await connection();
    const observer = await connection();
    const [first, second] = [someEvents(2), someEvents(2)];
    await slow.query('begin');
    await appendOn(slow, one(first));
    let finished = false;
    const fast = store.append(one(second)).then(() => (finished = true));
    await untilWaiting(observer, () => finished);

    const seen: StoredEvent[] = [];
    const early = await store.readAll({ tenant, after: 0n, limit: 10 });
    seen.push(...early.events);
    await slow.query('commit');
    await fast;
    const late = await store.readAll({ tenant, after: early.position, limit: 10 });
    seen.push(...late.events);
    expect(ids(seen)).toEqual([...ids(first), ...ids(second)]);
    expect(late.caughtUp).toBe(true);
  });

  it('does not stall behind a writer that rolled back, nor behind one that died', async () => {
    const [rolledBack, dying] = [await connection(), await connection()];
    const events = someEvents(2);
    await rolledBack.query('begin');
    await appendOn(rolledBack, one(someEvents(3)));
    await rolledBack.query('rollback');
    await store.append(one([events[0]!]));
    await dying.query('begin');
    await appendOn(dying, one(someEvents(3)));
    const { rows } = await dying.query<{ pid: number }>('select pg_backend_pid() as pid');
    const next = store.append(one([events[1]!]));
    await (await connection()).query('select pg_terminate_backend($1)', [rows[0]!.pid]);
    await next;
    const page = await store.readAll({ tenant, after: 0n, limit: 10 });
    expect(ids(page.events)).toEqual(ids(events));
    expect(page).toMatchObject({ caughtUp: true, position: await store.head(tenant) });
  });

  it('does not stall behind a transaction that is open elsewhere', async () => {
    const idle = await connection();
    await idle.query('begin');
    await idle.query("select set_config('app.tenant', $1, true), pg_current_xact_id()", [tenant]);
    await idle.query("insert into command_result (tenant, command_id, result) values ($1, 'elsewhere', '{}')", [
      tenant,
    ]);
    const events = someEvents(2);
    await store.append(one(events));
    expect(ids((await store.readAll({ tenant, after: 0n, limit: 10 })).events)).toEqual(ids(events));
    await idle.query('rollback');
  });

  it('holds for two processes that write to the same streams, with a reader beside them', async () => {
    const stores = [store, new PostgresEventStore(otherPool)];
    const streams = [someStream(), someStream(), someStream()];
    const written: string[] = [];
    let done = false;
    const seen: StoredEvent[] = [];
    const reader = (async () => {
      for (let after = 0n; ;) {
        const finished = done;
        const page = await store.readAll({ tenant, after, limit: 5 });
        seen.push(...page.events);
        after = page.position;
        if (finished && page.caughtUp) return;
      }
    })();
    await Promise.all(
      Array.from({ length: 16 }, async (_, writer) => {
        for (let round = 0; round < 10; round++) {
          const events = someEvents(1 + (round % 2));
          await stores[writer % 2]!.append(one(events, streams[(writer + round) % 3]));
          written.push(...ids(events));
        }
      }),
    );
    done = true;
    await reader;
    expect(ids(seen).sort()).toEqual(written.sort());
    const versions = new Map<string, number>();
    let last = 0n;
    for (const event of seen) {
      expect(event.position > last).toBe(true);
      last = event.position;
      expect(event.version).toBe((versions.get(event.stream) ?? 0) + 1);
      versions.set(event.stream, event.version);
    }
  });

  it('lets one of two processes with the same expected version through', async () => {
    const stores = [store, new PostgresEventStore(otherPool)];
    const stream = someStream();
    for (let version = 0; version < 20; version++) {
      const results = await Promise.allSettled(
        stores.map((each) => each.append({ tenant, streams: [{ stream, expected: version, events: someEvents(1) }] })),
      );
      expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    }
    expect((await store.readStream(tenant, stream)).map(({ version }) => version)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
  });

  it('is free for the next writer while one waits for the disk, and so is what was written', async () => {
    const owner = await connection(test.ownerUrl);
    const [disk, waits] = [4_711n, `slow_disk_${crypto.randomUUID().replaceAll('-', '')}`];
    // In place of PostgreSQL's own, for the connections that look there first: it flushes when the lock is free.
    await owner.query(`create schema ${waits}`);
    await owner.query(`grant usage on schema ${waits} to public`);
    await owner.query(`create function ${waits}.pg_logical_emit_message(boolean, text, text, boolean) returns pg_lsn language plpgsql as $$
      begin
        perform pg_advisory_xact_lock(${disk});
        return pg_catalog.pg_logical_emit_message($1, $2, $3, $4);
      end $$`);
    const slowPool = new pg.Pool({
      connectionString: test.appUrl,
      max: 1,
      options: `-c search_path=${waits},public,pg_catalog`,
    });
    slowPool.on('error', () => undefined);
    try {
      const [holder, observer] = [await connection(), await connection()];
      await holder.query('select pg_advisory_lock($1)', [disk]);
      const [first, second] = [someEvents(1), someEvents(1)];
      let acknowledged = false;
      const waiting = new PostgresEventStore(slowPool).append(one(first)).finally(() => (acknowledged = true));
      await untilWaiting(observer, () => acknowledged);
      const { position } = await store.append(one(second));
      expect(acknowledged).toBe(false);
      expect(ids((await store.readAll({ tenant, after: 0n, limit: 10 })).events)).toEqual([
        ...ids(first),
        ...ids(second),
      ]);
      await holder.query('select pg_advisory_unlock($1)', [disk]);
      expect((await waiting).position).toBe(position - 1n);
    } finally {
      await slowPool.end();
    }
  });

  it('is refused to a transaction that looks at an older snapshot', async () => {
    const client = await connection();
    await client.query('begin isolation level repeatable read');
    await expect(appendOn(client, one(someEvents(1)))).rejects.toThrow('READ COMMITTED');
  });

  describe('groups that are under way at the same time', () => {
    it('are two, where they have nothing in common', async () => {
      const [holder, observer] = [await connection(), await connection()];
      await holder.query('begin');
      await appendOn(holder, one(someEvents(1)));
      const appends = Promise.all(Array.from({ length: 30 }, () => store.append(one(someEvents(1)))));
      for (let waiting = 0; waiting < 2; await turn())
        waiting = (
          await observer.query(`select from pg_locks where locktype = 'advisory' and not granted
            and database = (select oid from pg_database where datname = current_database())`)
        ).rowCount!;
      await holder.query('rollback');
      expect(new Set((await appends).map(({ position }) => position)).size).toBe(30);
    });

    it('keep the order in which a stream, an event and a command were asked for', async () => {
      const stream = someStream();
      const events = someEvents(1);
      const commandId = crypto.randomUUID();
      const results = await Promise.all(
        Array.from({ length: 60 }, (_, n) => [
          store.append(one(someEvents(1), stream)),
          store.append(one(n % 20 ? someEvents(1) : events, n % 20 ? someStream() : `${stream}-twice`)),
          store.append({ ...one(someEvents(1)), ...(n % 30 === 0 && { commandId }) }),
        ]).flat(),
      );
      const [inStream, again, commands] = [0, 1, 2].map((kind) => results.filter((_, n) => n % 3 === kind));
      expect(inStream!.map(({ versions }) => versions[stream])).toEqual(Array.from({ length: 60 }, (_, n) => n + 1));
      expect([0, 20, 40].map((n) => again![n]!.repeated)).toEqual([false, true, true]);
      expect(commands![30]).toEqual({ ...commands![0]!, repeated: true });
    });

    it('do not turn a set clock around', async () => {
      const start = Date.now() - 1_000;
      const owner = await connection(test.ownerUrl);
      await owner.query(
        `insert into council (tenant, la_code, name, simulated, added_at) values ($1, $1, $1, true, '2025-04-01T00:00:00Z')`,
        [tenant],
      );
      const results = await Promise.allSettled(
        Array.from({ length: 150 }, (_, n) =>
          store.append({ ...one(someEvents(1)), recordedAt: new Date(start + n).toISOString() }),
        ),
      );
      expect(results.map(({ status }) => status)).toEqual(Array.from({ length: 150 }, () => 'fulfilled'));
    });
  });

  describe('appends that come together', () => {
    // How many go together follows from how long the groups before them took: none takes any time here, and none is remembered.
    beforeEach(() => {
      jest.spyOn(performance, 'now').mockReturnValue(0);
      store = new PostgresEventStore(test.database.pool);
    });
    afterEach(() => void jest.restoreAllMocks());

    const transactions = async (): Promise<number> => {
      const rows = await test.database.inTenant(tenant, (manager) =>
        manager.query<{ count: number }[]>('select count(distinct xmin::text)::int as count from event'),
      );
      return rows[0]!.count;
    };

    it('are one transaction, up to 64 of them', async () => {
      const [holder, observer] = [await connection(), await connection()];
      await holder.query('begin');
      await appendOn(holder, one(someEvents(1)));
      const appends = Promise.all(Array.from({ length: 130 }, () => store.append(one(someEvents(1)))));
      // Before the first has its answer the second is on its way: it would be a smaller one after it.
      await untilWaiting(observer, () => false, 2);
      await holder.query('rollback');
      const results = await appends;
      expect(new Set(results.map(({ position }) => position)).size).toBe(130);
      expect(await transactions()).toBe(3);
    });

    it.each([
      [16, 1, 1],
      [4, 10, 1],
      [16, 10, 2],
    ])(
      'are shared between lanes where there is enough for two flushes: %d of %d events each in %d',
      async (requests, count, shares) => {
        await Promise.all(Array.from({ length: requests }, () => store.append(one(someEvents(count)))));
        expect(await transactions()).toBe(shares);
      },
    );

    it('are one transaction up to some 4,000 events, and one request may be larger', async () => {
      const results = await Promise.all([1_500, 2_500, 4_500, 1].map((count) => store.append(one(someEvents(count)))));
      expect(results.map(({ eventIds }) => eventIds.length)).toEqual([1_500, 2_500, 4_500, 1]);
      expect(await transactions()).toBe(3);
    });

    it('are smaller transactions where one took long, so that a bulk load commits all the while', async () => {
      const load = (requests: number) =>
        Promise.all(Array.from({ length: requests }, () => store.append(one(someEvents(500)))));
      let now = 0;
      jest.spyOn(performance, 'now').mockImplementation(() => (now += 600));
      await load(8);
      const first = await transactions();
      await load(8);
      await load(8);
      const slower = await transactions();
      await load(8);
      expect(first).toBe(1);
      expect((await transactions()) - slower).toBe(8);
    });

    it('each have a verdict of their own, and see what those before them wrote', async () => {
      const stream = someStream();
      const events = someEvents(1);
      const write = (expected: number, written = someEvents(1)) =>
        store.append({ tenant, streams: [{ stream, expected, events: written }] });
      const [first, second, conflict, repeated, partly] = await Promise.allSettled([
        write(0, events),
        write(1),
        write(1),
        write(0, events),
        write(2, [...events, someEvent()]),
      ]);
      expect(first).toMatchObject({ value: { versions: { [stream]: 1 }, repeated: false } });
      expect(second).toMatchObject({ value: { versions: { [stream]: 2 }, repeated: false } });
      expect(conflict).toMatchObject({ reason: { name: 'WrongExpectedVersion', actual: 2 } });
      expect(repeated).toMatchObject({ value: { versions: { [stream]: 1 }, repeated: true } });
      expect(partly).toMatchObject({ reason: { name: 'PartlyWritten' } });
    });

    it('do not fail because of one that PostgreSQL cannot take', async () => {
      const calls: bigint[] = [];
      const stop = store.onAppend((_, position) => void calls.push(position));
      const bad = someEvent({ type: 'demo.nul\u0000.v1' });
      const [before, failed, after] = await Promise.allSettled([
        store.append(one(someEvents(1))),
        store.append(one([bad])),
        store.append(one(someEvents(1))),
      ]);
      stop();
      expect([before.status, failed.status, after.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect((await store.readAll({ tenant, after: 0n, limit: 10 })).events).toHaveLength(2);
      expect(calls).toHaveLength(2);
    });

    it('all fail when the connection is lost, and can be said again with the same ids', async () => {
      const [holder, observer] = [await connection(), await connection()];
      await holder.query('begin');
      await appendOn(holder, one(someEvents(1)));
      const requests = [one(someEvents(1)), one(someEvents(1))];
      const results = Promise.allSettled(requests.map((request) => store.append(request)));
      await untilWaiting(observer, () => false);
      await observer.query(`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and not granted
        and database = (select oid from pg_database where datname = current_database())`);
      expect((await results).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
      await holder.query('rollback');
      const again = await Promise.all(requests.map((request) => store.append(request)));
      expect(again.map(({ repeated }) => repeated)).toEqual([false, false]);
      expect((await store.readAll({ tenant, after: 0n, limit: 10 })).events).toHaveLength(2);
    });
  });
});
