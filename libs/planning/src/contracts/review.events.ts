import { defineEvent, type EventOf } from '@caretrail/kernel';
import { z } from 'zod';
import { returnedRow, withdrawalReason } from './returned-row.js';
import { coded, plainDate, uuid } from './shapes.js';

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

/** A review of care and support is complete. True on the day it ended. */
export const reviewCompleted = defineEvent({
  type: 'planning.review-completed.v1',
  schema: z.strictObject(review),
  personal: ['row.description'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: (data) => `Review completed: ${data.outcome}`,
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
