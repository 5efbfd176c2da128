import type { CommandRoute } from '@caretrail/kernel';
import { AgreeSupportPlan, OpenSupportPlan, RecordReturnedReview, WithdrawReturnedReview } from './contracts/index.js';
import { reviewDecider, reviewStream } from './domain/review/review.decider.js';
import { supportPlanDecider, supportPlanStream } from './domain/support-plan/support-plan.decider.js';

const supportPlan = { decider: supportPlanDecider, stream: supportPlanStream };
const review = { decider: reviewDecider, stream: reviewStream };

/** Which decider answers each command of this context, and on which stream. */
export const planningRoutes: CommandRoute[] = [
  { command: OpenSupportPlan, ...supportPlan },
  { command: AgreeSupportPlan, ...supportPlan },
  { command: RecordReturnedReview, ...review },
  { command: WithdrawReturnedReview, ...review },
];
