import { describe, expect, it } from '@jest/globals';
import { changeOf, labelOf, wordsOf } from './figure-words.js';

describe('a figure in words', () => {
  it('is pounds, pence, a number, a star or a dash', () => {
    expect(wordsOf(19_400, 'hours')).toBe('19,400');
    expect(wordsOf(123_456_000, 'cost')).toBe('£1,234,560');
    expect(wordsOf(2_380, 'price')).toBe('£23.80');
    expect(wordsOf('*', 'people')).toBe('*');
    expect(wordsOf(null, 'wait')).toBe('–');
  });

  it.each([
    ['people', 1_285, 1_245, 'up 40 (3%)'],
    ['price', 2_380, 2_490, 'down £1.10 (4%)'],
    ['wait', 11, 8, 'up 3 days'],
    ['wait', 7, 8, 'down 1 day'],
    ['beds', 20, 20, 'no change'],
    ['people', 40, 0, 'up 40'],
    ['people', '*', 20, 'not compared: too few people'],
    ['people', 20, '*', 'not compared: too few people'],
    ['wait', 11, null, 'nothing a year before'],
    ['wait', null, 11, 'nothing recorded'],
  ] as const)('of %s, %s after %s, is “%s”', (kind, value, before, words) => {
    expect(changeOf({ kind, value, before })).toBe(words);
  });

  it('names what is bought', () => {
    expect(labelOf('people', 'hour', 'Home support')).toBe('People with home support');
    expect(labelOf('price', 'bed', 'Nursing care')).toBe('Typical price of a bed, a week');
  });
});
