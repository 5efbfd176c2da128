import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays,
  addMonths,
  ageOn,
  daysBetween,
  formatDate,
  isPlainDate,
  londonClock,
  londonDate,
  londonInstant,
} from './dates.js';

describe('plain dates', () => {
  it('are real days of the calendar, and nothing else', () => {
    for (const day of ['2024-02-29', '2000-02-29', '2026-12-31', '2026-04-30']) expect(isPlainDate(day)).toBe(true);
    for (const text of [
      '2023-02-29',
      '1900-02-29',
      '2026-04-31',
      '2026-13-01',
      '2026-00-10',
      '2026-1-1',
      '',
      '2026-01-32',
    ])
      expect(isPlainDate(text)).toBe(false);
  });

  it('agree with the calendar of the runtime', () => {
    const digits = (value: number, length: number) => String(value).padStart(length, '0');
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 2999 }), fc.nat(14), fc.nat(33), (year, month, day) => {
        const text = `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`;
        const date = new Date(`${text}T00:00:00Z`);
        const real = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
        expect(isPlainDate(text)).toBe(real);
      }),
      { seed: 26 },
    );
  });

  it('are London’s: 23:30 UTC on 30 June is 1 July, in winter it is the same day', () => {
    expect(londonDate('2026-06-30T23:30:00Z')).toBe('2026-07-01');
    expect(londonDate('2026-12-30T23:30:00Z')).toBe('2026-12-30');
    expect(londonClock('2026-06-30T23:30:05Z')).toBe('00:30');
    expect(londonClock('2026-12-30T23:30:05Z', true)).toBe('23:30:05');
  });

  it('count over clock changes and leap days', () => {
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
    expect(daysBetween('2026-03-30', '2026-03-28')).toBe(-2);
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2026-08-31', 6)).toBe('2027-02-28');
    expect(addMonths('2026-03-15', -3)).toBe('2025-12-15');
  });

  it('make an age that grows on the birthday', () => {
    expect(ageOn('1944-05-03', '2026-05-02')).toBe(81);
    expect(ageOn('1944-05-03', '2026-05-03')).toBe(82);
    expect(ageOn('2004-02-29', '2026-02-28')).toBe(21);
    expect(ageOn('2004-02-29', '2026-03-01')).toBe(22);
  });

  it('are written as people say them', () => {
    expect(formatDate('2026-09-04')).toBe('4 September 2026');
    expect(formatDate('2026-09-04', 'shortYear')).toBe('4 Sep 2026');
    expect(formatDate('2026-03-14', 'short')).toBe('14 Mar');
  });
});

describe('a London clock time', () => {
  it('is the moment that a clock in London shows it, in winter and in summer', () => {
    expect(londonInstant('2026-03-01', '09:00')).toBe('2026-03-01T09:00:00.000Z');
    expect(londonInstant('2026-07-01', '00:30')).toBe('2026-06-30T23:30:00.000Z');
  });

  it('is the first of two when summer time ends, and none when it is skipped', () => {
    expect(londonInstant('2026-10-25', '01:30')).toBe('2026-10-25T00:30:00.000Z');
    expect(londonInstant('2026-03-29', '01:30')).toBeUndefined();
  });
});
