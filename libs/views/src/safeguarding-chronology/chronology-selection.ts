import { addMonths, daysBetween, type PlainDate } from '@caretrail/kernel';
import type { ChronologyEntry } from './chronology.query.js';

/** Known or recorded more than this many days after it was true is late. */
export const LATE_AFTER_DAYS = 2;

export const chronologyPeriods = ['12-months', 'everything'] as const;
export const chronologyShows = ['all', 'decisions', 'late-or-corrected'] as const;
export const chronologyOrders = ['true', 'learnt'] as const;

/** What the links of the page choose. */
export interface ChronologyChoice {
  readonly period: (typeof chronologyPeriods)[number];
  readonly show: (typeof chronologyShows)[number];
  readonly order: (typeof chronologyOrders)[number];
}

/** An entry with its number on the page, and how it stands to time and to other entries. */
export interface NumberedEntry extends ChronologyEntry {
  /** 1 for the first that was true in the period. */
  readonly number: number;
  /** Days from true to known; negative when it was known before. */
  readonly daysToKnow: number;
  readonly late: boolean;
  /** Number of the entry that this one corrects; `earlier` when that one is not in the period. */
  readonly correctsNumber?: number | 'earlier';
  /** Number of the entry that corrects this one last; `elsewhere` when that one is not in the period. */
  readonly correctedBy?: number | 'elsewhere';
}

/** The chosen entries in the chosen order, and how many there would be under each choice of `show`. */
export interface ChronologySelection {
  readonly entries: readonly NumberedEntry[];
  readonly counts: Readonly<Record<ChronologyChoice['show'], number>>;
  /** First and last day of the drawing. */
  readonly from: PlainDate;
  readonly to: PlainDate;
}

/**
 * Numbers a person's entries (in the order in which they were true) and picks the chosen ones; an entry keeps its number
 * whatever is shown beside it.
 * @param until last day of the period: the day as of which the page is shown
 */
export function selectEntries(
  entries: readonly ChronologyEntry[],
  choice: ChronologyChoice,
  until: PlainDate,
): ChronologySelection {
  const yearAgo = addMonths(until, -12);
  const inPeriod = choice.period === '12-months' ? entries.filter((entry) => entry.effectiveOn > yearAgo) : entries;
  const numbered = numberEntries(inPeriod, entries);
  const late = numbered.filter(isLateOrCorrected);
  const decisions = numbered.filter((entry) => entry.decision);
  const shown = { all: numbered, decisions, 'late-or-corrected': late }[choice.show];
  const first = inPeriod[0]?.effectiveOn ?? until;
  return {
    entries: choice.order === 'true' ? shown : shown.toSorted(byLearning),
    counts: { all: numbered.length, decisions: decisions.length, 'late-or-corrected': late.length },
    from: first,
    to: until,
  };
}

function numberEntries(inPeriod: readonly ChronologyEntry[], all: readonly ChronologyEntry[]): NumberedEntry[] {
  const numbers = new Map(inPeriod.map((entry, index) => [entry.eventId, index + 1]));
  // Entries come in the order of truth; of several corrections the one that was learnt last holds.
  const correctors = new Map(
    all.toSorted(byLearning).flatMap((entry) => (entry.corrects ? [[entry.corrects, entry.eventId] as const] : [])),
  );
  return inPeriod.map((entry) => {
    const daysToKnow = daysBetween(entry.effectiveOn, entry.knownOn);
    const corrector = correctors.get(entry.eventId);
    return {
      ...entry,
      number: numbers.get(entry.eventId)!,
      daysToKnow,
      late: daysToKnow > LATE_AFTER_DAYS,
      ...(entry.corrects && { correctsNumber: numbers.get(entry.corrects) ?? ('earlier' as const) }),
      ...(corrector && { correctedBy: numbers.get(corrector) ?? ('elsewhere' as const) }),
    };
  });
}

const isLateOrCorrected = (entry: NumberedEntry): boolean =>
  entry.late || entry.correctsNumber !== undefined || entry.correctedBy !== undefined;

/** By the day it became known; within a day as it was recorded. */
const byLearning = (a: ChronologyEntry, b: ChronologyEntry): number =>
  a.knownOn === b.knownOn ? Number(BigInt(a.position) - BigInt(b.position)) : a.knownOn < b.knownOn ? -1 : 1;
