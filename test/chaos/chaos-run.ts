import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { TestDatabase } from '@caretrail/testing';
import pg from 'pg';
import { until } from '../cli/built-caretrail.js';
import type { History, Placed, Reading, Told } from './history.js';
import { seeded } from './seeded.js';
import type { Order, ReaderLine, SeenEvent, WriterLine } from './told-by-programs.js';

const PROCESSES = 4;
const STREAMS = 12;
const PATIENCE_MS = 240_000;
/** So much of each kind at the least, however slow the machine is. */
const LEAST = { written: 50, conflict: 1, 'rolled back': 8 } as const;

export interface ChaosRun extends History {
  /** Writing processes that were killed -9. */
  readonly kills: number;
  /** How transactions were rolled back that had drawn positions. */
  readonly waysBack: ReadonlySet<string>;
  readonly passesFromZero: number;
}

interface Place {
  readonly database: TestDatabase;
  readonly folder: string;
  readonly tenant: string;
}

/**
 * Sixteen writers in four processes for so many seconds: some roll back, hang, lose their connection or their backend,
 * and now and then a process is killed -9 and another takes its place. Readers in another process read all the while.
 * From before the first write until the last reader has come to the end, two transactions that have written stay open:
 * readers that waited for them would never end.
 */
export async function chaosRun(place: Place, seconds: number, seed: number): Promise<ChaosRun> {
  const { database, folder, tenant } = place;
  const random = seeded(seed);
  const logs: string[] = [];
  const streams = Array.from({ length: STREAMS }, (_, nth) => `testing.chaos-${uuidOf(nth)}`);
  const stopWriters = join(folder, 'stop-writers');
  const stopReaders = join(folder, 'stop-readers');
  const start = (program: 'writer' | 'reader', name: string): ChildProcess => {
    const log = join(folder, `${name}.log`);
    writeFileSync(log, '');
    if (program === 'writer') logs.push(log);
    const stop = program === 'writer' ? stopWriters : stopReaders;
    const orderOf: Order = { name, url: database.appUrl, tenant, seed: seed + logs.length, streams, log, stop };
    const { NODE_OPTIONS: _, ...env } = process.env;
    return spawn(process.execPath, [join(import.meta.dirname, `${program}.program.ts`)], {
      env: { ...env, CHAOS: JSON.stringify(orderOf) },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
  };
  const written = () => logs.flatMap((log) => linesOf<WriterLine>(log));
  const enough = () => {
    const lines = written();
    return Object.entries(LEAST).every(
      ([outcome, least]) => lines.filter((line) => line.outcome === outcome).length >= least,
    );
  };

  const open = await longTransactions(database, tenant);
  const readerEnded = ended(start('reader', 'reader'));
  const writers = Array.from({ length: PROCESSES }, (_, nth) => start('writer', `writer-${nth + 1}`));
  let kills = 0;
  try {
    for (const end = Date.now() + seconds * 1_000; Date.now() < end || kills === 0;) {
      await pause(300 + random() * 700);
      const at = Math.floor(random() * PROCESSES);
      await until(
        'a writer that has begun',
        () => existsSync(logs.at(-1)!) && linesOf(logs.at(-1)!).length > 0,
        PATIENCE_MS,
      );
      const killed = once(writers[at]!, 'exit');
      writers[at]!.kill('SIGKILL');
      await killed;
      kills++;
      writers[at] = start('writer', `writer-${PROCESSES + kills}`);
    }
    await until('enough of everything', enough, PATIENCE_MS);
    writeFileSync(stopWriters, '');
    for (const each of writers) await ended(each);
    writeFileSync(stopReaders, '');
    if ((await readerEnded) !== 0) throw new Error('The readers failed.');
  } finally {
    for (const each of writers) each.kill('SIGKILL');
    for (const client of open) await client.end();
  }
  const lines = written();
  const readings = readingsOf(linesOf<ReaderLine>(join(folder, 'reader.log')));
  return {
    stored: await storedIn(database, tenant),
    told: toldBy(lines),
    readings,
    kills,
    waysBack: new Set(lines.flatMap(({ how }) => how ?? [])),
    passesFromZero: readings.filter(({ reader }) => reader.startsWith('from zero')).length,
  };
}

/** One has written in the same database, the other elsewhere in the cluster; both stay open. */
async function longTransactions(database: TestDatabase, tenant: string): Promise<pg.Client[]> {
  const elsewhere = new URL(database.ownerUrl);
  elsewhere.pathname = '/postgres';
  const clients = [database.appUrl, elsewhere.href].map((connectionString) => new pg.Client({ connectionString }));
  for (const client of clients) {
    client.on('error', () => undefined);
    await client.connect();
    await client.query('begin');
    await client.query("select pg_current_xact_id(), set_config('app.tenant', $1, true)", [tenant]);
  }
  await clients[0]!.query("insert into command_result (tenant, command_id, result) values ($1, 'open', '{}')", [
    tenant,
  ]);
  return clients;
}

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

const uuidOf = (nth: number): string => `10000000-0000-4000-8000-${String(nth).padStart(12, '0')}`;

/** Lines that are whole: a process that was killed may have left half of one. */
function linesOf<Line>(log: string): Line[] {
  const text = readFileSync(log, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  return whole.split('\n').flatMap((line) => (line ? [JSON.parse(line) as Line] : []));
}

/** What the tables hold, asked without the store. */
async function storedIn({ database }: TestDatabase, tenant: string): Promise<Placed[]> {
  const rows = await database.inTenant(tenant, (manager) =>
    manager.query<{ position: string; id: string; stream: string; version: number }[]>(
      'select position, id, stream, version from event where tenant = $1 order by position',
      [tenant],
    ),
  );
  return rows.map(({ position, ...row }) => ({ ...row, position: Number(position) }));
}

/** Answers as they were given; an append without one is unknown. */
function toldBy(lines: readonly WriterLine[]): Told[] {
  const answered = new Set(lines.filter(({ outcome }) => outcome).map(({ key }) => key));
  return lines
    .filter(({ key, outcome }) => outcome || !answered.has(key))
    .map(({ key, outcome, ...line }): Told => ({ writer: key, ...line, outcome: outcome ?? 'unknown' }));
}

const placed = ([position, id, stream, version]: SeenEvent): Placed => ({ position, id, stream, version });

/** A follower is one reading; each pass from zero is a reading of its own. */
function readingsOf(lines: readonly ReaderLine[]): Reading[] {
  const followers = Map.groupBy(
    lines.filter(({ pass }) => pass === undefined),
    ({ reader }) => reader,
  );
  let before: readonly Placed[] = [];
  const passes = lines.flatMap(({ reader, pass, same = 0, events, checkpoint }): Reading[] => {
    if (pass === undefined) return [];
    before = [...before.slice(0, same), ...events.map(placed)];
    return [{ reader: `${reader}, pass ${pass}`, events: before, checkpoints: [checkpoint] }];
  });
  return [
    ...[...followers].map(([reader, pages]) => ({
      reader,
      events: pages.flatMap(({ events }) => events.map(placed)),
      checkpoints: pages.map(({ checkpoint }) => checkpoint),
    })),
    ...passes,
  ];
}
