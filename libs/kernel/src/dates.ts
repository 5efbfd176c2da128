/** A calendar day in Europe/London, `yyyy-mm-dd`. */
export type PlainDate = string;
/** A moment in UTC, ISO 8601 with `Z`. */
export type Instant = string;

const PLAIN_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const londonDay = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** True for a real calendar day written `yyyy-mm-dd`. */
export function isPlainDate(text: string): text is PlainDate {
  const parts = PLAIN_DATE.exec(text);
  if (!parts) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** The London day of a moment: 23:30 UTC on 30 June is 1 July. */
export function londonDate(instant: Instant | Date): PlainDate {
  return londonDay.format(typeof instant === 'string' ? new Date(instant) : instant);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

export function addDays(date: PlainDate, days: number): PlainDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The same day of the month `months` later, or that month's last day. */
export function addMonths(date: PlainDate, months: number): PlainDate {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10);
}

/** Whole years of age on a day (birthdays on 29 February fall on 1 March in other years). */
export function ageOn(born: PlainDate, on: PlainDate): number {
  const years = Number(on.slice(0, 4)) - Number(born.slice(0, 4));
  return on.slice(5) < born.slice(5) ? years - 1 : years;
}

const formats = {
  long: new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }),
  short: new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' }),
  shortYear: new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }),
};

/** `long`: 14 March 2026; `shortYear`: 14 Mar 2026; `short`: 14 Mar. */
export function formatDate(date: PlainDate, style: keyof typeof formats = 'long'): string {
  return formats[style].format(new Date(`${date}T00:00:00Z`)).replace(/\bSept\b/, 'Sep');
}

/** The moment of a London clock time, `hh:mm`; undefined for one that is skipped when summer time begins. */
export function londonInstant(date: PlainDate, time: string): Instant | undefined {
  const asIfUtc = Date.parse(`${date}T${time}:00Z`);
  return [HOUR_MS, 0]
    .map((ahead) => new Date(asIfUtc - ahead).toISOString())
    .find((instant) => londonDate(instant) === date && londonClock(instant) === time);
}

const londonTime = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** The London clock time of a moment, `hh:mm` or `hh:mm:ss`. */
export function londonClock(instant: Instant, seconds = false): string {
  const text = londonTime.format(new Date(instant));
  return seconds ? text : text.slice(0, 5);
}
