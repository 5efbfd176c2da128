import { createTestDatabase, type TestDatabase } from '@caretrail/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { writable } from '../append-request.policy.js';
import { someEvents, someStream, someTenant } from '../contract/event-store.contract.js';
import type { AppendRequest } from '../port/event-store.port.js';
import { APPEND_GROUP_SQL, groupParameters } from './append-group.js';
import { LAST_POSITION } from './event-store.migration.js';
import { eventStoreMigrations } from './migrations.js';
import { PostgresEventStore } from './postgres-event-store.adapter.js';

const ids = (events: readonly { id: string }[]): string[] => events.map(({ id }) => id);

/** What other stores on PostgreSQL fell into; what concerns order alone is in ordering.int.spec.ts. */
describe('a trap that others fell into', () => {
  let test: TestDatabase;
  let store: PostgresEventStore;
  let owner: pg.Client;
  let tenant: string;
  const clients: pg.Client[] = [];

  const connection = async (url = test.appUrl): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: url });
    clients.push(client);
    await client.connect();
    return client;
  };
  const one = (stream: string, events = someEvents(1)): AppendRequest => ({
    tenant,
    streams: [{ stream, expected: 'any', events }],
  });
  const lastDrawn = async () =>
    (await owner.query<{ last: string }>('select last_value as last from event_position')).rows[0]!.last;

  beforeAll(async () => {
    test = await createTestDatabase({ migrations: eventStoreMigrations });
    store = new PostgresEventStore(test.database.pool);
    owner = new pg.Client(test.ownerUrl);
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await test.drop();
  });
  beforeEach(() => {
    tenant = someTenant();
  });
  afterEach(() => Promise.all(clients.splice(0).map((client) => client.end())));

  it('a transaction of another database of the cluster, open since long before, holds no reader up', async () => {
    const elsewhere = await createTestDatabase({ migrations: eventStoreMigrations });
    const idle = new pg.Client(elsewhere.ownerUrl);
    await idle.connect();
    await idle.query('begin');
    await idle.query('create table written_to as select pg_current_xact_id()');
    const events = someEvents(2);
    await store.append(one(someStream(), events));
    const page = await store.readAll({ tenant, after: 0n, limit: 10 });
    expect(ids(page.events)).toEqual(ids(events));
    expect(page.caughtUp).toBe(true);
    await idle.end();
    await elsewhere.drop();
  });

  it('a transaction that has its number early and appends late turns no stream around', async () => {
    const [early, stream] = [await connection(), someStream()];
    const [first, second] = [someEvents(1), someEvents(1)];
    await early.query('begin');
    await early.query('select pg_current_xact_id()');
    await store.append(one(stream, first));
    await early.query(APPEND_GROUP_SQL, groupParameters([writable(one(stream, second))]));
    await early.query('commit');
    const { events } = await store.readAll({ tenant, after: 0n, limit: 10 });
    expect(ids(events)).toEqual([...ids(first), ...ids(second)]);
    expect(events.map(({ version }) => version)).toEqual([1, 2]);
  });

  it('what is stored knows no numbers of transactions, which begin again in another cluster', async () => {
    const { rows: columns } = await owner.query(
      `select attrelid::regclass, attname from pg_attribute join pg_class c on c.oid = attrelid
        where c.relnamespace = 'public'::regnamespace and attnum > 0 and atttypid::regtype::text ~ '^(xid|pg_snapshot)'`,
    );
    expect(columns).toEqual([]);
    const { rows: functions } = await owner.query<{ name: string }>(
      `select proname as name from pg_proc where pronamespace = 'public'::regnamespace
          and prosrc ~* 'xmin|xmax|current_xact_id|current_snapshot|txid_'`,
    );
    expect(functions).toEqual([]);
  });

  it('writers of several streams, each in another order, do not wait for one another in a circle', async () => {
    const pool = new pg.Pool({ connectionString: test.appUrl, max: 2 });
    pool.on('error', () => undefined); // its connections may still be closing when the database is dropped
    const stores = [store, new PostgresEventStore(pool)];
    const streams = [someStream(), someStream(), someStream()];
    const outcomes = await Promise.allSettled(
      Array.from({ length: 60 }, (_, n) =>
        stores[n % 2]!.append({
          tenant,
          streams: (n % 4 < 2 ? streams : [...streams].reverse()).map((stream) => ({
            stream,
            expected: 'any',
            events: someEvents(1),
          })),
        }),
      ),
    );
    await pool.end();
    expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([]);
    for (const stream of streams) expect(await store.readStream(tenant, stream)).toHaveLength(60);
  });

  it('an append tells nobody in its transaction: a NOTIFY there would make all writers queue for it', async () => {
    const [listener, heard] = [await connection(), Promise.withResolvers<string[]>()];
    const channels: string[] = [];
    listener.on('notification', ({ channel }) => {
      channels.push(channel);
      if (channel === 'the_end') heard.resolve(channels);
    });
    await listener.query('listen caretrail_appends');
    await listener.query('listen the_end');
    await store.append(one(someStream()));
    await owner.query('notify the_end');
    expect(await heard.promise).toEqual(['the_end']);
    const { rows } = await owner.query(
      `select proname from pg_proc where pronamespace = 'public'::regnamespace and prosrc ~* 'notify'`,
    );
    expect(rows).toEqual([]);
  });

  it('a conflict draws no positions: the version is looked at before', async () => {
    const [stream, events] = [someStream(), someEvents(2)];
    const write = (expected: number, written = events) =>
      store.append({ tenant, streams: [{ stream, expected, events: written }] });
    await write(0);
    const before = await lastDrawn();
    await expect(write(0, someEvents(3))).rejects.toThrow();
    await expect(write(5, someEvents(3))).rejects.toThrow();
    await expect(write(1, someEvents(1))).rejects.toThrow();
    expect((await write(0)).repeated).toBe(true);
    expect(await lastDrawn()).toBe(before);
  });

  it('a position is exact to the last that JSON can say, and after it an append fails instead of lying', async () => {
    const before = await lastDrawn();
    try {
      await owner.query('select setval($1, $2)', ['event_position', (LAST_POSITION - 2n).toString()]);
      const [stream, events] = [someStream(), someEvents(2)];
      expect((await store.append(one(stream, events))).position).toBe(LAST_POSITION);
      const expected = [LAST_POSITION - 1n, LAST_POSITION];
      const positions = async (read: Promise<readonly { position: bigint }[]>) =>
        (await read).map(({ position }) => position);
      expect(await positions(store.readStream(tenant, stream))).toEqual(expected);
      expect(await positions(store.readAll({ tenant, after: 0n, limit: 9 }).then((page) => page.events))).toEqual(
        expected,
      );
      for await (const page of store.replay({ tenant, after: LAST_POSITION - 1n }))
        expect(page.events.map(({ position }) => position)).toEqual([LAST_POSITION]);
      expect(await store.head(tenant)).toBe(LAST_POSITION);
      await expect(store.append(one(stream))).rejects.toThrow('event_position');
      expect(await store.readStream(tenant, stream)).toHaveLength(2);
    } finally {
      await owner.query('select setval($1, $2)', ['event_position', before]);
    }
  });
});
