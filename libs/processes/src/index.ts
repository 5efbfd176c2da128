import type { Process } from '@caretrail/projections';
import type { CommandSender } from './caused-by.js';
import { whenAssessmentCompletedOpenAllocation } from './when-assessment-completed-open-allocation.process.js';
import { whenBudgetAllocatedOpenSupportPlan } from './when-budget-allocated-open-support-plan.process.js';

export type { CommandSender } from './caused-by.js';
export { whenAssessmentCompletedOpenAllocation, whenBudgetAllocatedOpenSupportPlan };

/** Every process, ready to be subscribed to the store; they send through the given CommandBus. */
export function processes(commandBus: CommandSender): readonly Process[] {
  return [whenAssessmentCompletedOpenAllocation(commandBus), whenBudgetAllocatedOpenSupportPlan(commandBus)];
}
