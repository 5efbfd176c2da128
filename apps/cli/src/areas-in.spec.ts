import { describe, expect, it } from '@jest/globals';
import { areasIn } from './areas-in.js';

const list = (text: string) => () => areasIn(Buffer.from(text));

describe('a list of areas', () => {
  it('names the area of each prefix, in any order of columns, with others beside them', () =>
    expect(list('\uFEFFarea,ward code,postcode_prefix\n Abbey ,W1,ZZ1 4\n\n"Long, Lane",W2,ZZ1\n')()).toEqual([
      { postcodePrefix: 'ZZ1 4', area: 'Abbey' },
      { postcodePrefix: 'ZZ1', area: 'Long, Lane' },
    ]));

  it.each([
    ['nothing', '', /columns postcode_prefix and area/],
    ['other columns', 'prefix,ward\nZZ1 4,Abbey\n', /columns postcode_prefix and area/],
    ['no rows', 'postcode_prefix,area\n', /names no area/],
    ['a quotation mark that is never closed', 'postcode_prefix,area\n"ZZ1 4,Abbey\n', /line 2/],
    ['a row with a cell too many', 'postcode_prefix,area\nZZ1 4,Abbey\nZZ1 5,Abbey,x\n', /line 3/],
  ])('is refused with a sentence where it has %s', (_, text, sentence) => expect(list(text)).toThrow(sentence));
});
