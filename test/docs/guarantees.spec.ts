import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
/** Where the files of a table are that are named without their folder. */
const TABLES = { 'libs/event-store': 'src/postgres', 'libs/projections': 'src' };

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
