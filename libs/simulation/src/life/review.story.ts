import {
  CompleteReview,
  type CompleteReviewData,
  DeclineReviewRequest,
  RequestReview,
  type ReviewConsequence,
} from '@caretrail/planning/contracts';
import { addDays, addMonths, type PlainDate } from '@caretrail/kernel';
import { budgetClosed, type BudgetStory, revised } from './budget.story.js';
import { weighed } from './council-person.js';
import type { Life } from './life.js';
import { checked, measured, planClosed, type Planned, planRevised } from './plan.story.js';
import { published } from './published-figures.js';

const WEEKS_TO_FIRST_LOOK = 8;

const OUTCOMES: Readonly<Record<ReviewConsequence, CompleteReviewData['outcome']>> = {
  'the plan goes on as it is': 'Continuation of support or services',
  'the plan is revised': 'Progress to support planning or services',
  'the plan and the budget are revised': 'Progress to support planning or services',
  'the needs are assessed again': 'Progress to assessment, review or reassessment',
  'the plan ends': 'NFA: Support ended as planned',
};

const FIRST_LOOK: readonly (readonly [ReviewConsequence, number])[] = [
  ['the plan goes on as it is', 0.82],
  ['the plan is revised', 0.18],
];
const LATER: readonly (readonly [ReviewConsequence, number])[] = [
  ['the plan goes on as it is', 0.56],
  ['the plan is revised', 0.18],
  ['the plan and the budget are revised', 0.18],
  ['the plan ends', 0.08],
];

/**
 * A plan's reviews up to the last day: the first look within eight weeks, then yearly; some late, some not done at all,
 * some asked for (s27).
 * @returns the day on which the plan ended by a review
 */
export function reviewed(life: Life, plan: Planned, budget: BudgetStory): PlainDate | undefined {
  const { random, lastDay } = life;
  let due = addDays(plan.agreedOn, 7 * WEEKS_TO_FIRST_LOOK);
  const askedFor = random.chance(0.14) ? addDays(plan.startedOn, random.between(70, 330)) : undefined;
  let asked = false;
  for (let number = 1; due <= addMonths(lastDay, 2); number++) {
    const first = number === 1;
    if (askedFor && !asked && !first && askedFor < due) {
      asked = true;
      const on = asksForReview(life, plan, askedFor, number);
      if (on === undefined) continue;
      completed(life, plan, budget, { on, number, consequence: 'the plan goes on as it is', asked: true, months: 12 });
      due = addMonths(on, 12);
      continue;
    }
    const on = dayOfReview(life, due, first);
    if (on === undefined) return undefined;
    if (on > lastDay) return undefined;
    const consequence = weighed(random, first ? FIRST_LOOK : LATER);
    const months = random.chance(0.2) ? 6 : 12;
    const done = completed(life, plan, budget, { on, number, consequence, asked: false, months });
    if (consequence === 'the plan ends') {
      ended(life, plan, budget, addDays(done, random.between(0, 5)));
      return done;
    }
    if (consequence !== 'the plan goes on as it is') followed(life, plan, budget, done, number, consequence);
    due = addMonths(done, months);
  }
  return undefined;
}

/** How the first look, and every later review, goes; the rest is not done by the last day. */
const KEPT = {
  firstLook: { inTime: 0.72, late: 0.2 },
  // Some miss the first look, and are never found again: so this is above the share that is reviewed in a year.
  later: { inTime: published.reviewedInTheYear - 0.08, late: 0.2 },
};

/** Undefined where nobody does it. */
function dayOfReview({ random }: Life, due: PlainDate, first: boolean): PlainDate | undefined {
  const { inTime, late } = first ? KEPT.firstLook : KEPT.later;
  const draw = random.next();
  if (draw < inTime) return addDays(due, -random.between(3, first ? 16 : 35));
  if (draw < inTime + late) return addDays(due, random.between(8, first ? 50 : 110));
  return undefined;
}

interface Completing {
  readonly on: PlainDate;
  readonly number: number;
  readonly consequence: ReviewConsequence;
  readonly asked: boolean;
  readonly months: number;
}

function completed(
  life: Life,
  plan: Planned,
  { directPayment }: BudgetStory,
  { on, number, consequence, asked, months }: Completing,
): PlainDate {
  const { diary, person, random, seededId } = life;
  const { assessmentId } = plan;
  const reviewId = seededId(`review-${number}`);
  const outcomesAchieved = random.pick(['Fully met', 'Partially met', 'Partially met', 'Not met'] as const);
  const whatChanged =
    consequence === 'the plan goes on as it is'
      ? 'Nothing that the plan does not answer to.'
      : 'Evenings are harder than they were, and mornings easier.';
  const data = {
    reviewId,
    reason: asked ? ('Unplanned: Other reason' as const) : ('Planned review of long term support' as const),
    method:
      person.details.hasUnpaidCarer === 'Yes'
        ? ('Service user and unpaid carer' as const)
        : ('Service user only' as const),
    ...(directPayment && { coversDirectPayments: true as const }),
    outcome: OUTCOMES[consequence],
    outcomesAchieved,
    whatChanged,
    inTheirWords: random.pick([
      'It works, mostly.',
      'I would not be here without it.',
      'They are kind, and always late.',
    ]),
    consequence,
    nextReviewInMonths: months,
  };
  const done = diary.add(
    on,
    'practitioner',
    `review-${number}`,
    (meta, lived) =>
      new CompleteReview({ planId: lived.planOf(assessmentId), startedOn: meta.effectiveOn, ...data }, meta),
  );
  if (done < plan.startedOn) return done;
  const years = Number(done.slice(0, 4)) - Number(plan.startedOn.slice(0, 4));
  measured(life, plan, done, { name: `measured-${number}`, moment: 'during', reviewId, years });
  if (random.chance(0.7)) checked(life, plan, done, `five-points-${number}`, 0.6 + 0.1 * years);
  return done;
}

/** What the review asked for: another plan, with another budget where it said so. */
function followed(
  life: Life,
  plan: Planned,
  budget: BudgetStory,
  done: PlainDate,
  number: number,
  consequence: ReviewConsequence,
): void {
  const { random, seededId, diary } = life;
  const reviewId = seededId(`review-${number}`);
  const withBudget = consequence === 'the plan and the budget are revised';
  let day = addDays(done, random.between(1, 6));
  if (withBudget)
    day = revised(life, budget, {
      on: day,
      name: `budget-after-review-${number}`,
      factor: random.pick([1.08, 1.12, 1.2, 0.96]),
      reasons: 'What the review found to have changed, at local prices.',
      cause: async (lived) => ({
        kind: 'review (s27)',
        reviewEventId: await lived.eventOf(`${diary.life}/review-${number}`),
      }),
    });
  planRevised(life, plan, budget, day, { reviewId, name: `revision-${number}`, withBudget });
}

function ended(life: Life, plan: Planned, budget: BudgetStory, day: PlainDate): void {
  planClosed(life, plan, day, 'no eligible needs any more', 'Manages again, with what was learnt and the rails.');
  budgetClosed(life, budget, day, 'needs are no longer eligible');
}

/** Somebody asks; undefined where it is declined, or nobody has answered yet. */
function asksForReview(life: Life, plan: Planned, day: PlainDate, number: number): PlainDate | undefined {
  const { diary, random, seededId } = life;
  const reviewId = seededId(`review-${number}`);
  const askedOn = diary.add(day, 'person', `review-${number}-asked-for`, (meta, lived) => {
    const words = 'The calls are never at the time that we agreed.';
    return new RequestReview({ planId: lived.planOf(plan.assessmentId), reviewId, by: 'the person', words }, meta);
  });
  const answeredOn = addDays(askedOn, random.between(4, 45));
  if (random.chance(0.8)) return answeredOn;
  diary.add(answeredOn, 'practitioner', `review-${number}-declined`, (meta, lived) => {
    const reasons = 'The times were changed last week by the provider, as the person wanted; nothing else has changed.';
    return new DeclineReviewRequest({ planId: lived.planOf(plan.assessmentId), reviewId, reasons }, meta);
  });
  return undefined;
}
