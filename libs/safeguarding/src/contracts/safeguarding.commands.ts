import { Command } from '@caretrail/kernel';
import { z } from 'zod';
import { noProtectionPlan, protectionPlan, protectionReview } from './protection-plan.events.js';
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

export type AgreeProtectionPlanData = z.infer<typeof protectionPlan>;
/** Agrees how one adult is kept safe after the enquiry; again, where the plan changes. */
export class AgreeProtectionPlan extends Command<AgreeProtectionPlanData> {
  static readonly schema = protectionPlan;
  readonly type = 'safeguarding.agree-protection-plan';
}

export type DecideNoProtectionPlanData = z.infer<typeof noProtectionPlan>;
/** Decides that one adult needs no protection plan, although action is taken. */
export class DecideNoProtectionPlan extends Command<DecideNoProtectionPlanData> {
  static readonly schema = noProtectionPlan;
  readonly type = 'safeguarding.decide-no-protection-plan';
}

export type ReviewProtectionPlanData = z.infer<typeof protectionReview>;
/** Reviews the plan of one adult, step by step: it goes on, or it ends. */
export class ReviewProtectionPlan extends Command<ReviewProtectionPlanData> {
  static readonly schema = protectionReview;
  readonly type = 'safeguarding.review-protection-plan';
}
