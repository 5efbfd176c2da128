import { describe, expect, it } from '@jest/globals';
import { shownCounts } from './shown-counts.js';

const counts = (service: string, over: number, returned: number, died = 0, waiting = 0) => ({
  service,
  over,
  returned,
  died,
  waiting,
});

describe('counts of signposts as they are shown', () => {
  it('hide the few, and a second one where the total would give it away', () => {
    const { services, all } = shownCounts([counts('A', 41, 12), counts('B', 33, 3), counts('C', 52, 22)]);
    expect(services.map(({ over, returned }) => [over, returned])).toEqual([
      [40, '*'],
      [35, '*'],
      [50, 20],
    ]);
    expect(all).toMatchObject({ over: 125, returned: 35 });
  });

  it('have a share of the rounded counts, where they are enough', () => {
    const { services, all } = shownCounts([counts('A', 41, 12), counts('B', 14, 6), counts('C', 52, 22)]);
    expect(services.map(({ share }) => share)).toEqual([25, undefined, 40]);
    expect(all.share).toBe(38);
    expect(shownCounts([counts('A', 18, 18)]).all.share).toBe(100);
    expect(shownCounts([counts('A', 22, 3)]).all.share).toBeUndefined();
  });

  it('are nothing where there is nothing', () => {
    expect(shownCounts([])).toEqual({ services: [], all: { over: 0, returned: 0, died: 0, waiting: 0 } });
  });
});
