import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Unavailable } from '@caretrail/kernel';

const BUILT = join(import.meta.dirname, '../assets/caretrail.css');
const SCRIPT = join(import.meta.dirname, '../views/assets/caretrail.js');

/** The console's style sheet and script, with addresses that change when they do, so that browsers may keep them for ever. */
export class StyleSheet {
  readonly href: string;
  readonly scriptHref: string;
  readonly script: string;

  constructor(readonly css: string) {
    this.script = readFileSync(SCRIPT, 'utf8');
    this.href = `/assets/caretrail.css?v=${digest(css)}`;
    this.scriptHref = `/assets/caretrail.js?v=${digest(this.script)}`;
  }

  /** @throws Unavailable when the build has not made it */
  static built(): StyleSheet {
    if (!existsSync(BUILT)) throw new Unavailable('The style sheet has not been built. Run `npm run build` first.');
    return new StyleSheet(readFileSync(BUILT, 'utf8'));
  }
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);
