import { randomUUID } from 'node:crypto';
import { formatDate } from '@caretrail/kernel';
import {
  CloseSupportPlan,
  CompleteReview,
  DeclineReviewRequest,
  OpenPlanRevision,
  RequestReview,
  SCOPE_OF_REVIEWS,
  SetReviewDue,
  StartSupportPlan,
  closingReasons,
  eventOutcomes,
  requesters,
  reviewConsequences,
  reviewMethods,
  reviewOutcomesAchieved,
  reviewReasons,
} from '../../contracts/index.js';
import type { SupportPlan } from '../../application/support-plan.reading.js';
import { representativeField, representativeFrom } from './representative-field.js';
import { type Item, type PlanForm, dayField, itemsOf, itemsOrNone } from './plan-form.js';

const openRequests = ({ requests }: SupportPlan) =>
  requests.filter(({ declined, answeredOn }) => !declined && !answeredOn);

const requestItems = (plan: SupportPlan, none: string): Item[] => [
  { value: '', text: none },
  ...openRequests(plan).map(({ reviewId, on, by }) => ({
    value: reviewId,
    text: `Asked for by ${by} on ${formatDate(on)}`,
  })),
];

/** Somebody asks for a review. */
export const requestForm: PlanForm = {
  path: 'review-request',
  asksRepresentatives: SCOPE_OF_REVIEWS,
  submit: 'Ask for a review',
  then: '#reviews',
  title: () => 'Ask for a review of the plan',
  lead: ({ role }) =>
    role === 'person'
      ? ['You can ask us to look at your plan again whenever it does not fit any more (Care Act 2014 section 27).']
      : [],
  fields: ({ role, representatives }) => [
    ...(role === 'person'
      ? []
      : [
          { kind: 'radio', name: 'by', label: 'Who asks for it', items: itemsOf(requesters) } as const,
          representativeField(representatives, SCOPE_OF_REVIEWS),
        ]),
    {
      kind: 'area',
      name: 'words',
      label:
        role === 'person'
          ? 'What has changed, or what is wrong?'
          : 'What has changed, or what is wrong, in their words',
      rows: 4,
    },
  ],
  read: (typed, { role }) =>
    typed.understood({
      Kind: RequestReview,
      said: {
        reviewId: randomUUID(),
        by: role === 'person' ? 'the person' : typed.choice('by', requesters, 'Say who asks for the review.'),
        ...representativeFrom(typed),
        words: typed.required('words', 'Say what has changed, or what is wrong with the plan.'),
      },
    }),
};

/** The council declines a request that is not reasonable. */
export const declineForm: PlanForm = {
  path: 'review-declined',
  submit: 'Decline the request',
  then: '#reviews',
  title: () => 'Decline a request for a review',
  lead: () => [
    'Only a request that is not reasonable can be declined (Care Act 2014 section 27(1)(b)). The person is told why.',
  ],
  fields: ({ plan }) => [
    { kind: 'select', name: 'reviewId', label: 'Which request', items: requestItems(plan, 'Choose') },
    { kind: 'area', name: 'reasons', label: 'Why it is not a reasonable one', rows: 4 },
  ],
  read: (typed) =>
    typed.understood({
      Kind: DeclineReviewRequest,
      said: {
        reviewId: typed.required('reviewId', 'Choose the request.'),
        reasons: typed.required('reasons', 'Say why the request is not a reasonable one; the person is told.'),
      },
    }),
};

/** A review is complete. */
export const reviewForm: PlanForm = {
  path: 'review',
  submit: 'Complete the review',
  then: '#reviews',
  title: () => 'Review of the plan',
  lead: ({ plan }) =>
    plan.reviewDue
      ? [
          `A review is due by ${formatDate(plan.reviewDue.dueOn)}. The next is counted from the day on which this one is done.`,
        ]
      : ['There is no agreed plan to review yet.'],
  fields: ({ plan, today }) => [
    {
      kind: 'select',
      name: 'reviewId',
      label: 'Which request it answers',
      items: requestItems(plan, 'None: it was planned, or something happened'),
    },
    { kind: 'select', name: 'reason', label: 'Why it was made', items: itemsOrNone(reviewReasons) },
    { kind: 'radio', name: 'method', label: 'Who took part', items: itemsOf(reviewMethods) },
    { kind: 'date', name: 'startedOn', label: 'When it began', value: today },
    dayField('When it was complete', today),
    {
      kind: 'area',
      name: 'whatChanged',
      heading: 'What it found',
      label: 'What has changed',
      hint: 'Also where nothing has',
      rows: 4,
    },
    { kind: 'area', name: 'inTheirWords', label: 'What the person says of it, in their own words (optional)', rows: 3 },
    {
      kind: 'radio',
      name: 'outcomesAchieved',
      label: 'Are the outcomes of the plan met?',
      items: itemsOf(reviewOutcomesAchieved),
    },
    {
      kind: 'radio',
      name: 'coversDirectPayments',
      label: 'Was it also a review of the direct payments?',
      hint: 'Whether they are still an appropriate way to meet the needs: within six months of the first payment, then within every twelve',
      items: [
        { value: 'yes', text: 'Yes' },
        { value: '', text: 'No, or there are none' },
      ],
      value: '',
    },
    { kind: 'radio', name: 'consequence', label: 'What follows', items: itemsOf(reviewConsequences) },
    { kind: 'select', name: 'outcome', label: 'Outcome, as the return calls it', items: itemsOrNone(eventOutcomes) },
    {
      kind: 'text',
      name: 'nextReviewInMonths',
      label: 'In how many months the next review is',
      hint: '1 to 12',
      value: '12',
    },
  ],
  read: (typed) =>
    typed.understood({
      Kind: CompleteReview,
      said: {
        reviewId: typed.text('reviewId') || randomUUID(),
        reason: typed.choice('reason', reviewReasons, 'Choose why the review was made.'),
        method: typed.choice('method', reviewMethods, 'Say who took part.'),
        startedOn: typed.day('startedOn', 'Enter when the review began, such as 14/3/2026.'),
        effectiveOn: typed.day('effectiveOn', 'Enter when the review was complete, such as 14/3/2026.'),
        whatChanged: typed.required('whatChanged', 'Say what has changed, or that nothing has.'),
        ...typed.said('inTheirWords', 'inTheirWords'),
        outcomesAchieved: typed.choice('outcomesAchieved', reviewOutcomesAchieved, 'Say whether the outcomes are met.'),
        ...(typed.text('coversDirectPayments') === 'yes' && { coversDirectPayments: true }),
        consequence: typed.choice('consequence', reviewConsequences, 'Say what follows for the plan.'),
        outcome: typed.choice('outcome', eventOutcomes, 'Choose the outcome.'),
        nextReviewInMonths: typed.whole('nextReviewInMonths', 'Enter in how many months the next review is, 1 to 12.'),
      },
    }),
};

/** The next review is brought forward. */
export const reviewDueForm: PlanForm = {
  path: 'review-due',
  submit: 'Set the day',
  then: '#reviews',
  title: () => 'When the plan is reviewed next',
  lead: ({ plan }) => (plan.reviewDue ? [`It is due by ${formatDate(plan.reviewDue.dueOn)}.`] : []),
  fields: () => [{ kind: 'date', name: 'dueOn', label: 'Review it by', hint: 'Within 12 months of the last' }],
  read: (typed) =>
    typed.understood({
      Kind: SetReviewDue,
      said: { dueOn: typed.day('dueOn', 'Enter the day by which the plan is reviewed, such as 14/3/2026.') },
    }),
};

/** An agreed plan is opened for change. */
export const revisionForm: PlanForm = {
  path: 'revision',
  submit: 'Open the plan for revision',
  title: () => 'Revise the plan',
  lead: () => [
    'A change of the plan follows from a review. The agreed version stands until the next is signed off.',
    'Enter a budget only where the review changed it too, as it was decided there.',
  ],
  fields: ({ plan }) => [
    {
      kind: 'select',
      name: 'reviewId',
      label: 'Because of which review',
      items: [
        { value: '', text: 'Choose' },
        ...plan.reviews.map(({ reviewId, on, consequence }) => ({
          value: reviewId,
          text: `${formatDate(on)}: ${consequence ?? ''}`,
        })),
      ],
    },
    { kind: 'money', name: 'budget.costPencePerWeek', heading: 'The new budget, if it changed', label: 'Cost a week' },
    { kind: 'money', name: 'budget.personPaysPencePerWeek', label: 'The person pays a week' },
    { kind: 'money', name: 'budget.councilPaysPencePerWeek', label: 'The council pays a week' },
  ],
  read(typed) {
    const parts = ['costPencePerWeek', 'personPaysPencePerWeek', 'councilPaysPencePerWeek'];
    const entered = parts.some((part) => typed.text(`budget.${part}`));
    const amounts = parts.map((part) => [
      part,
      typed.pence(`budget.${part}`, 'Enter an amount in pounds, such as 84.50.'),
    ]);
    return typed.understood({
      Kind: OpenPlanRevision,
      said: {
        reviewId: typed.required('reviewId', 'Choose the review.'),
        ...(entered && { budget: Object.fromEntries(amounts) as Record<string, number> }),
      },
    });
  },
};

/** Support under the plan begins. */
export const startForm: PlanForm = {
  path: 'start',
  submit: 'Support begins',
  title: () => 'Support under the plan begins',
  fields: ({ today }) => [dayField('From which day', today, 'Not before the agreement')],
  read: (typed) =>
    typed.understood({
      Kind: StartSupportPlan,
      said: { effectiveOn: typed.day('effectiveOn', 'Enter the day, such as 14/3/2026.') },
    }),
};

/** The plan ends. */
export const closureForm: PlanForm = {
  path: 'closure',
  submit: 'End the plan',
  title: () => 'End the plan',
  fields: ({ today }) => [
    { kind: 'radio', name: 'reason', label: 'Why it ends', items: itemsOf(closingReasons) },
    { kind: 'area', name: 'words', label: 'What there is to say of it', rows: 3 },
    dayField('From which day', today),
  ],
  read: (typed) =>
    typed.understood({
      Kind: CloseSupportPlan,
      said: {
        reason: typed.choice('reason', closingReasons, 'Choose why the plan ends.'),
        words: typed.required('words', 'Say why the plan ends.'),
        effectiveOn: typed.day('effectiveOn', 'Enter the day, such as 14/3/2026.'),
      },
    }),
};
