import { Command } from '@caretrail/kernel';
import { z } from 'zod';
import { aboutThePerson, supportOption } from './plan-drafting.events.js';
import { draftedLine, unmetNeed } from './plan-line.js';
import { coded, personal, uuid } from './shapes.js';
import { signingRepresentative } from './support-plan.commands.js';
import { contributors, dissenters } from './values.js';

const writeLine = z.strictObject({ planId: uuid, line: draftedLine });
export type ContributePlanLineData = z.infer<typeof writeLine>;
/** Adds a line to the plan in the making. */
export class ContributePlanLine extends Command<ContributePlanLineData> {
  static readonly schema = writeLine;
  readonly type = 'planning.contribute-plan-line';
}

export type ChangePlanLineData = ContributePlanLineData;
/** Says the whole line anew. */
export class ChangePlanLine extends Command<ChangePlanLineData> {
  static readonly schema = writeLine;
  readonly type = 'planning.change-plan-line';
}

const withdrawPlanLine = z.strictObject({ planId: uuid, lineId: uuid, why: personal.optional() });
export type WithdrawPlanLineData = z.infer<typeof withdrawPlanLine>;
/** Takes a line out of the plan in the making. */
export class WithdrawPlanLine extends Command<WithdrawPlanLineData> {
  static readonly schema = withdrawPlanLine;
  readonly type = 'planning.withdraw-plan-line';
}

const recordNeedUnmet = z.strictObject({ planId: uuid, ...unmetNeed.shape });
export type RecordNeedUnmetData = z.infer<typeof recordNeedUnmet>;
/** Records that a need is not met, with the lawful reason, or as an open duty. */
export class RecordNeedUnmet extends Command<RecordNeedUnmetData> {
  static readonly schema = recordNeedUnmet;
  readonly type = 'planning.record-need-unmet';
}

const withdrawUnmetNeed = z.strictObject({ planId: uuid, need: coded });
export type WithdrawUnmetNeedData = z.infer<typeof withdrawUnmetNeed>;
/** Takes the record back that a need is not met. */
export class WithdrawUnmetNeed extends Command<WithdrawUnmetNeedData> {
  static readonly schema = withdrawUnmetNeed;
  readonly type = 'planning.withdraw-unmet-need';
}

const recordAboutPerson = z.strictObject({ planId: uuid, ...aboutThePerson.shape });
export type RecordAboutPersonData = z.infer<typeof recordAboutPerson>;
/** Records what matters, strengths, the circle of support, contingency: the whole of it anew. */
export class RecordAboutPerson extends Command<RecordAboutPersonData> {
  static readonly schema = recordAboutPerson;
  readonly type = 'planning.record-about-person';
}

const offerOptions = z.strictObject({
  planId: uuid,
  need: coded,
  options: z.array(supportOption).min(1).max(20),
  chosenBy: z.enum(contributors),
  whyOne: personal.optional(),
});
export type OfferOptionsData = z.infer<typeof offerOptions>;
/** Records which ways to meet a need were put before the person, and which they chose. */
export class OfferOptions extends Command<OfferOptionsData> {
  static readonly schema = offerOptions;
  readonly type = 'planning.offer-options';
}

const recordDissent = z.strictObject({
  planId: uuid,
  by: z.enum(dissenters),
  /** Exactly where it is a representative: who of the register. */
  representative: signingRepresentative.optional(),
  lineId: uuid.optional(),
  words: personal,
});
export type RecordDissentData = z.infer<typeof recordDissent>;
/** Records that somebody does not agree with the plan in the making, or with a line of it. */
export class RecordDissent extends Command<RecordDissentData> {
  static readonly schema = recordDissent;
  readonly type = 'planning.record-dissent';
}
