import { Command } from '@caretrail/kernel';
import type { z } from 'zod';
import { advice, givenInWriting, residence, signpost, wishes } from './determination.events.js';

export type RecordWishesData = z.infer<typeof wishes>;
/** Keeps what could be done, and whether the person wants the council to do it. */
export class RecordWishes extends Command<RecordWishesData> {
  static readonly schema = wishes;
  readonly type = 'assessment.record-wishes';
}

export type EstablishOrdinaryResidenceData = z.infer<typeof residence>;
/** Says where the person is ordinarily resident, on which ground. */
export class EstablishOrdinaryResidence extends Command<EstablishOrdinaryResidenceData> {
  static readonly schema = residence;
  readonly type = 'assessment.establish-ordinary-residence';
}

export type GiveDecisionInWritingData = z.infer<typeof givenInWriting>;
/** Says what was given to the person in writing. */
export class GiveDecisionInWriting extends Command<GiveDecisionInWritingData> {
  static readonly schema = givenInWriting;
  readonly type = 'assessment.give-decision-in-writing';
}

export type GiveWrittenAdviceData = z.infer<typeof advice>;
/** Gives written advice where no need is eligible. */
export class GiveWrittenAdvice extends Command<GiveWrittenAdviceData> {
  static readonly schema = advice;
  readonly type = 'assessment.give-written-advice';
}

export type SignpostToUniversalServiceData = z.infer<typeof signpost>;
/** Points the person to a service that is there for everybody. */
export class SignpostToUniversalService extends Command<SignpostToUniversalServiceData> {
  static readonly schema = signpost;
  readonly type = 'assessment.signpost-to-universal-service';
}
