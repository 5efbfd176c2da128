import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { exact, isLess, plus, readExact, rounded, times, written } from './exact.js';

describe('an exact amount', () => {
  it('is in lowest terms, and read back as it was written', () => {
    expect(written(exact(6, 4))).toBe('3/2');
    expect(written(exact(8, 4))).toBe('2');
    expect(written(exact(0, 7))).toBe('0');
    expect(readExact('37037/3')).toEqual({ over: 37_037n, under: 3n });
    expect(readExact('412')).toEqual({ over: 412n, under: 1n });
  });

  it('adds, multiplies and compares without a rest', () => {
    expect(plus(exact(1, 3), exact(1, 6))).toEqual(exact(1, 2));
    expect(times(exact(2, 3), exact(9, 4))).toEqual(exact(3, 2));
    expect(isLess(exact(1, 3), exact(34, 100))).toBe(true);
    expect(isLess(exact(1, 3), exact(2, 6))).toBe(false);
    expect(isLess(exact(1, 2), exact(1, 3))).toBe(false);
  });

  it.each([
    [exact(52_799, 2), 1, 'up', 26_400],
    [exact(52_799, 2), 1, 'down', 26_399],
    [exact(52_799, 2), 1, 'to even', 26_400],
    [exact(52_797, 2), 1, 'to even', 26_398],
    [exact(105_598, 3), 1, 'up', 35_199],
    [exact(105_599, 3), 1, 'down', 35_200],
    [exact(12_345), 10, 'up', 12_350],
    [exact(12_345), 10, 'down', 12_340],
    [exact(12_344), 10, 'up', 12_340],
    [exact(12_346), 10, 'down', 12_350],
    [exact(12_300), 100, 'down', 12_300],
    [exact(0), 1, 'up', 0],
  ] as const)('%j is rounded to %d, half %s, as %d', (amount, unit, half, result) =>
    expect(rounded(amount, unit, half)).toBe(result),
  );

  it('is rounded to the nearest, however large', () => {
    const whole = fc.bigInt({ min: 0n, max: 10n ** 20n });
    fc.assert(
      fc.property(whole, fc.bigInt({ min: 1n, max: 10n ** 9n }), (over, more) => {
        const under = more + over / 10n ** 12n;
        const amount = exact(over, under);
        const result = BigInt(rounded(amount, 1, 'up'));
        const twiceOff = 2n * (result * amount.under - amount.over);
        expect(twiceOff <= amount.under && twiceOff > -amount.under).toBe(true);
      }),
      { seed: 26 },
    );
  });
});
