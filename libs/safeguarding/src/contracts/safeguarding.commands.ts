import { Command } from '@caretrail/kernel';
import { z } from 'zod';
import { alert, conclusion, limbs } from './safeguarding.events.js';
import { uuid } from './shapes.js';
import { sequelsWithoutDuty } from './values.js';

export type RaiseAlertData = z.infer<typeof alert>;
/** Tells the council of abuse or neglect, on the day for which the command is true. */
export class RaiseAlert extends Command<RaiseAlertData> {
  static readonly schema = alert;
  readonly type = 'safeguarding.raise-alert';
}

const giveConcern = z.strictObject({ concernId: uuid, to: z.strictObject({ id: z.string().min(1).max(200) }) });
export type GiveConcernData = z.infer<typeof giveConcern>;
/** Gives a concern to a new owner: an account's id. */
export class GiveConcern extends Command<GiveConcernData> {
  static readonly schema = giveConcern;
  readonly type = 'safeguarding.give-concern';
}

const decideS42Criteria = z.strictObject({
  concernId: uuid,
  limbs,
  inArea: z.boolean(),
  /** Required where there is no duty, and only there. */
  ifNoDuty: z.enum(sequelsWithoutDuty).optional(),
});
export type DecideS42CriteriaData = z.infer<typeof decideS42Criteria>;
/** Answers the three parts of s42(1), each with reasons; whether there is a duty follows from them. */
export class DecideS42Criteria extends Command<DecideS42CriteriaData> {
  static readonly schema = decideS42Criteria;
  readonly type = 'safeguarding.decide-s42-criteria';
}

export type ConcludeEnquiryData = z.infer<typeof conclusion>;

/** Concludes the enquiry of s42(2): what was found, what action is to be taken and by whom, and what the adults wanted. */
export class ConcludeEnquiry extends Command<ConcludeEnquiryData> {
  static readonly schema = conclusion;
  readonly type = 'safeguarding.conclude-enquiry';
}
