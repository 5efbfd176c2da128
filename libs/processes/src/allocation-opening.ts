import type { AssessmentCompletedData } from '@caretrail/assessment/contracts';
import type { OpenAllocationData } from '@caretrail/budgets/contracts';
import type { StoredEvent } from '@caretrail/kernel';
import { idArisingFrom } from './caused-by.js';

/**
 * The allocation that a completed assessment asks for; undefined where needs are not eligible, and for an assessment that
 * a return tells of: it does not say which needs those are, and what the council decided upon it was decided elsewhere.
 */
export function allocationOpening(event: StoredEvent): OpenAllocationData | undefined {
  const { assessmentId, personId, eligibleNeeds, findings, row } = event.data as AssessmentCompletedData;
  if (row || eligibleNeeds !== 'Eligible needs identified') return undefined;
  return {
    allocationId: idArisingFrom(event),
    personId,
    assessmentId,
    assessedOn: event.metadata.effectiveOn,
    eligibleNeeds,
    needs: findings.filter(({ able }) => !able).map(({ outcome }) => outcome),
  };
}
