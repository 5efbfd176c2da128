import { formatDate, formatPence, type DecisionContext, type Policy } from '@caretrail/kernel';
import type { AllocateBudgetData, CloseAllocationData, OpenAllocationData } from '../../contracts/index.js';
import { type AllocationState, indicationOf } from './allocation.state.js';
import { atLocalPrices } from './local-prices.js';

type AllocationPolicy<Data> = Policy<Data, AllocationState, DecisionContext>;

const openedOnce: AllocationPolicy<OpenAllocationData> = {
  rule: 'opened-once',
  section: 'Care Act 2014 s27',
  check: (_, state) =>
    state.opening ? [{ message: 'This allocation was opened already, from another assessment.' }] : undefined,
};

const assessedFirst: AllocationPolicy<AllocateBudgetData> = {
  rule: 'assessed-first',
  section: 'Care Act 2014 s9, s10, s13, s26',
  check: (_, state) =>
    state.opening
      ? undefined
      : [{ message: 'A budget follows an assessment and its decision on eligibility: complete them first.' }],
};

const needsAreEligible: AllocationPolicy<AllocateBudgetData> = {
  rule: 'needs-are-eligible',
  section: 'Care Act 2014 s13, s18, s20',
  check: (_, { opening }) =>
    opening && opening.eligibleNeeds !== 'Eligible needs identified'
      ? [{ message: 'The assessment found no eligible needs, so there is no duty to meet them with a budget.' }]
      : undefined,
};

const needsAreWantedMet: AllocationPolicy<AllocateBudgetData> = {
  rule: 'needs-are-wanted-met',
  section: 'Care Act 2014 s13(3)(b), s24(1)',
  check: (_, { closed }) =>
    closed
      ? [
          {
            message:
              'The person wants none of the needs met by the council. If that has changed, record their wishes anew first.',
          },
        ]
      : undefined,
};

const notAllocatedYet: AllocationPolicy<CloseAllocationData> = {
  rule: 'not-allocated-yet',
  section: 'Care Act 2014 s27',
  check: (_, { allocated }) =>
    allocated
      ? [{ message: 'The budget was allocated already. What the person wants of it is for the plan and its review.' }]
      : undefined,
};

const notBeforeTheAssessment: AllocationPolicy<AllocateBudgetData> = {
  rule: 'not-before-the-assessment',
  section: 'Care Act 2014 s24, s26',
  check: (_, { opening }, { effectiveOn }) =>
    opening && effectiveOn < opening.assessedOn
      ? [
          {
            message: `The budget is dated ${formatDate(effectiveOn)}, before the assessment of ${formatDate(opening.assessedOn)}.`,
            field: 'effectiveOn',
          },
        ]
      : undefined,
};

const costAboveNothing: AllocationPolicy<AllocateBudgetData> = {
  rule: 'cost-above-nothing',
  section: 'Care Act 2014 s26(1)(a)',
  check: ({ costPencePerWeek }) =>
    costPencePerWeek > 0
      ? undefined
      : [{ message: 'Meeting eligible needs costs something: give the cost a week.', field: 'costPencePerWeek' }],
};

const noAmountBelowNothing: AllocationPolicy<AllocateBudgetData> = {
  rule: 'no-amount-below-nothing',
  section: 'Care Act 2014 s26(1)',
  check: (data) => {
    const fields = ['personPaysPencePerWeek', 'councilPaysPencePerWeek'] as const;
    return fields
      .filter((field) => data[field] < 0)
      .map((field) => ({ message: 'An amount of the budget lies below nothing.', field }));
  },
};

const contributionWithinCost: AllocationPolicy<AllocateBudgetData> = {
  rule: 'contribution-within-cost',
  section: 'Care Act 2014 s14(4), s17',
  check: ({ personPaysPencePerWeek, costPencePerWeek }) =>
    personPaysPencePerWeek > costPencePerWeek
      ? [{ message: 'The person cannot be charged more than the needs cost.', field: 'personPaysPencePerWeek' }]
      : undefined,
};

const costIsPersonPlusCouncil: AllocationPolicy<AllocateBudgetData> = {
  rule: 'cost-is-person-plus-council',
  section: 'Care Act 2014 s26(1)',
  check: ({ costPencePerWeek: cost, personPaysPencePerWeek: person, councilPaysPencePerWeek: council }) =>
    cost === person + council
      ? undefined
      : [
          {
            message: `What the person pays and what the council pays add up to ${formatPence(person + council)} a week, not to the cost of ${formatPence(cost)}.`,
            field: 'costPencePerWeek',
          },
        ],
};

const reasonsGiven: AllocationPolicy<AllocateBudgetData> = {
  rule: 'reasons-given',
  section: 'Care Act 2014 s26',
  check: ({ reasons }) =>
    reasons.trim() ? undefined : [{ message: 'Say why the budget is what it is.', field: 'reasons' }],
};

const allocatedOnce: AllocationPolicy<AllocateBudgetData> = {
  rule: 'allocated-once',
  section: 'Care Act 2014 s27',
  check: (_, state) =>
    state.allocated ? [{ message: 'The budget was allocated already. A change of it needs a review.' }] : undefined,
};

const overrideIsDecided: AllocationPolicy<AllocateBudgetData> = {
  rule: 'override-is-decided',
  section: 'Care and Support Statutory Guidance ch. 11',
  check: (_, { proposal }) =>
    proposal
      ? [
          {
            message: `Another amount, ${formatPence(proposal.pencePerWeek)} a week, was proposed. Decide on it before the budget is made final.`,
          },
        ]
      : undefined,
};

/** Less may be enough, and is then checked at local prices; more is somebody else's to approve. */
const withinTheIndication: AllocationPolicy<AllocateBudgetData> = {
  rule: 'within-the-indication',
  section: 'Care and Support Statutory Guidance ch. 11',
  check: ({ costPencePerWeek }, state) => {
    const indication = indicationOf(state);
    return indication !== undefined && costPencePerWeek > indication
      ? [
          {
            message: `The indication is ${formatPence(indication)} a week. More than that needs another amount to be proposed, and approved by somebody else.`,
            field: 'costPencePerWeek',
          },
        ]
      : undefined;
  },
};

const neededServiceOnce: AllocationPolicy<AllocateBudgetData> = {
  rule: 'needed-service-once',
  section: 'Care Act 2014 s26(1)(a)',
  check: ({ needed = [] }) =>
    needed.flatMap(({ service }, at) =>
      needed.findIndex((other) => other.service === service) < at
        ? [{ message: 'A service is named twice: give all of it in one line.', field: `needed.${at}.service` }]
        : [],
    ),
};

const checkedAtLocalPrices: AllocationPolicy<AllocateBudgetData> = {
  rule: 'checked-at-local-prices',
  section: 'Care Act 2014 s26(1)(a)',
  check: ({ needed = [], localPrices = [] }) =>
    localPrices.length && !needed.length
      ? [
          {
            message: 'Local prices are known: say which services the needs take, and how much of them a week.',
            field: 'needed',
          },
        ]
      : undefined,
};

const needsCanBeMet: AllocationPolicy<AllocateBudgetData> = {
  rule: 'needs-can-be-met-at-local-prices',
  section: 'Care Act 2014 s18, s20, s26(1)(a)',
  check: (data) => {
    const { pricedPencePerWeek } = atLocalPrices(data);
    return pricedPencePerWeek > data.costPencePerWeek
      ? [
          {
            message: `At local prices what the needs take costs ${formatPence(pricedPencePerWeek)} a week: ${formatPence(data.costPencePerWeek)} does not buy it.`,
            field: 'costPencePerWeek',
          },
        ]
      : undefined;
  },
};

export const openingPolicies = [openedOnce] as const;
export const closingPolicies = [notAllocatedYet] as const;

/** In the order of the law: assessment, eligibility, charging, budget. */
export const allocationPolicies = [
  assessedFirst,
  needsAreEligible,
  needsAreWantedMet,
  notBeforeTheAssessment,
  costAboveNothing,
  noAmountBelowNothing,
  contributionWithinCost,
  costIsPersonPlusCouncil,
  overrideIsDecided,
  withinTheIndication,
  neededServiceOnce,
  checkedAtLocalPrices,
  needsCanBeMet,
  reasonsGiven,
  allocatedOnce,
] as const;
