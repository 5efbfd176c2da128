import { describe, expect, it } from '@jest/globals';
import { suppress, suppressTable } from './suppress.js';

describe('small numbers', () => {
  it.each([
    [0, 0],
    [1, '*'],
    [4, '*'],
    [5, 5],
    [7, 5],
    [8, 10],
    [1283, 1285],
  ])('%d is shown as %s', (count, shown) => expect(suppress(count)).toBe(shown));

  it('hides a second cell where the total would give the first away', () => {
    const table = suppressTable([
      [20, 3],
      [15, 12],
      [10, 9],
    ]);
    expect(table.rows).toEqual([
      [20, '*'],
      [15, 10],
      [10, '*'],
    ]);
    expect(table.totals).toEqual([45, 25]);
  });

  it('leaves a column alone where two are hidden already', () => {
    expect(suppressTable([[3], [2], [30]]).rows).toEqual([['*'], ['*'], [30]]);
  });

  it('hides the total where it is the only other number', () => {
    expect(suppressTable([[0], [3], [0]])).toEqual({ rows: [[0], ['*'], [0]], totals: ['*'] });
  });

  it('bears a table without rows', () => expect(suppressTable([])).toEqual({ rows: [], totals: [] }));
});
