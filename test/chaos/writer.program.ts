// Four writers in a process of its own: run by node itself, over the built libs. What it was told it writes to a file
// before anything else happens, so that the file is true when the process is killed.
import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Order, WriterLine } from './told-by-programs.js';

const beside = (file: string): Promise<unknown> => import(new URL(file, import.meta.url).href);
const built = '../../dist/libs/event-store/src';
const { PostgresEventStore, WrongExpectedVersion } = (await beside(
  `${built}/index.js`,
)) as typeof import('@caretrail/event-store');
const { seeded } = (await beside('./seeded.ts')) as typeof import('./seeded.js');

const WRITERS = 4;
const ROLLED_BACK = 0.15;
const order = JSON.parse(process.env['CHAOS']!) as Order;
const { tenant, streams } = order;
const pool = new pg.Pool({ connectionString: order.url, max: 3 });
pool.on('error', () => undefined);
const store = new PostgresEventStore(pool);
/** What every writer holds from before it draws positions until it commits, as the functions that write say. */
const { rows: locks } = await pool.query<{ lock: string }>(
  `select distinct (regexp_match(prosrc, 'pg_advisory_xact_lock\\((\\d+)'))[1] as lock from pg_proc
    where prosrc ~ 'pg_advisory_xact_lock\\(\\d'`,
);
if (locks.length !== 1) throw new Error('There is more than one way to write, or none.');
const { lock } = locks[0]!;
const random = seeded(order.seed);
const upTo = (most: number): number => Math.floor(random() * most);
const say = (line: WriterLine): void => appendFileSync(order.log, `${JSON.stringify(line)}\n`);
/** The version at which this process last saw each stream. */
const versions = new Map<string, number>();

function someRequest(key: string) {
  const stream = streams[upTo(streams.length)]!;
  const known = versions.get(stream) ?? 0;
  const expected = (['any', 'any', 'exists', 'none', known, known, known, known] as const)[upTo(8)]!;
  const events = Array.from({ length: 1 + upTo(3) }, () => ({
    id: randomUUID(),
    type: 'testing.chaos.v1',
    data: { by: order.name },
    metadata: { actorId: 'a', actorRole: 'r', commandId: key, correlationId: key, effectiveOn: '2026-01-05' },
  }));
  const line: WriterLine = { key, stream, expected, ids: events.map(({ id }) => id) };
  const commandId = random() < 0.3 ? key : undefined;
  return { line, request: { tenant, streams: [{ stream, expected, events }], ...(commandId && { commandId }) } };
}

/** Rows like the newest one, at the next positions. Whatever columns there are, so that it stays true to the table. */
const DRAW = `
  insert into event
  select added.* from (select newest from event newest where tenant = $1 order by position desc limit 1) copied,
    unnest($3::uuid[]) with ordinality new (id, place),
    jsonb_populate_record(copied.newest, jsonb_build_object('id', new.id, 'stream', $2::text,
      'version', 1000000 + new.place, 'position', nextval('event_position'))) added`;

/** Draws positions, holds what every writer holds, and does not commit: in one of the ways in which that happens. */
async function rollBack(key: string): Promise<void> {
  const { line } = someRequest(key);
  const how = ['at once', 'after a while', 'by a lost connection', 'by a killed backend'][upTo(4)]!;
  say({ ...line, outcome: 'rolled back', how });
  const client = new pg.Client({ connectionString: order.url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('begin');
    await client.query("select set_config('app.tenant', $1, true), pg_advisory_xact_lock($2)", [tenant, lock]);
    await client.query(DRAW, [tenant, line.stream, line.ids]);
    if (how === 'after a while') await pause(upTo(100));
    if (how === 'by a lost connection')
      (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    else if (how === 'by a killed backend') await client.query('select pg_terminate_backend(pg_backend_pid())');
    else await client.query('rollback');
  } catch {
    // It ended as it was meant to, or the server had no place for it.
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Asks until there is an answer, with the same ids; and now and then asks again for what was answered already. */
async function append(key: string): Promise<void> {
  const { line, request } = someRequest(key);
  const { stream, ids } = line;
  say(line);
  for (let times = random() < 0.1 ? 2 : 1; times > 0;)
    try {
      const result = await store.append(request);
      const version = result.versions[stream]!;
      versions.set(stream, version);
      say({ ...line, outcome: 'written', position: Number(result.position), version });
      // An answer about other events: what was sent is there and must not be, which the judge will find.
      if (String(result.eventIds) !== String(ids)) say({ ...line, key: `${key} again`, outcome: 'rolled back' });
      times--;
    } catch (error) {
      if (error instanceof WrongExpectedVersion) {
        versions.set(stream, error.actual);
        return say({ ...line, outcome: 'conflict', actual: error.actual });
      }
      await pause(10);
    }
}

async function write(writer: number): Promise<void> {
  for (let nth = 1; !existsSync(order.stop); nth++) {
    const key = `${order.name}/${writer}/${nth}`;
    if (random() < ROLLED_BACK) await rollBack(key);
    else await append(key);
  }
}

await Promise.all(Array.from({ length: WRITERS }, (_, nth) => write(nth + 1)));
await pool.end();
