import type { CommandRoute } from '@caretrail/kernel';
import {
  AgreeSupportPlan,
  ChangePlanLine,
  CloseSupportPlan,
  CompleteFivePointCheck,
  CompleteReview,
  ContributePlanLine,
  DeclineReviewRequest,
  GivePlanInWriting,
  MeasureOutcome,
  OfferOptions,
  OpenPlanRevision,
  OpenSupportPlan,
  RecordAboutPerson,
  RecordDissent,
  RecordNeedUnmet,
  RecordReturnedReview,
  RequestReview,
  SetReviewDue,
  SignSupportPlan,
  StartSupportPlan,
  StatePlanBudget,
  WithdrawPlanLine,
  WithdrawReturnedReview,
  WithdrawUnmetNeed,
} from './contracts/index.js';
import { reviewDecider, reviewStream } from './domain/review/review.decider.js';
import { supportPlanDecider, supportPlanStream } from './domain/support-plan/support-plan.decider.js';

const supportPlan = { decider: supportPlanDecider, stream: supportPlanStream };
const review = { decider: reviewDecider, stream: reviewStream };

/** Which decider answers each command of this context, and on which stream. */
export const planningRoutes: CommandRoute[] = [
  ...[
    OpenSupportPlan,
    StatePlanBudget,
    ContributePlanLine,
    ChangePlanLine,
    WithdrawPlanLine,
    RecordNeedUnmet,
    WithdrawUnmetNeed,
    RecordAboutPerson,
    OfferOptions,
    RecordDissent,
    SignSupportPlan,
    AgreeSupportPlan,
    GivePlanInWriting,
    StartSupportPlan,
    CompleteFivePointCheck,
    MeasureOutcome,
    SetReviewDue,
    RequestReview,
    DeclineReviewRequest,
    CompleteReview,
    OpenPlanRevision,
    CloseSupportPlan,
  ].map((command) => ({ command, ...supportPlan })),
  { command: RecordReturnedReview, ...review },
  { command: WithdrawReturnedReview, ...review },
];
