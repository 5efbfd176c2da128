import { describe, expect, it } from '@jest/globals';
import { InvalidInput, type RuleViolation } from '@caretrail/kernel';
import { AgreeSupportPlan } from '../contracts/index.js';
import { supportPlanDecider } from '../domain/support-plan/support-plan.decider.js';
import { agreementFrom, faultsInForm } from './agreement-form.js';

const PLAN = '4471c0de-0000-4000-8000-000000000004';
const needs = ['nutrition', 'toilet needs'];
const typed = {
  'needs.0.lines.0.action': 'Meals at noon',
  'needs.0.lines.0.contributor': 'front-line worker',
  'needs.0.lines.0.weekly': '£84.50',
  'needs.0.lines.2.action': 'Sunday lunch',
  'needs.0.lines.2.contributor': 'family',
  'needs.0.lines.2.weekly': '',
  'needs.1.notMet': 'the person declined',
  agreement: 'agreed',
  inTheirWords: ' As I like it ',
  stepsToAgree: '',
  effectiveOn: '20/3/2026',
};

const fieldsRefused = (change: object) => {
  try {
    agreementFrom(PLAN, needs, { ...typed, ...change });
  } catch (error) {
    if (error instanceof InvalidInput) return error.faults.map(({ field }) => field);
    throw error;
  }
  return [];
};

describe('what is typed about a plan', () => {
  it('becomes lines in pence, and lawful reasons; lines without a word are left out', () => {
    const { data, effectiveOn } = agreementFrom(PLAN, needs, typed);
    expect(effectiveOn).toBe('2026-03-20');
    expect(AgreeSupportPlan.schema.parse(data)).toEqual({
      planId: PLAN,
      lines: [
        { need: 'nutrition', action: 'Meals at noon', contributor: 'front-line worker', weeklyPence: 8_450 },
        { need: 'nutrition', action: 'Sunday lunch', contributor: 'family', weeklyPence: 0 },
      ],
      notMet: [{ need: 'toilet needs', reason: 'the person declined' }],
      agreement: 'agreed',
      inTheirWords: 'As I like it',
    });
  });

  it('asks for the rest of a line that was begun', () => {
    expect(fieldsRefused({ 'needs.1.lines.1.weekly': '12' })).toEqual([
      'needs.1.lines.1.action',
      'needs.1.lines.1.contributor',
    ]);
  });

  it.each([
    ['needs.0.lines.0.weekly', 'much'],
    ['needs.0.lines.0.weekly', '-3'],
    ['needs.0.lines.0.contributor', 'a stranger'],
    ['needs.1.notMet', 'no money'],
    ['agreement', ''],
    ['effectiveOn', '31/2/2026'],
  ])('refuses %s when it is %j', (field, value) => {
    expect(fieldsRefused({ [field]: value })).toEqual([field]);
  });

  it('leads a fault of the rules to the field of its need', () => {
    const { data } = agreementFrom(PLAN, needs, typed);
    const fieldOf = (field: string) => faultsInForm([{ rule: 'r', message: 'm', field }], data, needs)[0]?.field;
    expect(fieldOf('notMet.0.need')).toBe('needs.1.notMet');
    expect(fieldOf('lines.1.weeklyPence')).toBe('needs.0.lines.0.action');
    expect(fieldOf('lines')).toBe('needs.0.lines.0.action');
    expect(fieldOf('stepsToAgree')).toBe('stepsToAgree');
    expect(faultsInForm([{ rule: 'r', message: 'm' }], data, needs)).toEqual([{ rule: 'r', message: 'm' }]);
  });

  it('leads each open duty to its own need, as the decider names them', () => {
    const three = ['nutrition', 'toilet needs', 'a habitable home'];
    const { data } = agreementFrom(PLAN, three, { ...typed, 'needs.1.notMet': '' });
    const state = supportPlanDecider.evolve(supportPlanDecider.initial, {
      id: PLAN,
      type: 'planning.support-plan-opened.v1',
      effectiveOn: '2026-03-01',
      data: {
        planId: PLAN,
        personId: PLAN,
        allocationId: PLAN,
        allocatedOn: '2026-03-01',
        costPencePerWeek: 44_810,
        personPaysPencePerWeek: 6_480,
        councilPaysPencePerWeek: 38_330,
        needs: three,
      },
    });
    const actor = { id: 'nadia', role: 'practitioner' };
    const meta = { tenant: 'E09000012', commandId: 'agree', actor, effectiveOn: '2026-03-20' };
    const context = { now: '2026-03-20T10:00:00Z', today: '2026-03-20', effectiveOn: '2026-03-20', actor };
    try {
      supportPlanDecider.decide(new AgreeSupportPlan(data, meta), state, context);
    } catch (error) {
      const faults = faultsInForm((error as RuleViolation).faults, data, three);
      expect(faults.map(({ field, message }) => [field, three.find((need) => message.includes(need))])).toEqual([
        ['needs.1.lines.0.action', 'toilet needs'],
        ['needs.2.lines.0.action', 'a habitable home'],
      ]);
      return;
    }
    throw new Error('The plan leaves two needs open, and was not refused.');
  });
});
