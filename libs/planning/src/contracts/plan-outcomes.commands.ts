import { Command } from '@caretrail/kernel';
import { z } from 'zod';
import { domainLevel, pointAnswered } from './plan-outcomes.events.js';
import { coded, personal, uuid } from './shapes.js';
import { contributors, moments, respondents } from './values.js';

const completeFivePointCheck = z.strictObject({
  planId: uuid,
  answeredBy: z.enum(contributors),
  points: z.array(pointAnswered),
});
export type CompleteFivePointCheckData = z.infer<typeof completeFivePointCheck>;
/** Says of each of the five points of self-directed support whether it holds for this plan, and why. */
export class CompleteFivePointCheck extends Command<CompleteFivePointCheckData> {
  static readonly schema = completeFivePointCheck;
  readonly type = 'planning.complete-five-point-check';
}

const measureOutcome = z.strictObject({
  planId: uuid,
  moment: z.enum(moments),
  reviewId: uuid.optional(),
  instrument: coded,
  instrumentVersion: coded,
  answeredBy: z.enum(respondents),
  levels: z.array(domainLevel),
  words: personal.optional(),
});
export type MeasureOutcomeData = z.infer<typeof measureOutcome>;
/** Records how life is, domain by domain, by a named instrument. */
export class MeasureOutcome extends Command<MeasureOutcomeData> {
  static readonly schema = measureOutcome;
  readonly type = 'planning.measure-outcome';
}
