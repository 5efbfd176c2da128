import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

interface Lock {
  readonly packages: Readonly<
    Record<string, { readonly license?: string; readonly dev?: boolean; readonly link?: boolean }>
  >;
}

const ROOT = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
/** None obliges whoever runs or changes the product to publish anything. */
const PERMISSIVE = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'ISC', 'MIT'];
/** A typeface that may be served with the pages, and a parser under Python’s own licence. */
const NAMED = ['node_modules/@fontsource/source-sans-3: OFL-1.1', 'node_modules/argparse: Python-2.0'];

describe('what the product is built with', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as Lock;

  it('is told, each with its licence', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Manifest;
    const told = [...read('docs/dependencies.md').matchAll(/^\| `([^`]+)`\s*\| (\S+)\s*\|/gm)];
    const stated = [...Object.keys(dependencies).sort(), ...Object.keys(devDependencies).sort()];
    expect(told.map(([, name, licence]) => `${name}: ${licence}`)).toEqual(
      stated.map((name) => `${name}: ${packages[`node_modules/${name}`]?.license}`),
    );
  });

  it('may be run and passed on without publishing anything', () => {
    const others = Object.entries(packages)
      .filter(([path, { dev, link }]) => path.startsWith('node_modules/') && !dev && !link)
      .map(([path, { license }]) => ({ path, license: license ?? 'none' }))
      .filter(({ license }) => !PERMISSIVE.includes(license));
    expect(others.map(({ path, license }) => `${path}: ${license}`)).toEqual(NAMED);
  });
});
