import { type EventOf, sameContent } from '@caretrail/kernel';
import type { assessmentCompleted, assessmentCorrected, RecordReturnedAssessmentData } from '../../contracts/index.js';
import type { AssessmentState } from './assessment.state.js';

/** What a return tells anew of an assessment: the whole of it, or nothing. */
export function recordReturned(
  data: RecordReturnedAssessmentData,
  { standing, eventId }: AssessmentState,
): EventOf<typeof assessmentCompleted | typeof assessmentCorrected>[] {
  const { completedOn, ...returned } = data;
  if (eventId === undefined)
    return [
      {
        type: 'assessment.assessment-completed.v1',
        data: { ...returned, findings: [] },
        effectiveOn: completedOn,
      },
    ];
  // A return says nothing of findings and reasons: those that a practitioner gave stay.
  const corrected = { findings: [], ...standing, eligibleNeeds: undefined, ...data };
  if (sameContent(corrected, standing)) return [];
  return [{ type: 'assessment.assessment-corrected.v1', data: corrected, effectiveOn: completedOn, corrects: eventId }];
}
