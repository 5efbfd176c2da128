import { createTestDatabase, OTHERBURY, type TestDatabase, WRENBRIDGE } from '@caretrail/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { someEvent, someEvents, someStream } from '../contract/event-store.contract.js';
import { eventHash } from '../hashing/event-hash.js';
import type { Compared } from './altered-events.js';
import { eventStoreMigrations } from './migrations.js';
import { PostgresEventStore } from './postgres-event-store.adapter.js';

describe('the hashes of the stored events', () => {
  let test: TestDatabase;
  let store: PostgresEventStore;
  let owner: pg.Client;
  const stream = someStream();

  const altered = async (tenant: string) => {
    const found = [];
    for await (const { position, what } of store.alteredEvents(tenant)) found.push({ position, what });
    return found;
  };
  /** Behind the store's back, as only the owner of the tables can: without the policies and the triggers. */
  const change = async (sql: string, parameters: unknown[]): Promise<void> => {
    expect((await owner.query(sql, parameters)).rowCount).toBe(1);
  };

  beforeAll(async () => {
    test = await createTestDatabase({ migrations: eventStoreMigrations });
    store = new PostgresEventStore(test.database.pool, { hashed: true });
    owner = new pg.Client({ connectionString: test.ownerUrl });
    await owner.connect();
    await owner.query('alter table event disable trigger event_is_kept');
    await owner.query('alter table event no force row level security');
    await owner.query('alter table event disable row level security');
    // Alone, with others, in a stream that others write to, with a clock that is set, known on another day, refused beside.
    const append = (
      name: string,
      expected: 'any' | 'none' | number,
      more: object = {},
      ...events: ReturnType<typeof someEvents>
    ) => store.append({ tenant: WRENBRIDGE, streams: [{ stream: name, expected, events }], ...more });
    await append(stream, 'none', {}, someEvent({ data: { b: 'é “x” \u0000 \\', a: [1.5e-7, { '10': 1, '9': 2 }] } }));
    await Promise.all(
      Array.from({ length: 20 }, () =>
        append(someStream(), 'none', { commandId: crypto.randomUUID() }, ...someEvents(2)),
      ),
    );
    await Promise.allSettled(
      Array.from({ length: 5 }, (_, n) => append(stream, n === 1 ? 7 : 'any', {}, ...someEvents(2))),
    );
    await append(
      someStream(),
      'none',
      { recordedAt: new Date().toISOString() },
      ...someEvents(2),
      someEvent({ metadata: { knownOn: '1948-07-05' } }),
    );
    await append(someStream(), 'none', {}, someEvent({ metadata: { knownOn: '2001-02-03' } }));
    await store.append({ tenant: OTHERBURY, streams: [{ stream, expected: 'none', events: someEvents(3) }] });
  });
  afterAll(async () => {
    await owner.end();
    await test.drop();
  });

  it('are of every event, and are those that anybody can compute from what is read', async () => {
    const { events } = await store.readAll({ tenant: WRENBRIDGE, after: 0n, limit: 1_000 });
    expect(events).toHaveLength(53);
    const { rows } = await owner.query<{ hash: string }>(
      "select encode(hash, 'hex') as hash from event where tenant = $1 order by position",
      [WRENBRIDGE],
    );
    expect(rows.map(({ hash }) => hash)).toEqual(events.map(eventHash));
    expect(await altered(WRENBRIDGE)).toEqual([]);
    expect(await altered(OTHERBURY)).toEqual([]);
  });

  it.each([
    ['stream', "stream || '0'"],
    ['version', 'version + 1000'],
    ['id', 'gen_random_uuid()'],
    ['type', "type || '0'"],
    ['data', `'{"note":"m"}'`],
    ['metadata', `jsonb_set(metadata::jsonb, '{actorId}', '"somebody-else"')::json`],
    ['effective_on', 'effective_on + 1'],
    ['known_on', 'known_on + 1'],
    ['recorded_at', "recorded_at + interval '1 millisecond'"],
    ['recorded_at', "recorded_at + interval '1 microsecond'"],
    ['position', 'position + 1000000000'],
    ['hash', "sha256('x')"],
  ])('tell that the %s of a row was changed (%s)', async (column, value) => {
    const { rows } = await owner.query<{ before: string; position: string }>(
      `select ${column}::text as before, position from event where tenant = $1 and stream = $2 and version = 3`,
      [WRENBRIDGE, stream],
    );
    const { before, position } = rows[0]!;
    const { rows: types } = await owner.query<{ type: string }>(
      "select format_type(atttypid, null) as type from pg_attribute where attrelid = 'event'::regclass and attname = $1",
      [column],
    );
    await change(`update event set ${column} = ${value} where tenant = $1 and position = $2`, [WRENBRIDGE, position]);
    const now = column === 'position' ? BigInt(position) + 1_000_000_000n : BigInt(position);
    expect(await altered(WRENBRIDGE)).toEqual([{ position: now, what: 'altered' }]);
    expect(await altered(OTHERBURY)).toEqual([]);
    await change(`update event set ${column} = $3::text::${types[0]!.type} where tenant = $1 and position = $2`, [
      WRENBRIDGE,
      now.toString(),
      before,
    ]);
    expect(await altered(WRENBRIDGE)).toEqual([]);
  });

  it('tell that a row was handed to another council', async () => {
    const other = someStream();
    const { position } = await store.append({
      tenant: WRENBRIDGE,
      streams: [{ stream: other, expected: 'none', events: someEvents(1) }],
    });
    await change('update event set tenant = $1 where position = $2', [OTHERBURY, position.toString()]);
    expect(await altered(OTHERBURY)).toEqual([{ position, what: 'altered' }]);
    expect(await altered(WRENBRIDGE)).toEqual([]);
    await change('update event set tenant = $1 where position = $2', [WRENBRIDGE, position.toString()]);
  });

  it('are compared page by page, with how far that has come', async () => {
    const told: Compared[] = [];
    for await (const _ of store.alteredEvents(WRENBRIDGE, (compared) => told.push(compared)));
    const { events } = await store.readAll({ tenant: WRENBRIDGE, after: 0n, limit: 1_000 });
    expect(told).toEqual([{ events: events.length, position: events.at(-1)!.position }]);
    told.length = 0;
    for await (const _ of store.alteredEvents('E09000077', (compared) => told.push(compared)));
    expect(told).toEqual([{ events: 0, position: 0n }]);
  });

  it('are left out by a store that is not told to keep them', async () => {
    const { position } = await new PostgresEventStore(test.database.pool).append({
      tenant: OTHERBURY,
      streams: [{ stream: someStream(), expected: 'none', events: someEvents(1) }],
    });
    expect(await altered(OTHERBURY)).toEqual([{ position, what: 'without a hash' }]);
  });
});
