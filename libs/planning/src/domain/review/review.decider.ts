import { sameContent, streamName, unreachable, upholdAll, type Decider, type EventOf } from '@caretrail/kernel';
import type {
  RecordReturnedReview,
  RecordReturnedReviewData,
  reviewCompleted,
  reviewCorrected,
  reviewWithdrawn,
  WithdrawReturnedReview,
} from '../../contracts/index.js';
import { returnedReviewPolicies, withdrawalPolicies } from './review.policies.js';
import type { ReviewState } from './review.state.js';

export type { ReviewState } from './review.state.js';

export type ReviewCommand = RecordReturnedReview | WithdrawReturnedReview;
export type ReviewEvent =
  EventOf<typeof reviewCompleted> | EventOf<typeof reviewCorrected> | EventOf<typeof reviewWithdrawn>;

/** The stream of a review, by id. */
export const reviewStream = ({ reviewId }: { readonly reviewId: string }): string =>
  streamName('planning.review', reviewId);

/** A review under Care Act 2014 s27, as returns tell of it: recorded, corrected by later returns, withdrawn. */
export const reviewDecider: Decider<ReviewCommand, ReviewState, ReviewEvent> = {
  initial: {},

  decide(command, state, context) {
    switch (command.type) {
      case 'planning.record-returned-review':
        upholdAll(returnedReviewPolicies, command.data, state, context);
        return record(command.data, state);
      case 'planning.withdraw-returned-review':
        upholdAll(withdrawalPolicies, command.data, state, context);
        if (!state.standing) return [];
        return [
          {
            type: 'planning.review-withdrawn.v1',
            data: command.data,
            effectiveOn: state.standing.completedOn,
            corrects: state.eventId,
          },
        ];
      default:
        return unreachable(command);
    }
  },

  evolve(_, event) {
    switch (event.type) {
      case 'planning.review-completed.v1':
        return { standing: { ...event.data, completedOn: event.effectiveOn }, eventId: event.id };
      case 'planning.review-corrected.v1':
        return { standing: event.data, eventId: event.id };
      case 'planning.review-withdrawn.v1':
        return { eventId: event.id };
      default:
        return unreachable(event);
    }
  },
};

function record(data: RecordReturnedReviewData, { standing, eventId }: ReviewState): ReviewEvent[] {
  const { completedOn, ...review } = data;
  if (eventId === undefined) return [{ type: 'planning.review-completed.v1', data: review, effectiveOn: completedOn }];
  if (sameContent(data, standing)) return [];
  return [{ type: 'planning.review-corrected.v1', data, effectiveOn: completedOn, corrects: eventId }];
}
