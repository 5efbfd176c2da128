import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
/** Where the files of a table are that are named without their folder. */
const TABLES = { 'libs/audit': 'src', 'libs/event-store': 'src/postgres', 'libs/projections': 'src' };

interface Named {
  readonly file: string;
  /** Beginnings, or parts, of the titles of its tests. */
  readonly titles: readonly string[];
}

/** What the second column of the table of guarantees names: a file, then titles of tests in it. */
function named(lib: keyof typeof TABLES): Named[] {
  const table = readFileSync(join(ROOT, lib, 'README.md'), 'utf8')
    .split('## Guarantees')[1]!
    .split('\n## ')[0]!;
  return [...table.matchAll(/^\|[^|]+\|([^|]+)\|$/gm)].flatMap(([, tests]) =>
    [...tests!.matchAll(/`([^`]+\.ts)`([^`]*)/g)].map(([, file, rest]) => ({
      file: /^(libs|test)\//.test(file!) ? file! : join(lib, file!.startsWith('src/') ? '' : TABLES[lib], file!),
      titles: [...rest!.matchAll(/“([^”]+)”/g)].map(([, title]) => title!),
    })),
  );
}

describe.each(Object.keys(TABLES) as (keyof typeof TABLES)[])('the table of guarantees in %s', (lib) => {
  it('names tests that exist', () => {
    const tests = named(lib);
    expect(tests.length).toBeGreaterThan(15);
    const missing = tests.flatMap(({ file, titles }) => {
      if (!existsSync(join(ROOT, file))) return [`${file} is not there`];
      const source = readFileSync(join(ROOT, file), 'utf8');
      return titles.filter((title) => !source.includes(title)).map((title) => `${file} has no test “${title}”`);
    });
    expect(missing).toEqual([]);
  });
});

/** Whose README says where it is what personalisation asks for, and which of it. */
const ASKED_FOR = {
  'libs/people': ['P3'],
  'libs/assessment': ['P1', 'P2', 'P4', 'P16'],
  'libs/budgets': ['P5', 'P6', 'P7', 'P8', 'P9'],
  'libs/planning': ['P12', 'P13', 'P14', 'P16', 'P26'],
  'libs/commissioning': ['P16', 'P13'],
  'libs/views/src/duty-ledger': ['P29'],
  'libs/views/src/safeguarding-chronology': ['P28', 'P30'],
};

describe.each(Object.entries(ASKED_FOR))('what personalisation asks for, in %s', (folder, asked) => {
  const rows = readFileSync(join(ROOT, folder, 'README.md'), 'utf8')
    .split('## What personalisation asks for, and where it is')[1]!
    .split('\n## ')[0]!
    .split('\n')
    .filter((line) => line.startsWith('| P'));

  it('has a line for each', () => {
    expect([...new Set(rows.map((row) => /P\d+/.exec(row)![0]))]).toEqual(asked);
  });

  it('names files that exist', () => {
    const files = rows.flatMap((row) => [...row.split('|')[3]!.matchAll(/`([^`]+)`/g)].map(([, file]) => file!));
    expect(files.length).toBeGreaterThanOrEqual(2 * rows.length);
    const missing = files.filter(
      (file) => !existsSync(join(ROOT, /^(libs|test)\//.test(file) ? file : join(folder, 'src', file))),
    );
    expect(missing).toEqual([]);
  });
});
