import { formatDate, formatPence, sameContent, type DecisionContext, type Policy } from '@caretrail/kernel';
import type {
  AgreePersonalBudgetData,
  ClosePersonalBudgetData,
  DraftPersonalBudgetData,
  RecordFinancialAssessmentData,
  RevisePersonalBudgetData,
} from '../../contracts/index.js';
import type { PersonalBudgetState } from './personal-budget.state.js';

export type BudgetPolicy<Data> = Policy<Data, PersonalBudgetState, DecisionContext>;
type Statement = AgreePersonalBudgetData | RevisePersonalBudgetData;

const draftedOnce: BudgetPolicy<DraftPersonalBudgetData> = {
  rule: 'drafted-once',
  section: 'Care Act 2014 s26',
  check: (_, { draft }) =>
    draft ? [{ message: 'This personal budget follows from another allocation already.' }] : undefined,
};

const allocatedFirst: BudgetPolicy<unknown> = {
  rule: 'allocated-first',
  section: 'Care Act 2014 s24, s26',
  check: (_, { draft }) => (draft ? undefined : [{ message: 'Make the allocation final first.' }]),
};

export const notClosed: BudgetPolicy<unknown> = {
  rule: 'not-closed',
  section: 'Care Act 2014 s27',
  check: (_, { closed }) => (closed ? [{ message: 'This personal budget was closed.' }] : undefined),
};

const contributionFitsTheOutcome: BudgetPolicy<RecordFinancialAssessmentData> = {
  rule: 'contribution-fits-the-outcome',
  section: 'Care Act 2014 s14, s17',
  check: ({ outcome, contributionPencePerWeek: pence }, { draft }) => {
    const field = 'contributionPencePerWeek';
    if (pence < 0) return [{ message: 'A contribution does not lie below nothing.', field }];
    if (outcome === 'contribution assessed' && pence === 0)
      return [{ message: 'Give what the person pays a week, or choose “nothing to pay”.', field }];
    if ((outcome === 'nothing to pay' || outcome === 'not charged by law') && pence > 0)
      return [{ message: `With “${outcome}” the person pays nothing.`, field }];
    if (outcome === 'declined, pays the full cost' && draft && pence !== draft.costPencePerWeek)
      return [{ message: `The full cost is ${formatPence(draft.costPencePerWeek)} a week.`, field }];
    return undefined;
  },
};

const reasonsGiven: BudgetPolicy<{ readonly reasons: string }> = {
  rule: 'reasons-given',
  section: 'Care Act 2014 s17, s26',
  check: ({ reasons }) => (reasons.trim() ? undefined : [{ message: 'Say why.', field: 'reasons' }]),
};

const meansFirst: BudgetPolicy<Statement> = {
  rule: 'means-first',
  section: 'Care Act 2014 s14, s17',
  check: (_, { means }) =>
    means
      ? undefined
      : [{ message: 'Record what the financial assessment found, also where the person pays nothing.' }],
};

const contributionIsTheAssessed: BudgetPolicy<Statement> = {
  rule: 'contribution-is-the-assessed-one',
  section: 'Care Act 2014 s14(4), s17',
  check: ({ contributionPencePerWeek, costPencePerWeek }, { means }) => {
    if (!means) return undefined;
    const full = means.outcome === 'declined, pays the full cost';
    const assessed = full ? costPencePerWeek : means.contributionPencePerWeek;
    return contributionPencePerWeek === assessed
      ? undefined
      : [
          {
            message: `The financial assessment found that the person pays ${formatPence(assessed)} a week.`,
            field: 'contributionPencePerWeek',
          },
        ];
  },
};

const costAboveNothing: BudgetPolicy<Statement> = {
  rule: 'cost-above-nothing',
  section: 'Care Act 2014 s26(1)(a)',
  check: ({ costPencePerWeek }) =>
    costPencePerWeek > 0
      ? undefined
      : [{ message: 'Meeting eligible needs costs something: give the cost a week.', field: 'costPencePerWeek' }],
};

const noAmountBelowNothing: BudgetPolicy<Statement> = {
  rule: 'no-amount-below-nothing',
  section: 'Care Act 2014 s26(1)',
  check: (data) =>
    (['contributionPencePerWeek', 'councilPencePerWeek'] as const)
      .filter((field) => data[field] < 0)
      .map((field) => ({ message: 'An amount of the statement lies below nothing.', field })),
};

const costIsContributionPlusCouncil: BudgetPolicy<Statement> = {
  rule: 'cost-is-contribution-plus-council',
  section: 'Care Act 2014 s26(1)',
  check: ({ costPencePerWeek: cost, contributionPencePerWeek: person, councilPencePerWeek: council }) =>
    cost === person + council
      ? undefined
      : [
          {
            message: `What the person pays and what the council pays add up to ${formatPence(person + council)} a week, not to the cost of ${formatPence(cost)}.`,
            field: 'costPencePerWeek',
          },
        ],
};

const oneOffSumsAddUp: BudgetPolicy<Statement> = {
  rule: 'one-off-sums-add-up',
  section: 'Care Act 2014 s26(1)',
  check: ({ oneOff }) =>
    oneOff.flatMap(({ pence, contributionPence, councilPence }, at) => {
      const field = `oneOff.${at}.pence`;
      if (pence === 0) return [{ message: 'A one-off sum is above nothing.', field }];
      return pence === contributionPence + councilPence
        ? []
        : [
            {
              message: `The parts of this one-off sum add up to ${formatPence(contributionPence + councilPence)}, not to ${formatPence(pence)}.`,
              field,
            },
          ];
    }),
};

const costIsTheAllocated: BudgetPolicy<AgreePersonalBudgetData> = {
  rule: 'cost-is-the-allocated-one',
  section: 'Care Act 2014 s26(1)(a)',
  check: ({ costPencePerWeek }, { draft }) =>
    draft && draft.costPencePerWeek !== costPencePerWeek
      ? [
          {
            message: `The allocation was made final at ${formatPence(draft.costPencePerWeek)} a week. Another cost needs a review.`,
            field: 'costPencePerWeek',
          },
        ]
      : undefined,
};

const notBeforeTheAllocation: BudgetPolicy<AgreePersonalBudgetData> = {
  rule: 'not-before-the-allocation',
  section: 'Care Act 2014 s24, s26',
  check: (_, { draft }, { effectiveOn }) =>
    draft && effectiveOn < draft.allocatedOn
      ? [
          {
            message: `The statement is dated ${formatDate(effectiveOn)}, before the allocation of ${formatDate(draft.allocatedOn)}.`,
            field: 'effectiveOn',
          },
        ]
      : undefined,
};

const agreedOnce: BudgetPolicy<AgreePersonalBudgetData> = {
  rule: 'agreed-once',
  section: 'Care Act 2014 s27',
  check: (_, { agreed }) =>
    agreed
      ? [{ message: 'The statement was agreed already. A change of it cites a review or an uprating.' }]
      : undefined,
};

export const agreedFirst: BudgetPolicy<unknown> = {
  rule: 'agreed-first',
  section: 'Care Act 2014 s26(1)',
  check: (_, { agreed }) => (agreed ? undefined : [{ message: 'Agree the statement first.' }]),
};

/** What a review has to have found where it changes the budget, in planning's words. */
const CHANGES_THE_BUDGET = 'the plan and the budget are revised';

const reviewIsOfThisPlan: BudgetPolicy<RevisePersonalBudgetData> = {
  rule: 'cause-is-cited',
  section: 'Care Act 2014 s27',
  check: ({ cause, budgetId }, { draft }, { effectiveOn }) => {
    if (cause.kind !== 'review (s27)' || !draft) return undefined;
    const { review } = cause;
    const refused = (message: string) => [{ message, field: 'cause.reviewEventId' }];
    if (!review) return refused('No review was completed in an event with this id. Name the one that completed it.');
    if (review.personId !== draft.personId) return refused('This review was of somebody else’s plan.');
    if (review.allocationId && review.allocationId !== budgetId)
      return refused('This review was of another plan of the person’s, with another budget in it.');
    if (review.consequence && review.consequence !== CHANGES_THE_BUDGET)
      return refused(`This review does not change the budget. It found: ${review.consequence}.`);
    return review.completedOn > effectiveOn
      ? refused(
          `The review was completed on ${formatDate(review.completedOn)}: a change because of it is not true before.`,
        )
      : undefined;
  },
};

const upratingIsInForce: BudgetPolicy<RevisePersonalBudgetData> = {
  rule: 'cause-is-cited',
  section: 'Care Act 2014 s27',
  check: ({ cause }, _, { effectiveOn }) => {
    if (cause.kind !== 'published uprating') return undefined;
    const refused = (message: string) => [{ message, field: 'cause.upratingId' }];
    if (!cause.uprating) return refused('No list with this id was published. Choose one of the published lists.');
    const { publishedOn, inForceFrom, withdrawnOn } = cause.uprating;
    if (withdrawnOn)
      return refused(`The list was withdrawn on ${formatDate(withdrawnOn)}: nothing changes because of it any more.`);
    if (publishedOn > effectiveOn)
      return refused(
        `The list was published on ${formatDate(publishedOn)}: a change because of it is not true before that.`,
      );
    return inForceFrom > effectiveOn
      ? refused(`The list is in force from ${formatDate(inForceFrom)}: a change because of it is not true before that.`)
      : undefined;
  },
};

const somethingChanges: BudgetPolicy<RevisePersonalBudgetData> = {
  rule: 'something-changes',
  section: 'Care Act 2014 s27',
  check: ({ costPencePerWeek, contributionPencePerWeek, oneOff }, { agreed }) =>
    agreed &&
    costPencePerWeek === agreed.costPencePerWeek &&
    contributionPencePerWeek === agreed.contributionPencePerWeek &&
    sameContent(oneOff, agreed.oneOff)
      ? [{ message: 'This is what was agreed already.', field: 'costPencePerWeek' }]
      : undefined,
};

const notBeforeTheAgreement: BudgetPolicy<RevisePersonalBudgetData | ClosePersonalBudgetData> = {
  rule: 'not-before-the-agreement',
  section: 'Care Act 2014 s27',
  check: (_, { agreed }, { effectiveOn }) =>
    agreed && effectiveOn < agreed.on
      ? [
          {
            message: `The statement is true from ${formatDate(agreed.on)}: this is dated before it.`,
            field: 'effectiveOn',
          },
        ]
      : undefined,
};

const closedOnce: BudgetPolicy<ClosePersonalBudgetData> = { ...notClosed, rule: 'closed-once' };

const parts = [
  meansFirst,
  costAboveNothing,
  noAmountBelowNothing,
  contributionIsTheAssessed,
  costIsContributionPlusCouncil,
  oneOffSumsAddUp,
  reasonsGiven,
] as const;

export const draftingPolicies = [draftedOnce] as const;
export const meansPolicies = [allocatedFirst, notClosed, contributionFitsTheOutcome, reasonsGiven] as const;
/** In the order of the law: allocated, means, the three parts, then agreed. */
export const agreeingPolicies = [
  allocatedFirst,
  notClosed,
  notBeforeTheAllocation,
  costIsTheAllocated,
  ...parts,
  agreedOnce,
] as const;
export const revisingPolicies = [
  agreedFirst,
  notClosed,
  notBeforeTheAgreement,
  reviewIsOfThisPlan,
  upratingIsInForce,
  somethingChanges,
  ...parts,
] as const;
export const closingPolicies = [allocatedFirst, closedOnce, notBeforeTheAgreement] as const;
