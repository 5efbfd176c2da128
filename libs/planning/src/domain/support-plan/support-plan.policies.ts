import { formatDate, formatPence, type DecisionContext, type Policy } from '@caretrail/kernel';
import type { AgreeSupportPlanData, OpenSupportPlanData } from '../../contracts/index.js';
import type { SupportPlanState } from './support-plan.state.js';

type SupportPlanPolicy<Data> = Policy<Data, SupportPlanState, DecisionContext>;

const openedOnce: SupportPlanPolicy<OpenSupportPlanData> = {
  rule: 'opened-once',
  section: 'Care Act 2014 s27',
  check: (_, state) =>
    state.opening ? [{ message: 'This plan was opened already, from another budget.' }] : undefined,
};

const budgetFirst: SupportPlanPolicy<AgreeSupportPlanData> = {
  rule: 'budget-first',
  section: 'Care Act 2014 s24, s25(1)(e)',
  check: (_, state) =>
    state.opening ? undefined : [{ message: 'The plan contains the personal budget: allocate the budget first.' }],
};

const notBeforeTheBudget: SupportPlanPolicy<AgreeSupportPlanData> = {
  rule: 'not-before-the-budget',
  section: 'Care Act 2014 s25(1)(e)',
  check: (_, { opening }, { effectiveOn }) =>
    opening && effectiveOn < opening.allocatedOn
      ? [
          {
            message: `The plan is dated ${formatDate(effectiveOn)}, before its budget of ${formatDate(opening.allocatedOn)}.`,
            field: 'effectiveOn',
          },
        ]
      : undefined,
};

const everyNeedMetOrLawfullyNot: SupportPlanPolicy<AgreeSupportPlanData> = {
  rule: 'every-need-met-or-lawfully-not',
  section: 'Care Act 2014 s18, s24, s25(1)',
  check: ({ lines, notMet }, { opening }) => {
    const covered = new Set([...lines, ...notMet].map(({ need }) => need));
    const open = opening?.needs.filter((need) => !covered.has(need)) ?? [];
    if (opening && covered.size === 0 && open.length === 0)
      return [{ message: 'The plan says nothing of how needs are met.', field: 'lines' }];
    return open.map((need) => ({
      message: `An open duty: “${need}” has no line, and no lawful reason why the council does not meet it.`,
      field: 'lines',
    }));
  },
};

const onlyEligibleNeeds: SupportPlanPolicy<AgreeSupportPlanData> = {
  rule: 'only-eligible-needs',
  section: 'Care Act 2014 s25(1)(a)–(c)',
  check: ({ lines, notMet }, { opening }) => {
    // A return does not name the needs: then there is nothing to hold the lines against.
    if (!opening?.needs.length) return undefined;
    const faults = (list: readonly { need: string }[], name: string) =>
      list.flatMap(({ need }, at) =>
        opening.needs.includes(need)
          ? []
          : [{ message: `“${need}” is not among the eligible needs.`, field: `${name}.${at}.need` }],
      );
    return [...faults(lines, 'lines'), ...faults(notMet, 'notMet')];
  },
};

const linesWithinTheBudget: SupportPlanPolicy<AgreeSupportPlanData> = {
  rule: 'lines-within-the-budget',
  section: 'Care Act 2014 s25(1)(e), s26',
  check: ({ lines }, { opening }) => {
    const total = lines.reduce((sum, line) => sum + line.weeklyPence, 0);
    return opening && total > opening.costPencePerWeek
      ? [
          {
            message: `The lines cost ${formatPence(total)} a week, the budget is ${formatPence(opening.costPencePerWeek)}.`,
            field: 'lines',
          },
        ]
      : undefined;
  },
};

const noLineBelowNothing: SupportPlanPolicy<AgreeSupportPlanData> = {
  rule: 'no-line-below-nothing',
  section: 'Care Act 2014 s26(1)',
  check: ({ lines }) =>
    lines.flatMap(({ weeklyPence }, at) =>
      weeklyPence < 0 ? [{ message: 'A line costs less than nothing.', field: `lines.${at}.weeklyPence` }] : [],
    ),
};

const dissentAfterReasonableSteps: SupportPlanPolicy<AgreeSupportPlanData> = {
  rule: 'dissent-after-reasonable-steps',
  section: 'Care Act 2014 s25(5)',
  check: ({ agreement, stepsToAgree }) =>
    agreement === 'dissents' && !stepsToAgree?.trim()
      ? [{ message: 'The person dissents: say which reasonable steps were taken to agree.', field: 'stepsToAgree' }]
      : undefined,
};

const agreedOnce: SupportPlanPolicy<AgreeSupportPlanData> = {
  rule: 'agreed-once',
  section: 'Care Act 2014 s27',
  check: (_, state) =>
    state.agreed ? [{ message: 'This plan was signed off already. A change of it needs a review.' }] : undefined,
};

export const openingPolicies = [openedOnce] as const;
export const agreementPolicies = [
  budgetFirst,
  notBeforeTheBudget,
  everyNeedMetOrLawfullyNot,
  onlyEligibleNeeds,
  linesWithinTheBudget,
  noLineBelowNothing,
  dissentAfterReasonableSteps,
  agreedOnce,
] as const;
