import { type BudgetAllocatedData, budgetAllocated, DraftPersonalBudget } from '@caretrail/budgets/contracts';
import type { Process } from '@caretrail/projections';
import { type CommandSender, causedBy } from './caused-by.js';

const NAME = 'when-budget-allocated-draft-personal-budget';

/** The allocation is final, so the statement of Care Act 2014 s26 can be drawn up; it has the allocation's id. */
export function whenBudgetAllocatedDraftPersonalBudget(commandBus: CommandSender): Process {
  return {
    name: NAME,
    types: [budgetAllocated.type],
    async handle(event) {
      const { allocationId, personId, assessmentId, costPencePerWeek } = event.data as BudgetAllocatedData;
      const draft = {
        budgetId: allocationId,
        personId,
        assessmentId,
        allocatedEventId: event.id,
        allocatedOn: event.metadata.effectiveOn,
        costPencePerWeek,
      };
      await commandBus.execute(new DraftPersonalBudget(draft, causedBy(event, NAME)));
    },
  };
}
