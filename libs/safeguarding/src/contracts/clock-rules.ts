import { addDays, londonClock, londonDate, type Instant, type PlainDate } from '@caretrail/kernel';

/** England's bank holidays, from GOV.UK; days after the last listed year count as working days unless a weekend. */
export const bankHolidays: readonly PlainDate[] = [
  ...['2023-01-02', '2023-04-07', '2023-04-10', '2023-05-01', '2023-05-08', '2023-05-29', '2023-08-28'],
  ...['2023-12-25', '2023-12-26'],
  ...['2024-01-01', '2024-03-29', '2024-04-01', '2024-05-06', '2024-05-27', '2024-08-26', '2024-12-25', '2024-12-26'],
  ...['2025-01-01', '2025-04-18', '2025-04-21', '2025-05-05', '2025-05-26', '2025-08-25', '2025-12-25', '2025-12-26'],
  ...['2026-01-01', '2026-04-03', '2026-04-06', '2026-05-04', '2026-05-25', '2026-08-31', '2026-12-25', '2026-12-28'],
  ...['2027-01-01', '2027-03-26', '2027-03-29', '2027-05-03', '2027-05-31', '2027-08-30', '2027-12-27', '2027-12-28'],
  ...['2028-01-03', '2028-04-14', '2028-04-17', '2028-05-01', '2028-05-29', '2028-08-28', '2028-12-25', '2028-12-26'],
];

/** How long the steps of a concern may take. Versioned: a changed rule is a new version, beside the old one. */
export const clockRules = {
  version: '2026.1',
  /** From the moment the alert is recorded to the decision on s42(1). */
  s42Decision: { workingDays: 1, section: 'Care Act 2014 s42(1)' },
  bankHolidays,
} as const;

/** Monday to Friday, and no bank holiday in England. */
export function isWorkingDay(day: PlainDate): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !clockRules.bankHolidays.includes(day);
}

/**
 * When the decision on s42(1) is due: the same London clock time on the next working day after the alert was recorded.
 * An alert of a Saturday at 15:00 is due on Monday at 15:00; over a clock change the time on the clock stays the same.
 */
export function dueAt(recordedAt: Instant): Instant {
  let day = londonDate(recordedAt);
  for (let left: number = clockRules.s42Decision.workingDays; left > 0;) {
    day = addDays(day, 1);
    if (isWorkingDay(day)) left -= 1;
  }
  return atLondonClock(day, londonClock(recordedAt, true), new Date(recordedAt).getUTCMilliseconds());
}

/** The moment at which London's clocks show a time; they are at UTC or one hour ahead, and change on Sundays only. */
function atLondonClock(day: PlainDate, time: string, milliseconds: number): Instant {
  const asUtc = Date.parse(`${day}T${time}Z`) + milliseconds;
  const summer = new Date(asUtc - 3_600_000).toISOString();
  return londonClock(summer, true) === time ? summer : new Date(asUtc).toISOString();
}
