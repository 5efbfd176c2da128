import { advocacyEnded, advocateAppointed, advocateNotRequired, advocateOffered } from './advocacy.events.js';
import { bestInterestsDecided, capacityAssessed } from './capacity.events.js';
import { consentRecorded } from './consent.events.js';
import { erasureAgreed, erasureExtended, erasureRefused, erasureRequested, personErased } from './erasure.events.js';
import { carerIdentified, deathRecorded, detailsCorrected, personRegistered } from './people.events.js';
import { conflictOfInterestRecorded, representativeAppointed, representativeRevoked } from './representation.events.js';

export * from './advocacy.commands.js';
export * from './advocacy.events.js';
export * from './advocacy.values.js';
export * from './capacity.commands.js';
export * from './capacity.events.js';
export * from './capacity.values.js';
export * from './consent.commands.js';
export * from './consent.events.js';
export * from './erasure.commands.js';
export * from './erasure.events.js';
export * from './erasure.values.js';
export { OpenDuties } from './open-duties.port.js';
export * from './people.commands.js';
export * from './people.events.js';
export { personalDetails, personDetails, type PersonDetails } from './person-details.js';
export { PersonDirectory, type PersonLabel, recordNumber } from './person-directory.port.js';
export * from './representation.commands.js';
export * from './representation.events.js';
export * from './representation.values.js';

/** All that this context publishes. */
export const peopleEvents = [
  personRegistered,
  detailsCorrected,
  deathRecorded,
  carerIdentified,
  representativeAppointed,
  representativeRevoked,
  conflictOfInterestRecorded,
  advocateOffered,
  advocateNotRequired,
  advocateAppointed,
  advocacyEnded,
  capacityAssessed,
  bestInterestsDecided,
  consentRecorded,
  erasureRequested,
  erasureExtended,
  erasureRefused,
  erasureAgreed,
  personErased,
] as const;
