import { reviewCompleted, reviewCorrected, reviewWithdrawn } from './review.events.js';
import { supportPlanAgreed, supportPlanOpened } from './support-plan.events.js';

export { clientTypes, returnedRow, type ReturnedRow } from './returned-row.js';
export * from './review.commands.js';
export * from './review.events.js';
export * from './support-plan.commands.js';
export * from './support-plan.events.js';
export * from './values.js';

/** All that this context publishes. */
export const planningEvents = [
  supportPlanOpened,
  supportPlanAgreed,
  reviewCompleted,
  reviewCorrected,
  reviewWithdrawn,
] as const;
