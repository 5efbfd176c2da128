import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { generateCldFile } from '@caretrail/returns';
import { type Lease, openCluster } from '@caretrail/platform';
import { scratchFolder } from '@caretrail/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import {
  asked,
  beginCaretrail,
  buildOnce,
  caretrail,
  type Finished,
  postgresOf,
  startPlatform,
  superuserOf,
  until,
} from './built-caretrail.js';

interface Outcome {
  readonly rows: number;
  readonly accepted: number;
  readonly events: number;
  readonly report: string;
}

const COUNCIL = 'E09000012';
const LA_CODE = '997';
const ROWS = 1_200;
const KEYS = [
  'rows',
  'accepted',
  'warned',
  'rejected',
  'unchanged',
  'corrected',
  'missing',
  'withdrawn',
  'events',
  'report',
];

describe('the command line', () => {
  const dataDir = scratchFolder();
  const files = scratchFolder();
  const addCouncil = (folder: string) =>
    caretrail(folder, 'council', 'add', COUNCIL, '--la-code', LA_CODE, '--name', 'Hackleton', '--simulated');
  const importFile = (folder: string, file: string, ...more: readonly string[]) =>
    caretrail(folder, 'import', 'cld', file, '--council', COUNCIL, '--json', ...more);
  const outcomeOf = ({ stdout }: Finished) => JSON.parse(stdout) as Outcome;
  const file = (name: string, content: string | Buffer): string => {
    writeFileSync(join(files, name), content);
    return join(files, name);
  };
  const generated = (laCode = LA_CODE, rows = ROWS) =>
    [...generateCldFile({ laCode, seed: 41, periodEnd: '2025-06-30', rows })].join('');
  let cld: string;

  beforeAll(async () => {
    await buildOnce();
    cld = file('cld-2025-q2.csv', generated());
  });

  /** How many events of which type the council has. */
  const eventsOf = async (folder: string): Promise<Record<string, number>> => {
    const count = 'select type, count(*)::int as count from event where tenant = $1 group by type order by type';
    const rows = await asked<{ type: string; count: number }>(folder, count, [COUNCIL]);
    return Object.fromEntries(rows.map(({ type, count: events }) => [type, events]));
  };
  const total = (counts: Record<string, number>) => Object.values(counts).reduce((sum, count) => sum + count, 0);
  /** One sentence or more for people on stderr, and nothing else anywhere. */
  const refusal = ({ code, stdout, stderr }: Finished) => {
    expect({ code, stdout, stderr }).toMatchObject({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^[^\n]+[.!]\n$/);
    expect(stderr).not.toMatch(/ at .*\.js|error of its own/);
    return stderr;
  };

  describe('sets up councils', () => {
    it('once', async () => {
      const added = await addCouncil(dataDir);
      expect(added).toMatchObject({ code: 0, stdout: 'Hackleton (E09000012, LA code 997) is set up.\n' });
    });

    it('and leaves no PostgreSQL behind', () => {
      expect(existsSync(join(dataDir, 'postgres-18', 'PG_VERSION'))).toBe(true);
      expect(postgresOf(dataDir)).toBeUndefined();
    });

    it('and refuses one that is there, or a code that no council has', async () => {
      expect(refusal(await addCouncil(dataDir))).toContain('set up already');
      const wrong = await caretrail(dataDir, 'council', 'add', 'X1', '--la-code', '99', '--name', 'Nowhere');
      expect(wrong).toMatchObject({ code: 2, stdout: '' });
      expect(wrong.stderr).toContain('“X1” is not the ONS code');
    });
  });

  describe('refuses', () => {
    let lease: Lease; // so that PostgreSQL is not started and stopped for each
    beforeAll(async () => (lease = await openCluster(dataDir)));
    afterAll(() => lease?.close());
    const header = () => generated(LA_CODE, 1).split('\r\n')[0]!;

    it('a file that cannot be taken, with a sentence, and stores nothing of it', async () => {
      const refused: readonly (readonly [string, string, RegExp])[] = [
        ['a header of its own', file('header.csv', 'Name,Age\r\nx,1\r\n'), /header|column/i],
        [
          'another delimiter',
          file('delimiter.csv', generated(LA_CODE, 5).replaceAll(',', ';')),
          /comma|delimiter|separat/i,
        ],
        ['another encoding', file('latin.csv', Buffer.from(`${header()}\r\n\xe9,,`, 'latin1')), /UTF-8/],
        ['another council', file('other.csv', generated('998', 5)), /another council/],
        ['a folder', files, /read|folder|file/i],
        ['no file', join(files, 'nowhere.csv'), /no file/],
      ];
      for (const [, path, sentence] of refused) expect(refusal(await importFile(dataDir, path))).toMatch(sentence);
      expect(await eventsOf(dataDir)).toEqual({});
      expect(existsSync(join(dataDir, 'reports')) ? readdirSync(join(dataDir, 'reports')) : []).toEqual([]);
    });

    it('a list of areas that cannot be read, and keeps the one it has', async () => {
      const areasOf = (path: string) => caretrail(dataDir, 'council', 'areas', path, '--council', COUNCIL);
      const [named, none, noCsv] = await Promise.all([
        areasOf(file('areas.csv', 'postcode_prefix,area\nZZ1 4,Abbey\n')),
        areasOf(join(files, 'nowhere.csv')),
        areasOf(file('quote.csv', 'postcode_prefix,area\n"ZZ1 4,Abbey\n')),
      ]);
      expect(named).toMatchObject({ code: 0, stdout: '1 postcode prefix in 1 area.\n' });
      expect(refusal(none)).toContain('nowhere.csv');
      expect(refusal(noCsv)).toContain('line 2');
    });

    it('a council that is not set up, and a day that is none or not yet', async () => {
      const unknown = await caretrail(dataDir, 'import', 'cld', cld, '--council', 'E09000033', '--json');
      expect(refusal(unknown)).toContain('council add E09000033');
      expect(refusal(await importFile(dataDir, cld, '--submitted-on', '30/07/2025'))).toContain('2025-07-30');
      expect(refusal(await importFile(dataDir, cld, '--submitted-on', '2999-01-01'))).toContain('future');
      expect(await eventsOf(dataDir)).toEqual({});
    });
  });

  describe('imports a return', () => {
    let first: Outcome;

    it('and says in one line of JSON what became of it', async () => {
      const { code, stdout } = await importFile(dataDir, cld, '--submitted-on', '2025-07-30');
      expect(code).toBe(0);
      expect(stdout).toMatch(/^\{[^\n]*\}\n$/);
      first = JSON.parse(stdout) as Outcome;
      expect(Object.keys(first)).toEqual(KEYS);
      expect(first).toMatchObject({ rows: ROWS, accepted: ROWS, rejected: 0, unchanged: 0 });
      expect(readFileSync(first.report, 'utf8')).toMatch(/^what,line,column,rule,reason/);
      expect(total(await eventsOf(dataDir))).toBe(first.events);
    });

    it('as known since the day it was submitted', async () => {
      const days = await asked(dataDir, 'select distinct known_on::text as day from event where tenant = $1', [
        COUNCIL,
      ]);
      expect(days).toEqual([{ day: '2025-07-30' }]);
    });

    it('and nothing of the same file again', async () => {
      const again = await importFile(dataDir, cld, '--submitted-on', '2025-07-30');
      expect(outcomeOf(again)).toMatchObject({ rows: ROWS, unchanged: ROWS, corrected: 0, missing: 0, events: 0 });
      expect(total(await eventsOf(dataDir))).toBe(first.events);
    });

    it('and tells people in words without --json', async () => {
      const said = await caretrail(dataDir, 'import', 'cld', cld, '--council', COUNCIL);
      expect(said).toMatchObject({ code: 0, stdout: expect.stringContaining('1,200 rows: 1,200 accepted') });
      expect(postgresOf(dataDir)).toBeUndefined();
    });
  });

  describe('replays a view', () => {
    let lease: Lease;
    beforeAll(async () => (lease = await openCluster(dataDir)));
    afterAll(() => lease?.close());
    const replay = (...more: readonly string[]) =>
      caretrail(dataDir, 'replay', '--view', 'market-position', '--as-of', '2025-03-31', ...more);

    it('as a table, as CSV and as JSON', async () => {
      const [table, csv, inJson] = await Promise.all([
        replay(),
        replay('--format', 'csv'),
        replay('--format', 'json', '--council', COUNCIL),
      ]);
      expect(table).toMatchObject({ code: 0, stdout: expect.stringContaining('true on 2025-03-31') });
      expect(csv.code).toBe(0);
      expect(csv.stdout.split('\r\n').length).toBeGreaterThan(5);
      const json = JSON.parse(inJson.stdout) as { rows: unknown[] };
      expect(json).toMatchObject({ council: COUNCIL, effectiveOn: '2025-03-31' });
      expect(json.rows.length).toBe(csv.stdout.trim().split('\r\n').length - 1);
    });

    it('as it was known on a day, into a file', async () => {
      const output = join(files, 'before.json');
      const before = await replay('--known-on', '2025-07-29', '--format', 'json', '--output', output);
      expect(before).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining(output) });
      expect(JSON.parse(readFileSync(output, 'utf8'))).toMatchObject({ knownOn: '2025-07-29', events: 0, rows: [] });
    });

    it('that exists, on a day that exists', async () => {
      const [view, day, output] = await Promise.all([
        caretrail(dataDir, 'replay', '--view', 'weather', '--as-of', '2025-03-31'),
        caretrail(dataDir, 'replay', '--view', 'market-position', '--as-of', 'March'),
        replay('--output', join(files, 'no-such-folder', 'out.csv')),
      ]);
      expect(refusal(view)).toContain('market-position');
      expect(refusal(day)).toMatch(/day/);
      expect(refusal(output)).toMatch(/no-such-folder/);
    });
  });

  it('stops at Ctrl-C with nothing left running, and brings the rest when it is given again', async () => {
    const folder = scratchFolder();
    await addCouncil(folder);
    const importing = beginCaretrail(folder, [
      'import',
      'cld',
      cld,
      '--council',
      COUNCIL,
      '--json',
      '--submitted-on',
      '2025-07-30',
    ]);
    // It runs for a moment at a time, and stands still while it is looked at: it is not done before the signal comes.
    let database: pg.Client | undefined;
    for (let stored = 0; !stored;) {
      importing.signal('SIGCONT');
      await pause(20);
      importing.signal('SIGSTOP');
      database ??= await superuserOf(folder).catch(() => undefined);
      stored = database ? await storedSoFar(database) : 0;
    }
    await database!.end();
    importing.signal('SIGINT');
    importing.signal('SIGCONT');
    const stopped = await importing.finished;
    expect(stopped).toMatchObject({ code: 130, stdout: '' });
    expect(stopped.stderr).toMatch(/^Stopped[^\n]+\n$/);
    await until('the end of PostgreSQL', () => postgresOf(folder) === undefined);
    const whole = await eventsOf(dataDir);
    const part = total(await eventsOf(folder));
    expect(part).toBeGreaterThan(0);
    expect(part).toBeLessThan(total(whole));
    const rest = await importFile(folder, cld, '--submitted-on', '2025-07-30');
    expect(outcomeOf(rest)).toMatchObject({ rows: ROWS, accepted: ROWS, corrected: 0 });
    expect(await eventsOf(folder)).toEqual(whole);
    expect(outcomeOf(await importFile(folder, cld, '--submitted-on', '2025-07-30'))).toMatchObject({ events: 0 });
  });

  it('imports a directory of services, and nothing of the same file again', async () => {
    const known = { id: 'ac148810-d857-441c-9679-408f346de14b', status: 'active', organization: { name: 'Age' } };
    const directory = file('services.json', JSON.stringify([{ ...known, name: 'Lunch club' }, { name: 'No id' }]));
    const bring = (...more: readonly string[]) =>
      caretrail(
        dataDir,
        'import',
        'directory',
        directory,
        '--council',
        COUNCIL,
        '--published-on',
        '2025-08-01',
        ...more,
      );
    const first = await bring();
    expect(first).toMatchObject({ code: 0, stdout: expect.stringContaining('2 services: 1 accepted') });
    expect(first.stdout).toMatch(/1 listed.*\n3 events.*\/directory-imports\/[\da-f-]{36}\n$/);
    const again = await bring('--json');
    expect(JSON.parse(again.stdout)).toMatchObject({ records: 2, unchanged: 1, rejected: 1, events: 0 });
  });

  it('uses the database of the platform that runs, and leaves it running', async () => {
    // As in production, which makes no demonstration council: that would take the test's time.
    const [MASTER_KEY, SEALING_KEY] = ['master', 'sealing'].map((name) =>
      readFileSync(join(dataDir, 'secrets', `${name}.key`), 'utf8').trim(),
    ) as [string, string];
    const SESSION_SECRET = 'nobody signs in to this platform at all';
    const platform = await startPlatform(dataDir, { NODE_ENV: 'production', MASTER_KEY, SEALING_KEY, SESSION_SECRET });
    const server = postgresOf(dataDir);
    try {
      expect(outcomeOf(await importFile(dataDir, cld))).toMatchObject({ unchanged: ROWS, events: 0 });
      expect((await caretrail(dataDir, 'council', 'list')).stdout).toContain('Hackleton');
      expect(postgresOf(dataDir)).toBe(server);
      await until('readiness', async () => (await fetch(`${platform.address}/health/ready`)).status === 200);
    } finally {
      platform.signal('SIGTERM');
      await platform.finished;
    }
    await until('the end of PostgreSQL', () => postgresOf(dataDir) === undefined);
  });
});

/** Events of the council while the import runs. */
async function storedSoFar(database: pg.Client): Promise<number> {
  const { rows } = await database.query<{ count: number }>(
    'select count(*)::int as count from event where tenant = $1',
    [COUNCIL],
  );
  return rows[0]!.count;
}
