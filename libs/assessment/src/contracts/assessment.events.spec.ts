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
      'assessment.assessment-completed.v1': own,
      'assessment.assessment-corrected.v1': own,
      'assessment.assessment-withdrawn.v1': [],
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
