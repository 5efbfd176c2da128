import { Command } from '@caretrail/kernel';
import { z } from 'zod';
import { needNotMet } from './plan-line.js';
import { coded, personal, uuid } from './shapes.js';
import { planBudget, planLine, planOpening } from './support-plan.events.js';
import { agreements, closingReasons, formats, recipients, signatories, waysToSign } from './values.js';

export type OpenSupportPlanData = z.infer<typeof planOpening>;
/** Sent by a process when a budget is allocated. */
export class OpenSupportPlan extends Command<OpenSupportPlanData> {
  static readonly schema = planOpening;
  readonly type = 'planning.open-support-plan';
}

const statePlanBudget = z.strictObject({ planId: uuid, personId: uuid, budget: planBudget });
export type StatePlanBudgetData = z.infer<typeof statePlanBudget>;
/** Sent by a process when the statement of the personal budget was agreed, or uprated. */
export class StatePlanBudget extends Command<StatePlanBudgetData> {
  static readonly schema = statePlanBudget;
  readonly type = 'planning.state-plan-budget';
}

/** Somebody of the register of representatives who signs, dissents, or asks for a review. */
export const signingRepresentative = z.strictObject({
  representationId: uuid,
  /** As the register has them on that day; left out where no such representation stands. Put in by the handler: whatever a sender gives is replaced. */
  standing: z
    .strictObject({ kind: coded, scope: z.array(coded), name: personal.optional(), personId: uuid.optional() })
    .optional(),
});
export type SigningRepresentative = z.infer<typeof signingRepresentative>;

/** How the person's side signed. */
export const signature = z.strictObject({
  signatory: z.enum(signatories),
  how: z.enum(waysToSign),
  representative: signingRepresentative.optional(),
});
export type Signature = z.infer<typeof signature>;

const signSupportPlan = z.strictObject({ planId: uuid, ...signature.shape });
export type SignSupportPlanData = z.infer<typeof signSupportPlan>;
/** The person's side signs the version in the making, or the one that was agreed last. */
export class SignSupportPlan extends Command<SignSupportPlanData> {
  static readonly schema = signSupportPlan;
  readonly type = 'planning.sign-support-plan';
}

const agreeSupportPlan = z.strictObject({
  planId: uuid,
  /** Left out, the lines that were drafted; given by a system that drafted the plan elsewhere, whole. */
  lines: z.array(planLine).optional(),
  notMet: z.array(needNotMet).optional(),
  agreement: z.enum(agreements),
  /** What the person says of it, in their own words. */
  inTheirWords: personal.optional(),
  /** The reasonable steps that were taken to agree: required where the person dissents. */
  stepsToAgree: personal.optional(),
  /** Where the person's side signs together with the council. */
  signature: signature.optional(),
});
export type AgreeSupportPlanData = z.infer<typeof agreeSupportPlan>;
/** Signs the plan off for the council: each need has a line, or the lawful reason why the council does not meet it. */
export class AgreeSupportPlan extends Command<AgreeSupportPlanData> {
  static readonly schema = agreeSupportPlan;
  readonly type = 'planning.agree-support-plan';
}

const giveInWriting = z.strictObject({ planId: uuid, to: z.enum(recipients), format: z.enum(formats) });
export type GivePlanInWritingData = z.infer<typeof giveInWriting>;
/** A copy of the agreed version is given. */
export class GivePlanInWriting extends Command<GivePlanInWritingData> {
  static readonly schema = giveInWriting;
  readonly type = 'planning.give-plan-in-writing';
}

const startSupportPlan = z.strictObject({ planId: uuid });
export type StartSupportPlanData = z.infer<typeof startSupportPlan>;
/** Support under the agreed version begins. */
export class StartSupportPlan extends Command<StartSupportPlanData> {
  static readonly schema = startSupportPlan;
  readonly type = 'planning.start-support-plan';
}

const openPlanRevision = z.strictObject({ planId: uuid, reviewId: uuid, budget: planBudget.optional() });
export type OpenPlanRevisionData = z.infer<typeof openPlanRevision>;
/** Opens an agreed plan for change, because of a review that said so. */
export class OpenPlanRevision extends Command<OpenPlanRevisionData> {
  static readonly schema = openPlanRevision;
  readonly type = 'planning.open-plan-revision';
}

const closeSupportPlan = z.strictObject({ planId: uuid, reason: z.enum(closingReasons), words: personal });
export type CloseSupportPlanData = z.infer<typeof closeSupportPlan>;
/** Ends the plan. */
export class CloseSupportPlan extends Command<CloseSupportPlanData> {
  static readonly schema = closeSupportPlan;
  readonly type = 'planning.close-support-plan';
}
