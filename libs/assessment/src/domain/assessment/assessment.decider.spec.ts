import { describe, expect, it } from '@jest/globals';
import { specification } from '@caretrail/testing';
import {
  assessmentEvents,
  CompleteAssessment,
  type CompleteAssessmentData,
  type Finding,
  outcomes,
  RecordReturnedAssessment,
  type RecordReturnedAssessmentData,
  WithdrawReturnedAssessment,
} from '../../contracts/index.js';
import { assessmentDecider, type AssessmentEvent, assessmentStream } from './assessment.decider.js';

const assessmentId = '0b0f0000-0000-4000-8000-000000000001';
const personId = '0b0f0000-0000-4000-8000-000000000002';

/** All ten outcomes answered; the first `count` cannot be achieved. */
const unableIn = (count: number): Finding[] =>
  outcomes.map((outcome, at) =>
    at < count
      ? { outcome, able: false, unable: 'cannot without help', words: 'In her words.' }
      : { outcome, able: true },
  );

const completion: CompleteAssessmentData = {
  assessmentId,
  personId,
  kind: 'Long term assessment',
  method: 'Service user only',
  startedOn: '2026-02-16',
  outcome: 'Progress to support planning or services',
  findings: unableIn(4),
  arisesFromImpairment: true,
  impactOnWellbeing: { significant: true, reasons: 'Dignity and safety at home.' },
  reasons: 'Four outcomes, with a significant impact.',
};
const spec = specification(assessmentDecider, assessmentEvents);

describe('an assessment made here', () => {
  it('has a stream of its own', () =>
    expect(assessmentStream(completion)).toBe(`assessment.assessment-${assessmentId}`));

  it('is completed, with the decision on eligibility', () =>
    spec.when(CompleteAssessment, completion).then({
      type: 'assessment.assessment-completed.v1',
      data: { ...completion, eligibleNeeds: 'Eligible needs identified' },
    }));

  it.each([
    [0, true, true, 'No needs identified'],
    [1, true, true, 'Non-eligible needs identified'],
    [2, true, true, 'Eligible needs identified'],
    [10, true, true, 'Eligible needs identified'],
    [2, false, true, 'Non-eligible needs identified'],
    [2, true, false, 'Non-eligible needs identified'],
  ])('unable in %d, from impairment %s, significant impact %s: %s', (count, arises, significant, eligibleNeeds) => {
    const [event] = spec
      .when(CompleteAssessment, {
        ...completion,
        findings: unableIn(count),
        arisesFromImpairment: arises,
        impactOnWellbeing: { ...completion.impactOnWellbeing, significant },
      })
      .events();
    expect(event?.data).toMatchObject({ eligibleNeeds });
  });

  it('answers every outcome', () =>
    spec
      .when(CompleteAssessment, { ...completion, findings: unableIn(4).slice(0, 9) })
      .thenRefused('every-outcome-answered-once', { section: 'Elig Regs reg 2(2)', field: 'findings.9' }));
  it('answers no outcome twice', () =>
    spec
      .when(CompleteAssessment, { ...completion, findings: [...unableIn(4), unableIn(0)[2]!] })
      .thenRefused('every-outcome-answered-once', { field: 'findings.2' }));

  it('says in which way a person is unable', () =>
    spec
      .when(CompleteAssessment, {
        ...completion,
        findings: unableIn(4).map((finding, at) => (at === 3 ? { ...finding, unable: undefined } : finding)),
      })
      .thenRefused('unable-in-a-meaning-of-the-law', { section: 'Elig Regs reg 2(3)', field: 'findings.3.unable' }));
  it('says it of nothing that the person achieves', () =>
    spec
      .when(CompleteAssessment, {
        ...completion,
        findings: unableIn(4).map((finding, at): Finding =>
          at === 5 ? { ...finding, unable: 'takes much longer' } : finding,
        ),
      })
      .thenRefused('unable-in-a-meaning-of-the-law', { field: 'findings.5.unable' }));

  it.each([4, 0])('has reasons both ways (unable in %d)', (count) =>
    spec
      .when(CompleteAssessment, { ...completion, findings: unableIn(count), reasons: ' ' })
      .thenRefused('reasons-both-ways', { section: 'Care Act 2014 s13(2)', field: 'reasons' }),
  );
  it('has reasons on wellbeing', () =>
    spec
      .when(CompleteAssessment, { ...completion, impactOnWellbeing: { significant: false, reasons: ' ' } })
      .thenRefused('reasons-both-ways', { field: 'impactOnWellbeing.reasons' }));

  it('is not a carer’s alone', () =>
    spec
      .when(CompleteAssessment, { ...completion, method: 'Unpaid carer only' })
      .thenRefused('adult-takes-part', { field: 'method' }));
  it('may be the adult’s and the carer’s together', () =>
    expect(
      spec.when(CompleteAssessment, { ...completion, method: 'Service user and unpaid carer' }).events(),
    ).toHaveLength(1));

  it('is not complete before it started', () =>
    spec
      .when(CompleteAssessment, completion, { effectiveOn: '2026-02-15' })
      .thenRefused('ends-not-before-it-starts', { field: 'startedOn' }));
  it('may be complete on the day it started', () =>
    expect(spec.when(CompleteAssessment, completion, { effectiveOn: '2026-02-16' }).events()).toHaveLength(1));
  it('is not complete tomorrow', () =>
    spec
      .when(CompleteAssessment, completion, { effectiveOn: '2026-03-03' })
      .thenRefused('completed-by-today', { field: 'effectiveOn' }));

  it('is completed once', () =>
    spec
      .given({ type: 'assessment.assessment-completed.v1', data: completion })
      .when(CompleteAssessment, completion)
      .thenRefused('completed-once', { section: 'Care Act 2014 s27' }));
});

describe('an assessment that a return tells of', () => {
  const { completedOn, ...row }: RecordReturnedAssessmentData = {
    assessmentId,
    personId,
    kind: 'Long term assessment',
    method: 'Service user only',
    startedOn: '2025-04-01',
    completedOn: '2025-04-20',
    outcome: 'NFA: Other',
    eligibleNeeds: 'No needs identified',
    row: { clientType: 'Service user', description: 'By telephone' },
  };
  const returned = { ...row, completedOn };
  const completed: AssessmentEvent = {
    type: 'assessment.assessment-completed.v1',
    data: { ...row, findings: [] },
    effectiveOn: completedOn,
  };
  const later = { ...returned, completedOn: '2025-05-02', eligibleNeeds: undefined };
  const corrected: AssessmentEvent = {
    type: 'assessment.assessment-corrected.v1',
    data: { ...later, findings: [] },
    effectiveOn: '2025-05-02',
    corrects: 'event-1',
  };
  const withdrawal = { assessmentId, personId, reason: 'Missing from a later file' };
  const withdrawn: AssessmentEvent = {
    type: 'assessment.assessment-withdrawn.v1',
    data: withdrawal,
    effectiveOn: '2025-05-02',
    corrects: 'event-2',
  };

  it('is recorded on the day it was completed', () => spec.when(RecordReturnedAssessment, returned).then(completed));
  it('is nothing new when it is returned again', () =>
    spec.given(completed).when(RecordReturnedAssessment, returned).thenNothing());
  it('is corrected when it differs', () => spec.given(completed).when(RecordReturnedAssessment, later).then(corrected));
  it('is nothing new after the correction', () =>
    spec.given(completed, corrected).when(RecordReturnedAssessment, later).thenNothing());
  it('is corrected back, from the correction on', () =>
    spec
      .given(completed, corrected)
      .when(RecordReturnedAssessment, returned)
      .then({
        type: 'assessment.assessment-corrected.v1',
        data: { ...returned, findings: [] },
        effectiveOn: '2025-04-20',
        corrects: 'event-2',
      }));
  it('keeps the findings that a practitioner gave', () => {
    const [event] = spec
      .given({ type: 'assessment.assessment-completed.v1', data: completion })
      .when(RecordReturnedAssessment, returned)
      .events();
    expect(event?.data).toMatchObject({ findings: completion.findings, reasons: completion.reasons });
  });
  it('is withdrawn', () =>
    spec.given(completed, corrected).when(WithdrawReturnedAssessment, withdrawal).then(withdrawn));
  it('is withdrawn once', () =>
    spec.given(completed, corrected, withdrawn).when(WithdrawReturnedAssessment, withdrawal).thenNothing());
  it('stands again when it is returned after that', () =>
    spec
      .given(completed, corrected, withdrawn)
      .when(RecordReturnedAssessment, later)
      .then({ ...corrected, corrects: 'event-3' }));
  it('cannot be withdrawn when nobody told of it', () =>
    spec.when(WithdrawReturnedAssessment, withdrawal).thenRefused('recorded-first'));
  it('is not complete before it started', () =>
    spec
      .when(RecordReturnedAssessment, { ...returned, completedOn: '2025-03-31' })
      .thenRefused('ends-not-before-it-starts'));
});
