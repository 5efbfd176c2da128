import {
  aboutPersonRecorded,
  dissentRecorded,
  needRecordedUnmet,
  optionsOffered,
  planLineChanged,
  planLineContributed,
  planLineWithdrawn,
  unmetNeedWithdrawn,
} from './plan-drafting.events.js';
import { fivePointCheckCompleted, outcomeMeasured } from './plan-outcomes.events.js';
import {
  changesFoundAtReview,
  reviewCompleted,
  reviewCorrected,
  reviewDueSet,
  reviewRequestDeclined,
  reviewRequested,
  reviewWithdrawn,
} from './review.events.js';
import {
  personalBudgetStated,
  planGivenInWriting,
  planRevisionOpened,
  supportPlanAgreed,
  supportPlanClosed,
  supportPlanOpened,
  supportPlanSigned,
  supportPlanStarted,
} from './support-plan.events.js';

export * from './instruments.js';
export { PeopleOfPlans } from './people-of-plans.port.js';
export * from './plan-drafting.commands.js';
export * from './plan-drafting.events.js';
export * from './plan-line.js';
export * from './plan-outcomes.commands.js';
export * from './plan-outcomes.events.js';
export { clientTypes, returnedRow, type ReturnedRow } from './returned-row.js';
export * from './review.commands.js';
export * from './review.events.js';
export * from './support-plan.commands.js';
export * from './support-plan.events.js';
export * from './values.js';

/** All that this context publishes. */
export const planningEvents = [
  supportPlanOpened,
  personalBudgetStated,
  planLineContributed,
  planLineChanged,
  planLineWithdrawn,
  needRecordedUnmet,
  unmetNeedWithdrawn,
  aboutPersonRecorded,
  optionsOffered,
  dissentRecorded,
  supportPlanSigned,
  supportPlanAgreed,
  planGivenInWriting,
  supportPlanStarted,
  fivePointCheckCompleted,
  outcomeMeasured,
  reviewDueSet,
  reviewRequested,
  reviewRequestDeclined,
  reviewCompleted,
  changesFoundAtReview,
  reviewCorrected,
  reviewWithdrawn,
  planRevisionOpened,
  supportPlanClosed,
] as const;
