import { defineEvent, type EventOf, formatDate } from '@caretrail/kernel';
import { z } from 'zod';
import { returnedRow, withdrawalReason } from './returned-row.js';
import { coded, personal, plainDate, representation, uuid } from './shapes.js';
import { requesters, reviewConsequences } from './values.js';

const review = {
  reviewId: uuid,
  personId: uuid,
  /** Review Reason of Client Level Data. */
  reason: coded,
  /** Method of Review of Client Level Data: who took part. */
  method: coded,
  startedOn: plainDate,
  /** Event Outcome of Client Level Data. */
  outcome: coded,
  outcomesAchieved: coded.optional(),
  row: returnedRow.optional(),
};

/** What a review says of the plan that it was of; a return does not name the plan. */
const ofPlanReviewed = {
  planId: uuid.optional(),
  /** The version that was reviewed. */
  version: z.int().min(1).optional(),
  consequence: z.enum(reviewConsequences).optional(),
  /** True where it found whether direct payments are still an appropriate way to meet the needs (DP Regs 2014 reg 7). */
  coversDirectPayments: z.literal(true).optional(),
};

/** A review of care and support is complete. True on the day it ended. */
export const reviewCompleted = defineEvent({
  type: 'planning.review-completed.v1',
  schema: z.strictObject({ ...review, ...ofPlanReviewed }),
  personal: ['row.description'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: (data) =>
    `Review completed${data.coversDirectPayments ? ', also of the direct payments' : ''}: ${data.outcome}`,
  authority: 'Care Act 2014 s27',
});
export type ReviewCompletedData = EventOf<typeof reviewCompleted>['data'];

/** The whole review as a later source tells it. True on the day it ended. */
export const reviewCorrected = defineEvent({
  type: 'planning.review-corrected.v1',
  schema: z.strictObject({ ...review, completedOn: plainDate }),
  personal: ['row.description'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: (data) => `Review corrected: ${data.outcome}`,
  authority: 'Care Act 2014 s27',
});
export type ReviewCorrectedData = EventOf<typeof reviewCorrected>['data'];

/** The source says no longer that there was a review. */
export const reviewWithdrawn = defineEvent({
  type: 'planning.review-withdrawn.v1',
  schema: z.strictObject({ reviewId: uuid, personId: uuid, reason: withdrawalReason }),
  people: (data) => [data.personId],
  title: () => 'Review withdrawn from the record',
  authority: 'Care Act 2014 s27',
});
export type ReviewWithdrawnData = EventOf<typeof reviewWithdrawn>['data'];

const ofPlan = { planId: uuid, personId: uuid };
const whose = {
  subject: (data: { readonly personId: string }) => data.personId,
  people: (data: { readonly personId: string }) => [data.personId],
};

/** When a plan is to be reviewed next; takes the place of an earlier day. Counted from the thing done, not from what was due. */
export const reviewDueSet = defineEvent({
  type: 'planning.review-due-set.v1',
  schema: z.strictObject({
    ...ofPlan,
    dueOn: plainDate,
    /** The day of the sign-off or of the review from which it counts. */
    countedFrom: plainDate,
    /** Calendar months; left out for the first look, which is counted in weeks. */
    months: z.int().min(1).max(12).optional(),
    weeks: z.int().min(1).max(8).optional(),
  }),
  people: (data) => [data.personId],
  title: (data) => `Review due by ${formatDate(data.dueOn)}`,
  authority: 'Care Act 2014 s27(1)(a)',
});
export type ReviewDueSetData = EventOf<typeof reviewDueSet>['data'];

/** Somebody asked for a review that was not planned. */
export const reviewRequested = defineEvent({
  type: 'planning.review-requested.v1',
  schema: z.strictObject({ ...ofPlan, reviewId: uuid, by: z.enum(requesters), representation, words: personal }),
  ...whose,
  personal: ['words'],
  title: (data) => `Review asked for by ${data.by}`,
  authority: 'Care Act 2014 s27(1)(b)',
});
export type ReviewRequestedData = EventOf<typeof reviewRequested>['data'];

/** The council does not make the review that was asked for, because the request is not a reasonable one. */
export const reviewRequestDeclined = defineEvent({
  type: 'planning.review-request-declined.v1',
  schema: z.strictObject({ ...ofPlan, reviewId: uuid, reasons: personal }),
  ...whose,
  personal: ['reasons'],
  title: () => 'Request for a review declined',
  decision: true,
  authority: 'Care Act 2014 s27(1)(b)',
});
export type ReviewRequestDeclinedData = EventOf<typeof reviewRequestDeclined>['data'];

/** What a review found to have changed, in words. Stands beside the review that is complete. */
export const changesFoundAtReview = defineEvent({
  type: 'planning.changes-found-at-review.v1',
  schema: z.strictObject({ ...ofPlan, reviewId: uuid, whatChanged: personal, inTheirWords: personal.optional() }),
  ...whose,
  personal: ['whatChanged', 'inTheirWords'],
  title: () => 'What changed, as the review found it',
  authority: 'Care Act 2014 s27(2)',
});
export type ChangesFoundAtReviewData = EventOf<typeof changesFoundAtReview>['data'];
