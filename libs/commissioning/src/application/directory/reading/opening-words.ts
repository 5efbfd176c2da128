import type { RecordReader } from './record-reader.js';

const days: Readonly<Record<string, string>> = {
  MO: 'Monday',
  TU: 'Tuesday',
  WE: 'Wednesday',
  TH: 'Thursday',
  FR: 'Friday',
  SA: 'Saturday',
  SU: 'Sunday',
};
const nth: Readonly<Record<string, string>> = {
  '1': 'first',
  '2': 'second',
  '3': 'third',
  '4': 'fourth',
  '5': 'fifth',
  '-1': 'last',
};

/** A schedule (the RRULE of RFC 5545 in the columns of HSDS) in words: `Every 2 weeks, Monday and Friday, 10:00 to 12:00`. */
export function openingWords(schedule: RecordReader): string | undefined {
  const opens = clock(schedule, 'opens_at');
  const closes = clock(schedule, 'closes_at');
  const told = schedule.text('byday', 100);
  const monthly = schedule.text('freq', 20)?.toUpperCase() === 'MONTHLY';
  const interval = schedule.whole('interval', 1, 99) ?? 1;
  const unit = monthly ? 'month' : 'week';
  const often = interval > 1 ? `Every ${interval} ${unit}s` : monthly ? 'Every month' : undefined;
  const rule = [
    often,
    told && daysOf(schedule, told),
    opens && closes ? `${opens} to ${closes}` : opens && `from ${opens}`,
  ].flatMap((part) => part ?? []);
  const words = [rule.join(', '), schedule.text('description', 600), schedule.text('notes', 300)];
  return (
    words
      .filter((part) => part)
      .join('. ')
      .slice(0, 1_000) || undefined
  );
}

function daysOf(schedule: RecordReader, byday: string): string | undefined {
  const named = byday.split(',').map((each) => {
    const [, count = '', day = ''] = /^\s*([+-]?\d)?([A-Z]{2})\s*$/i.exec(each) ?? [];
    const name = days[day.toUpperCase()];
    const which = count && nth[count.replace('+', '')];
    return name && (!count || which) ? [which, name].filter((part) => part).join(' ') : undefined;
  });
  if (named.every((each) => each !== undefined)) return listed(named);
  schedule.warn('byday', 'days-are-known', 'These are not days of the week such as MO,TH; they were left out.');
  return undefined;
}

function clock(schedule: RecordReader, name: string): string | undefined {
  const value = schedule.text(name, 30);
  const time = value === undefined ? undefined : /^([01]\d|2[0-3]):[0-5]\d/.exec(value)?.[0];
  if (value !== undefined && !time)
    schedule.warn(name, 'time-is-a-time', 'This is not a time such as 10:00; it was left out.');
  return time;
}

const listed = (names: readonly string[]): string =>
  names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : (names[0] ?? '');
