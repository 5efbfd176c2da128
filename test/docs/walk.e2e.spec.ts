import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { localAccountId } from '@caretrail/access';
import { scratchFolder, WRENBRIDGE } from '@caretrail/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type House, startHouse } from '../e2e/house.js';

const page = readFileSync(join(import.meta.dirname, '../../docs/walk.md'), 'utf8');
const blocksOf = (language: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, block]) => block!);

describe('docs/walk.md', () => {
  let house: House;
  const folder = scratchFolder();
  beforeAll(async () => {
    house = await startHouse();
  });
  afterAll(() => house?.stop());

  it('is a script that walks from a request to a plan, and prints what the page says', async () => {
    const script = join(folder, 'walk.mjs');
    writeFileSync(script, blocksOf('js').join('\n'));
    const walk = spawn(process.execPath, [script], {
      env: {
        CARETRAIL: house.address,
        PRACTITIONER: localAccountId(WRENBRIDGE, 'practitioner'),
        FINANCE: localAccountId(WRENBRIDGE, 'finance'),
      },
    });
    const [printed, complained] = await Promise.all([text(walk.stdout), text(walk.stderr)]);
    expect(complained).toBe('');
    expect(printed).toBe(blocksOf('text').join(''));
  });
});
