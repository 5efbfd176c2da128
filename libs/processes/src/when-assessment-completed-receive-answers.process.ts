import { type AssessmentCompletedData, assessmentCompleted } from '@caretrail/assessment/contracts';
import { OpenAllocation, ReceiveAnswers } from '@caretrail/budgets/contracts';
import type { Process } from '@caretrail/projections';
import { allocationOpening } from './allocation-opening.js';
import { type CommandSender, causedBy, unlessRefused } from './caused-by.js';

const NAME = 'when-assessment-completed-receive-answers';

/**
 * What the assessment found on each outcome answers the rulebook's questions of the same name (P5). The allocation is
 * opened here, too, because this process and the one that opens it may come first or second: the same opening twice is
 * nothing new. An allocation that was made final before this process knew of it takes no more answers, and needs none.
 */
export function whenAssessmentCompletedReceiveAnswers(commandBus: CommandSender): Process {
  return {
    name: NAME,
    types: [assessmentCompleted.type],
    async handle(event) {
      const opening = allocationOpening(event);
      if (!opening) return;
      const { findings } = event.data as AssessmentCompletedData;
      const answers = findings.map(({ outcome, able, unable }) => ({
        question: outcome,
        answer: able || !unable ? 'able' : unable,
      }));
      const meta = causedBy(event, NAME);
      await commandBus.execute(new OpenAllocation(opening, { ...meta, commandId: `${meta.commandId}/opening` }));
      const { allocationId } = opening;
      await commandBus
        .execute(new ReceiveAnswers({ allocationId, sourceEventId: event.id, answers }, meta))
        .catch(unlessRefused);
    },
  };
}
