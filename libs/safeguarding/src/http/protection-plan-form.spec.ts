import { describe, expect, it } from '@jest/globals';
import { InvalidInput } from '@caretrail/kernel';
import { AgreeProtectionPlan, ReviewProtectionPlan } from '../contracts/index.js';
import { noPlanFrom, planFrom, reviewFrom, roomForSteps, typedAs, withoutGaps } from './protection-plan-form.js';

const of = { concernId: '00000000-0000-4000-8000-000000000001', adult: '00000000-0000-4000-8000-000000000002' };
const typed = {
  'wishes.asked': 'Yes they were asked and outcomes were expressed',
  'wishes.words': ' To stay at home. ',
  'wishes.notAskedBecause': '',
  agreement: 'agrees',
  'steps.0.what': 'Two workers.',
  'steps.0.by': 'The provider',
  'steps.0.dueOn': '14/3/2026',
  'steps.1.what': ' ',
  'steps.2.what': 'A call each week.',
  'steps.2.dueOn': '1/6/2026',
  legalBasis: 'consent of the adult',
  proportionality: 'One worker alone was tried.',
  reviewOn: '1/6/2026',
  effectiveOn: '13/3/2026',
};
const plan = {
  ...of,
  wishes: { asked: 'Yes they were asked and outcomes were expressed' as const, words: 'To stay at home.' },
  agreement: 'agrees' as const,
  steps: [
    { what: 'Two workers.', by: 'The provider', dueOn: '2026-03-14' },
    { what: 'A call each week.', by: '', dueOn: '2026-06-01' },
  ],
  legalBasis: 'consent of the adult' as const,
  proportionality: 'One worker alone was tried.',
  reviewOn: '2026-06-01',
};
const fieldsMissing = (read: () => unknown): (string | undefined)[] => {
  try {
    read();
  } catch (error) {
    if (error instanceof InvalidInput) return error.faults.map(({ field }) => field);
  }
  return [];
};

describe('the form of a protection plan', () => {
  it('becomes the plan, without the steps that were left empty', () => {
    const { data, effectiveOn } = planFrom(of, typed);
    expect(effectiveOn).toBe('2026-03-13');
    expect(AgreeProtectionPlan.schema.parse(data)).toEqual(plan);
  });
  it('says every choice and day that is missing', () =>
    expect(fieldsMissing(() => planFrom(of, { 'steps.0.by': 'A nurse', effectiveOn: '31/2/2026' }))).toEqual([
      'wishes.asked',
      'agreement',
      'steps.0.dueOn',
      'legalBasis',
      'reviewOn',
      'effectiveOn',
    ]));
  it('shows a plan again as it was typed, for one that changes it', () =>
    expect(planFrom(of, { ...typedAs(plan), reviewOn: '1/6/2026', effectiveOn: '13/3/2026' }).data).toEqual(
      planFrom(of, typed).data,
    ));
  it('closes the gaps between steps, so that a fault stands at its step', () => {
    const closed = withoutGaps(typed);
    expect(closed).toMatchObject({ 'steps.1.what': 'A call each week.', agreement: 'agrees' });
    expect(closed).not.toHaveProperty(['steps.2.what']);
  });
  it('has room for one step more than were typed, and for twenty at most', () => {
    expect(roomForSteps({})).toBe(1);
    expect(roomForSteps(withoutGaps(typed))).toBe(3);
    expect(roomForSteps({ 'steps.19.dueOn': '1/6/2026' })).toBe(20);
  });
});

describe('the form of its review', () => {
  const answers = {
    'steps.0.state': 'done',
    'steps.1.state': 'not done yet',
    'steps.1.words': 'The worker was ill.',
    achieved: 'Partially Achieved',
    riskOutcome: 'Risk reduced',
    next: 'the plan goes on',
    reasons: 'The calls begin.',
    reviewOn: '1/9/2026',
    effectiveOn: '1/6/2026',
  };
  it('becomes the review, step by step', () => {
    const { data, effectiveOn } = reviewFrom(of, 2, answers);
    expect(effectiveOn).toBe('2026-06-01');
    expect(ReviewProtectionPlan.schema.parse(data)).toEqual({
      ...of,
      steps: [{ state: 'done' }, { state: 'not done yet', words: 'The worker was ill.' }],
      achieved: 'Partially Achieved',
      riskOutcome: 'Risk reduced',
      next: 'the plan goes on',
      reasons: 'The calls begin.',
      reviewOn: '2026-09-01',
    });
    expect(reviewFrom(of, 2, { ...answers, reviewOn: ' ' }).data).not.toHaveProperty('reviewOn');
  });
  it('says every choice that is missing, and a day that is none', () =>
    expect(fieldsMissing(() => reviewFrom(of, 2, { 'steps.0.state': 'done', reviewOn: 'soon' }))).toEqual([
      'steps.1.state',
      'riskOutcome',
      'next',
      'reviewOn',
      'effectiveOn',
    ]));
});

it('that no plan is needed has reasons and a day', () => {
  expect(noPlanFrom(of, { reasons: ' Only the provider acts. ', effectiveOn: '1/6/2026' })).toEqual({
    data: { ...of, reasons: 'Only the provider acts.' },
    effectiveOn: '2026-06-01',
  });
  expect(fieldsMissing(() => noPlanFrom(of, {}))).toEqual(['effectiveOn']);
});
