import type { Element, ElementCorrectedData } from '../../contracts/index.js';

/** A service with its outcome in one place, whichever of the two a source has put it in. */
export interface Service extends Omit<ElementCorrectedData, 'element'> {
  readonly element: Omit<Element, 'outcome'>;
}

/** The service as it stands, and in which event; one that was withdrawn keeps the event and stands no longer. */
export interface CarePackageState {
  readonly standing?: Service;
  /** The event that last told of the whole service: what a correction replaces. */
  readonly eventId?: string;
}
