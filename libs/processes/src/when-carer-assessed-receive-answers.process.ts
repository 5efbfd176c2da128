import { type CarerAssessedData, carerAssessed } from '@caretrail/assessment/contracts';
import type { Process } from '@caretrail/projections';
import { carersAllocationOpening, carersAnswersOf } from './allocation-opening.js';
import { handAnswersOn } from './answers-handing.js';
import type { CommandSender } from './caused-by.js';

const NAME = 'when-carer-assessed-receive-answers';

/** What the carer's assessment found answers the questions of the rulebook for carers (P5, P15). */
export function whenCarerAssessedReceiveAnswers(commandBus: CommandSender): Process {
  return {
    name: NAME,
    types: [carerAssessed.type],
    async handle(event) {
      const opening = carersAllocationOpening(event);
      if (opening)
        await handAnswersOn(commandBus, event, NAME, opening, carersAnswersOf(event.data as CarerAssessedData));
    },
  };
}
