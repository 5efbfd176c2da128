import { addDays, addMonths, type PlainDate } from '@caretrail/kernel';
import type { ReportingPeriod } from '../reading/inspect-cld-file.js';
import type { Cells } from '../reading/read-cld-file.js';
import { columnIds, columns } from '../specification/columns.js';
import { syntheticStory, type SyntheticStory } from './synthetic-story.js';

export interface CldFileOptions {
  /** LA Code of the council, as in the file: `997`. */
  readonly laCode: string;
  /** The same seed tells the same stories. */
  readonly seed: number;
  /** Last day of the quarter; the file covers the twelve months that end with it. From 2023 to 2027. */
  readonly periodEnd: PlainDate;
  /** How many people the stories are of: for files of consecutive quarters. */
  readonly people?: number;
  /** How many rows to write, exactly: for one file of a given size. */
  readonly rows?: number;
}

/** The twelve months that end with the day. */
export const periodOf = (periodEnd: PlainDate): ReportingPeriod => ({
  start: addMonths(addDays(periodEnd, 1), -12),
  end: periodEnd,
});

/** A day on which a council would submit the file: a month after the quarter. */
export const submissionDayOf = (periodEnd: PlainDate): PlainDate => addDays(periodEnd, 30);

/** The options of the file that follows three months later, with the same people moved on. */
export const nextQuarter = (options: CldFileOptions): CldFileOptions => ({
  ...options,
  periodEnd: addDays(addMonths(addDays(options.periodEnd, 1), 3), -1),
});

/**
 * A synthetic Client Level Data file as text, in pieces of some hundred rows; nothing of it is kept in memory.
 * Everybody in it is made up. Consecutive quarters tell one story: services end, people move and die, costs and starts
 * are corrected.
 */
export function* generateCldFile(options: CldFileOptions): Generator<string> {
  const { laCode, seed, periodEnd, people, rows } = options;
  if (people === undefined && rows === undefined) throw new Error('Say how many people or how many rows.');
  const period = periodOf(periodEnd);
  const submission: Cells = { laCode, periodStart: british(period.start), periodEnd: british(period.end) };
  // Some stories have nothing to tell in these months; where none has, the period lies outside all stories.
  const mostPeople = people ?? rows! * 20 + 1000;
  let written = 0;
  let piece = `${columnIds.map((id) => columns[id].header).join(',')}\r\n`;
  for (let index = 0; index < mostPeople; index++) {
    const story = syntheticStory(seed, index, period.end);
    if (!story) continue;
    for (const cells of rowsOf(story, period)) {
      piece += `${columnIds.map((id) => quoted(cells[id] ?? submission[id] ?? '')).join(',')}\r\n`;
      if (++written === rows) {
        yield piece;
        return;
      }
    }
    if (piece.length > 60_000) {
      yield piece;
      piece = '';
    }
  }
  if (piece) yield piece;
  if (rows !== undefined && people === undefined) throw new Error(`No ${rows} rows can be told of ${periodEnd}.`);
}

function* rowsOf({ person, diedOn, moved, events }: SyntheticStory, period: ReportingPeriod): Generator<Cells> {
  const dead = diedOn !== undefined && diedOn <= period.end;
  if (dead && diedOn < period.start) return;
  const own: Cells = {
    ...person.cells,
    dateOfBirth: british(person.bornOn),
    ...(dead && { dateOfDeath: british(diedOn) }),
    ...(moved && moved.from <= period.end && { postcode: moved.postcode }),
  };
  for (const event of events) {
    if (event.startsOn > period.end || (diedOn && event.startsOn > diedOn)) continue;
    if (!event.cells.eventType) {
      yield own;
      continue;
    }
    const isService = event.cells.eventType === 'Service';
    const lastDay = diedOn && (!event.endsOn || event.endsOn > diedOn) ? diedOn : event.endsOn;
    const endsOn = lastDay && lastDay <= period.end ? lastDay : undefined;
    if (isService ? endsOn && endsOn < period.start : !endsOn || endsOn < period.start) continue;
    const corrected = event.corrected && event.corrected.from <= period.end ? event.corrected : undefined;
    const ended = isService &&
      endsOn && { eventOutcome: endsOn === diedOn ? 'NFA: Deceased' : 'NFA: Support ended as planned' };
    const cells = {
      ...own,
      ...event.cells,
      ...corrected?.cells,
      ...ended,
      eventStart: british(corrected?.startsOn ?? event.startsOn),
      ...(endsOn && { eventEnd: british(endsOn) }),
    };
    for (let copy = 0; copy < event.copies; copy++) yield cells;
  }
}

const british = (day: PlainDate): string => day.split('-').reverse().join('/');

const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
