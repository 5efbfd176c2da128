import { describe, expect, it } from '@jest/globals';
import { postcodePattern } from './places.js';

const areas = new Map([
  ['WB1 4', 'Mill'],
  ['WB2', 'Castle Hill'],
  ['WB3', 'Mill'],
]);
const fits = (typed: string, ...postcodes: string[]) => {
  const pattern = postcodePattern(typed, areas);
  return pattern === undefined ? undefined : postcodes.filter((postcode) => new RegExp(pattern).test(postcode));
};
const all = ['WB1 4AB', 'WB1 5AB', 'WB14 1AB', 'WB2 1AA', 'W1B 4AB', 'WB3 9ZZ'];

describe('a place that is typed', () => {
  it('is the beginning of a postcode, of whichever length', () => {
    expect(fits('wb', ...all)).toEqual(['WB1 4AB', 'WB1 5AB', 'WB14 1AB', 'WB2 1AA', 'WB3 9ZZ']);
    expect(fits('W', ...all)).toEqual(['W1B 4AB']);
    expect(fits(' WB1 ', ...all)).toEqual(['WB1 4AB', 'WB1 5AB']);
    expect(fits('WB1  4', ...all)).toEqual(['WB1 4AB']);
    expect(fits('wb1 4ab', ...all)).toEqual(['WB1 4AB']);
    expect(fits('wb14ab', ...all)).toEqual(['WB1 4AB']);
  });

  it('is a district or a sector where it may be either', () => {
    expect(fits('WB14', ...all)).toEqual(['WB1 4AB', 'WB14 1AB']);
  });

  it('is an area of the council', () => {
    expect(fits('mill', ...all)).toEqual(['WB1 4AB', 'WB3 9ZZ']);
    expect(fits('Castle Hill', ...all)).toEqual(['WB2 1AA']);
  });

  it('is nothing else', () => {
    for (const typed of ['Nowhere', '12', '.*', '(WB1', 'WB1 4ABC', '']) expect(fits(typed)).toBeUndefined();
  });
});
