import { describe, expect, it } from '@jest/globals';
import { s42CriteriaDecided, type S42CriteriaDecidedData, alertRaised, safeguardingEvents } from './index.js';

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

describe('what safeguarding publishes', () => {
  it('is need-to-know throughout', () =>
    expect(safeguardingEvents.map(({ needToKnow }) => needToKnow({} as never))).toEqual([true, true, true]));
  it('keeps what identifies somebody under the first adult’s key, and stands in the chronology of all', () => {
    expect(Object.fromEntries(safeguardingEvents.map(({ type, personal }) => [type, personal]))).toEqual({
      'safeguarding.alert-raised.v1': ['account', 'raisedBy.name', 'reasonToActWithoutConsent', 'immediateProtection'],
      'safeguarding.concern-given.v1': [],
      'safeguarding.s42-criteria-decided.v1': [
        'limbs.careAndSupportNeeds.reasons',
        'limbs.abuseOrNeglect.reasons',
        'limbs.unableToProtect.reasons',
      ],
    });
    expect(s42CriteriaDecided.subject(data)).toBe(adults[0]);
    expect(s42CriteriaDecided.people(data)).toEqual(adults);
  });
  it('tells what happened from what was decided', () => {
    expect(alertRaised).toMatchObject({ decision: false, authority: 'Care Act 2014 s42' });
    expect(s42CriteriaDecided).toMatchObject({ decision: true, authority: 'Care Act 2014 s42(1)' });
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
});
