import { describe, expect, it } from '@jest/globals';
import { sameContent } from './equality.js';

describe('the same content', () => {
  it.each([
    [{ a: 1, b: undefined }, { a: 1 }, true],
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
    [{ a: { b: ['x'] } }, { a: { b: ['x'] } }, true],
    [['x', 'y'], ['y', 'x'], false],
    [['x'], ['x', undefined], false],
    [{ a: 1 }, { a: 1, b: null }, false],
    [{ a: '1' }, { a: 1 }, false],
    [[], {}, false],
    [undefined, {}, false],
  ])('of %j and %j is %s', (left, right, same) => {
    expect(sameContent(left, right)).toBe(same);
    expect(sameContent(right, left)).toBe(same);
  });
});
