import { describe, expect, it } from '@jest/globals';
import { InvalidInput } from '@caretrail/kernel';
import { AllocateBudget } from '../contracts/index.js';
import { budgetFrom } from './budget-form.js';

const ALLOCATION = '4471c0de-0000-4000-8000-000000000005';
const typed = {
  costPencePerWeek: '£1,448.10',
  personPaysPencePerWeek: '64.8',
  councilPaysPencePerWeek: ' 1383.3 ',
  reasons: ' Two calls a day. ',
  effectiveOn: '20/10/2026',
  allocationId: 'another',
};

const fieldsRefused = (change: object): (string | undefined)[] => {
  try {
    budgetFrom(ALLOCATION, { ...typed, ...change });
  } catch (error) {
    if (error instanceof InvalidInput) return error.faults.map(({ field }) => field);
    throw error;
  }
  return [];
};

describe('what is typed about a budget', () => {
  it('becomes pence, for the allocation of the address and no other', () => {
    const { data, effectiveOn } = budgetFrom(ALLOCATION, typed);
    expect(effectiveOn).toBe('2026-10-20');
    expect(AllocateBudget.schema.parse(data)).toEqual({
      allocationId: ALLOCATION,
      costPencePerWeek: 144_810,
      personPaysPencePerWeek: 6_480,
      councilPaysPencePerWeek: 138_330,
      reasons: 'Two calls a day.',
    });
  });

  it.each([
    ['costPencePerWeek', ''],
    ['personPaysPencePerWeek', 'nothing'],
    ['councilPaysPencePerWeek', '1.234'],
    ['effectiveOn', '31/2/2026'],
    ['effectiveOn', undefined],
  ])('refuses %s when it is %j', (field, value) => {
    expect(fieldsRefused({ [field]: value })).toEqual([field]);
  });

  it('leaves to the rules what only they know: signs, sums and reasons', () => {
    expect(fieldsRefused({ personPaysPencePerWeek: '-1', councilPaysPencePerWeek: '0', reasons: '' })).toEqual([]);
  });
});
