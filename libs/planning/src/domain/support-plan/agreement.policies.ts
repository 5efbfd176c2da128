import { formatDate, formatPence } from '@caretrail/kernel';
import {
  type AgreeSupportPlanData,
  type CloseSupportPlanData,
  type GivePlanInWritingData,
  type NeedNotMet,
  type OpenSupportPlanData,
  type PlanLine,
  SCOPE_OF_PLANS,
  type SignSupportPlanData,
  type Signature,
  type StartSupportPlanData,
} from '../../contracts/index.js';
import {
  type PlanPolicy,
  budgetFirst,
  faultOfBasis,
  faultOfWhose,
  happenedByToday,
  notBeforeTheBudget,
  notClosed,
  silent,
} from './drafting.policies.js';
import { currentVersion, type SupportPlanState } from './support-plan.state.js';

/** What is to be signed: the lines and lawful reasons of the draft, or those that were brought with the agreement. */
export interface Proposal {
  readonly lines: readonly PlanLine[];
  readonly notMet: readonly NeedNotMet[];
}
type Agreement = AgreeSupportPlanData & Proposal;

/** The draft as it would be signed. A need with no lawful reason is left out: it is an open duty. */
export const proposalOfDraft = ({ lines, unmet }: SupportPlanState): Proposal => ({
  lines: lines.map(({ lineId, need, action, contributor, weeklyPence, oneOffPence }) => ({
    need,
    action,
    contributor,
    weeklyPence,
    ...(oneOffPence && { oneOffPence }),
    lineId,
  })),
  notMet: unmet.flatMap(({ need, reason, basis }) => (reason ? [{ need, reason, ...(basis && { basis }) }] : [])),
});

const openedOnce: PlanPolicy<OpenSupportPlanData> = {
  rule: 'opened-once',
  section: 'Care Act 2014 s27',
  check: (_, state) =>
    state.opening ? [{ message: 'This plan was opened already, from another budget.' }] : undefined,
};

const oneDraft: PlanPolicy<AgreeSupportPlanData> = {
  rule: 'one-draft',
  section: 'Care Act 2014 s25(1)',
  check: ({ lines, notMet }, { draftedHere }) =>
    draftedHere && (lines ?? notMet)
      ? [
          {
            message:
              'This plan was drafted here: agree the draft, and leave the lines out. Change a line where it stands.',
            field: lines ? 'lines' : 'notMet',
          },
        ]
      : undefined,
};

/** An id is of a line in the draft: taken for one, a line that was brought would be missing from the next draft. */
const broughtWithoutIds: PlanPolicy<AgreeSupportPlanData> = {
  rule: 'brought-lines-have-no-id',
  section: 'Care Act 2014 s25(1)',
  check: ({ lines = [] }) =>
    lines.flatMap(({ lineId }, at) =>
      lineId === undefined
        ? []
        : [
            {
              message: 'Leave out the id: a line that is brought with the agreement gets one.',
              field: `lines.${at}.lineId`,
            },
          ],
    ),
};

const everyNeedMetOrLawfullyNot: PlanPolicy<Proposal> = {
  rule: 'every-need-met-or-lawfully-not',
  section: 'Care Act 2014 s18, s24, s25(1)',
  check: ({ lines, notMet }, { opening, unmet }) => {
    const covered = new Set([...lines, ...notMet].map(({ need }) => need));
    const recordedOpen = unmet.filter(({ reason }) => !reason).map(({ need }) => need);
    const bare = opening?.needs.filter((need) => !covered.has(need) && !recordedOpen.includes(need)) ?? [];
    if (opening && covered.size === 0 && bare.length + recordedOpen.length === 0)
      return [{ message: 'The plan says nothing of how needs are met.', field: 'lines' }];
    return [
      ...bare.map((need) => ({
        message: `An open duty: “${need}” has no line, and no lawful reason why the council does not meet it.`,
        field: 'lines',
      })),
      ...recordedOpen.map((need) => ({
        message: `An open duty: “${need}” is recorded as not met, with no lawful reason.`,
        field: 'lines',
      })),
    ];
  },
};

const onlyEligibleNeeds: PlanPolicy<Proposal> = {
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

const reasonsHaveTheirBasis: PlanPolicy<Proposal> = {
  rule: 'reason-has-its-basis',
  section: 'Care Act 2014 s18(3)–(4), s20(3), s21–s23',
  check: ({ notMet }) =>
    notMet.flatMap((each, at) => {
      const message = faultOfBasis(each);
      return message ? [{ message, field: `notMet.${at}.basis` }] : [];
    }),
};

const reasonsAreForTheirNeeds: PlanPolicy<Proposal> = {
  rule: 'reason-is-for-their-needs',
  section: 'Care Act 2014 s18(7), s20(3)',
  check: ({ notMet }, { opening }) =>
    notMet.flatMap((each, at) => {
      const message = faultOfWhose(each, opening?.ofCarer === true);
      return message ? [{ message, field: `notMet.${at}.reason` }] : [];
    }),
};

const linesWithinTheBudget: PlanPolicy<Proposal> = {
  rule: 'lines-within-the-budget',
  section: 'Care Act 2014 s25(1)(e), s26',
  check: ({ lines }, { budget }) => {
    const total = lines.reduce((sum, line) => sum + line.weeklyPence, 0);
    return budget && total > budget.costPencePerWeek
      ? [
          {
            message: `The lines cost ${formatPence(total)} a week, the budget is ${formatPence(budget.costPencePerWeek)}.`,
            field: 'lines',
          },
        ]
      : undefined;
  },
};

/** New one-off lines alone: what stood in the version that was agreed last is paid, and a new statement says only what is new. */
const oneOffWithinTheStatement: PlanPolicy<Proposal> = {
  rule: 'one-off-lines-within-the-statement',
  section: 'Care Act 2014 s25(1)(e), s26(1)',
  check: ({ lines }, { budget, paidOnce }) => {
    const paid = ({ lineId }: PlanLine): number => (lineId && paidOnce[lineId]) || 0;
    const total = lines.reduce((sum, line) => sum + Math.max(0, (line.oneOffPence ?? 0) - paid(line)), 0);
    const stated = (budget?.oneOff ?? []).reduce((sum, { pence }) => sum + pence, 0);
    return budget && total > stated
      ? [
          {
            message: `What the lines cost once is ${formatPence(total)}, the statement of the personal budget has one-off sums of ${formatPence(stated)}.`,
            field: 'lines',
          },
        ]
      : undefined;
  },
};

const noLineBelowNothing: PlanPolicy<Proposal> = {
  rule: 'no-line-below-nothing',
  section: 'Care Act 2014 s26(1)',
  check: ({ lines }) =>
    lines.flatMap((line, at) =>
      (['weeklyPence', 'oneOffPence'] as const)
        .filter((field) => (line[field] ?? 0) < 0)
        .map((field) => ({ message: 'A line costs less than nothing.', field: `lines.${at}.${field}` })),
    ),
};

const noProtectionExpired: PlanPolicy<Proposal> = {
  rule: 'no-protection-expired',
  section: 'Care Act 2014 s1(3)(h)',
  check: ({ lines }, state, { effectiveOn }) =>
    lines.flatMap(({ lineId, need }, at) => {
      const ends = lineId && state.lines.find((line) => line.lineId === lineId)?.protection?.expiresOn;
      return ends && ends < effectiveOn
        ? [
            {
              message: `The restriction for “${need}” ended on ${formatDate(ends)}: withdraw it, or give its grounds anew.`,
              field: `lines.${at}.protection.expiresOn`,
            },
          ]
        : [];
    }),
};

const dissentAfterReasonableSteps: PlanPolicy<AgreeSupportPlanData> = {
  rule: 'dissent-after-reasonable-steps',
  section: 'Care Act 2014 s25(5)',
  check: ({ agreement, stepsToAgree }) =>
    agreement === 'dissents' && silent(stepsToAgree)
      ? [{ message: 'The person dissents: say which reasonable steps were taken to agree.', field: 'stepsToAgree' }]
      : undefined,
};

const dissentIsNotAgreement: PlanPolicy<AgreeSupportPlanData> = {
  rule: 'dissent-is-not-agreement',
  section: 'Care Act 2014 s25(5)',
  check: ({ agreement, signature }, state) =>
    state.dissent && agreement === 'agreed' && !signature
      ? [
          {
            message:
              'Their dissent from this plan is recorded. It is agreed when they sign it; else sign it off over their dissent.',
            field: 'agreement',
          },
        ]
      : undefined,
};

const signatureIsAgreement: PlanPolicy<AgreeSupportPlanData> = {
  rule: 'signature-is-agreement',
  section: 'Care Act 2014 s25(5)',
  check: ({ agreement, signature }, state) =>
    agreement === 'dissents' && (signature ?? state.signed.includes(currentVersion(state)))
      ? [{ message: 'The person’s side signed this plan, so they do not dissent from it.', field: 'agreement' }]
      : undefined,
};

const agreedOnce: PlanPolicy<unknown> = {
  rule: 'agreed-once',
  section: 'Care Act 2014 s27',
  check: (_, { stage }) =>
    stage === 'agreed' || stage === 'active'
      ? [{ message: 'This plan was signed off already. A change of it needs a review.' }]
      : undefined,
};

const signatureOf = (data: AgreeSupportPlanData | SignSupportPlanData): Signature | undefined =>
  'signatory' in data ? data : data.signature;

const representativeByAuthority: PlanPolicy<AgreeSupportPlanData | SignSupportPlanData> = {
  rule: 'representative-by-authority',
  section: 'Care Act 2014 s25(3), s25(5)',
  check: (data) => {
    const signature = signatureOf(data);
    if (!signature) return undefined;
    const field = 'signatory' in data ? 'representative' : 'signature.representative';
    const { signatory, representative } = signature;
    if (signatory === 'person')
      return representative
        ? [{ message: 'The person signed themselves: leave the representative out.', field }]
        : undefined;
    if (representative?.standing) return undefined;
    const message = representative
      ? 'On this day no such representation stands: it was never recorded, has ended, or was revoked.'
      : 'Say who of the register of representatives signs on the person’s behalf.';
    return [{ message, field: `${field}.representationId` }];
  },
};

const representativeMaySign: PlanPolicy<AgreeSupportPlanData | SignSupportPlanData> = {
  rule: 'representative-may-speak-in-this',
  section: 'Care Act 2014 s25(3), s25(5); MCA 2005 s9, s16',
  check: (data) => {
    const standing = signatureOf(data)?.representative?.standing;
    if (!standing || standing.scope.includes(SCOPE_OF_PLANS)) return undefined;
    const field = 'signatory' in data ? 'representative' : 'signature.representative';
    const message = `On this day the representative (${standing.kind}) may not speak for the person in support planning.`;
    return [{ message, field: `${field}.representationId` }];
  },
};

const onlineByOneself: PlanPolicy<AgreeSupportPlanData | SignSupportPlanData> = {
  rule: 'online-by-oneself',
  section: 'Care Act 2014 s25(5)',
  check: (data, _, { actor }) => {
    const signature = signatureOf(data);
    if (!signature) return undefined;
    const self = actor.role === 'person';
    if (self !== (signature.how === 'online') || (self && signature.signatory !== 'person'))
      return [
        {
          message: self
            ? 'You sign for yourself, online.'
            : 'Online only the person themselves can sign. Say how the signature was given to you.',
          field: 'signatory' in data ? 'how' : 'signature.how',
        },
      ];
    return undefined;
  },
};

const signedOnce: PlanPolicy<AgreeSupportPlanData | SignSupportPlanData> = {
  rule: 'signed-once',
  section: 'Care Act 2014 s25(5)',
  check: (data, state) =>
    signatureOf(data) && state.opening && state.signed.includes(currentVersion(state))
      ? [{ message: 'The person’s side signed this version of the plan already.' }]
      : undefined,
};

const agreedFirst: PlanPolicy<unknown> = {
  rule: 'agreed-first',
  section: 'Care Act 2014 s24(1), s25(9)',
  check: (_, { version }) => (version ? undefined : [{ message: 'The plan is not agreed yet.' }]),
};

const startedOnce: PlanPolicy<StartSupportPlanData> = {
  rule: 'started-once',
  section: 'Care Act 2014 s24(1)',
  check: (_, { startedOn }) =>
    startedOn ? [{ message: `Support under this plan began on ${formatDate(startedOn)}.` }] : undefined,
};

const notBeforeTheAgreement: PlanPolicy<unknown> = {
  rule: 'not-before-the-agreement',
  section: 'Care Act 2014 s24(1)',
  check: (_, { agreedOn }, { effectiveOn }) =>
    agreedOn && effectiveOn < agreedOn
      ? [
          {
            message: `The plan was agreed on ${formatDate(agreedOn)}; enter that day or a later one.`,
            field: 'effectiveOn',
          },
        ]
      : undefined,
};

const endingIsExplained: PlanPolicy<CloseSupportPlanData> = {
  rule: 'ending-is-explained',
  section: 'Care Act 2014 s27',
  check: ({ words }) => (silent(words) ? [{ message: 'Say why the plan ends.', field: 'words' }] : undefined),
};

/** What has to be true of a plan before anybody signs it. */
export const contentPolicies = [
  budgetFirst,
  everyNeedMetOrLawfullyNot,
  onlyEligibleNeeds,
  reasonsAreForTheirNeeds,
  reasonsHaveTheirBasis,
  linesWithinTheBudget,
  oneOffWithinTheStatement,
  noLineBelowNothing,
  noProtectionExpired,
] as const;

export const openingPolicies = [openedOnce] as const;
export const statingPolicies = [notClosed] as const;
export const agreementPolicies: readonly PlanPolicy<Agreement>[] = [
  ...contentPolicies,
  notBeforeTheBudget,
  happenedByToday,
  notClosed,
  agreedOnce,
  dissentAfterReasonableSteps,
  dissentIsNotAgreement,
  signatureIsAgreement,
  signedOnce,
  representativeByAuthority,
  representativeMaySign,
  onlineByOneself,
];
export const agreementAskedPolicies = [oneDraft, broughtWithoutIds] as const;
export const signingPolicies = [
  notClosed,
  notBeforeTheBudget,
  happenedByToday,
  signedOnce,
  representativeByAuthority,
  representativeMaySign,
  onlineByOneself,
] as const;
export const writingPolicies: readonly PlanPolicy<GivePlanInWritingData>[] = [
  agreedFirst,
  notBeforeTheAgreement,
  happenedByToday,
];
export const startPolicies: readonly PlanPolicy<StartSupportPlanData>[] = [
  agreedFirst,
  notClosed,
  startedOnce,
  notBeforeTheAgreement,
];
export const closingPolicies: readonly PlanPolicy<CloseSupportPlanData>[] = [
  budgetFirst,
  notBeforeTheBudget,
  notClosed,
  endingIsExplained,
];
