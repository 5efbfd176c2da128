import { describe, expect, it } from '@jest/globals';
import { fivePointsOverTime } from './five-points.chart.js';

describe('the five points over time', () => {
  it('are a line from the first check to the last, and say in words what it shows', () => {
    const drawn = fivePointsOverTime([
      { on: '2026-03-01', holding: 2 },
      { on: '2026-06-01', holding: 4 },
    ])!;
    for (const svg of [drawn.wide, drawn.narrow]) expect(svg).toContain('of 5: 2 on 1 March 2026, 4 on 1 June 2026.');
    expect(drawn.wide).toContain('1 Mar 2026');
    expect(drawn.wide).not.toBe(drawn.narrow);
  });
  it('are no line while there is one check, or none, or all on one day', () => {
    expect(fivePointsOverTime([{ on: '2026-03-01', holding: 2 }])).toBeUndefined();
    expect(fivePointsOverTime([])).toBeUndefined();
    const day = { on: '2026-03-01', holding: 2 };
    expect(fivePointsOverTime([day, { ...day, holding: 4 }])).toBeUndefined();
  });
});
