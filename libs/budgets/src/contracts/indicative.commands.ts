import { Command } from '@caretrail/kernel';
import { z } from 'zod';
import { carerFacts, rasAnswer } from './indicative.events.js';
import { rulebookContent } from './rulebook.values.js';
import { personal, plainDate, uuid } from './shapes.js';

const allocationId = uuid;

const receiveAnswers = z.strictObject({
  allocationId,
  sourceEventId: uuid.optional(),
  answers: z.array(rasAnswer).max(200),
  carer: carerFacts.optional(),
});
export type ReceiveAnswersData = z.infer<typeof receiveAnswers>;
/** Hands answers to an allocation: a process those of an assessment, a practitioner those that it lacks. */
export class ReceiveAnswers extends Command<ReceiveAnswersData> {
  static readonly schema = receiveAnswers;
  readonly type = 'budgets.receive-answers';
}

/** The published version that is in force on the day for which is calculated. */
export const rulebookInForce = z.strictObject({
  version: z.int().min(1),
  /** The stored event in which it was published. */
  eventId: uuid,
  effectiveFrom: plainDate,
  content: rulebookContent,
});
export type RulebookInForce = z.infer<typeof rulebookInForce>;

const calculateIndicativeBudget = z.strictObject({
  allocationId,
  rulebookId: uuid,
  /** Put in at the edge, from the rulebook's own stream; whatever a sender gives is replaced. */
  rulebook: rulebookInForce.optional(),
});
export type CalculateIndicativeBudgetData = z.infer<typeof calculateIndicativeBudget>;
/** Works out what the rulebook in force on the command's day indicates for the answers that the allocation has. */
export class CalculateIndicativeBudget extends Command<CalculateIndicativeBudgetData> {
  static readonly schema = calculateIndicativeBudget;
  readonly type = 'budgets.calculate-indicative-budget';
}

const proposeOverride = z.strictObject({ allocationId, pencePerWeek: z.int(), reasons: personal });
export type ProposeOverrideData = z.infer<typeof proposeOverride>;
/** Asks for another amount than the indicated one. */
export class ProposeOverride extends Command<ProposeOverrideData> {
  static readonly schema = proposeOverride;
  readonly type = 'budgets.propose-override';
}

const decideOverride = z.strictObject({ allocationId, approved: z.boolean(), reasons: personal });
export type DecideOverrideData = z.infer<typeof decideOverride>;
/** Says yes or no to the amount that somebody else proposed. */
export class DecideOverride extends Command<DecideOverrideData> {
  static readonly schema = decideOverride;
  readonly type = 'budgets.decide-override';
}
