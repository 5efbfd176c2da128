import type { DecisionContext, Policy } from '@caretrail/kernel';
import type { RecordReturnedReviewData } from '../../contracts/index.js';
import type { ReviewState } from './review.state.js';

type ReviewPolicy<Data> = Policy<Data, ReviewState, DecisionContext>;

const endsNotBeforeItStarts: ReviewPolicy<RecordReturnedReviewData> = {
  rule: 'ends-not-before-it-starts',
  section: 'Care Act 2014 s27',
  check: ({ startedOn, completedOn }) =>
    completedOn < startedOn
      ? [{ message: 'The review was completed before it started.', field: 'completedOn' }]
      : undefined,
};

const recordedFirst: ReviewPolicy<unknown> = {
  rule: 'recorded-first',
  section: 'UK GDPR Article 5(1)(d)',
  check: (_, state) => (state.eventId ? undefined : [{ message: 'There is no such review to withdraw.' }]),
};

export const returnedReviewPolicies = [endsNotBeforeItStarts] as const;
export const withdrawalPolicies = [recordedFirst] as const;
