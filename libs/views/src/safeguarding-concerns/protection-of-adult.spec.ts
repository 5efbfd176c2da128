import { describe, expect, it } from '@jest/globals';
import type { ProtectionPlanAgreedData, ProtectionPlanReviewedData } from '@caretrail/safeguarding/contracts';
import { type PlanDecision, protectionOf } from './protection-of-adult.js';

const concernId = '00000000-0000-4000-8000-000000000001';
const [una, vic] = ['00000000-0000-4000-8000-000000000002', '00000000-0000-4000-8000-000000000003'] as const;
const by = 'Ruth Adeyemi';
const plan: ProtectionPlanAgreedData = {
  concernId,
  adult: una,
  steps: [
    { what: 'Two workers.', by: 'The provider', dueOn: '2026-03-01' },
    { what: 'A call each week.', by: 'The social worker', dueOn: '2026-05-01' },
  ],
  wishes: { asked: 'Yes they were asked but no outcomes were expressed' },
  agreement: 'agrees',
  legalBasis: 'consent of the adult',
  proportionality: 'One alone was tried.',
  reviewOn: '2026-06-01',
};
const review: ProtectionPlanReviewedData = {
  concernId,
  adult: una,
  steps: [{ state: 'done' }, { state: 'not done yet', words: 'Nobody called.' }],
  riskOutcome: 'Risk reduced',
  reasons: 'The calls begin.',
  next: 'the plan goes on',
  reviewOn: '2026-09-01',
};
const none: PlanDecision = {
  type: 'safeguarding.protection-plan-not-needed.v1',
  data: { concernId, adult: una, reasons: 'Only the provider acts.' },
  on: '2026-02-01',
  by,
};
const agreed: PlanDecision = { type: 'safeguarding.protection-plan-agreed.v1', data: plan, on: '2026-02-10', by };
const reviewed: PlanDecision = {
  type: 'safeguarding.protection-plan-reviewed.v1',
  data: review,
  on: '2026-05-20',
  by,
};
const ended: PlanDecision = {
  ...reviewed,
  data: { ...review, next: 'the plan ends', reviewOn: undefined },
  on: '2026-08-20',
};
const of = (decisions: readonly PlanDecision[], day: string, id: string = una) =>
  protectionOf({ id, label: 'Una' }, decisions, day);

describe('how one adult is kept safe', () => {
  it('is to be agreed until something is decided on this adult', () => {
    expect(of([], '2026-02-10')).toMatchObject({ stands: 'to be agreed', steps: [], reviews: [] });
    expect(of([agreed, reviewed], '2026-06-01', vic)).toMatchObject({ stands: 'to be agreed', steps: [] });
  });
  it('may not be needed, and may be agreed after all', () => {
    expect(of([none], '2026-02-10')).toMatchObject({
      stands: 'not needed',
      notNeeded: { reasons: 'Only the provider acts.', on: '2026-02-01', by },
    });
    expect(of([none, agreed], '2026-02-10')).toMatchObject({ stands: 'in force', plan: { on: '2026-02-10', by } });
  });
  it('shows which step and which review are past their day', () => {
    const late = (decisions: readonly PlanDecision[], day: string) => {
      const { steps, reviewIsLate } = of(decisions, day);
      return [...steps.map((step) => step.late), reviewIsLate];
    };
    expect(late([agreed], '2026-03-01')).toEqual([false, false, false]);
    expect(late([agreed], '2026-03-02')).toEqual([true, false, false]);
    expect(late([agreed], '2026-06-02')).toEqual([true, true, true]);
    expect(late([agreed, reviewed], '2026-06-02')).toEqual([false, true, false]);
    expect(late([agreed, reviewed], '2026-09-02')).toEqual([false, true, true]);
    expect(late([agreed, reviewed, ended], '2026-09-02')).toEqual([false, false, false]);
  });
  it('keeps every review, and what the last one found of each step', () => {
    expect(of([agreed, reviewed], '2026-06-01')).toMatchObject({
      stands: 'in force',
      reviewOn: '2026-09-01',
      steps: [{ state: 'done' }, { state: 'not done yet', words: 'Nobody called.' }],
      reviews: [{ on: '2026-05-20', by, reasons: 'The calls begin.' }],
    });
    const over = of([agreed, reviewed, ended], '2026-09-01');
    expect(over).toMatchObject({ stands: 'ended', reviews: [{}, { next: 'the plan ends' }] });
    expect(over).not.toHaveProperty('reviewOn');
  });
  it('shows the changed plan anew, and the reviews of the one before', () => {
    const changed: PlanDecision = { ...agreed, data: { ...plan, steps: plan.steps.slice(1) }, on: '2026-05-21' };
    const shown = of([agreed, reviewed, changed], '2026-05-30');
    expect(shown).toMatchObject({ plan: { on: '2026-05-21' }, reviewOn: '2026-06-01', reviews: [{}] });
    expect(shown.steps).toEqual([{ ...plan.steps[1], late: true }]);
  });
});
