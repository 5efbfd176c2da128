import { assessmentCompleted, assessmentCorrected, assessmentWithdrawn } from './assessment.events.js';
import { requestConcluded, requestCorrected, requestWithdrawn, supportRequested } from './contact-episode.events.js';

export * from './assessment.commands.js';
export * from './assessment.events.js';
export * from './contact-episode.commands.js';
export * from './contact-episode.events.js';
export { clientTypes, returnedRow, type ReturnedRow } from './returned-row.js';
export * from './values.js';

/** All that this context publishes. */
export const assessmentEvents = [
  supportRequested,
  requestConcluded,
  requestCorrected,
  requestWithdrawn,
  assessmentCompleted,
  assessmentCorrected,
  assessmentWithdrawn,
] as const;
