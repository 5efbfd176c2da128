import type { ReviewCorrectedData } from '../../contracts/index.js';

/** The review as it stands, and in which event; one that was withdrawn keeps the event and stands no longer. */
export interface ReviewState {
  readonly standing?: ReviewCorrectedData;
  /** The event that last told of the whole review: what a correction replaces. */
  readonly eventId?: string;
}
