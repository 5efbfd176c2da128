import { describe, expect, it } from '@jest/globals';
import type { Account } from '@caretrail/access';
import { InvalidInput } from '@caretrail/kernel';
import { commandMetaOf } from './command-meta.js';

const account = { id: 'account-1', tenant: 'E06000996', role: 'practitioner', name: 'Nobody' } as unknown as Account;
const on = (effectiveOn: string) => () => commandMetaOf(account, { headers: {} }, { effectiveOn });

describe('the day for which a command is sent', () => {
  it('is a real one since 1900', () => {
    for (const day of ['1900-01-01', '2026-03-14', '2030-01-01']) expect(on(day)().effectiveOn).toBe(day);
    for (const day of ['1899-12-31', '0001-01-01', '2026-02-30', '14/3/2026', ''])
      expect(on(day)).toThrow(InvalidInput);
  });
});
