import { formatDate, type PlainDate } from '@caretrail/kernel';
import { parseUkDate, ukDate } from './uk-date.js';

/** The two days a page is about: what was true on the one, as the council knew it by the end of the other. */
export interface AsOfDays {
  readonly effective: PlainDate;
  readonly known: PlainDate;
  readonly today: PlainDate;
  /** False on any other day: then the page says so, and nothing can be commanded from it. */
  readonly isToday: boolean;
  /** What is wrong with what was typed; then the page shows today. */
  readonly error?: { readonly effective?: string; readonly known?: string };
  /** What stands in the two fields. */
  readonly typed: { readonly effective: string; readonly known: string };
}

const HOW = 'must be a real day, such as 31/3/2026';

/**
 * Reads `?effective=31/3/2026&known=14/4/2026` (or `2026-03-31`). A day that is left out: the known day is today, the
 * effective day is the known day. Never fails: with an error, today is used.
 */
export function asOfFrom(query: unknown, today: PlainDate): AsOfDays {
  const effectiveTyped = textOf(query, 'effective');
  const knownTyped = textOf(query, 'known');
  const knownRead = knownTyped ? parseUkDate(knownTyped) : today;
  const effectiveRead = effectiveTyped ? parseUkDate(effectiveTyped) : knownRead;
  const error = {
    ...(effectiveTyped && !effectiveRead && { effective: `“What was true on” ${HOW}` }),
    ...(!knownRead
      ? { known: `“Known by” ${HOW}` }
      : knownRead > today && { known: '“Known by” must be today or earlier' }),
  };
  if (Object.keys(error).length || !effectiveRead || !knownRead)
    return {
      effective: today,
      known: today,
      today,
      isToday: true,
      error,
      typed: { effective: effectiveTyped, known: knownTyped },
    };
  return {
    effective: effectiveRead,
    known: knownRead,
    today,
    isToday: effectiveRead === today && knownRead === today,
    typed: { effective: ukDate(effectiveRead), known: ukDate(knownRead) },
  };
}

/** Both days in words: `31 March 2026, as we knew it on 14 April 2026`; for headings, titles and print. */
export function asOfSentence({ effective, known, today }: AsOfDays): string {
  if (effective === today && known === today) return `today, ${formatDate(today)}`;
  const when = known === today ? 'as we know it now' : `as we knew it on ${formatDate(known)}`;
  return `${formatDate(effective)}, ${when}`;
}

/** For source lines: `True on 31 March 2026, known by 14 April 2026`. */
export function asOfSource({ effective, known }: AsOfDays): string {
  return `True on ${formatDate(effective)}, known by ${formatDate(known)}`;
}

/** The query that leads to the same two days on another page; empty for today. Begins with `&`. */
export function asOfQuery({ effective, known, isToday }: AsOfDays): string {
  return isToday ? '' : `&effective=${effective}&known=${known}`;
}

function textOf(query: unknown, name: string): string {
  const value: unknown = typeof query === 'object' && query !== null ? Reflect.get(query, name) : undefined;
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' ? first.trim().slice(0, 40) : '';
}
