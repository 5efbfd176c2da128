import { beforeEach, describe, expect, it } from '@jest/globals';
import { AppendActivity } from './append-activity.js';

const MINUTE = 60_000;
const START = Date.UTC(2026, 0, 5, 9, 0);

describe('the activity of appends', () => {
  let now: number;
  let activity: AppendActivity;

  beforeEach(() => {
    now = START;
    activity = new AppendActivity(() => now);
  });

  it('is counted by what became of each, for each council', () => {
    activity.count('E1', 'written', 3);
    activity.count('E1', 'written', 1);
    activity.count('E1', 'conflict', 0);
    activity.count('E2', 'failed', 0);
    expect(activity.of('E1').all).toEqual({ written: 2, repeated: 0, conflict: 1, failed: 0, events: 4 });
    expect(activity.of('E2').all).toEqual({ written: 0, repeated: 0, conflict: 0, failed: 1, events: 0 });
    expect(activity.of('E3').all.written).toBe(0);
    expect(activity.of('E1').since).toEqual(new Date(START));
  });

  it('forgets in what is recent what is older than five minutes, and keeps it in all', () => {
    activity.count('E1', 'written', 1);
    for (let minute = 1; minute <= 4; minute++) {
      now = START + minute * MINUTE;
      activity.count('E1', 'repeated', 0);
    }
    expect(activity.of('E1').recent).toMatchObject({ written: 1, repeated: 4, events: 1 });
    now = START + 5 * MINUTE;
    expect(activity.of('E1').recent).toMatchObject({ written: 0, repeated: 4, events: 0 });
    activity.count('E1', 'conflict', 0);
    now = START + 20 * MINUTE;
    expect(activity.of('E1').recent).toMatchObject({ written: 0, repeated: 0, conflict: 0 });
    expect(activity.of('E1').all).toMatchObject({ written: 1, repeated: 4, conflict: 1 });
  });

  it('says over how many minutes that is: those it has run, and five at most', () => {
    expect(activity.of('E1').recentMinutes).toBe(1);
    now = START + 2.5 * MINUTE;
    expect(activity.of('E1').recentMinutes).toBe(2.5);
    now = START + 60 * MINUTE;
    expect(activity.of('E1').recentMinutes).toBe(4);
    now += MINUTE - 1;
    expect(activity.of('E1').recentMinutes).toBeCloseTo(5, 3);
  });

  it('sorts transactions by how many appends they held', () => {
    for (const appends of [1, 1, 2, 4, 5, 64]) activity.group('E1', appends);
    activity.group('E2', 17);
    expect(activity.of('E1').groups.map(({ most, transactions }) => [most, transactions])).toEqual([
      [1, 2],
      [4, 2],
      [16, 1],
      [64, 1],
    ]);
  });
});
