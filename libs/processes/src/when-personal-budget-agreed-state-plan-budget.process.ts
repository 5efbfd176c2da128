import {
  type PersonalBudgetAgreedData,
  type PersonalBudgetRevisedData,
  personalBudgetAgreed,
  personalBudgetRevised,
} from '@caretrail/budgets/contracts';
import { StatePlanBudget } from '@caretrail/planning/contracts';
import type { Process } from '@caretrail/projections';
import { type CommandSender, causedBy, unlessRefused } from './caused-by.js';
import { planBudgetOf, planOf } from './plan-of-budget.js';
import { revisionOf } from './when-personal-budget-revised-open-plan-revision.process.js';

const NAME = 'when-personal-budget-agreed-state-plan-budget';

/**
 * A plan includes the personal budget (Care Act 2014 s25(1)(e)): as the statement has it, one-off sums apart, and as it is
 * after an uprating. Where a review changed it, the plan is opened for revision with it instead. A plan that has ended
 * takes no statement any more.
 */
export function whenPersonalBudgetAgreedStatePlanBudget(commandBus: CommandSender): Process {
  return {
    name: NAME,
    types: [personalBudgetAgreed.type, personalBudgetRevised.type],
    async handle(event) {
      const statement = event.data as PersonalBudgetAgreedData | PersonalBudgetRevisedData;
      const planId = planOf(statement);
      if (!planId || ('cause' in statement && revisionOf(statement))) return;
      const data = { planId, personId: statement.personId, budget: planBudgetOf(statement) };
      await commandBus.execute(new StatePlanBudget(data, causedBy(event, NAME))).catch(unlessRefused);
    },
  };
}
