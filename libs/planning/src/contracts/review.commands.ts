import { Command } from '@caretrail/kernel';
import { z } from 'zod';
import { returnedRow, withdrawalReason } from './returned-row.js';
import { coded, personal, plainDate, uuid } from './shapes.js';
import { signingRepresentative } from './support-plan.commands.js';
import {
  eventOutcomes,
  requesters,
  reviewConsequences,
  reviewMethods,
  reviewOutcomesAchieved,
  reviewReasons,
} from './values.js';

const recordReturnedReview = z.strictObject({
  reviewId: uuid,
  personId: uuid,
  reason: coded,
  method: coded,
  startedOn: plainDate,
  completedOn: plainDate,
  outcome: coded,
  outcomesAchieved: coded.optional(),
  row: returnedRow,
});
export type RecordReturnedReviewData = z.infer<typeof recordReturnedReview>;
/** What a return says of a review; the same again changes nothing. */
export class RecordReturnedReview extends Command<RecordReturnedReviewData> {
  static readonly schema = recordReturnedReview;
  readonly type = 'planning.record-returned-review';
}

const withdrawReturnedReview = z.strictObject({ reviewId: uuid, personId: uuid, reason: withdrawalReason });
export type WithdrawReturnedReviewData = z.infer<typeof withdrawReturnedReview>;
/** Takes back a review that the source no longer tells of. */
export class WithdrawReturnedReview extends Command<WithdrawReturnedReviewData> {
  static readonly schema = withdrawReturnedReview;
  readonly type = 'planning.withdraw-returned-review';
}

const requestReview = z.strictObject({
  planId: uuid,
  reviewId: uuid,
  by: z.enum(requesters),
  /** Exactly where it is a representative: who of the register. */
  representative: signingRepresentative.optional(),
  words: personal,
});
export type RequestReviewData = z.infer<typeof requestReview>;
/** Asks for a review of a plan that is not planned. */
export class RequestReview extends Command<RequestReviewData> {
  static readonly schema = requestReview;
  readonly type = 'planning.request-review';
}

const declineReviewRequest = z.strictObject({ planId: uuid, reviewId: uuid, reasons: personal });
export type DeclineReviewRequestData = z.infer<typeof declineReviewRequest>;
/** Declines a request for a review that is not reasonable. */
export class DeclineReviewRequest extends Command<DeclineReviewRequestData> {
  static readonly schema = declineReviewRequest;
  readonly type = 'planning.decline-review-request';
}

const completeReview = z.strictObject({
  planId: uuid,
  /** A new one, or that of the request which it answers. */
  reviewId: uuid,
  reason: z.enum(reviewReasons),
  method: z.enum(reviewMethods),
  startedOn: plainDate,
  outcome: z.enum(eventOutcomes),
  outcomesAchieved: z.enum(reviewOutcomesAchieved),
  whatChanged: personal,
  inTheirWords: personal.optional(),
  consequence: z.enum(reviewConsequences),
  /** Whether direct payments are still an appropriate way to meet the needs was reviewed, too; left out where it was not. */
  coversDirectPayments: z.literal(true).optional(),
  /** In how many calendar months the plan is reviewed next. */
  nextReviewInMonths: z.int(),
});
export type CompleteReviewData = z.infer<typeof completeReview>;
/** Completes a review of a plan, on the day on which the command is true; the next one is counted from that day. */
export class CompleteReview extends Command<CompleteReviewData> {
  static readonly schema = completeReview;
  readonly type = 'planning.complete-review';
}

const setReviewDue = z.strictObject({ planId: uuid, dueOn: plainDate });
export type SetReviewDueData = z.infer<typeof setReviewDue>;
/** Brings the next review of a plan forward. */
export class SetReviewDue extends Command<SetReviewDueData> {
  static readonly schema = setReviewDue;
  readonly type = 'planning.set-review-due';
}
