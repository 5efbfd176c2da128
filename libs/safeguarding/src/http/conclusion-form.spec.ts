import { describe, expect, it } from '@jest/globals';
import { InvalidInput } from '@caretrail/kernel';
import { ConcludeEnquiry } from '../contracts/index.js';
import { conclusionFrom, findingQuestions, roomForActions } from './conclusion-form.js';

const CONCERN = '00000000-0000-4000-8000-000000000001';
const ADULTS = ['00000000-0000-4000-8000-000000000002', '00000000-0000-4000-8000-000000000003'];
const typed = {
  madeBy: 'somebody whom the council asked',
  askedOf: ' Wrenbridge Hospital ',
  ...Object.fromEntries(
    findingQuestions.flatMap(({ key }) => [
      [`findings.${key}.found`, 'found'],
      [`findings.${key}.reasons`, `seen: ${key}`],
    ]),
  ),
  'actions.0.what': 'Two workers.',
  'actions.0.by': 'The provider',
  'actions.1.what': '',
  'actions.1.by': ' ',
  'actions.2.what': 'A visit each week.',
  noActionBecause: '',
  riskOutcome: 'Risk reduced',
  'wishes.0.asked': 'Yes they were asked and outcomes were expressed',
  'wishes.0.words': 'To stay at home.',
  'wishes.0.achieved': 'Partially Achieved',
  'wishes.1.asked': 'No',
  'wishes.1.notAskedBecause': 'In hospital.',
  effectiveOn: '14/3/2026',
};

describe('the form of a conclusion', () => {
  it('becomes the conclusion, adult by adult, without the actions that were left empty', () => {
    const { data, effectiveOn } = conclusionFrom(CONCERN, ADULTS, typed);
    expect(effectiveOn).toBe('2026-03-14');
    expect(ConcludeEnquiry.schema.parse(data)).toEqual({
      concernId: CONCERN,
      madeBy: 'somebody whom the council asked',
      askedOf: 'Wrenbridge Hospital',
      findings: {
        careAndSupportNeeds: { found: 'found', reasons: 'seen: careAndSupportNeeds' },
        abuseOrNeglect: { found: 'found', reasons: 'seen: abuseOrNeglect' },
        unableToProtect: { found: 'found', reasons: 'seen: unableToProtect' },
      },
      actions: [
        { what: 'Two workers.', by: 'The provider' },
        { what: 'A visit each week.', by: '' },
      ],
      riskOutcome: 'Risk reduced',
      wishes: [
        {
          adult: ADULTS[0],
          asked: 'Yes they were asked and outcomes were expressed',
          words: 'To stay at home.',
          achieved: 'Partially Achieved',
        },
        { adult: ADULTS[1], asked: 'No', notAskedBecause: 'In hospital.' },
      ],
    });
  });

  it('says every choice that is missing', () => {
    const faultsOf = (): string[] => {
      try {
        conclusionFrom(CONCERN, ADULTS, { effectiveOn: '31/2/2026' });
      } catch (error) {
        if (error instanceof InvalidInput) return error.faults.map(({ field }) => field!);
      }
      return [];
    };
    expect(faultsOf()).toEqual([
      'madeBy',
      'findings.careAndSupportNeeds.found',
      'findings.abuseOrNeglect.found',
      'findings.unableToProtect.found',
      'wishes.0.asked',
      'wishes.1.asked',
      'effectiveOn',
    ]);
  });

  it('has room for one action more than were typed, and for twenty at most', () => {
    expect(roomForActions({})).toBe(1);
    expect(roomForActions(typed)).toBe(4);
    expect(roomForActions({ 'actions.19.by': 'A nurse' })).toBe(20);
  });
});
