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
    const ofLine = ['outcome', 'action', 'inOwnWords', 'protection.beneficiaryName'].map((field) => `line.${field}`);
    const whole = [...ofLine, 'line.protection.proportionality', 'line.protection.dissent'];
    const locked = planningEvents.filter(({ personal }) => personal.length);
    expect(Object.fromEntries(locked.map(({ type, personal }) => [type, personal]))).toEqual({
      'planning.plan-line-contributed.v1': whole,
      'planning.plan-line-changed.v1': whole,
      'planning.plan-line-withdrawn.v1': ['why'],
      'planning.need-recorded-unmet.v1': ['words'],
      'planning.about-person-recorded.v1': [
        'whatMatters',
        'strengths',
        'circle.*.who',
        'circle.*.how',
        'contingency',
        'prevention',
        'independentLiving.*.outcome',
      ],
      'planning.options-offered.v1': ['options.*.words', 'options.*.whyNot', 'whyOne'],
      'planning.dissent-recorded.v1': ['words'],
      'planning.support-plan-signed.v1': ['representative.name'],
      'planning.support-plan-agreed.v1': ['lines.*.action', 'inTheirWords', 'stepsToAgree'],
      'planning.five-point-check-completed.v1': ['points.*.reasons'],
      'planning.outcome-measured.v1': ['words'],
      'planning.review-requested.v1': ['words'],
      'planning.review-request-declined.v1': ['reasons'],
      'planning.review-completed.v1': ['row.description'],
      'planning.changes-found-at-review.v1': ['whatChanged', 'inTheirWords'],
      'planning.review-corrected.v1': ['row.description'],
      'planning.support-plan-closed.v1': ['words'],
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
