import { describe, expect, it } from '@jest/globals';
import { specification } from '@caretrail/testing';
import {
  planningEvents,
  RecordReturnedReview,
  type RecordReturnedReviewData,
  WithdrawReturnedReview,
} from '../../contracts/index.js';
import { reviewDecider, type ReviewEvent, reviewStream } from './review.decider.js';

const ids = { reviewId: '0b0f0000-0000-4000-8000-000000000001', personId: '0b0f0000-0000-4000-8000-000000000002' };
const { completedOn, ...review }: RecordReturnedReviewData = {
  ...ids,
  reason: 'Planned review of long term support',
  method: 'Service user only',
  startedOn: '2025-06-02',
  completedOn: '2025-06-12',
  outcome: 'Continuation of support or services',
  outcomesAchieved: 'Partially met',
  row: { clientType: 'Service user' },
};
const returned = { ...review, completedOn };
const completed: ReviewEvent = { type: 'planning.review-completed.v1', data: review, effectiveOn: completedOn };
const later = { ...returned, completedOn: '2025-06-20', outcomesAchieved: 'Fully met' };
const corrected: ReviewEvent = {
  type: 'planning.review-corrected.v1',
  data: later,
  effectiveOn: '2025-06-20',
  corrects: 'event-1',
};
const withdrawal = { ...ids, reason: 'Missing from a later file' };
const withdrawn: ReviewEvent = {
  type: 'planning.review-withdrawn.v1',
  data: withdrawal,
  effectiveOn: '2025-06-12',
  corrects: 'event-1',
};
const spec = specification(reviewDecider, planningEvents);

describe('a review that a return tells of', () => {
  it('has a stream of its own', () => expect(reviewStream(ids)).toBe(`planning.review-${ids.reviewId}`));
  it('is recorded on the day it ended', () => spec.when(RecordReturnedReview, returned).then(completed));
  it('is nothing new when it is returned again', () =>
    spec.given(completed).when(RecordReturnedReview, returned).thenNothing());
  it('is corrected when it differs', () => spec.given(completed).when(RecordReturnedReview, later).then(corrected));
  it('is nothing new after the correction', () =>
    spec.given(completed, corrected).when(RecordReturnedReview, later).thenNothing());
  it('is withdrawn', () => spec.given(completed).when(WithdrawReturnedReview, withdrawal).then(withdrawn));
  it('is withdrawn once', () =>
    spec.given(completed, withdrawn).when(WithdrawReturnedReview, withdrawal).thenNothing());
  it('stands again when it is returned after that', () =>
    spec
      .given(completed, withdrawn)
      .when(RecordReturnedReview, later)
      .then({ ...corrected, corrects: 'event-2' }));
  it('cannot be withdrawn when nobody told of it', () =>
    spec.when(WithdrawReturnedReview, withdrawal).thenRefused('recorded-first'));
  it('may end on the day on which it starts', () =>
    expect(
      spec.when(RecordReturnedReview, { ...returned, completedOn: returned.startedOn }).events()[0]?.effectiveOn,
    ).toBe(returned.startedOn));
  it('does not end before it starts', () =>
    spec
      .when(RecordReturnedReview, { ...returned, completedOn: '2025-06-01' })
      .thenRefused('ends-not-before-it-starts', { section: 'Care Act 2014 s27', field: 'completedOn' }));
});
