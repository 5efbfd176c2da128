import { addMonths, type DecisionContext, formatDate } from '@caretrail/kernel';
import {
  type AgreeProtectionPlanData,
  type DecideNoProtectionPlanData,
  MONTHS_TO_REVIEW_PROTECTION,
  type ReviewProtectionPlanData,
} from '../../contracts/index.js';
import { type ConcernPolicy, faultsOfAchieved, faultsOfWishes, raisedFirst } from './concern.policies.js';

type OfAdult = Pick<AgreeProtectionPlanData, 'adult'>;

const S42 = 'Care Act 2014 s42(2)';
/** What restricts somebody least is chosen, and is not left to itself. */
const MINIMUM_RESTRICTION = 'Care Act 2014 s1(3)(h); Human Rights Act 1998 Sch 1 Art 8';

const actionWasConcluded: ConcernPolicy<unknown> = {
  rule: 'action-was-concluded',
  section: S42,
  check: (_, { concluded }) => {
    if (!concluded) return [{ message: 'The enquiry is not concluded: what action is taken is not decided yet.' }];
    return concluded.action
      ? undefined
      : [{ message: 'The enquiry concluded that no action is taken, so there is nothing to plan.' }];
  },
};

const adultOfTheConcern: ConcernPolicy<OfAdult> = {
  rule: 'adult-of-the-concern',
  section: S42,
  check: ({ adult }, { raised }) =>
    raised?.adults.includes(adult)
      ? undefined
      : [{ message: 'This concern is not about this person.', field: 'adult' }],
};

const decidedByNoAdultOfIt: ConcernPolicy<unknown> = {
  rule: 'plan-decided-by-somebody-else',
  section: S42,
  check: (_, { raised }, { actor }) =>
    raised?.adults.includes(actor.id)
      ? [{ message: 'An adult of the concern cannot decide on a protection plan in it.' }]
      : undefined,
};

const sinceTheConclusion: ConcernPolicy<OfAdult> = {
  rule: 'planned-since-the-conclusion-and-by-today',
  section: S42,
  check: ({ adult }, { concluded, protection }, { effectiveOn, today }) => {
    const field = 'effectiveOn';
    if (effectiveOn > today) return [{ message: 'This day has not come yet.', field }];
    if (concluded && effectiveOn < concluded.on)
      return [{ message: `The enquiry was concluded on ${formatDate(concluded.on)}, after this day.`, field }];
    const last = protection[adult]?.on;
    return last && effectiveOn < last
      ? [{ message: `The plan was agreed or reviewed on ${formatDate(last)}, after this day.`, field }]
      : undefined;
  },
};

const planHasNotEnded: ConcernPolicy<OfAdult> = {
  rule: 'plan-has-not-ended',
  section: S42,
  check: ({ adult }, { protection }) => {
    const endedOn = protection[adult]?.endedOn;
    return endedOn
      ? [{ message: `This plan ended on ${formatDate(endedOn)}. Raise what is feared now as a new concern.` }]
      : undefined;
  },
};

/** "… decide whether any action should be taken in the adult's case … and, if so, what and by whom". */
const whatByWhomByWhen: ConcernPolicy<AgreeProtectionPlanData> = {
  rule: 'steps-say-what-by-whom-and-by-when',
  section: S42,
  check: ({ steps }, _, { effectiveOn }) =>
    steps.length
      ? steps.flatMap(({ what, by, dueOn }, at) => [
          ...(what.trim() ? [] : [{ message: 'Say what is done.', field: `steps.${at}.what` }]),
          ...(by.trim() ? [] : [{ message: 'Say who does it.', field: `steps.${at}.by` }]),
          ...(dueOn >= effectiveOn
            ? []
            : [
                {
                  message: 'A step is done on the day on which the plan is agreed, or later.',
                  field: `steps.${at}.dueOn`,
                },
              ]),
        ])
      : [{ message: 'A plan has at least one step.', field: 'steps.0.what' }],
};

const wishesOfTheAdult: ConcernPolicy<AgreeProtectionPlanData> = {
  rule: 'plan-says-what-the-adult-wants',
  section: 'Care and Support Statutory Guidance chapter 14; Making Safeguarding Personal',
  check: ({ wishes }) => faultsOfWishes(wishes, 'wishes'),
};

const dissentExactlyWithoutAgreement: ConcernPolicy<AgreeProtectionPlanData> = {
  rule: 'dissent-exactly-without-agreement',
  section: 'Care Act 2014 s1(3)(b); Making Safeguarding Personal',
  check: ({ agreement, dissent }) => {
    const field = 'dissent';
    if ((agreement === 'does not agree') === !!dissent?.trim()) return undefined;
    return dissent?.trim()
      ? [{ message: 'Only an adult who does not agree objects to something.', field }]
      : [{ message: 'Write down what the adult does not agree with.', field }];
  },
};

const basisFitsAgreement: ConcernPolicy<AgreeProtectionPlanData> = {
  rule: 'basis-fits-what-the-adult-decided',
  section: 'Mental Capacity Act 2005 s1–s5',
  check: ({ agreement, legalBasis }) => {
    const field = 'legalBasis';
    if (legalBasis === 'consent of the adult' && agreement !== 'agrees')
      return [{ message: 'The adult did not agree: this plan does not rest on their consent.', field }];
    if (legalBasis === 'best interests (MCA 2005 s4–s6)' && !agreement.startsWith('cannot decide'))
      return [
        { message: 'An adult who can decide is not acted for in their best interests: choose another basis.', field },
      ];
    return undefined;
  },
};

const nothingLessWillDo: ConcernPolicy<AgreeProtectionPlanData> = {
  rule: 'nothing-less-will-do',
  section: MINIMUM_RESTRICTION,
  check: ({ proportionality }) =>
    proportionality.trim()
      ? undefined
      : [{ message: 'Say why nothing that restricts less will do.', field: 'proportionality' }],
};

const faultsOfReviewDay = (reviewOn: string, { effectiveOn }: DecisionContext) => {
  const latest = addMonths(effectiveOn, MONTHS_TO_REVIEW_PROTECTION);
  if (reviewOn > effectiveOn && reviewOn <= latest) return undefined;
  const message = `Choose a day after ${formatDate(effectiveOn)}, and not after ${formatDate(latest)}.`;
  return [{ message, field: 'reviewOn' }];
};

const reviewedInTime: ConcernPolicy<AgreeProtectionPlanData> = {
  rule: 'plan-is-reviewed-in-time',
  section: MINIMUM_RESTRICTION,
  check: ({ reviewOn }, _, context) => faultsOfReviewDay(reviewOn, context),
};

const noPlanHasReasons: ConcernPolicy<DecideNoProtectionPlanData> = {
  rule: 'no-plan-has-reasons',
  section: S42,
  check: ({ reasons }) =>
    reasons.trim() ? undefined : [{ message: 'Say why this adult needs no protection plan.', field: 'reasons' }],
};

const noPlanStands: ConcernPolicy<DecideNoProtectionPlanData> = {
  rule: 'no-plan-stands',
  section: S42,
  check: ({ adult }, { protection }) =>
    protection[adult]
      ? [{ message: 'A plan was agreed for this adult: review it, and end it if it is no longer needed.' }]
      : undefined,
};

const planAgreedFirst: ConcernPolicy<OfAdult> = {
  rule: 'plan-agreed-first',
  section: S42,
  check: ({ adult }, { protection }) =>
    protection[adult] ? undefined : [{ message: 'No protection plan was agreed for this adult.' }],
};

const eachStepIsReviewed: ConcernPolicy<ReviewProtectionPlanData> = {
  rule: 'each-step-is-reviewed',
  section: S42,
  check: ({ adult, steps }, { protection }) =>
    protection[adult] && steps.length !== protection[adult].plan.steps.length
      ? [{ message: 'Say of each step of the plan what became of it.', field: 'steps.0.state' }]
      : undefined,
};

const wishesAreReviewed: ConcernPolicy<ReviewProtectionPlanData> = {
  rule: 'review-says-how-far-it-came-about',
  section: 'Care and Support Statutory Guidance chapter 14; Making Safeguarding Personal',
  check: ({ adult, achieved }, { protection }) =>
    protection[adult] && faultsOfAchieved(protection[adult].plan.wishes.asked, achieved, 'achieved'),
};

const reviewHasReasons: ConcernPolicy<ReviewProtectionPlanData> = {
  rule: 'plan-review-has-reasons',
  section: S42,
  check: ({ reasons }) =>
    reasons.trim() ? undefined : [{ message: 'Say why the plan goes on, or why it ends.', field: 'reasons' }],
};

const reviewedAgainExactlyIfItGoesOn: ConcernPolicy<ReviewProtectionPlanData> = {
  rule: 'plan-reviewed-again-exactly-if-it-goes-on',
  section: MINIMUM_RESTRICTION,
  check: ({ next, reviewOn }, _, context) => {
    const field = 'reviewOn';
    if (next === 'the plan ends')
      return reviewOn ? [{ message: 'A plan that ends is not reviewed again: leave this empty.', field }] : undefined;
    return reviewOn
      ? faultsOfReviewDay(reviewOn, context)
      : [{ message: 'The plan goes on: say on which day it is reviewed again.', field }];
  },
};

/** Of every decision on the plan of one adult. */
const deciding = [
  raisedFirst,
  actionWasConcluded,
  adultOfTheConcern,
  decidedByNoAdultOfIt,
  planHasNotEnded,
  sinceTheConclusion,
] as const;

export const planPolicies = [
  ...deciding,
  whatByWhomByWhen,
  wishesOfTheAdult,
  dissentExactlyWithoutAgreement,
  basisFitsAgreement,
  nothingLessWillDo,
  reviewedInTime,
] as const;

export const noPlanPolicies = [...deciding, noPlanStands, noPlanHasReasons] as const;

export const planReviewPolicies = [
  ...deciding,
  planAgreedFirst,
  eachStepIsReviewed,
  wishesAreReviewed,
  reviewHasReasons,
  reviewedAgainExactlyIfItGoesOn,
] as const;
