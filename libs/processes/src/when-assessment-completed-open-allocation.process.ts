import { assessmentCompleted } from '@caretrail/assessment/contracts';
import { OpenAllocation } from '@caretrail/budgets/contracts';
import type { Process } from '@caretrail/projections';
import { allocationOpening } from './allocation-opening.js';
import { type CommandSender, causedBy } from './caused-by.js';

const NAME = 'when-assessment-completed-open-allocation';

/** Eligible needs were found, so a budget has to be decided (Care Act 2014 s13, s18, s24). */
export function whenAssessmentCompletedOpenAllocation(commandBus: CommandSender): Process {
  return {
    name: NAME,
    types: [assessmentCompleted.type],
    async handle(event) {
      const opening = allocationOpening(event);
      if (opening) await commandBus.execute(new OpenAllocation(opening, causedBy(event, NAME)));
    },
  };
}
