import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const ROOT = join(import.meta.dirname, '../..');
const texts = [
  'README.md',
  'CONTRIBUTING.md',
  ...['docs', 'libs'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.md'))
      .map((file) => join(folder, file)),
  ),
];

/** As it is written in an address: “A directory of services” is `#a-directory-of-services`. */
const anchorsOf = (text: string) =>
  [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );

describe('the documents', () => {
  it('are many, and each link in them leads somewhere', () => {
    expect(texts.length).toBeGreaterThan(25);
    const lost = texts.flatMap((text) =>
      [...readFileSync(join(ROOT, text), 'utf8').matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)]
        .filter(([, path, anchor]) => {
          const target = path ? join(ROOT, dirname(text), path) : join(ROOT, text);
          return !existsSync(target) || (anchor && !anchorsOf(readFileSync(target, 'utf8')).includes(anchor));
        })
        .map(([link]) => `${text} ${link}`),
    );
    expect(lost).toEqual([]);
  });

  it('name files that exist', () => {
    const lost = texts.flatMap((text) => {
      const folder = dirname(text);
      const named = readFileSync(join(ROOT, text), 'utf8').matchAll(
        /`((?:apps|libs|test|docs|infra|bench|src|domain|application|contracts|http)\/[\w./-]+\.(?:ts|njk|md|mjs|json))`/g,
      );
      return [...named]
        .map(([, file]) => file!)
        .filter(
          (file) => ![file, join(folder, file), join(folder, 'src', file)].some((at) => existsSync(join(ROOT, at))),
        )
        .map((file) => `${text} ${file}`);
    });
    expect(lost).toEqual([]);
  });
});
