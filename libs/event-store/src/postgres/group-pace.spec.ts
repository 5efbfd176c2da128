import { describe, expect, it } from '@jest/globals';
import { GroupPace } from './group-pace.js';

const after = (...taken: [events: number, ms: number][]) => {
  const pace = new GroupPace();
  for (const [events, ms] of taken) pace.took(events, ms);
  return pace.most;
};

describe('how many events go together', () => {
  it('is half of what took too long, and no less than a few', () => {
    expect(after()).toBe(4_000);
    expect(after([4_000, 501])).toBe(2_000);
    expect(after([1_000, 501])).toBe(500);
    expect(after([4_000, 501], [2_000, 501], [1_000, 501])).toBe(500);
    expect(after([100, 60_000])).toBe(64);
  });

  it('is more again where they are quick, and no more than before', () => {
    expect(after([4_000, 500])).toBe(4_000);
    expect(after([1_000, 501], [500, 100])).toBe(1_000);
    expect(after([100, 501], ...Array<[number, number]>(7).fill([1, 5]))).toBe(4_000);
  });
});
