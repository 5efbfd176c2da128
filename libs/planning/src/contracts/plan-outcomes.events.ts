import { defineEvent, type EventOf } from '@caretrail/kernel';
import { z } from 'zod';
import { coded, personal, uuid } from './shapes.js';
import { contributors, fivePoints, moments, pointAnswers, respondents } from './values.js';

const ofPlan = { planId: uuid, personId: uuid };
const whose = {
  subject: (data: { readonly personId: string }) => data.personId,
  people: (data: { readonly personId: string }) => [data.personId],
};

/** One of the five points of self-directed support: whether it holds for this plan, and why. */
export const pointAnswered = z.strictObject({
  point: z.enum(fivePoints),
  holds: z.enum(pointAnswers),
  reasons: personal,
});
export type PointAnswered = z.infer<typeof pointAnswered>;

/** Whether the support is self-directed, point by point, as somebody saw it on a day; kept so that it can be trended. */
export const fivePointCheckCompleted = defineEvent({
  type: 'planning.five-point-check-completed.v1',
  schema: z.strictObject({
    ...ofPlan,
    /** The version of the plan that was looked at; that in the making where none is agreed. */
    version: z.int().min(1),
    answeredBy: z.enum(contributors),
    points: z.array(pointAnswered).length(fivePoints.length),
  }),
  ...whose,
  personal: ['points.*.reasons'],
  title: ({ points }) =>
    `Five-point check: ${points.filter(({ holds }) => holds === 'yes').length} of ${fivePoints.length} points hold`,
  authority: 'Care Act 2014 s1(3), s25(3)',
});
export type FivePointCheckCompletedData = EventOf<typeof fivePointCheckCompleted>['data'];

/** The level of a domain, 0 (high needs) to 3 (as the person wants it). */
export const domainLevel = z.strictObject({ domain: coded, level: z.int().min(0).max(3) });
export type DomainLevel = z.infer<typeof domainLevel>;

/** How life is, domain by domain, by a named instrument in a named version; before, during or after the support. */
export const outcomeMeasured = defineEvent({
  type: 'planning.outcome-measured.v1',
  schema: z.strictObject({
    ...ofPlan,
    moment: z.enum(moments),
    /** The review at which it was measured. */
    reviewId: uuid.optional(),
    instrument: coded,
    instrumentVersion: coded,
    answeredBy: z.enum(respondents),
    levels: z.array(domainLevel).min(1),
    /** What the person says of it. */
    words: personal.optional(),
  }),
  ...whose,
  personal: ['words'],
  title: ({ instrument, instrumentVersion, moment, levels }) =>
    `${instrument} (version ${instrumentVersion}) measured ${moment} support: ${levels.length} domains`,
  authority: 'Care Act 2014 s1(2), s27(2)',
});
export type OutcomeMeasuredData = EventOf<typeof outcomeMeasured>['data'];
