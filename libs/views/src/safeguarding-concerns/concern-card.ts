import { ageOn, daysBetween, formatDate, type Instant, type PlainDate } from '@caretrail/kernel';
import { type PersonLabel, recordNumber } from '@caretrail/people/contracts';
import { type ConcernClock, concernClock } from './concern-clock.js';
import type { ConcernRow } from './concern-queue.query.js';

/** Known more than this many days after it happened is late. */
const LATE_AFTER_DAYS = 2;

/** An adult of a concern, for the reader's eyes. */
export interface ConcernAdult {
  readonly id: string;
  /** The name, or the record number where there is none or the reader may not see it. */
  readonly label: string;
  readonly record: string;
  readonly age?: number;
}

/** A concern as a row of the queue, or as a card on a phone. */
export interface ConcernCard extends ConcernRow {
  readonly people: readonly ConcernAdult[];
  /** Only while it waits for its decision. */
  readonly clock?: ConcernClock;
  readonly happened: string;
  readonly learnt: string;
  /** Whole days, when it is late. */
  readonly lateDays?: number;
  readonly owner?: string;
  readonly decidedBy?: string;
  readonly concludedBy?: string;
}

/** What a card is made with: names by id, and the day and moment for which it is made. */
export interface CardSetting {
  readonly labels: ReadonlyMap<string, PersonLabel>;
  readonly accounts: ReadonlyMap<string, string>;
  readonly day: PlainDate;
  readonly now: Instant;
}

export function concernCard(row: ConcernRow, { labels, accounts, day, now }: CardSetting): ConcernCard {
  const lateDays = daysBetween(row.happenedOn, row.knownOn);
  return {
    ...row,
    people: row.adults.map((id) => adultOf(id, labels.get(id), day)),
    ...(row.dutyToEnquire === null && { clock: concernClock(row.recordedAt, now) }),
    happened: dayOf(row.happenedOn, day),
    learnt: row.knownOn === row.happenedOn ? 'recorded same day' : `recorded ${dayOf(row.knownOn, day)}`,
    ...(lateDays > LATE_AFTER_DAYS && { lateDays }),
    ...(row.ownerId && { owner: accounts.get(row.ownerId) ?? row.ownerId }),
    ...(row.decidedById && { decidedBy: accounts.get(row.decidedById) ?? row.decidedById }),
    ...(row.concludedById && { concludedBy: accounts.get(row.concludedById) ?? row.concludedById }),
  };
}

function adultOf(id: string, label: PersonLabel | undefined, day: PlainDate): ConcernAdult {
  const record = recordNumber(id);
  return {
    id,
    record,
    label: label?.name ?? record,
    ...(label?.dateOfBirth && { age: ageOn(label.dateOfBirth, day) }),
  };
}

/** Without the year when it is this one. */
const dayOf = (day: PlainDate, today: PlainDate): string =>
  formatDate(day, day.slice(0, 4) === today.slice(0, 4) ? 'short' : 'shortYear');
