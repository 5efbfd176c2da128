import {
  type AnswersReceivedData,
  answersReceived,
  CalculateIndicativeBudget,
  rulebookIdFor,
} from '@caretrail/budgets/contracts';
import type { Process } from '@caretrail/projections';
import { type CommandSender, causedBy, unlessRefused } from './caused-by.js';

const NAME = 'when-answers-received-calculate-indicative-budget';

/**
 * Answers are there, so what the rulebook in force on their day indicates is worked out (P5). Where none is in force, or
 * a question is still open, nothing happens: the page says what is missing, and somebody may calculate later.
 */
export function whenAnswersReceivedCalculateIndicativeBudget(commandBus: CommandSender): Process {
  return {
    name: NAME,
    types: [answersReceived.type],
    async handle(event) {
      const answers = event.data as AnswersReceivedData;
      const data = { allocationId: answers.allocationId, rulebookId: rulebookIdFor(answers) };
      await commandBus.execute(new CalculateIndicativeBudget(data, causedBy(event, NAME))).catch(unlessRefused);
    },
  };
}
