import { Command } from '@caretrail/kernel';
import { z } from 'zod';
import { personDetails } from './person-details.js';
import { coded, plainDate, uuid } from './shapes.js';

const registerPerson = z.strictObject({ personId: uuid, simulated: z.boolean(), details: personDetails });
export type RegisterPersonData = z.infer<typeof registerPerson>;
/** Makes a person known to the council. The id is a random UUID, chosen outside. */
export class RegisterPerson extends Command<RegisterPersonData> {
  static readonly schema = registerPerson;
  readonly type = 'people.register-person';
}

const correctDetails = z.strictObject({ personId: uuid, details: personDetails });
export type CorrectDetailsData = z.infer<typeof correctDetails>;
/** Gives the whole new details of a person. */
export class CorrectDetails extends Command<CorrectDetailsData> {
  static readonly schema = correctDetails;
  readonly type = 'people.correct-details';
}

const recordDeath = z.strictObject({ personId: uuid, diedOn: plainDate });
export type RecordDeathData = z.infer<typeof recordDeath>;
/** Records the day on which a person died; another day corrects the first. */
export class RecordDeath extends Command<RecordDeathData> {
  static readonly schema = recordDeath;
  readonly type = 'people.record-death';
}

const identifyCarer = z.strictObject({
  personId: uuid,
  caresFor: z.array(uuid),
  hoursCaredBand: coded.optional(),
  adultsCaredFor: z.int().min(0).optional(),
});
export type IdentifyCarerData = z.infer<typeof identifyCarer>;
/** Says that a person cares for others, unpaid: whom, and how much. */
export class IdentifyCarer extends Command<IdentifyCarerData> {
  static readonly schema = identifyCarer;
  readonly type = 'people.identify-carer';
}
