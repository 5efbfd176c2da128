import { Command } from '@caretrail/kernel';
import { z } from 'zod';
import { returnedRow, withdrawalReason } from './returned-row.js';
import { coded, plainDate, uuid } from './shapes.js';

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
