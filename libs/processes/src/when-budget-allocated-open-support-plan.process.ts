import { type BudgetAllocatedData, budgetAllocated } from '@caretrail/budgets/contracts';
import { OpenSupportPlan } from '@caretrail/planning/contracts';
import type { Process } from '@caretrail/projections';
import { type CommandSender, causedBy, idArisingFrom } from './caused-by.js';

const NAME = 'when-budget-allocated-open-support-plan';

/** The budget is known, so the plan that it is a part of can be made with the person (Care Act 2014 s24, s25(1)(e)). */
export function whenBudgetAllocatedOpenSupportPlan(commandBus: CommandSender): Process {
  return {
    name: NAME,
    types: [budgetAllocated.type],
    async handle(event) {
      const { personId, allocationId, needs, ofCarer, ...budget } = event.data as BudgetAllocatedData;
      const opening = {
        planId: idArisingFrom(event),
        personId,
        allocationId,
        allocatedOn: event.metadata.effectiveOn,
        costPencePerWeek: budget.costPencePerWeek,
        personPaysPencePerWeek: budget.personPaysPencePerWeek,
        councilPaysPencePerWeek: budget.councilPaysPencePerWeek,
        needs,
        ...(ofCarer && { ofCarer }),
      };
      await commandBus.execute(new OpenSupportPlan(opening, causedBy(event, NAME)));
    },
  };
}
