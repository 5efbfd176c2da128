import type { SubjectKeys } from '@caretrail/privacy';
import type { Process } from '@caretrail/projections';
import type { CommandSender } from './caused-by.js';
import { whenAnswersReceivedCalculateIndicativeBudget } from './when-answers-received-calculate-indicative-budget.process.js';
import { whenAssessmentCompletedOpenAllocation } from './when-assessment-completed-open-allocation.process.js';
import { whenAssessmentCompletedReceiveAnswers } from './when-assessment-completed-receive-answers.process.js';
import { whenBudgetAllocatedDraftPersonalBudget } from './when-budget-allocated-draft-personal-budget.process.js';
import { whenBudgetAllocatedOpenSupportPlan } from './when-budget-allocated-open-support-plan.process.js';
import { whenCarerAssessedOpenAllocation } from './when-carer-assessed-open-allocation.process.js';
import { whenCarerAssessedReceiveAnswers } from './when-carer-assessed-receive-answers.process.js';
import { whenPersonalBudgetAgreedStatePlanBudget } from './when-personal-budget-agreed-state-plan-budget.process.js';
import { whenPersonalBudgetRevisedOpenPlanRevision } from './when-personal-budget-revised-open-plan-revision.process.js';
import { whenPersonErasedDestroyKey } from './when-person-erased-destroy-key.process.js';
import { whenWishesRecordedCloseAllocation } from './when-wishes-recorded-close-allocation.process.js';

export type { CommandSender } from './caused-by.js';
export {
  whenAnswersReceivedCalculateIndicativeBudget,
  whenAssessmentCompletedOpenAllocation,
  whenAssessmentCompletedReceiveAnswers,
  whenBudgetAllocatedDraftPersonalBudget,
  whenBudgetAllocatedOpenSupportPlan,
  whenCarerAssessedOpenAllocation,
  whenCarerAssessedReceiveAnswers,
  whenPersonalBudgetAgreedStatePlanBudget,
  whenPersonalBudgetRevisedOpenPlanRevision,
  whenPersonErasedDestroyKey,
  whenWishesRecordedCloseAllocation,
};

/** Every process, ready to be subscribed to the store; they send through the given CommandBus. @param keys of people, for erasures */
export function processes(commandBus: CommandSender, keys: Pick<SubjectKeys, 'destroy'>): readonly Process[] {
  return [
    whenAssessmentCompletedOpenAllocation(commandBus),
    whenAssessmentCompletedReceiveAnswers(commandBus),
    whenCarerAssessedOpenAllocation(commandBus),
    whenCarerAssessedReceiveAnswers(commandBus),
    whenWishesRecordedCloseAllocation(commandBus),
    whenAnswersReceivedCalculateIndicativeBudget(commandBus),
    whenBudgetAllocatedOpenSupportPlan(commandBus),
    whenBudgetAllocatedDraftPersonalBudget(commandBus),
    whenPersonalBudgetAgreedStatePlanBudget(commandBus),
    whenPersonalBudgetRevisedOpenPlanRevision(commandBus),
    whenPersonErasedDestroyKey(keys),
  ];
}
