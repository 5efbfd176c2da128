import { type AssessmentCompletedData, assessmentCompleted } from '@caretrail/assessment/contracts';
import { OpenAllocation } from '@caretrail/budgets/contracts';
import type { Process } from '@caretrail/projections';
import { type CommandSender, causedBy, idArisingFrom } from './caused-by.js';

const NAME = 'when-assessment-completed-open-allocation';

/**
 * Eligible needs were found, so a budget has to be decided (Care Act 2014 s13, s18, s24). Nothing follows where needs
 * are not eligible, nor from an assessment that a return tells of: it does not say which needs those are, and what the
 * council decided upon it was decided elsewhere.
 */
export function whenAssessmentCompletedOpenAllocation(commandBus: CommandSender): Process {
  return {
    name: NAME,
    types: [assessmentCompleted.type],
    async handle(event) {
      const { assessmentId, personId, eligibleNeeds, findings, row } = event.data as AssessmentCompletedData;
      if (row || eligibleNeeds !== 'Eligible needs identified') return;
      const opening = {
        allocationId: idArisingFrom(event),
        personId,
        assessmentId,
        assessedOn: event.metadata.effectiveOn,
        eligibleNeeds,
        needs: findings.filter(({ able }) => !able).map(({ outcome }) => outcome),
      };
      await commandBus.execute(new OpenAllocation(opening, causedBy(event, NAME)));
    },
  };
}
