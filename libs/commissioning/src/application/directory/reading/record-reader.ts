import type { DirectoryFault } from '../../../contracts/index.js';
import { isRecord } from './directory-file.js';

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': '’', nbsp: ' ' };

/** Plain words of what may be HTML: directories are written in editors that leave their marks. */
const plain = (text: string): string =>
  text
    .replace(/<(br|\/p|\/li|\/h\d)[^>]*>/gi, '\n')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => ENTITIES[name]!)
    .replace(/[^\P{Cc}\n]/gu, ' ')
    .replace(/[ \t]+/g, ' ')
    .replace(/\s*\n\s*/g, '\n')
    .trim();

/**
 * Reads a part of a record field by field. What cannot be understood and is not needed is left out with a warning; what
 * is needed is a fault. Null and empty text are the same as nothing.
 */
export class RecordReader {
  constructor(
    private readonly record: Readonly<Record<string, unknown>>,
    readonly place: string,
    private readonly found: { readonly faults: DirectoryFault[]; readonly warnings: DirectoryFault[] },
  ) {}

  raw(name: string): unknown {
    const value = this.record[name];
    return value === null || value === '' ? undefined : value;
  }

  fault(name: string, rule: string, reason: string): void {
    this.found.faults.push({ place: this.at(name), rule, reason });
  }

  warn(name: string, rule: string, reason: string): void {
    this.found.warnings.push({ place: this.at(name), rule, reason });
  }

  /** Words of at most so many characters; longer ones are cut. */
  text(name: string, longest: number): string | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'string' && typeof value !== 'number') {
      this.warn(name, 'text-is-text', 'This is not text; it was left out.');
      return undefined;
    }
    const words = plain(String(value));
    if (words.length > longest)
      this.warn(name, 'text-fits', `Longer than ${longest} characters; the rest was left out.`);
    return words.slice(0, longest) || undefined;
  }

  needed(name: string, longest: number, reason: string): string {
    const words = this.text(name, longest);
    if (words === undefined) this.fault(name, 'required', reason);
    return words ?? '';
  }

  whole(name: string, least: number, most: number): number | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    const number = Number(value);
    if (Number.isInteger(number) && number >= least && number <= most) return number;
    this.warn(name, 'number-is-whole', `This is not a whole number from ${least} to ${most}; it was left out.`);
    return undefined;
  }

  /** A calendar day, from a date or a moment. */
  day(name: string): string | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    const day = typeof value === 'string' ? /^\d{4}-\d{2}-\d{2}(?=$|T)/.exec(value)?.[0] : undefined;
    if (day && new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day)) return day;
    this.warn(name, 'day-is-real', 'This is not a day, yyyy-mm-dd; it was left out.');
    return undefined;
  }

  /** A reader for a part; undefined where there is none. */
  part(name: string): RecordReader | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    if (isRecord(value)) return new RecordReader(value, this.at(name), this.found);
    this.warn(name, 'part-is-an-object', 'This is not an object; it was left out.');
    return undefined;
  }

  /** A reader for each of several parts. */
  parts(name: string, most: number): RecordReader[] {
    const value = this.raw(name);
    if (value === undefined) return [];
    if (!Array.isArray(value)) {
      this.warn(name, 'list-is-a-list', 'This is not a list; it was left out.');
      return [];
    }
    if (value.length > most) this.warn(name, 'list-fits', `More than ${most}; the rest was left out.`);
    return value.slice(0, most).flatMap((each: unknown, index) => {
      const place = `${this.at(name)}[${index}]`;
      if (isRecord(each)) return [new RecordReader(each, place, this.found)];
      this.found.warnings.push({ place, rule: 'part-is-an-object', reason: 'This is not an object; it was left out.' });
      return [];
    });
  }

  private at(name: string): string {
    return this.place === '$' ? name : `${this.place}.${name}`;
  }
}
