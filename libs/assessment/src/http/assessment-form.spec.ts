import { describe, expect, it } from '@jest/globals';
import { InvalidInput } from '@caretrail/kernel';
import { CompleteAssessment, outcomes } from '../contracts/index.js';
import { assessmentFrom } from './assessment-form.js';
import { meaningWords, outcomeWords, titleAt } from './outcome-words.js';

const ids = {
  personId: '4471c0de-0000-4000-8000-000000000001',
  assessmentId: '4471c0de-0000-4000-8000-000000000002',
};
const answers = Object.fromEntries(
  outcomes.map((_, at) => [`findings.${at}`, at < 2 ? 'cannot without help' : 'able']),
);
const typed = {
  ...answers,
  'findings.0.words': ' I forget to drink. ',
  'findings.2.words': '',
  startedOn: '1/3/2026',
  effectiveOn: '14/3/2026',
  kind: 'Long term assessment',
  method: 'Service user only',
  arisesFromImpairment: 'yes',
  'impactOnWellbeing.significant': 'no',
  'impactOnWellbeing.reasons': 'Why not',
  reasons: 'Because',
  outcome: 'NFA: Information and advice or signposting',
  commandId: 'ignored',
};

const faultsOf = (change: object) => {
  try {
    assessmentFrom(ids, { ...typed, ...change });
  } catch (error) {
    if (error instanceof InvalidInput) return error.faults;
    throw error;
  }
  return [];
};

describe('what is typed about an assessment', () => {
  it('becomes the command, with own words where there are any', () => {
    const { data, effectiveOn } = assessmentFrom(ids, typed);
    expect(effectiveOn).toBe('2026-03-14');
    expect(CompleteAssessment.schema.parse(data)).toEqual({
      ...ids,
      kind: 'Long term assessment',
      method: 'Service user only',
      startedOn: '2026-03-01',
      outcome: 'NFA: Information and advice or signposting',
      findings: [
        { outcome: 'nutrition', able: false, unable: 'cannot without help', words: 'I forget to drink.' },
        { outcome: 'personal hygiene', able: false, unable: 'cannot without help' },
        ...outcomes.slice(2).map((outcome) => ({ outcome, able: true })),
      ],
      arisesFromImpairment: true,
      impactOnWellbeing: { significant: false, reasons: 'Why not' },
      reasons: 'Because',
    });
  });

  it('names every question that was left out, and the regulation for an outcome', () => {
    const all = Object.fromEntries(Object.keys(typed).map((field) => [field, '']));
    expect(faultsOf(all).map(({ field }) => field)).toEqual([
      'startedOn',
      'effectiveOn',
      'kind',
      'method',
      ...outcomes.map((_, at) => `findings.${at}`),
      'arisesFromImpairment',
      'impactOnWellbeing.significant',
      'outcome',
    ]);
    expect(faultsOf({ 'findings.6': 'perhaps' })).toEqual([
      {
        rule: 'every-outcome-answered-once',
        section: 'Elig Regs reg 2(2)',
        field: 'findings.6',
        message: 'Family and friends: choose one of the answers.',
      },
    ]);
  });

  it('leaves empty reasons to the rule that asks for them', () => {
    expect(faultsOf({ reasons: '', 'impactOnWellbeing.reasons': undefined })).toEqual([]);
  });

  it('puts all ten outcomes and all four meanings into plain words', () => {
    expect(new Set(outcomes.map((_, at) => titleAt(at))).size).toBe(10);
    expect(Object.values(outcomeWords).every(({ hint }) => hint.endsWith('.'))).toBe(true);
    expect(new Set(Object.values(meaningWords)).size).toBe(4);
  });
});
