import type { CommandRoute } from '@caretrail/kernel';
import {
  AgreeErasure,
  AppointAdvocate,
  AppointRepresentative,
  AssessCapacity,
  ConsiderAdvocacy,
  CorrectDetails,
  DecideInBestInterests,
  EndAdvocacy,
  ErasePerson,
  IdentifyCarer,
  RecordConflictOfInterest,
  RecordConsent,
  RecordDeath,
  ExtendErasure,
  RefuseErasure,
  RegisterPerson,
  RequestErasure,
  RevokeRepresentative,
} from './contracts/index.js';
import { advocacyDecider, advocacyStream } from './domain/advocacy/advocacy.decider.js';
import { capacityDecider, capacityStream } from './domain/capacity/capacity.decider.js';
import { consentDecider, consentStream } from './domain/consent/consent.decider.js';
import { erasureDecider, erasureStream } from './domain/erasure/erasure.decider.js';
import { personDecider, personStream } from './domain/person/person.decider.js';
import { representationDecider, representationStream } from './domain/representation/representation.decider.js';

const person = { decider: personDecider, stream: personStream };
const representation = { decider: representationDecider, stream: representationStream };
const advocacy = { decider: advocacyDecider, stream: advocacyStream };
const capacity = { decider: capacityDecider, stream: capacityStream };
const erasure = { decider: erasureDecider, stream: erasureStream };

/** Which decider answers each command of this context, and on which stream. */
export const peopleRoutes: CommandRoute[] = [
  { command: RegisterPerson, ...person },
  { command: CorrectDetails, ...person },
  { command: RecordDeath, ...person },
  { command: IdentifyCarer, ...person },
  { command: AppointRepresentative, ...representation },
  { command: RevokeRepresentative, ...representation },
  { command: RecordConflictOfInterest, ...representation },
  { command: ConsiderAdvocacy, ...advocacy },
  { command: AppointAdvocate, ...advocacy },
  { command: EndAdvocacy, ...advocacy },
  { command: AssessCapacity, ...capacity },
  { command: DecideInBestInterests, ...capacity },
  { command: RecordConsent, decider: consentDecider, stream: consentStream },
  { command: RequestErasure, ...erasure },
  { command: ExtendErasure, ...erasure },
  { command: RefuseErasure, ...erasure },
  { command: AgreeErasure, ...erasure },
  { command: ErasePerson, ...erasure },
];
