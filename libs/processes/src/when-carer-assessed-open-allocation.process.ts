import { carerAssessed } from '@caretrail/assessment/contracts';
import { OpenAllocation } from '@caretrail/budgets/contracts';
import type { Process } from '@caretrail/projections';
import { carersAllocationOpening } from './allocation-opening.js';
import { type CommandSender, causedBy } from './caused-by.js';

const NAME = 'when-carer-assessed-open-allocation';

/** A carer's needs for support are eligible, so the carer's own budget has to be decided (Care Act 2014 s13, s20, s24). */
export function whenCarerAssessedOpenAllocation(commandBus: CommandSender): Process {
  return {
    name: NAME,
    types: [carerAssessed.type],
    async handle(event) {
      const opening = carersAllocationOpening(event);
      if (opening) await commandBus.execute(new OpenAllocation(opening, causedBy(event, NAME)));
    },
  };
}
