import { addMonths, formatDate, formatPence } from '@caretrail/kernel';
import {
  type CompleteReviewData,
  type DeclineReviewRequestData,
  type OpenPlanRevisionData,
  type RequestReviewData,
  SCOPE_OF_REVIEWS,
  type SetReviewDueData,
} from '../../contracts/index.js';
import { type PlanPolicy, happenedByToday, notClosed, silent } from './drafting.policies.js';
import { speaksByAuthority } from './representative.policies.js';

/** A plan is reviewed no later than every twelve months (Care and Support Statutory Guidance 13.32). */
export const MOST_MONTHS_BETWEEN_REVIEWS = 12;
/** The first, light look at a new plan comes six to eight weeks after it is signed off (Guidance 13.19). */
export const WEEKS_TO_FIRST_LOOK = 8;

const planInForce: PlanPolicy<unknown> = {
  rule: 'plan-in-force',
  section: 'Care Act 2014 s27(1)',
  check: (_, { version }) =>
    version ? undefined : [{ message: 'There is no agreed plan to review yet: change the draft itself.' }],
};

const requestInWords: PlanPolicy<RequestReviewData> = {
  rule: 'request-in-words',
  section: 'Care Act 2014 s27(1)(b)',
  check: ({ words }) =>
    silent(words) ? [{ message: 'Say what has changed, or what is wrong with the plan.', field: 'words' }] : undefined,
};

const personAsksForThemselves: PlanPolicy<RequestReviewData> = {
  rule: 'person-asks-for-themselves',
  section: 'Care Act 2014 s27(1)(b)',
  check: ({ by }, _, { actor }) =>
    actor.role === 'person' && by !== 'the person' ? [{ message: 'You ask for yourself.', field: 'by' }] : undefined,
};

const requestIsNew: PlanPolicy<RequestReviewData> = {
  rule: 'review-is-new',
  section: 'Care Act 2014 s27(1)(b)',
  check: ({ reviewId }, { requests, reviews }) =>
    requests.includes(reviewId) || reviews.some((review) => review.reviewId === reviewId)
      ? [{ message: 'A review with this id was asked for already.', field: 'reviewId' }]
      : undefined,
};

const requestIsOpen: PlanPolicy<DeclineReviewRequestData> = {
  rule: 'request-is-open',
  section: 'Care Act 2014 s27(1)(b)',
  check: ({ reviewId }, { requests }) =>
    requests.includes(reviewId)
      ? undefined
      : [{ message: 'No request for a review with this id is open.', field: 'reviewId' }],
};

const decliningHasReasons: PlanPolicy<DeclineReviewRequestData> = {
  rule: 'declining-has-reasons',
  section: 'Care Act 2014 s27(1)(b)',
  check: ({ reasons }) =>
    silent(reasons)
      ? [{ message: 'Say why the request is not a reasonable one; the person is told.', field: 'reasons' }]
      : undefined,
};

const reviewIsNew: PlanPolicy<CompleteReviewData> = {
  rule: 'review-is-new',
  section: 'Care Act 2014 s27',
  check: ({ reviewId }, { reviews }) =>
    reviews.some((review) => review.reviewId === reviewId)
      ? [{ message: 'This review is complete already.', field: 'reviewId' }]
      : undefined,
};

const endsNotBeforeItStarts: PlanPolicy<CompleteReviewData> = {
  rule: 'ends-not-before-it-starts',
  section: 'Care Act 2014 s27',
  check: ({ startedOn }, _, { effectiveOn }) =>
    effectiveOn < startedOn
      ? [{ message: 'The review was completed before it started.', field: 'startedOn' }]
      : undefined,
};

const notInTheFuture: PlanPolicy<unknown> = {
  rule: 'review-has-taken-place',
  section: 'Care Act 2014 s27',
  check: (_, __, { effectiveOn, today }) =>
    effectiveOn > today
      ? [{ message: `The review is dated ${formatDate(effectiveOn)}, which is still to come.`, field: 'effectiveOn' }]
      : undefined,
};

const notBeforeThePlan: PlanPolicy<unknown> = {
  rule: 'not-before-the-agreement',
  section: 'Care Act 2014 s27',
  check: (_, { agreedOn }, { effectiveOn }) =>
    agreedOn && effectiveOn < agreedOn
      ? [{ message: `This version was agreed on ${formatDate(agreedOn)}, after this day.`, field: 'effectiveOn' }]
      : undefined,
};

const whatChangedIsSaid: PlanPolicy<CompleteReviewData> = {
  rule: 'what-changed-is-said',
  section: 'Care Act 2014 s27(2)',
  check: ({ whatChanged }) =>
    silent(whatChanged) ? [{ message: 'Say what has changed, or that nothing has.', field: 'whatChanged' }] : undefined,
};

const answersItsRequest: PlanPolicy<CompleteReviewData> = {
  rule: 'request-makes-it-unplanned',
  section: 'Care Act 2014 s27(1)(b)',
  check: ({ reviewId, reason }, { requests }) =>
    requests.includes(reviewId) && !reason.startsWith('Unplanned')
      ? [{ message: 'A review that was asked for is not a planned one: choose why it was made.', field: 'reason' }]
      : undefined,
};

const outcomeFitsTheConsequence: PlanPolicy<CompleteReviewData> = {
  rule: 'outcome-fits-the-consequence',
  section: 'Care Act 2014 s27',
  check: ({ outcome, consequence }) => {
    const ends = consequence === 'the plan ends';
    const stops = outcome.startsWith('NFA: ');
    if (ends === stops || (ends && outcome === 'Admitted to hospital')) return undefined;
    return [{ message: `“${consequence}” and “${outcome}” do not go together.`, field: 'outcome' }];
  },
};

const nextWithinTwelveMonths: PlanPolicy<CompleteReviewData> = {
  rule: 'review-at-least-yearly',
  section: 'Care Act 2014 s27(1)(a); Guidance 13.32',
  check: ({ nextReviewInMonths }) =>
    nextReviewInMonths < 1 || nextReviewInMonths > MOST_MONTHS_BETWEEN_REVIEWS
      ? [
          {
            message: `The next review is in 1 to ${MOST_MONTHS_BETWEEN_REVIEWS} months.`,
            field: 'nextReviewInMonths',
          },
        ]
      : undefined,
};

const broughtForwardOnly: PlanPolicy<SetReviewDueData> = {
  rule: 'review-at-least-yearly',
  section: 'Care Act 2014 s27(1)(a); Guidance 13.32',
  check: ({ dueOn }, { reviewDue }) => {
    if (!reviewDue) return undefined;
    const latest = addMonths(reviewDue.countedFrom, MOST_MONTHS_BETWEEN_REVIEWS);
    return dueOn < reviewDue.countedFrom || dueOn > latest
      ? [
          {
            message: `Enter a day from ${formatDate(reviewDue.countedFrom)} to ${formatDate(latest)}: a plan is reviewed within ${MOST_MONTHS_BETWEEN_REVIEWS} months.`,
            field: 'dueOn',
          },
        ]
      : undefined;
  },
};

const citesItsReview: PlanPolicy<OpenPlanRevisionData> = {
  rule: 'revision-cites-its-review',
  section: 'Care Act 2014 s27(2)–(4)',
  check: ({ reviewId }, { reviews }) => {
    const review = reviews.find((each) => each.reviewId === reviewId);
    if (!review)
      return [{ message: 'Name the completed review of this plan that it follows from.', field: 'reviewId' }];
    if (review.acted) return [{ message: 'The plan was opened for this review already.', field: 'reviewId' }];
    return review.consequence === 'the plan is revised' || review.consequence === 'the plan and the budget are revised'
      ? undefined
      : [{ message: `This review found: ${review.consequence}.`, field: 'reviewId' }];
  },
};

const budgetWithItsReview: PlanPolicy<OpenPlanRevisionData> = {
  rule: 'budget-with-its-review',
  section: 'Care Act 2014 s26, s27(4)',
  check: ({ reviewId, budget }, { reviews }) => {
    const review = reviews.find((each) => each.reviewId === reviewId);
    if (!review) return undefined;
    const asked = review.consequence === 'the plan and the budget are revised';
    if (asked === (budget !== undefined)) return undefined;
    const message = asked
      ? 'The review changes the budget too: enter the new one.'
      : 'The review does not change the budget: leave it as it is.';
    return [{ message, field: 'budget.costPencePerWeek' }];
  },
};

const partsAddUp: PlanPolicy<OpenPlanRevisionData> = {
  rule: 'parts-add-up-to-the-cost',
  section: 'Care Act 2014 s26(1)',
  check: ({ budget }) => {
    if (!budget) return undefined;
    const { costPencePerWeek, personPaysPencePerWeek, councilPaysPencePerWeek } = budget;
    const parts = personPaysPencePerWeek + councilPaysPencePerWeek;
    return parts === costPencePerWeek
      ? undefined
      : [
          {
            message: `What the person and the council pay adds up to ${formatPence(parts)} a week, not to the cost of ${formatPence(costPencePerWeek)}.`,
            field: 'budget.councilPaysPencePerWeek',
          },
        ];
  },
};

const notUnderRevision: PlanPolicy<unknown> = {
  rule: 'one-revision-at-a-time',
  section: 'Care Act 2014 s27',
  check: (_, { stage }) =>
    stage === 'under revision' ? [{ message: 'The plan is under revision already.' }] : undefined,
};

export const requestPolicies = [
  planInForce,
  notClosed,
  notBeforeThePlan,
  happenedByToday,
  requestIsNew,
  personAsksForThemselves,
  requestInWords,
  speaksByAuthority<RequestReviewData>('a representative', SCOPE_OF_REVIEWS, 'Care Act 2014 s27(1)(b)'),
] as const;
export const decliningPolicies = [notClosed, requestIsOpen, decliningHasReasons] as const;
export const completionPolicies = [
  planInForce,
  notClosed,
  reviewIsNew,
  endsNotBeforeItStarts,
  notInTheFuture,
  notBeforeThePlan,
  answersItsRequest,
  whatChangedIsSaid,
  outcomeFitsTheConsequence,
  nextWithinTwelveMonths,
] as const;
export const dueDatePolicies = [planInForce, notClosed, broughtForwardOnly] as const;
export const revisionPolicies = [
  planInForce,
  notClosed,
  notUnderRevision,
  citesItsReview,
  budgetWithItsReview,
  partsAddUp,
] as const;
