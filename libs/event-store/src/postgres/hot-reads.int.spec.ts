import { createTestDatabase, OTHERBURY, type TestDatabase, WRENBRIDGE } from '@caretrail/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { someStream } from '../contract/event-store.contract.js';
import { HOT_READS } from './event-reads.migration.js';
import { eventStoreMigrations } from './migrations.js';
import { PostgresEventStore } from './postgres-event-store.adapter.js';

const EVENTS = 20_000;
const STREAMS = 400;

describe('the reads on which everything waits', () => {
  let test: TestDatabase;
  let app: pg.Client;
  let stream: string;
  let head: bigint;
  /** With which the functions run their statements. */
  let settings: string[];

  beforeAll(async () => {
    test = await createTestDatabase({ migrations: eventStoreMigrations });
    app = new pg.Client({ connectionString: test.appUrl });
    await app.connect();
    for (const tenant of [WRENBRIDGE, OTHERBURY])
      await test.database.inTenant(tenant, (manager) =>
        manager.query(
          `insert into event (tenant, stream, version, id, type, data, metadata, effective_on, known_on, recorded_at)
           select $1, 'demo.thing-' || lpad((n % $3)::text, 36, '0'), n / $3 + 1, gen_random_uuid(), 'demo.noted.v' || n % 7 + 1,
                  '{"note":"n"}', '{}', '2025-01-01', '2025-01-01', now()
           from generate_series(0, $2::int - 1) n`,
          [tenant, EVENTS, STREAMS],
        ),
      );
    const owner = new pg.Client({ connectionString: test.ownerUrl });
    await owner.connect();
    // Once, and by nobody else meanwhile: the plans are those of these statistics.
    await owner.query('alter table event set (autovacuum_enabled = off)');
    await owner.query('vacuum (analyze) event');
    await owner.end();
    stream = `demo.thing-${'7'.padStart(36, '0')}`;
    const { rows } = await app.query<{ settings: string[] }>(
      "select proconfig as settings from pg_proc where proname = 'events_page'",
    );
    settings = rows[0]!.settings;
    head = await new PostgresEventStore(test.database.pool).head(WRENBRIDGE);
  });
  afterAll(async () => {
    await app.end();
    await test.drop();
  });

  /** The plan as the functions get it: prepared, for the app role, in a transaction that names its council. */
  const plan = async (sql: string, types: string, values: string, mode: string): Promise<string> => {
    await app.query('begin');
    try {
      await app.query(`set local plan_cache_mode = ${mode}`);
      await app.query(`select set_config('app.tenant', '${WRENBRIDGE}', true)`);
      for (const setting of settings) await app.query(`set local ${setting}`);
      await app.query(`prepare hot(${types}) as ${sql}`);
      const { rows } = await app.query<{ 'QUERY PLAN': string }>(`explain execute hot(${values})`);
      await app.query('deallocate hot');
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    } finally {
      await app.query('rollback');
    }
  };

  describe.each(['force_custom_plan', 'force_generic_plan'])('with %s', (mode) => {
    const ALL = 'text, bigint, int, text[], text[]';
    const BETWEEN = 'text, bigint, bigint, text[], text[]';
    const reads: [string, keyof typeof HOT_READS, string, () => string][] = [
      ['a stream forwards', 'forwards', 'text, text, int, int', () => `'${WRENBRIDGE}', '${stream}', 1, null`],
      ['a stream backwards', 'backwards', 'text, text, int, int', () => `'${WRENBRIDGE}', '${stream}', 2147483647, 1`],
      ['everything from zero', 'all', ALL, () => `'${WRENBRIDGE}', 0, 1000, null, null`],
      ['everything when behind', 'all', ALL, () => `'${WRENBRIDGE}', ${head / 2n}, 1000, null, null`],
      ['everything when caught up', 'all', ALL, () => `'${WRENBRIDGE}', ${head}, 1000, null, null`],
      ['some types', 'all', ALL, () => `'${WRENBRIDGE}', 0, 1000, '{demo.noted.v1,demo.noted.v2}', null`],
      ['some categories', 'all', ALL, () => `'${WRENBRIDGE}', 0, 1000, null, '{demo.thing}'`],
      ['a stretch', 'between', BETWEEN, () => `'${WRENBRIDGE}', ${head / 2n}, ${head / 2n + 500n}, null, null`],
      ['some types of a stretch', 'between', BETWEEN, () => `'${WRENBRIDGE}', 0, ${head}, '{demo.noted.v1}', null`],
      ['the head', 'head', 'text', () => `'${WRENBRIDGE}'`],
      ['names of streams', 'names', 'text, text, text, int', () => `'${WRENBRIDGE}', 'demo.thing', '${stream}', 100`],
    ];
    it.each(reads)('%s walks along an index and sorts nothing', async (_, name, types, values) => {
      const found = await plan(HOT_READS[name], types, values(), mode);
      expect(found).toMatch(/Index (Only )?Scan/);
      expect(found).not.toMatch(/Sort|Seq Scan|Bitmap/);
      // The position or the version bounds the walk; a filter behind it would read everything that went before.
      expect(found).toMatch(
        name === 'all' || name === 'between' ? /Index Cond: .*"position" >/ : /Index Cond: .*tenant =/,
      );
    });
  });

  it('are the very statements that the functions run', async () => {
    const { rows } = await app.query<{ source: string }>(
      "select string_agg(prosrc, ' ') as source from pg_proc where proname = any($1)",
      [['events_forwards', 'events_backwards', 'events_page', 'streams_after', 'head_position']],
    );
    const { between: _copied, ...held } = HOT_READS;
    for (const statement of Object.values(held)) expect(rows[0]!.source).toContain(statement);
  });

  it('answer with what is there', async () => {
    const store = new PostgresEventStore(test.database.pool);
    expect(await store.readStream(WRENBRIDGE, stream)).toHaveLength(EVENTS / STREAMS);
    expect(await store.readStream(WRENBRIDGE, someStream())).toEqual([]);
    let [count, after] = [0, 0n];
    for (;;) {
      const page = await store.readAll({ tenant: WRENBRIDGE, after, limit: 3_000, types: ['demo.noted.v1'] });
      count += page.events.length;
      after = page.position;
      if (page.caughtUp) break;
    }
    expect(count).toBe(Math.ceil(EVENTS / 7));
  });
});
