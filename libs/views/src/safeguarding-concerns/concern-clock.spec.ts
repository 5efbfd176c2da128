import { describe, expect, it } from '@jest/globals';
import { clockMoment, concernClock } from './concern-clock.js';

describe('the clock of a concern', () => {
  it('is due today, with the minutes left, when recorded on the working day before', () => {
    expect(concernClock('2026-04-20T10:30:00.000Z', '2026-04-21T09:42:00.000Z')).toEqual({
      group: 'today',
      dueAt: '2026-04-21T10:30:00.000Z',
      words: '48 min left',
      due: 'due today, 11:30',
      usedPercent: 97,
    });
  });

  it('is overdue by days and hours, with a full bar and the day it was due', () => {
    const clock = concernClock('2026-04-17T07:40:00.000Z', '2026-04-21T09:42:00.000Z');
    expect(clock).toMatchObject({
      group: 'overdue',
      words: '1 day 2 h over',
      due: 'due Mon 20 Apr, 08:40',
      usedPercent: 100,
    });
  });

  it('is over at the very minute that it is due', () => {
    expect(concernClock('2026-04-20T10:30:00.000Z', '2026-04-21T10:30:00.000Z').group).toBe('overdue');
  });

  it('does not run out over a weekend', () => {
    const clock = concernClock('2026-04-17T14:00:00.000Z', '2026-04-19T14:00:00.000Z');
    expect(clock).toMatchObject({ group: 'later', words: '1 day left', due: 'due Mon 20 Apr, 15:00' });
  });

  it('shows an alert of a Saturday on Monday as due today', () => {
    const clock = concernClock('2026-04-18T14:00:00.000Z', '2026-04-20T08:00:00.000Z');
    expect(clock).toMatchObject({ group: 'today', words: '6 h left', due: 'due today, 15:00' });
  });

  it('names the year when it is another one', () => {
    expect(concernClock('2025-12-30T10:00:00.000Z', '2026-01-05T10:00:00.000Z').due).toBe('due Wed 31 Dec 2025, 10:00');
  });
});

describe('the moment at which a queue is shown', () => {
  const now = '2026-04-21T09:42:00.000Z';

  it('is now for today and for days to come', () => {
    expect(clockMoment('2026-04-21', now)).toBe(now);
    expect(clockMoment('2026-05-01', now)).toBe(now);
  });

  it('is the last second of a past day, in summer and in winter', () => {
    expect(clockMoment('2026-04-20', now)).toBe('2026-04-20T22:59:59.000Z');
    expect(clockMoment('2026-01-20', now)).toBe('2026-01-20T23:59:59.000Z');
    expect(clockMoment('2026-03-28', now)).toBe('2026-03-28T23:59:59.000Z');
    expect(clockMoment('2026-03-29', now)).toBe('2026-03-29T22:59:59.000Z');
  });
});
