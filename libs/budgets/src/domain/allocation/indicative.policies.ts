import { formatDate, formatPence, type DecisionContext, type Policy } from '@caretrail/kernel';
import {
  type CalculateIndicativeBudgetData,
  type DecideOverrideData,
  type ProposeOverrideData,
  type ReceiveAnswersData,
  rulebookIdFor,
} from '../../contracts/index.js';
import { unanswered, unknownAnswers } from '../rulebook/ras.engine.js';
import { type AllocationState, indicationOf } from './allocation.state.js';

type AllocationPolicy<Data> = Policy<Data, AllocationState, DecisionContext>;
const guidance = 'Care and Support Statutory Guidance ch. 11';

const openedFirst: AllocationPolicy<unknown> = {
  rule: 'assessed-first',
  section: 'Care Act 2014 s9, s10, s13, s26',
  check: (_, { opening }) =>
    opening ? undefined : [{ message: 'An indication follows an assessment that found eligible needs.' }],
};

const notFinalYet: AllocationPolicy<unknown> = {
  rule: 'not-final-yet',
  section: 'Care Act 2014 s26, s27',
  check: (_, { allocated }) =>
    allocated ? [{ message: 'The budget was made final. A change of it needs a review.' }] : undefined,
};

const somethingIsSaid: AllocationPolicy<ReceiveAnswersData> = {
  rule: 'something-is-said',
  section: guidance,
  check: ({ answers, carer }) =>
    answers.length || carer ? undefined : [{ message: 'Answer at least one question.', field: 'answers' }],
};

const eachQuestionOnce: AllocationPolicy<ReceiveAnswersData> = {
  rule: 'each-question-once',
  section: guidance,
  check: ({ answers }) =>
    answers.flatMap(({ question }, at) =>
      answers.findIndex((other) => other.question === question) < at
        ? [{ message: `“${question}” is answered twice.`, field: `answers.${at}.question` }]
        : [],
    ),
};

const indicatedForTheAssessment: AllocationPolicy<CalculateIndicativeBudgetData> = {
  rule: 'not-before-the-assessment',
  section: 'Care Act 2014 s24, s26',
  check: (_, { opening }, { effectiveOn }) =>
    opening && effectiveOn < opening.assessedOn
      ? [
          {
            message: `The calculation is for ${formatDate(effectiveOn)}, before the assessment of ${formatDate(opening.assessedOn)}.`,
            field: 'effectiveOn',
          },
        ]
      : undefined,
};

const rulebookOfTheirNeeds: AllocationPolicy<CalculateIndicativeBudgetData> = {
  rule: 'rulebook-is-of-their-needs',
  section: 'Care Act 2014 s9, s10',
  check: ({ rulebookId }, { opening }) =>
    opening && rulebookId !== rulebookIdFor(opening)
      ? [
          {
            message: opening.ofCarer
              ? 'A carer’s own needs are worked out by the rulebook for carers.'
              : 'The needs of an adult are worked out by the rulebook for adults.',
            field: 'rulebook',
          },
        ]
      : undefined,
};

const rulebookIsInForce: AllocationPolicy<CalculateIndicativeBudgetData> = {
  rule: 'rulebook-is-in-force',
  section: guidance,
  check: ({ rulebook }, _, { effectiveOn }) =>
    rulebook && rulebook.effectiveFrom <= effectiveOn
      ? undefined
      : [
          {
            message: `No rulebook is in force on ${formatDate(effectiveOn)}, so nothing is indicated. The budget can be decided without.`,
          },
        ],
};

const everyQuestionAnswered: AllocationPolicy<CalculateIndicativeBudgetData> = {
  rule: 'every-question-answered',
  section: guidance,
  check: ({ rulebook }, { answers }) =>
    rulebook &&
    unanswered(rulebook.content, answers).map((question) => ({
      message: `The rulebook asks “${question}”, and nobody has answered it yet.`,
      field: `answers.${question}`,
    })),
};

const answersAreKnown: AllocationPolicy<CalculateIndicativeBudgetData> = {
  rule: 'answers-are-known',
  section: guidance,
  check: ({ rulebook }, { answers }) =>
    rulebook &&
    unknownAnswers(rulebook.content, answers).map(({ question, answer }) => ({
      message: `The rulebook has no answer “${answer}” to “${question}”. Answer it anew.`,
      field: `answers.${question}`,
    })),
};

const indicatedFirst: AllocationPolicy<ProposeOverrideData> = {
  rule: 'indicated-first',
  section: guidance,
  check: (_, { indicative }) =>
    indicative
      ? undefined
      : [{ message: 'Nothing is indicated yet, so there is nothing to override. Decide the budget without.' }],
};

const oneProposalAtATime: AllocationPolicy<ProposeOverrideData> = {
  rule: 'one-proposal-at-a-time',
  section: guidance,
  check: (_, { proposal }) =>
    proposal
      ? [{ message: `Another amount, ${formatPence(proposal.pencePerWeek)} a week, waits for its decision.` }]
      : undefined,
};

const amountDiffers: AllocationPolicy<ProposeOverrideData> = {
  rule: 'amount-differs',
  section: guidance,
  check: ({ pencePerWeek }, state) => {
    if (pencePerWeek <= 0) return [{ message: 'Give an amount above nothing.', field: 'pencePerWeek' }];
    return pencePerWeek === indicationOf(state)
      ? [{ message: 'This is what is indicated already.', field: 'pencePerWeek' }]
      : undefined;
  },
};

const overrideHasReasons: AllocationPolicy<ProposeOverrideData | DecideOverrideData> = {
  rule: 'override-has-reasons',
  section: guidance,
  check: ({ reasons }) => (reasons.trim() ? undefined : [{ message: 'Say why.', field: 'reasons' }]),
};

const proposedFirst: AllocationPolicy<DecideOverrideData> = {
  rule: 'proposed-first',
  section: guidance,
  check: (_, { proposal }) =>
    proposal ? undefined : [{ message: 'Nobody has proposed another amount that waits for a decision.' }],
};

const approverIsAnother: AllocationPolicy<DecideOverrideData> = {
  rule: 'approver-is-another',
  section: guidance,
  check: (_, { proposal }, { actor }) =>
    proposal?.proposedBy === actor.id
      ? [{ message: 'You proposed this amount yourself. Somebody else decides on it.' }]
      : undefined,
};

export const answeringPolicies = [openedFirst, notFinalYet, somethingIsSaid, eachQuestionOnce] as const;
export const calculatingPolicies = [
  openedFirst,
  notFinalYet,
  indicatedForTheAssessment,
  rulebookOfTheirNeeds,
  rulebookIsInForce,
  everyQuestionAnswered,
  answersAreKnown,
] as const;
export const proposingPolicies = [
  openedFirst,
  notFinalYet,
  indicatedFirst,
  oneProposalAtATime,
  amountDiffers,
  overrideHasReasons,
] as const;
export const overridingPolicies = [notFinalYet, proposedFirst, approverIsAnother, overrideHasReasons] as const;
