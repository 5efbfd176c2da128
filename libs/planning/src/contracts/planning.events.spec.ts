import { describe, expect, it } from '@jest/globals';
import { planningEvents, supportPlanAgreed, type SupportPlanAgreedData } from './index.js';

const line = { need: 'nutrition', action: 'Lunch', contributor: 'community' as const, weeklyPence: 0 };
const data: SupportPlanAgreedData = {
  planId: '0b0f0000-0000-4000-8000-000000000001',
  personId: '0b0f0000-0000-4000-8000-000000000002',
  allocationId: '0b0f0000-0000-4000-8000-000000000003',
  lines: [line, { ...line, action: 'Supper' }, { ...line, need: 'toilet needs' }],
  notMet: [],
  budget: { costPencePerWeek: 1, personPaysPencePerWeek: 0, councilPaysPencePerWeek: 1 },
  agreement: 'agreed',
};

describe('what planning publishes', () => {
  it('keeps what identifies somebody under the person’s key', () => {
    expect(Object.fromEntries(planningEvents.map(({ type, personal }) => [type, personal]))).toEqual({
      'planning.support-plan-opened.v1': [],
      'planning.support-plan-agreed.v1': ['lines.*.action', 'inTheirWords', 'stepsToAgree'],
      'planning.review-completed.v1': ['row.description'],
      'planning.review-corrected.v1': ['row.description'],
      'planning.review-withdrawn.v1': [],
    });
    expect(supportPlanAgreed.subject(data)).toBe(data.personId);
  });
  it('says in its title how many needs are met, and whether the person dissents', () => {
    expect(supportPlanAgreed.title(data)).toBe('Plan agreed: 2 needs met');
    expect(
      supportPlanAgreed.title({
        ...data,
        lines: [line],
        notMet: [{ need: 'toilet needs', reason: 'the person declined' }],
        agreement: 'dissents',
      }),
    ).toBe('Plan signed off, the person dissents: 1 need met, 1 need not met by the council');
  });
});
