import { addDays, formatDate, type Instant, londonClock, londonDate, type PlainDate } from '@caretrail/kernel';
import { dueAt } from '@caretrail/safeguarding/contracts';

export const clockGroups = ['overdue', 'today', 'later'] as const;
export type ClockGroup = (typeof clockGroups)[number];

/** How long there still is to decide on s42(1), for people to read. */
export interface ConcernClock {
  readonly group: ClockGroup;
  readonly dueAt: Instant;
  /** `48 min left`, `1 day 2 h over`. */
  readonly words: string;
  /** `due today, 11:30`, `due Mon 20 Apr, 08:40`. */
  readonly due: string;
  /** Whole per cent of the time that is used up, 0 to 100. */
  readonly usedPercent: number;
}

/** The clock of a concern that waits for its decision, at a moment. Over at the very moment that it is due. */
export function concernClock(recordedAt: Instant, now: Instant): ConcernClock {
  const due = dueAt(recordedAt);
  const left = Date.parse(due) - Date.parse(now);
  const used = (Date.parse(now) - Date.parse(recordedAt)) / (Date.parse(due) - Date.parse(recordedAt));
  return {
    group: left <= 0 ? 'overdue' : londonDate(due) === londonDate(now) ? 'today' : 'later',
    dueAt: due,
    words: `${duration(Math.abs(left))} ${left <= 0 ? 'over' : 'left'}`,
    due: `due ${dayAndTime(due, londonDate(now))}`,
    usedPercent: Math.round(Math.min(1, Math.max(0, used)) * 100),
  };
}

/**
 * The moment at which a page shows the clocks: now, or for a day that is over the last second of it in London, because
 * the queue of a past day is the one that stood when that day ended.
 */
export function clockMoment(day: PlainDate, now: Instant): Instant {
  if (day >= londonDate(now)) return now;
  const nextDay = addDays(day, 1);
  // London is at UTC or one hour ahead, so its midnight is one of these two.
  const summer = new Date(Date.parse(`${nextDay}T00:00:00Z`) - 3_600_000).toISOString();
  const midnight = londonDate(summer) === nextDay ? summer : `${nextDay}T00:00:00.000Z`;
  return new Date(Date.parse(midnight) - 1_000).toISOString();
}

const MINUTE = 60_000;

/** `26 h` is `1 day 2 h`; from an hour on `18 h 12 min`; below it `42 min`. */
function duration(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / MINUTE);
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  if (days) return [`${days} ${days === 1 ? 'day' : 'days'}`, hours && `${hours} h`].filter(Boolean).join(' ');
  if (hours) return [`${hours} h`, minutes % 60 && `${minutes % 60} min`].filter(Boolean).join(' ');
  return `${minutes} min`;
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

function dayAndTime(instant: Instant, today: PlainDate): string {
  const day = londonDate(instant);
  if (day === today) return `today, ${londonClock(instant)}`;
  const weekday = weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()];
  const style = day.slice(0, 4) === today.slice(0, 4) ? 'short' : 'shortYear';
  return `${weekday} ${formatDate(day, style)}, ${londonClock(instant)}`;
}
