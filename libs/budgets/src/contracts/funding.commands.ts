import { Command } from '@caretrail/kernel';
import { z } from 'zod';
import { fundingStream } from './funding.events.js';
import { alignedSteps, fundingHolders, fundingUses } from './funding.values.js';
import { personal, plainDate, uuid } from './shapes.js';

const personId = uuid;

const addFundingStream = fundingStream.extend({ personId });
export type AddFundingStreamData = z.infer<typeof addFundingStream>;
/** Notes public money that the person has beside the personal budget. */
export class AddFundingStream extends Command<AddFundingStreamData> {
  static readonly schema = addFundingStream;
  readonly type = 'budgets.add-funding-stream';
}

const withdrawFundingStream = z.strictObject({ personId, fundingId: uuid, to: plainDate, reasons: personal });
export type WithdrawFundingStreamData = z.infer<typeof withdrawFundingStream>;
/** Notes the last day of it, and why it ends. */
export class WithdrawFundingStream extends Command<WithdrawFundingStreamData> {
  static readonly schema = withdrawFundingStream;
  readonly type = 'budgets.withdraw-funding-stream';
}

const poolFunding = z.strictObject({
  personId,
  poolId: uuid,
  use: z.enum(fundingUses),
  /** How much of each stream, each time that it comes; all of it where it is left out. */
  parts: z.array(z.strictObject({ fundingId: uuid, pence: z.int().optional() })).max(50),
});
export type PoolFundingData = z.infer<typeof poolFunding>;
/** Asks which streams may go together for a use: what may is pooled, what may not is blocked with the reason. */
export class PoolFunding extends Command<PoolFundingData> {
  static readonly schema = poolFunding;
  readonly type = 'budgets.pool-funding';
}

const planFundingStep = z.strictObject({
  personId,
  appointmentId: uuid,
  step: z.enum(alignedSteps),
  fundingIds: z.array(uuid).max(50),
  on: plainDate,
});
export type PlanFundingStepData = z.infer<typeof planFundingStep>;
/** Plans an assessment or a review of one stream, or of several together. */
export class PlanFundingStep extends Command<PlanFundingStepData> {
  static readonly schema = planFundingStep;
  readonly type = 'budgets.plan-funding-step';
}

const holdFundingStep = z.strictObject({
  personId,
  appointmentId: uuid,
  on: plainDate,
  tookPart: z.array(z.enum(fundingHolders)).max(20),
});
export type HoldFundingStepData = z.infer<typeof holdFundingStep>;
/** Notes that it took place, and who took part. */
export class HoldFundingStep extends Command<HoldFundingStepData> {
  static readonly schema = holdFundingStep;
  readonly type = 'budgets.hold-funding-step';
}
