import { describe, expect, it } from '@jest/globals';
import { assessmentCompleted, type AssessmentCompletedData, assessmentEvents } from './index.js';

const data: AssessmentCompletedData = {
  assessmentId: '0b0f0000-0000-4000-8000-000000000001',
  personId: '0b0f0000-0000-4000-8000-000000000002',
  kind: 'Long term assessment',
  method: 'Service user only',
  startedOn: '2026-01-16',
  outcome: 'NFA: Other',
  findings: [],
};
const own = ['findings.*.words', 'impactOnWellbeing.reasons', 'reasons', 'row.description'];

describe('what assessment publishes', () => {
  it('keeps what identifies somebody under the person’s key', () => {
    expect(Object.fromEntries(assessmentEvents.map(({ type, personal }) => [type, personal]))).toEqual({
      'assessment.support-requested.v1': ['row.description'],
      'assessment.request-concluded.v1': [],
      'assessment.request-corrected.v1': ['row.description'],
      'assessment.request-withdrawn.v1': [],
      'assessment.assessment-offered.v1': ['whyNotOffered'],
      'assessment.supported-self-assessment-answered.v1': ['words'],
      'assessment.assessment-refused.v1': ['words', 'reasons'],
      'assessment.assessment-started.v1': [],
      'assessment.self-assessment-submitted.v1': ['answers.*.words', 'supportedBy'],
      'assessment.assessor-answers-recorded.v1': ['answers.*.words'],
      'assessment.assessor-answer-differed.v1': ['assessorsReasons', 'personsReasons'],
      'assessment.difference-answered.v1': ['personsReasons'],
      'assessment.assessment-submitted.v1': own.slice(0, 3),
      'assessment.assessment-approved.v1': [],
      'assessment.assessment-returned.v1': ['reasons'],
      'assessment.assessment-completed.v1': own,
      'assessment.assessment-corrected.v1': own,
      'assessment.assessment-withdrawn.v1': [],
      'assessment.assessment-superseded.v1': [],
      'assessment.carer-assessed.v1': own.slice(0, 3),
      'assessment.wishes-recorded.v1': ['couldBeDone', 'inTheirWords'],
      'assessment.ordinary-residence-established.v1': ['reasons'],
      'assessment.decision-given-in-writing.v1': [],
      'assessment.written-advice-given.v1': ['words'],
      'assessment.signposted-to-universal-service.v1': ['reasons'],
      'assessment.urgent-need-met.v1': ['provided', 'reasons'],
      'assessment.urgent-help-ended.v1': [],
    });
    expect(assessmentCompleted.subject(data)).toBe(data.personId);
  });
  it.each([
    ['Eligible needs identified', 'Assessment completed: eligible needs'],
    ['Non-eligible needs identified', 'Assessment completed: needs, not eligible'],
    ['No needs identified', 'Assessment completed: no needs'],
    [undefined, 'Assessment completed'],
  ] as const)('says in its title “%s”', (eligibleNeeds, title) =>
    expect(assessmentCompleted.title({ ...data, eligibleNeeds })).toBe(title),
  );
});
