import { describe, expect, it } from '@jest/globals';
import { allocationOpened, budgetAllocated } from './index.js';

const personId = '0b0f0000-0000-4000-8000-000000000002';
const data = {
  allocationId: '0b0f0000-0000-4000-8000-000000000001',
  personId,
  assessmentId: '0b0f0000-0000-4000-8000-000000000003',
  costPencePerWeek: 41230,
  personPaysPencePerWeek: 1230,
  councilPaysPencePerWeek: 40000,
  needs: [],
  reasons: 'Because.',
};

describe('what budgets publishes', () => {
  it('says the budget in its title', () =>
    expect(budgetAllocated.title(data)).toBe('Budget allocated: £412.30 a week'));
  it('keeps the reasons under the person’s key', () => {
    expect(budgetAllocated.personal).toEqual(['reasons']);
    expect(budgetAllocated.subject(data)).toBe(personId);
    expect(allocationOpened.personal).toEqual([]);
  });
  it('is a decision under s26', () =>
    expect(budgetAllocated).toMatchObject({ decision: true, authority: 'Care Act 2014 s26' }));
  it('takes whole pence alone', () => {
    expect(budgetAllocated.schema.parse(data)).toEqual(data);
    expect(() => budgetAllocated.schema.parse({ ...data, costPencePerWeek: 412.3 })).toThrow();
  });
});
