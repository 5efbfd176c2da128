import { describe, expect, it } from '@jest/globals';
import { specification } from '@caretrail/testing';
import {
  assessmentEvents,
  carerMeaningsOfUnable,
  carerOutcomes,
  CompleteCarerAssessment,
  type CompleteCarerAssessmentData,
} from '../../contracts/index.js';
import { assessmentDecider, type AssessmentEvent } from './assessment.decider.js';

const personId = '0b0f0000-0000-4000-8000-000000000002';
const findings = (unable: number): CompleteCarerAssessmentData['findings'] =>
  carerOutcomes.map((outcome, at) =>
    at < unable ? { outcome, able: false, unable: 'cannot without help' } : { outcome, able: true },
  );
const data: CompleteCarerAssessmentData = {
  assessmentId: '0b0f0000-0000-4000-8000-000000000001',
  personId,
  caresFor: ['0b0f0000-0000-4000-8000-000000000003'],
  startedOn: '2026-02-20',
  arisesFromCaring: true,
  healthAtRisk: false,
  findings: findings(1),
  able: 'partly',
  willing: 'yes',
  impactOnWellbeing: { significant: true, areas: ['control over day-to-day life'], reasons: 'No time of her own.' },
  outcome: 'Progress to support planning or services',
  reasons: 'One outcome is enough for a carer.',
};
const spec = specification(assessmentDecider, assessmentEvents);
const completing = (change: Partial<CompleteCarerAssessmentData>) =>
  spec.when(CompleteCarerAssessment, { ...data, ...change });

describe('a carer’s assessment', () => {
  it('is completed with its decision', () =>
    completing({}).then({
      type: 'assessment.carer-assessed.v1',
      data: { ...data, eligibleNeeds: 'Eligible needs identified' },
    }));

  it.each([
    [true, false, 1, true, 'Eligible needs identified'],
    [true, true, 0, true, 'Eligible needs identified'],
    [true, false, 0, true, 'No needs identified'],
    [false, false, 1, true, 'Non-eligible needs identified'],
    [true, true, 8, false, 'Non-eligible needs identified'],
  ])(
    'from caring %s, health at risk %s, unable in %d, significant %s: %s',
    (arisesFromCaring, healthAtRisk, unable, significant, eligibleNeeds) => {
      const impactOnWellbeing = { ...data.impactOnWellbeing, significant };
      const [event] = completing({
        arisesFromCaring,
        healthAtRisk,
        findings: findings(unable),
        impactOnWellbeing,
      }).events();
      expect(event?.data).toMatchObject({ eligibleNeeds });
    },
  );

  it('knows three meanings of unable: taking longer is none for carers', () => {
    expect(carerMeaningsOfUnable).toHaveLength(3);
    expect(() =>
      CompleteCarerAssessment.schema.parse({
        ...data,
        findings: [{ ...data.findings[0], unable: 'takes much longer' }],
      }),
    ).toThrow();
  });
  it('answers every outcome once', () => {
    completing({ findings: findings(1).slice(1) }).thenRefused('every-outcome-answered-once', {
      section: 'Elig Regs reg 3(2)(b)',
      field: 'findings.0',
    });
    completing({ findings: [...findings(1), findings(1)[2]!] }).thenRefused('every-outcome-answered-once', {
      field: 'findings.2',
    });
  });
  it('says in which way the carer is unable, and only then', () => {
    completing({ findings: findings(1).map(({ unable: _, ...rest }) => rest) }).thenRefused(
      'unable-in-a-meaning-of-the-law',
      { section: 'Elig Regs reg 3(3)', field: 'findings.0.unable' },
    );
    completing({
      findings: findings(0).map((each) => ({ ...each, unable: 'cannot without help' as const })),
    }).thenRefused('unable-in-a-meaning-of-the-law');
  });
  it('is of somebody who cares for another', () => {
    completing({ caresFor: [] }).thenRefused('carer-cares-for-somebody', { field: 'caresFor' });
    completing({ caresFor: [personId] }).thenRefused('carer-cares-for-somebody', { section: 'Care Act 2014 s10(3)' });
  });
  it('has reasons both ways', () => {
    completing({ reasons: '' }).thenRefused('reasons-both-ways', { field: 'reasons' });
    completing({ findings: findings(0), reasons: '' }).thenRefused('reasons-both-ways');
  });
  it('is complete once, by today, and not before it started', () => {
    const assessed: AssessmentEvent = {
      type: 'assessment.carer-assessed.v1',
      data: { ...data, eligibleNeeds: 'Eligible needs identified' },
    };
    spec.given(assessed).when(CompleteCarerAssessment, data).thenRefused('completed-once');
    spec.when(CompleteCarerAssessment, data, { effectiveOn: '2026-03-03' }).thenRefused('completed-by-today');
    spec.when(CompleteCarerAssessment, data, { effectiveOn: '2026-02-19' }).thenRefused('ends-not-before-it-starts');
  });
  it('looks at a changing need over time', () =>
    completing({ fluctuation: { fluctuates: true } }).thenRefused('fluctuating-need-is-looked-at-over-time'));
  it('is not an adult’s', () =>
    spec
      .given({
        type: 'assessment.assessment-offered.v1',
        data: {
          assessmentId: data.assessmentId,
          personId,
          subject: 'adult',
          caresFor: [],
          form: { id: 'adult-self-assessment', version: 1 },
          selfAssessmentOffered: true,
        },
      })
      .when(CompleteCarerAssessment, data)
      .thenRefused('assessed-as-what-they-are', {
        message: 'This is the assessment of an adult’s own needs: it goes by regulation 2.',
      }));
});
