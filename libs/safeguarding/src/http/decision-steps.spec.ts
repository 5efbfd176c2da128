import { describe, expect, it } from '@jest/globals';
import { decisionFrom, firstOpenStep, stepsFor } from './decision-steps.js';

const CONCERN = '00000000-0000-4000-8000-000000000001';
const parts = { careAndSupportNeeds: 'yes', abuseOrNeglect: 'yes', unableToProtect: 'yes' };
const answered = (met: Partial<typeof parts> = {}, others: object = {}) => ({
  inArea: 'yes',
  ...Object.fromEntries(
    Object.entries({ ...parts, ...met }).flatMap(([key, answer]) => [
      [`limbs.${key}.met`, answer],
      [`limbs.${key}.reasons`, `because of ${key}`],
    ]),
  ),
  effectiveOn: '14/3/2026',
  ...others,
});

describe('deciding on s42(1) question by question', () => {
  it('begins with the area and asks each part in the order of the law', () => {
    expect(stepsFor({}).map(({ name }) => name)).toEqual([
      'in-area',
      'care-and-support-needs',
      'abuse-or-neglect',
      'unable-to-protect',
      'sequel',
      'decided-on',
    ]);
    expect(firstOpenStep({})?.name).toBe('in-area');
    expect(firstOpenStep({ inArea: 'no' })?.name).toBe('care-and-support-needs');
  });

  it('asks a part again until it has reasons', () => {
    expect(firstOpenStep(answered({}, { 'limbs.abuseOrNeglect.reasons': ' ' }))?.name).toBe('abuse-or-neglect');
  });

  it('does not ask what follows instead when every part is met', () => {
    expect(firstOpenStep(answered())).toBeUndefined();
    expect(decisionFrom(CONCERN, answered({}, { ifNoDuty: 'other enquiry' })).data).not.toHaveProperty('ifNoDuty');
  });

  it.each([{ unableToProtect: 'no' }, { abuseOrNeglect: 'no' }, { careAndSupportNeeds: 'no' }])(
    'asks what follows instead when a part is not met: %j',
    (met) => {
      expect(firstOpenStep(answered(met))?.name).toBe('sequel');
      expect(firstOpenStep(answered(met, { ifNoDuty: 'other enquiry' }))).toBeUndefined();
    },
  );

  it('makes the decision, with reasons and its day', () => {
    const { data, effectiveOn } = decisionFrom(
      CONCERN,
      answered({ unableToProtect: 'no' }, { ifNoDuty: 'no further action' }),
    );
    expect(effectiveOn).toBe('2026-03-14');
    expect(data).toEqual({
      concernId: CONCERN,
      inArea: true,
      limbs: {
        careAndSupportNeeds: { met: true, reasons: 'because of careAndSupportNeeds' },
        abuseOrNeglect: { met: true, reasons: 'because of abuseOrNeglect' },
        unableToProtect: { met: false, reasons: 'because of unableToProtect' },
      },
      ifNoDuty: 'no further action',
    });
  });

  it('makes no decision of answers that are missing, and names every field', () => {
    expect(() => decisionFrom(CONCERN, { ...answered(), inArea: '', effectiveOn: '31/2/2026' })).toThrow(
      expect.objectContaining({
        faults: [
          expect.objectContaining({ field: 'inArea' }),
          expect.objectContaining({ field: 'ifNoDuty' }),
          expect.objectContaining({ field: 'effectiveOn' }),
        ],
      }),
    );
  });
});
