import type { CarerIdentifiedData, PersonDetails } from '../../contracts/index.js';

/** What later decisions about a person need: nothing of it leaves the decider. */
export interface PersonState {
  readonly simulated?: boolean;
  readonly details?: PersonDetails;
  /** The last correction of the details. The registration is never corrected: that somebody became known stands. */
  readonly correction?: string;
  readonly death?: { readonly on: string; readonly event: string };
  readonly caring?: CarerIdentifiedData;
}
