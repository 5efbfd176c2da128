import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatPence, parsePounds } from './money.js';

describe('money', () => {
  it('is read as people type it, to the penny', () => {
    expect(parsePounds('412.30')).toBe(41_230);
    expect(parsePounds('£1,200')).toBe(120_000);
    expect(parsePounds(' 0.5 ')).toBe(50);
    expect(parsePounds('-3.07')).toBe(-307);
    for (const wrong of ['', 'abc', '1.234', '£', '1e3', '--1', '0x10']) expect(parsePounds(wrong)).toBeUndefined();
  });

  it('is written so that it reads back as the same', () => {
    expect(formatPence(123_456)).toBe('£1,234.56');
    expect(formatPence(-5)).toBe('−£0.05');
    expect(formatPence(99_830, 'pounds')).toBe('£998');
    fc.assert(
      fc.property(fc.nat(1e9), (pence) => expect(parsePounds(formatPence(pence))).toBe(pence)),
      { seed: 26 },
    );
  });
});
