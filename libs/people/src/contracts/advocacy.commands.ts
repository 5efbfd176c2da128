import { Command } from '@caretrail/kernel';
import { z } from 'zod';
import { advocacyTests } from './advocacy.events.js';
import { advocacyEndings } from './advocacy.values.js';
import { coded, personal, uuid } from './shapes.js';

export type ConsiderAdvocacyData = z.infer<typeof advocacyTests>;
/** Answers the two tests; whether an advocate has to be arranged is worked out. */
export class ConsiderAdvocacy extends Command<ConsiderAdvocacyData> {
  static readonly schema = advocacyTests;
  readonly type = 'people.consider-advocacy';
}

const appointAdvocate = z.strictObject({
  advocacyId: uuid,
  personId: uuid,
  advocate: z.strictObject({ name: personal, organisation: coded }),
});
export type AppointAdvocateData = z.infer<typeof appointAdvocate>;
/** Says who the independent advocate is, from the day for which the command is true. */
export class AppointAdvocate extends Command<AppointAdvocateData> {
  static readonly schema = appointAdvocate;
  readonly type = 'people.appoint-advocate';
}

const endAdvocacy = z.strictObject({ advocacyId: uuid, personId: uuid, reason: z.enum(advocacyEndings) });
export type EndAdvocacyData = z.infer<typeof endAdvocacy>;
/** Says that the advocate acts no longer. */
export class EndAdvocacy extends Command<EndAdvocacyData> {
  static readonly schema = endAdvocacy;
  readonly type = 'people.end-advocacy';
}
