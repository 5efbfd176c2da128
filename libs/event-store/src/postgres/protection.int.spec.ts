import { createTestDatabase, OTHERBURY, type TestDatabase, WRENBRIDGE } from '@caretrail/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { someEvents, someStream } from '../contract/event-store.contract.js';
import { eventStoreMigrations } from './migrations.js';
import { PostgresEventStore } from './postgres-event-store.adapter.js';

const TABLES = ['event', 'command_result', 'stream_metadata'];
const REAL_COUNCIL = 'E09000077';

describe('the rows of the PostgreSQL event store', () => {
  let test: TestDatabase;
  let store: PostgresEventStore;
  let owner: pg.Client;
  let app: pg.Client;
  let stream: string;

  const write = (tenant: string, count = 1, recordedAt?: string) =>
    store.append({
      tenant,
      commandId: crypto.randomUUID(),
      streams: [{ stream, expected: 'any', events: someEvents(count) }],
      ...(recordedAt && { recordedAt }),
    });
  const asCouncil = async (client: pg.Client, tenant: string, sql: string, parameters: unknown[] = []) => {
    await client.query('begin');
    try {
      await client.query("select set_config('app.tenant', $1, true)", [tenant]);
      return await client.query(sql, parameters);
    } finally {
      await client.query('rollback');
    }
  };

  beforeAll(async () => {
    test = await createTestDatabase({ migrations: eventStoreMigrations });
    store = new PostgresEventStore(test.database.pool);
    owner = new pg.Client({ connectionString: test.ownerUrl });
    app = new pg.Client({ connectionString: test.appUrl });
    await owner.connect();
    await app.connect();
    await owner.query(
      `insert into council (tenant, la_code, name, simulated, added_at) values ($1, '077', 'Real', false, now())`,
      [REAL_COUNCIL],
    );
  });
  afterAll(async () => {
    await owner.end();
    await app.end();
    await test.drop();
  });
  beforeEach(async () => {
    stream = someStream();
    await write(WRENBRIDGE, 2);
    await write(OTHERBURY, 3);
    for (const tenant of [WRENBRIDGE, OTHERBURY]) await store.setMetadata(tenant, stream, { team: 'North' }, 'none');
  });

  describe.each(TABLES)('%s', (table) => {
    const changes = [
      ['update', `update ${table} set recorded_at = now()`],
      ['delete', `delete from ${table}`],
      ['truncate', `truncate ${table}`],
    ] as const;

    it.each(changes)('refuses %s to the app role', async (_, sql) => {
      await expect(asCouncil(app, WRENBRIDGE, sql)).rejects.toThrow(/never changed|permission denied/);
    });

    it.each(changes)('refuses %s to its owner, with and without a council', async (_, sql) => {
      await expect(asCouncil(owner, WRENBRIDGE, sql)).rejects.toThrow('never changed');
      await expect(owner.query(sql)).rejects.toThrow('never changed');
    });

    it.each(['update', 'delete', 'truncate', 'trigger'])('gives the app role no right to %s', async (right) => {
      const { rows } = await app.query('select has_table_privilege($1, $2) as granted', [table, right]);
      expect(rows).toEqual([{ granted: false }]);
    });

    it('shows nothing to a query without a council, not even to the owner', async () => {
      for (const client of [app, owner]) expect((await client.query(`select from ${table}`)).rowCount).toBe(0);
      expect((await asCouncil(app, WRENBRIDGE, `select from ${table}`)).rowCount).toBeGreaterThan(0);
    });

    it('shows a council nothing of another', async () => {
      for (const client of [app, owner]) {
        const { rows } = await asCouncil(client, WRENBRIDGE, `select distinct tenant from ${table}`);
        expect(rows).toEqual([{ tenant: WRENBRIDGE }]);
      }
    });
  });

  it('cannot be written for another council, nor without one', async () => {
    const insert = `insert into event (tenant, stream, version, id, type, data, metadata, effective_on, known_on, recorded_at)
      values ($1, $2, 100, gen_random_uuid(), 't.t.v1', '{}', '{}', now(), now(), now())`;
    const result = 'insert into command_result (tenant, command_id, result) values ($1, $2, $3)';
    await expect(asCouncil(app, WRENBRIDGE, insert, [OTHERBURY, stream])).rejects.toThrow('row-level security');
    await expect(asCouncil(app, WRENBRIDGE, result, [OTHERBURY, 'c', '{}'])).rejects.toThrow('row-level security');
    await expect(app.query(insert, [WRENBRIDGE, stream])).rejects.toThrow('row-level security');
    expect((await asCouncil(app, WRENBRIDGE, insert, [WRENBRIDGE, stream])).rowCount).toBe(1);
  });

  it('name their council for one call only: the connection goes back without it', async () => {
    const pool = new pg.Pool({ connectionString: test.appUrl, max: 1 });
    pool.on('error', () => undefined); // as in every pool: a connection that breaks while idle is replaced
    const single = new PostgresEventStore(pool);
    const visible = async () => (await pool.query('select from event')).rowCount;
    const calls: (() => Promise<unknown>)[] = [
      () => single.readStream(WRENBRIDGE, stream),
      () => single.readStream(WRENBRIDGE, stream, { backwards: true }),
      () => single.readStreams(WRENBRIDGE, [stream]),
      () => single.readAll({ tenant: WRENBRIDGE, after: 0n, limit: 5 }),
      () => single.streamsOf(WRENBRIDGE, 'demo.thing', '', 5),
      () => single.readEvents(WRENBRIDGE, [crypto.randomUUID()]),
      () => single.head(WRENBRIDGE),
      () => single.resultOf(WRENBRIDGE, 'c'),
      () => single.append({ tenant: WRENBRIDGE, streams: [{ stream, expected: 'any', events: someEvents(1) }] }),
    ];
    for (const call of calls) {
      await call();
      expect(await visible()).toBe(0);
    }
    await pool.end();
  });

  it('carry a set clock for a simulated council only, as the register says', async () => {
    await expect(write(REAL_COUNCIL, 1, '2025-06-30T12:00:00Z')).rejects.toMatchObject({ refusal: 'not-simulated' });
    await expect(write('E09000078', 1, '2025-06-30T12:00:00Z')).rejects.toMatchObject({ refusal: 'not-simulated' });
    const now = new Date().toISOString();
    await write(WRENBRIDGE, 1, now);
    const [last] = await store.readStream(WRENBRIDGE, stream, { backwards: true, limit: 1 });
    expect(last!.recordedAt).toBe(now);
  });

  it('have the clock of the database, also where that of the program is wrong', async () => {
    const { rows } = await owner.query<{ before: string }>(
      `select to_char(date_trunc('milliseconds', now()) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as before`,
    );
    await write(REAL_COUNCIL, 2);
    const events = await store.readStream(REAL_COUNCIL, stream);
    expect(events.map(({ recordedAt }) => recordedAt >= rows[0]!.before)).toEqual([true, true]);
  });
});
