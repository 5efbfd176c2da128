import { Command } from '@caretrail/kernel';
import { z } from 'zod';
import { personal, uuid } from './shapes.js';
import { needNotMet, planLine, planOpening } from './support-plan.events.js';
import { agreements } from './values.js';

export type OpenSupportPlanData = z.infer<typeof planOpening>;
/** Sent by a process when a budget is allocated. */
export class OpenSupportPlan extends Command<OpenSupportPlanData> {
  static readonly schema = planOpening;
  readonly type = 'planning.open-support-plan';
}

const agreeSupportPlan = z.strictObject({
  planId: uuid,
  lines: z.array(planLine),
  notMet: z.array(needNotMet),
  agreement: z.enum(agreements),
  /** What the person says of it, in their own words. */
  inTheirWords: personal.optional(),
  /** The reasonable steps that were taken to agree: required where the person dissents. */
  stepsToAgree: personal.optional(),
});
export type AgreeSupportPlanData = z.infer<typeof agreeSupportPlan>;
/** Signs the plan off: each need has a line, or the lawful reason why the council does not meet it. */
export class AgreeSupportPlan extends Command<AgreeSupportPlanData> {
  static readonly schema = agreeSupportPlan;
  readonly type = 'planning.agree-support-plan';
}
