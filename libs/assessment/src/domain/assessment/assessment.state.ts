import type { AssessmentCorrectedData } from '../../contracts/index.js';

/** The assessment as it stands, and in which event; one that was withdrawn keeps the event and stands no longer. */
export interface AssessmentState {
  readonly standing?: AssessmentCorrectedData;
  /** The event that last told of the whole assessment: what a correction replaces. */
  readonly eventId?: string;
}
