import { describe, expect, it } from '@jest/globals';
import { binaryArray } from './binary-array.js';

describe('a binary array of bigint', () => {
  it.each([0, 1, -1, 2 ** 31, 2 ** 32 - 1, -(2 ** 32), 2 ** 40 + 7, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])(
    'holds %s as it is',
    (element) => {
      const array = binaryArray('bigint', [element]);
      expect([array.readInt32BE(20), array.readBigInt64BE(24)]).toEqual([8, BigInt(element)]);
    },
  );
});
