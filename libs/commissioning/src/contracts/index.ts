import { elementCorrected, elementEnded, elementPlaced, elementWithdrawn } from './commissioning.events.js';
import {
  directoryReceived,
  directoryRecordRejected,
  serviceDelisted,
  serviceListed,
  serviceListingChanged,
} from './directory.events.js';
import {
  specificationContributed,
  specificationOpened,
  specificationPublished,
  specificationVersionWritten,
  specificationWithdrawn,
} from './specification.events.js';

export * from './commissioning.commands.js';
export * from './commissioning.events.js';
export { directoryEntry, type DirectoryEntry } from './directory-entry.js';
export * from './directory.commands.js';
export * from './directory.events.js';
export { element, rate, type Element, type Rate } from './element.js';
export { clientTypes, returnedRow, type ReturnedRow } from './returned-row.js';
export * from './specification.commands.js';
export * from './specification.events.js';
export * from './values.js';
export * from './weekly-cost.js';

/** All that this context publishes. */
export const commissioningEvents = [
  elementPlaced,
  elementEnded,
  elementCorrected,
  elementWithdrawn,
  serviceListed,
  serviceListingChanged,
  serviceDelisted,
  directoryReceived,
  directoryRecordRejected,
  specificationOpened,
  specificationContributed,
  specificationVersionWritten,
  specificationPublished,
  specificationWithdrawn,
] as const;
