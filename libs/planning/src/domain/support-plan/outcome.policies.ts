import { formatDate } from '@caretrail/kernel';
import {
  type CompleteFivePointCheckData,
  type MeasureOutcomeData,
  fivePoints,
  instrumentOf,
} from '../../contracts/index.js';
import {
  type PlanPolicy,
  budgetFirst,
  happenedByToday,
  notBeforeTheBudget,
  notClosed,
  silent,
} from './drafting.policies.js';

const everyPointOnce: PlanPolicy<CompleteFivePointCheckData> = {
  rule: 'every-point-once',
  section: 'Care Act 2014 s1(3)',
  check: ({ points }) =>
    fivePoints.flatMap((point) =>
      points.filter((answered) => answered.point === point).length === 1
        ? []
        : [{ message: `Answer “${point}” once.`, field: `points.${fivePoints.indexOf(point)}.holds` }],
    ),
};

const pointsHaveReasons: PlanPolicy<CompleteFivePointCheckData> = {
  rule: 'points-have-reasons',
  section: 'Care Act 2014 s1(3)',
  check: ({ points }) =>
    points.flatMap(({ point, reasons }, at) =>
      silent(reasons) ? [{ message: `Give the reasons for “${point}”.`, field: `points.${at}.reasons` }] : [],
    ),
};

const instrumentIsKnown: PlanPolicy<MeasureOutcomeData> = {
  rule: 'instrument-is-known',
  section: 'Care Act 2014 s1(2)',
  check: ({ instrument, instrumentVersion }) =>
    instrumentOf(instrument, instrumentVersion)
      ? undefined
      : [{ message: 'There is no instrument of this name and version.', field: 'instrument' }],
};

const everyDomainOnce: PlanPolicy<MeasureOutcomeData> = {
  rule: 'every-domain-once',
  section: 'Care Act 2014 s1(2)',
  check: ({ instrument, instrumentVersion, levels }) => {
    const { domains = [] } = instrumentOf(instrument, instrumentVersion) ?? {};
    if (!domains.length) return undefined;
    return [
      ...domains.flatMap((domain, at) =>
        levels.filter((level) => level.domain === domain).length === 1
          ? []
          : [{ message: `Choose one level for “${domain}”.`, field: `levels.${at}.level` }],
      ),
      ...levels.flatMap(({ domain }, at) =>
        domains.includes(domain)
          ? []
          : [{ message: `“${domain}” is not a domain of this instrument.`, field: `levels.${at}.domain` }],
      ),
    ];
  },
};

const momentFitsThePlan: PlanPolicy<MeasureOutcomeData> = {
  rule: 'moment-fits-the-plan',
  section: 'Care Act 2014 s27(2)',
  check: ({ moment }, { startedOn }, { effectiveOn }) => {
    if (moment === 'before' && startedOn && effectiveOn > startedOn)
      return [
        { message: `Support began on ${formatDate(startedOn)}; this is not before it any more.`, field: 'moment' },
      ];
    if (moment !== 'before' && (!startedOn || effectiveOn < startedOn))
      return [{ message: 'Support under this plan has not begun on this day: measure “before”.', field: 'moment' }];
    return undefined;
  },
};

const atAReviewOfThisPlan: PlanPolicy<MeasureOutcomeData> = {
  rule: 'at-a-review-of-this-plan',
  section: 'Care Act 2014 s27(2)',
  check: ({ reviewId }, { requests, reviews }) =>
    reviewId === undefined || requests.includes(reviewId) || reviews.some((review) => review.reviewId === reviewId)
      ? undefined
      : [{ message: 'This plan has no such review.', field: 'reviewId' }],
};

const personAnswersForThemselves: PlanPolicy<CompleteFivePointCheckData | MeasureOutcomeData> = {
  rule: 'person-answers-for-themselves',
  section: 'Care Act 2014 s1(3)(a)',
  check: ({ answeredBy }, _, { actor }) =>
    actor.role === 'person' && !['person', 'the person', 'the person with help'].includes(answeredBy)
      ? [{ message: 'You answer for yourself.', field: 'answeredBy' }]
      : undefined,
};

export const fivePointPolicies = [
  budgetFirst,
  notBeforeTheBudget,
  happenedByToday,
  notClosed,
  everyPointOnce,
  pointsHaveReasons,
  personAnswersForThemselves,
] as const;
export const measurePolicies = [
  budgetFirst,
  happenedByToday,
  notClosed,
  instrumentIsKnown,
  everyDomainOnce,
  momentFitsThePlan,
  atAReviewOfThisPlan,
  personAnswersForThemselves,
] as const;
