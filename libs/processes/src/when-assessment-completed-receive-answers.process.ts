import { type AssessmentCompletedData, assessmentCompleted } from '@caretrail/assessment/contracts';
import type { Process } from '@caretrail/projections';
import { allocationOpening, answersOf } from './allocation-opening.js';
import { handAnswersOn } from './answers-handing.js';
import type { CommandSender } from './caused-by.js';

const NAME = 'when-assessment-completed-receive-answers';

/** What the assessment found on each outcome answers the rulebook's questions of the same name (P5). */
export function whenAssessmentCompletedReceiveAnswers(commandBus: CommandSender): Process {
  return {
    name: NAME,
    types: [assessmentCompleted.type],
    async handle(event) {
      const opening = allocationOpening(event);
      if (!opening) return;
      const { findings } = event.data as AssessmentCompletedData;
      await handAnswersOn(commandBus, event, NAME, opening, answersOf(findings));
    },
  };
}
