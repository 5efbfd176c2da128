import { daysBetween, formatDate, type PlainDate } from '@caretrail/kernel';
import { dutyNamed } from './duties.js';
import type { OwedDuty } from './duty-ledger.query.js';

const days = (count: number): string => (count === 1 ? '1 day' : `${count.toLocaleString('en-GB')} days`);

/** A duty in words, as it stood on a day. Nothing personal. */
export interface DutyLine {
  readonly personId: string;
  readonly name: string;
  readonly words: string;
  readonly section: string;
  readonly turn: string;
  readonly openedOn: PlainDate;
  /** Whole days from the opening to the day looked at, or to the discharge. */
  readonly days: number;
  readonly age: string;
  readonly dueOn?: PlainDate;
  readonly due: string;
  /** Whole days past the due day; 0 where there is none, or it has not passed. */
  readonly daysOver: number;
  readonly dischargedOn?: PlainDate;
  readonly openedBy: string;
  readonly dischargedBy?: string;
}

export function lineOf(owed: OwedDuty, on: PlainDate): DutyLine {
  const { words, section, turn } = dutyNamed(owed.duty)!;
  const { personId, openedOn, dueOn, dischargedOn, openedBy, dischargedBy } = owed;
  const until = dischargedOn ?? on;
  const age = daysBetween(openedOn, until);
  const daysOver = dueOn === undefined ? 0 : Math.max(0, daysBetween(dueOn, until));
  return {
    personId,
    name: owed.duty,
    words,
    section,
    turn,
    openedOn,
    days: age,
    age: days(age),
    ...(dueOn && { dueOn }),
    due: dueOn ? formatDate(dueOn) : 'no day set by law',
    daysOver,
    ...(dischargedOn && { dischargedOn }),
    openedBy,
    ...(dischargedBy && { dischargedBy }),
  };
}
