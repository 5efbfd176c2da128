import { describe, expect, it } from '@jest/globals';
import { AskingPace } from './asking-pace.js';

const waits = (pace: AskingPace, ...found: boolean[]) => found.map((each) => pace.next(each));

describe('who asks for what is new', () => {
  it('asks half as often each time that nothing is found, up to once a second', () => {
    expect(waits(new AskingPace(6_000), true, false, false, false, false)).toEqual([125, 250, 500, 1_000, 1_000]);
  });

  it('asks soon again where something is found, and for as long as it is', () => {
    const pace = new AskingPace(6_000);
    expect(waits(pace, true, false, false, true, true, false)).toEqual([125, 250, 500, 125, 125, 250]);
  });

  it('asks so often that a short lease is renewed in time', () => {
    expect(waits(new AskingPace(1_000), true, false, false)).toEqual([125, 250, 250]);
    expect(waits(new AskingPace(200), true, false)).toEqual([50, 50]);
    expect(new AskingPace(200).least).toBe(50);
  });
});
