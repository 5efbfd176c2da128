import { Command } from '@caretrail/kernel';
import { z } from 'zod';
import { appointment, conflictOfInterest } from './representation.events.js';
import { revocationReasons } from './representation.values.js';
import { personal, plainDate, uuid } from './shapes.js';

/** The day the person died, where it is known: looked up at the edge, because it stands in the person's own stream. */
const diedOn = plainDate.optional();

const appointRepresentative = appointment.extend({ diedOn });
export type AppointRepresentativeData = z.infer<typeof appointRepresentative>;
/** Lets somebody speak for a person, from the day for which the command is true. */
export class AppointRepresentative extends Command<AppointRepresentativeData> {
  static readonly schema = appointRepresentative;
  readonly type = 'people.appoint-representative';
}

const revokeRepresentative = z.strictObject({
  personId: uuid,
  representationId: uuid,
  reason: z.enum(revocationReasons),
  reasons: personal,
});
export type RevokeRepresentativeData = z.infer<typeof revokeRepresentative>;
/** Ends a representation on the day for which the command is true. */
export class RevokeRepresentative extends Command<RevokeRepresentativeData> {
  static readonly schema = revokeRepresentative;
  readonly type = 'people.revoke-representative';
}

const recordConflictOfInterest = z.strictObject({
  personId: uuid,
  representationId: uuid,
  conflict: conflictOfInterest,
});
export type RecordConflictOfInterestData = z.infer<typeof recordConflictOfInterest>;
/** Keeps a conflict of interest that came to light after the appointment. */
export class RecordConflictOfInterest extends Command<RecordConflictOfInterestData> {
  static readonly schema = recordConflictOfInterest;
  readonly type = 'people.record-conflict-of-interest';
}
