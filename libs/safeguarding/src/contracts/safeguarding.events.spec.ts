import { describe, expect, it } from '@jest/globals';
import {
  s42CriteriaDecided,
  type S42CriteriaDecidedData,
  alertRaised,
  enquiryConcluded,
  type EnquiryConcludedData,
  protectionPlanAgreed,
  protectionPlanNotNeeded,
  protectionPlanReviewed,
  safeguardingEvents,
} from './index.js';

const adults = ['0b0f0000-0000-4000-8000-000000000002', '0b0f0000-0000-4000-8000-000000000003'];
const yes = { met: true, reasons: 'Seen.' };
const no = { met: false, reasons: 'Not seen.' };
const data: S42CriteriaDecidedData = {
  concernId: '0b0f0000-0000-4000-8000-000000000001',
  adults,
  limbs: { careAndSupportNeeds: yes, abuseOrNeglect: yes, unableToProtect: yes },
  inArea: true,
  dutyToEnquire: true,
};

const finding = { found: 'found' as const, reasons: 'Seen.' };
const conclusion: EnquiryConcludedData = {
  concernId: data.concernId,
  adults,
  madeBy: 'the council',
  findings: { careAndSupportNeeds: finding, abuseOrNeglect: finding, unableToProtect: finding },
  actions: [{ what: 'Two workers.', by: 'The provider' }],
  riskOutcome: 'Risk reduced',
  wishes: adults.map((adult) => ({ adult, asked: 'Yes they were asked but no outcomes were expressed' })),
};

describe('what safeguarding publishes', () => {
  it('is need-to-know throughout', () =>
    expect(safeguardingEvents.map(({ needToKnow }) => needToKnow({} as never))).toEqual(
      safeguardingEvents.map(() => true),
    ));
  it('keeps what identifies somebody under the first adult’s key, and stands in the chronology of all', () => {
    expect(Object.fromEntries(safeguardingEvents.map(({ type, personal }) => [type, personal]))).toEqual({
      'safeguarding.alert-raised.v1': ['account', 'raisedBy.name', 'reasonToActWithoutConsent', 'immediateProtection'],
      'safeguarding.concern-given.v1': [],
      'safeguarding.s42-criteria-decided.v1': [
        'limbs.careAndSupportNeeds.reasons',
        'limbs.abuseOrNeglect.reasons',
        'limbs.unableToProtect.reasons',
      ],
      'safeguarding.enquiry-concluded.v1': [
        'askedOf',
        'findings.careAndSupportNeeds.reasons',
        'findings.abuseOrNeglect.reasons',
        'findings.unableToProtect.reasons',
        'actions.*.what',
        'actions.*.by',
        'noActionBecause',
        'wishes.*.words',
        'wishes.*.notAskedBecause',
      ],
      'safeguarding.protection-plan-agreed.v1': [
        'steps.*.what',
        'steps.*.by',
        'wishes.words',
        'wishes.notAskedBecause',
        'dissent',
        'proportionality',
      ],
      'safeguarding.protection-plan-not-needed.v1': ['reasons'],
      'safeguarding.protection-plan-reviewed.v1': ['steps.*.words', 'reasons'],
    });
    expect(s42CriteriaDecided.subject(data)).toBe(adults[0]);
    expect(s42CriteriaDecided.people(data)).toEqual(adults);
    expect(enquiryConcluded.subject(conclusion)).toBe(adults[0]);
    expect(enquiryConcluded.people(conclusion)).toEqual(adults);
  });
  it('keeps the plan of one adult under their own key, and out of the record of the others', () => {
    const [, adult] = adults as [string, string];
    for (const { subject, people, decision, authority } of [
      protectionPlanAgreed,
      protectionPlanNotNeeded,
      protectionPlanReviewed,
    ]) {
      const ofOne = { concernId: data.concernId, adult } as never;
      expect([subject(ofOne), people(ofOne)]).toEqual([adult, [adult]]);
      expect([decision, authority]).toEqual([true, 'Care Act 2014 s42(2)']);
    }
  });
  it('says in the title of a plan on what it rests, and of a review what it came to', () => {
    const plan = { agreement: 'agrees', legalBasis: 'consent of the adult' };
    const titleOf = (steps: number) => protectionPlanAgreed.title({ ...plan, steps: Array(steps).fill({}) } as never);
    expect(titleOf(1)).toBe('Protection plan: 1 step; the adult agrees; consent of the adult');
    expect(titleOf(2)).toBe('Protection plan: 2 steps; the adult agrees; consent of the adult');
    expect(protectionPlanNotNeeded.title({} as never)).toBe('No protection plan is needed');
    expect(protectionPlanReviewed.title({ riskOutcome: 'Risk remained', next: 'the plan goes on' } as never)).toBe(
      'Protection plan reviewed: risk remained; the plan goes on',
    );
  });
  it('tells what happened from what was decided', () => {
    expect(alertRaised).toMatchObject({ decision: false, authority: 'Care Act 2014 s42' });
    expect(s42CriteriaDecided).toMatchObject({ decision: true, authority: 'Care Act 2014 s42(1)' });
    expect(enquiryConcluded).toMatchObject({ decision: true, authority: 'Care Act 2014 s42(2)' });
  });
  it('says in its title how the parts were answered', () => {
    expect(s42CriteriaDecided.title(data)).toBe('Section 42 duty: yes, all three parts met');
    expect(
      s42CriteriaDecided.title({
        ...data,
        limbs: { ...data.limbs, unableToProtect: no },
        dutyToEnquire: false,
        ifNoDuty: 'other enquiry',
      }),
    ).toBe('Section 42 duty: no, 2 of three parts met; other enquiry');
    expect(
      s42CriteriaDecided.title({ ...data, inArea: false, dutyToEnquire: false, ifNoDuty: 'no further action' }),
    ).toBe('Section 42 duty: no, all three parts met, not in the area; no further action');
  });
  it('says in its title what became of the risk, in the words of the collection', () => {
    expect(enquiryConcluded.title(conclusion)).toBe(
      'Enquiry concluded: risk identified and action taken; risk reduced',
    );
    const { riskOutcome, ...without } = conclusion;
    expect(riskOutcome).toBe('Risk reduced');
    for (const [found, words] of [
      ['found', 'risk identified'],
      ['not found', 'no risk identified'],
      ['inconclusive', 'risk assessment inconclusive'],
    ] as const)
      expect(
        enquiryConcluded.title({
          ...without,
          actions: [],
          findings: { ...without.findings, abuseOrNeglect: { ...finding, found } },
        }),
      ).toBe(`Enquiry concluded: ${words} and no action taken`);
  });
});
