import type { RequestCorrectedData } from '../../contracts/index.js';

/** The request as it stands, and in which event; a request that was withdrawn keeps the event and stands no longer. */
export interface ContactEpisodeState {
  readonly standing?: RequestCorrectedData;
  /** The event that last told of the whole request: what a correction replaces. */
  readonly eventId?: string;
}
