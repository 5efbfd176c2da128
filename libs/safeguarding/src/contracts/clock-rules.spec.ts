import { describe, expect, it } from '@jest/globals';
import { isPlainDate, londonClock, londonDate } from '@caretrail/kernel';
import fc from 'fast-check';
import { bankHolidays, clockRules, dueAt, isWorkingDay } from './clock-rules.js';

describe('the clock of a concern', () => {
  it('is a versioned rule', () =>
    expect(clockRules).toMatchObject({ version: '2026.1', s42Decision: { workingDays: 1 } }));

  it.each([
    ['a Tuesday', '2026-03-03T09:15:30.250Z', '2026-03-04T09:15:30.250Z'],
    ['a Friday, over the weekend', '2026-03-06T16:45:00.000Z', '2026-03-09T16:45:00.000Z'],
    ['a Saturday', '2026-03-07T15:00:00.000Z', '2026-03-09T15:00:00.000Z'],
    ['a Sunday', '2026-03-08T15:00:00.000Z', '2026-03-09T15:00:00.000Z'],
    ['Maundy Thursday, over Easter', '2026-04-02T11:00:00.000Z', '2026-04-07T11:00:00.000Z'],
    ['Christmas Eve, with the holiday moved to Monday', '2026-12-24T14:00:00.000Z', '2026-12-29T14:00:00.000Z'],
    ['the Friday before clocks go forward', '2026-03-27T10:00:00.000Z', '2026-03-30T09:00:00.000Z'],
    ['the Friday before clocks go back', '2026-10-23T09:00:00.000Z', '2026-10-26T10:00:00.000Z'],
    ['the hour that comes twice', '2026-10-25T00:30:00.000Z', '2026-10-26T01:30:00.000Z'],
    ['past midnight in London, not yet in UTC', '2026-06-30T23:30:00.000Z', '2026-07-01T23:30:00.000Z'],
    [
      'Thursday past midnight in London, when the next day is Friday',
      '2026-07-01T23:30:00.000Z',
      '2026-07-02T23:30:00.000Z',
    ],
    ['Friday past midnight in London: Monday', '2026-07-02T23:30:00.000Z', '2026-07-05T23:30:00.000Z'],
  ])('recorded on %s', (_, recordedAt, due) => expect(dueAt(recordedAt)).toBe(due));

  it('keeps the London clock time and falls on a working day, one to five days on', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2023, 0, 1), max: Date.UTC(2028, 11, 20) }).map((at) => new Date(at).toISOString()),
        (recordedAt) => {
          const due = dueAt(recordedAt);
          expect(isWorkingDay(londonDate(due))).toBe(true);
          expect(londonClock(due, true)).toBe(londonClock(recordedAt, true));
          const days = (Date.parse(due) - Date.parse(recordedAt)) / 86_400_000;
          expect(days).toBeGreaterThan(0.9);
          expect(days).toBeLessThan(5.1);
        },
      ),
      { seed: 42, numRuns: 400 },
    ));

  it('lists holidays that are days, in order, none on a weekend', () => {
    expect(bankHolidays.every((day) => isPlainDate(day) && ![0, 6].includes(new Date(day).getUTCDay()))).toBe(true);
    expect([...bankHolidays].sort()).toEqual(bankHolidays);
    expect(isWorkingDay('2026-12-28')).toBe(false);
    expect(isWorkingDay('2026-12-29')).toBe(true);
  });
});
