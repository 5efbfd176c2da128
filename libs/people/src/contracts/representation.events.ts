import { defineEvent, type EventOf } from '@caretrail/kernel';
import { z } from 'zod';
import {
  conflictKinds,
  evidenceKinds,
  representationKinds,
  representationScopes,
  revocationReasons,
} from './representation.values.js';
import { personal, plainDate, uuid } from './shapes.js';

const representation = { representationId: uuid, personId: uuid };

/** What stands between a representative and the person's interests, and how it is dealt with. Both texts are personal. */
export const conflictOfInterest = z.strictObject({
  kind: z.enum(conflictKinds),
  reasons: personal,
  handling: personal,
});
export type ConflictOfInterest = z.infer<typeof conflictOfInterest>;

/** A representation as it is appointed. `name`, `relation`, `contact` and the reference of the evidence are personal. */
export const appointment = z.strictObject({
  ...representation,
  kind: z.enum(representationKinds),
  /** Somebody of the register by their id, or somebody outside it by name: one of the two. */
  representative: z.strictObject({
    personId: uuid.optional(),
    name: personal.optional(),
    relation: personal.optional(),
    contact: personal.optional(),
  }),
  evidence: z.strictObject({ kind: z.enum(evidenceKinds), seenOn: plainDate, reference: personal.optional() }),
  scope: z.array(z.enum(representationScopes)),
  /** Last day; open where it is left out. It ends with the person's death in any case. */
  until: plainDate.optional(),
  conflicts: z.array(conflictOfInterest),
});

/** Somebody may speak for a person, within a scope and by an authority that was proved. True from its first day. */
export const representativeAppointed = defineEvent({
  type: 'people.representative-appointed.v1',
  schema: appointment,
  personal: [
    'representative.name',
    'representative.relation',
    'representative.contact',
    'evidence.reference',
    'conflicts.*.reasons',
    'conflicts.*.handling',
  ],
  subject: (data) => data.personId,
  people: ({ personId, representative }) => [personId, ...(representative.personId ? [representative.personId] : [])],
  title: ({ kind, scope }) => `Representative appointed: ${kind}, for ${scope.join(', ')}`,
  decision: true,
  authority: 'Care Act 2014 s9(5), s25(3); Mental Capacity Act 2005 s9, s16',
});
export type RepresentativeAppointedData = EventOf<typeof representativeAppointed>['data'];

/** A representation ended. True from the first day on which it no longer stands. */
export const representativeRevoked = defineEvent({
  type: 'people.representative-revoked.v1',
  schema: z.strictObject({ ...representation, reason: z.enum(revocationReasons), reasons: personal }),
  personal: ['reasons'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: ({ reason }) => `Representative revoked: ${reason}`,
  decision: true,
  authority: 'Care Act 2014 s9(5), s25(3); Mental Capacity Act 2005 s13, s16',
});
export type RepresentativeRevokedData = EventOf<typeof representativeRevoked>['data'];

/** A conflict of interest of a representative came to light after the appointment. */
export const conflictOfInterestRecorded = defineEvent({
  type: 'people.conflict-of-interest-recorded.v1',
  schema: z.strictObject({ ...representation, conflict: conflictOfInterest }),
  personal: ['conflict.reasons', 'conflict.handling'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: () => 'Conflict of interest of a representative recorded',
  authority: 'Care Act 2014 s1(3)(g), s67(5)(a)',
});
export type ConflictOfInterestRecordedData = EventOf<typeof conflictOfInterestRecorded>['data'];
