import { addMonths, type DecisionContext, formatDate, type Policy } from '@caretrail/kernel';
import {
  type ContributePlanLineData,
  type DraftedLine,
  type OfferOptionsData,
  type RecordAboutPersonData,
  type RecordDissentData,
  type RecordNeedUnmetData,
  type WithdrawPlanLineData,
  type WithdrawUnmetNeedData,
  SCOPE_OF_PLANS,
  basesOfReasons,
  onlyForAdults,
  onlyForCarers,
} from '../../contracts/index.js';
import { speaksByAuthority } from './representative.policies.js';
import { inTheMaking, type SupportPlanState } from './support-plan.state.js';

export type PlanPolicy<Data> = Policy<Data, SupportPlanState, DecisionContext>;

const MONTHS_OF_PROTECTION = 12;

/** True where nothing is said, or only blanks. */
export const silent = (words: string | undefined): boolean => !words?.trim();

export const budgetFirst: PlanPolicy<unknown> = {
  rule: 'budget-first',
  section: 'Care Act 2014 s24, s25(1)(e)',
  check: (_, state) =>
    state.opening ? undefined : [{ message: 'The plan contains the personal budget: allocate the budget first.' }],
};

export const notBeforeTheBudget: PlanPolicy<unknown> = {
  rule: 'not-before-the-budget',
  section: 'Care Act 2014 s25(1)(e)',
  check: (_, { opening }, { effectiveOn }) =>
    opening && effectiveOn < opening.allocatedOn
      ? [
          {
            message: `${formatDate(effectiveOn)} lies before the budget of this plan, which is from ${formatDate(opening.allocatedOn)}.`,
            field: 'effectiveOn',
          },
        ]
      : undefined,
};

/** What is said, signed or given on a day has happened; a budget that is true from a later day is signed with that day. */
export const happenedByToday: PlanPolicy<unknown> = {
  rule: 'happened-by-today',
  section: 'Care Act 2014 s25',
  check: (_, { opening }, { effectiveOn, today }) =>
    effectiveOn > today && effectiveOn !== opening?.allocatedOn
      ? [
          {
            message: `${formatDate(effectiveOn)} has not come yet: enter the day on which it happened.`,
            field: 'effectiveOn',
          },
        ]
      : undefined,
};

export const notClosed: PlanPolicy<unknown> = {
  rule: 'plan-is-not-closed',
  section: 'Care Act 2014 s27',
  check: (_, { stage }) => (stage === 'closed' ? [{ message: 'This plan has ended.' }] : undefined),
};

const changeNeedsAReview: PlanPolicy<unknown> = {
  rule: 'change-needs-a-review',
  section: 'Care Act 2014 s27',
  check: (_, state) =>
    state.stage === 'agreed' || state.stage === 'active'
      ? [{ message: 'This plan is agreed. A change of it needs a review that opens it for revision.' }]
      : undefined,
};

const openForDrafting = [budgetFirst, notClosed, changeNeedsAReview] as const;

const isEligible = (need: string, { opening }: SupportPlanState): boolean =>
  // A return does not name the needs: then there is nothing to hold a line against.
  !opening?.needs.length || opening.needs.includes(need);

const ofAnEligibleNeed = <Data>(needOf: (data: Data) => string, field: string): PlanPolicy<Data> => ({
  rule: 'only-eligible-needs',
  section: 'Care Act 2014 s25(1)(a)–(c)',
  check: (data, state) =>
    isEligible(needOf(data), state)
      ? undefined
      : [{ message: `“${needOf(data)}” is not among the eligible needs.`, field }],
});

type LineData = ContributePlanLineData;

const lineSaysWhatIsDone: PlanPolicy<LineData> = {
  rule: 'line-says-what-is-done',
  section: 'Care Act 2014 s25(1)(c)',
  check: ({ line }) =>
    silent(line.action) ? [{ message: 'Say what is done about the need.', field: 'line.action' }] : undefined,
};

const ownWords: PlanPolicy<LineData> = {
  rule: 'own-lines-in-own-words',
  section: 'Care Act 2014 s25(3)',
  check: ({ line }) =>
    line.writtenBy === 'person' && silent(line.inOwnWords)
      ? [{ message: 'A line of the person’s is in the person’s own words: write them down.', field: 'line.inOwnWords' }]
      : undefined,
};

/** The person writes lines of their own and leaves those of others alone; staff write down anybody's. */
const personWritesOwnLines: PlanPolicy<LineData> = {
  rule: 'person-writes-own-lines',
  section: 'Care Act 2014 s25(3)',
  check: ({ line }, state, { actor }) =>
    actor.role === 'person' && (line.writtenBy !== 'person' || isOfAnother(line.lineId, state))
      ? [{ message: 'You can write lines of your own, and change those.', field: 'line.writtenBy' }]
      : undefined,
};

const personWithdrawsOwnLines: PlanPolicy<WithdrawPlanLineData> = {
  rule: 'person-writes-own-lines',
  section: 'Care Act 2014 s25(3)',
  check: ({ lineId }, state, { actor }) =>
    actor.role === 'person' && isOfAnother(lineId, state)
      ? [{ message: 'You can withdraw your own lines. Tell us if you do not agree with another.', field: 'lineId' }]
      : undefined,
};

const isOfAnother = (lineId: string, { lines }: SupportPlanState): boolean =>
  lines.some((line) => line.lineId === lineId && line.writtenBy !== 'person');

const lineIsNew: PlanPolicy<LineData> = {
  rule: 'line-is-new',
  section: 'Care Act 2014 s25(3)',
  check: ({ line }, { lines }) =>
    lines.some(({ lineId }) => lineId === line.lineId)
      ? [{ message: 'This line is in the plan already. Change it instead.', field: 'line.lineId' }]
      : undefined,
};

const lineIsThere = <Data>(idOf: (data: Data) => string | undefined, field: string): PlanPolicy<Data> => ({
  rule: 'line-is-there',
  section: 'Care Act 2014 s25(3)',
  check: (data, { lines }) => {
    const wanted = idOf(data);
    return wanted === undefined || lines.some(({ lineId }) => lineId === wanted)
      ? undefined
      : [{ message: 'The plan has no such line; it may have been withdrawn.', field }];
  },
});

const MINIMUM_RESTRICTION = 'Care Act 2014 s1(3)(h); Human Rights Act 1998 Sch 1 Art 8';

const protectionHasItsGround: PlanPolicy<LineData> = {
  rule: 'protection-has-its-ground',
  section: MINIMUM_RESTRICTION,
  check: ({ line: { purpose, protection } }) => {
    if (purpose === 'benefit')
      return protection
        ? [{ message: 'A line for the person’s benefit has no ground for protection.', field: 'line.purpose' }]
        : undefined;
    if (protection) return undefined;
    const message = `A line for ${purpose} needs its legal basis, for whose good it is, why nothing less will do, and the day it ends.`;
    return [{ message, field: 'line.protection.legalBasis' }];
  },
};

const protectionNamesAndWeighs: PlanPolicy<LineData> = {
  rule: 'protection-names-and-weighs',
  section: MINIMUM_RESTRICTION,
  check: ({ line: { protection } }) => {
    if (!protection) return undefined;
    return [
      ...(silent(protection.beneficiaryName)
        ? [{ message: 'Name for whose good this is.', field: 'line.protection.beneficiaryName' }]
        : []),
      ...(silent(protection.proportionality)
        ? [{ message: 'Say why nothing that restricts less will do.', field: 'line.protection.proportionality' }]
        : []),
    ];
  },
};

const protectionEnds: PlanPolicy<LineData> = {
  rule: 'protection-ends',
  section: MINIMUM_RESTRICTION,
  check: ({ line: { protection } }, _, { effectiveOn }) => {
    if (!protection) return undefined;
    const latest = addMonths(effectiveOn, MONTHS_OF_PROTECTION);
    if (protection.expiresOn > effectiveOn && protection.expiresOn <= latest) return undefined;
    const message = `A restriction ends after today’s entry and within ${MONTHS_OF_PROTECTION} months: enter a day after ${formatDate(effectiveOn)} and not after ${formatDate(latest)}.`;
    return [{ message, field: 'line.protection.expiresOn' }];
  },
};

const consentWithoutDissent: PlanPolicy<LineData> = {
  rule: 'consent-without-dissent',
  section: 'Mental Capacity Act 2005 s1–s3',
  check: ({ line: { protection } }) =>
    protection?.legalBasis === 'consent of the person' && !silent(protection.dissent)
      ? [
          {
            message: 'What the person objects to does not rest on their consent: choose another legal basis.',
            field: 'line.protection.legalBasis',
          },
        ]
      : undefined,
};

const wellFormedLine = [
  ofAnEligibleNeed(({ line }: { readonly line: DraftedLine }) => line.need, 'line.need'),
  lineSaysWhatIsDone,
  ownWords,
  personWritesOwnLines,
  protectionHasItsGround,
  protectionNamesAndWeighs,
  protectionEnds,
  consentWithoutDissent,
] as const;

/** A reason that the law does not have for these needs: s18 is about an adult's, s20 about a carer's. */
export function faultOfWhose(
  { need, reason, basis }: Pick<RecordNeedUnmetData, 'need' | 'reason' | 'basis'>,
  ofCarer: boolean,
): string | undefined {
  const notTheirs = ofCarer ? onlyForAdults : onlyForCarers;
  const wrong = [reason, basis].find((each) => each && notTheirs.includes(each));
  return wrong && `“${need}”: “${wrong}” is a reason for ${ofCarer ? 'an adult’s' : 'a carer’s'} needs alone.`;
}

/** Of each reason whose section has conditions: that the one is named on which it rests. */
export function faultOfBasis({
  need,
  reason,
  basis,
}: Pick<RecordNeedUnmetData, 'need' | 'reason' | 'basis'>): string | undefined {
  const possible: readonly string[] =
    reason === 'not asked for' || reason === 'another power or bar (s21–s23)' ? basesOfReasons[reason] : [];
  if (possible.length && !(basis && possible.includes(basis)))
    return `“${need}”: “${reason}” holds only where the law says so. Choose one: ${possible.join('; ')}.`;
  return !possible.length && basis ? `“${need}”: “${basis}” does not belong to this reason.` : undefined;
}

const reasonHasItsBasis: PlanPolicy<RecordNeedUnmetData> = {
  rule: 'reason-has-its-basis',
  section: 'Care Act 2014 s18(3)–(4), s20(3), s21–s23',
  check: (data) => {
    const message = faultOfBasis(data);
    return message ? [{ message, field: 'basis' }] : undefined;
  },
};

const reasonIsForTheirNeeds: PlanPolicy<RecordNeedUnmetData> = {
  rule: 'reason-is-for-their-needs',
  section: 'Care Act 2014 s18(7), s20(3)',
  check: (data, { opening }) => {
    const message = faultOfWhose(data, opening?.ofCarer === true);
    return message ? [{ message, field: 'reason' }] : undefined;
  },
};

const lawfulOrOpen: PlanPolicy<RecordNeedUnmetData> = {
  rule: 'lawful-reason-or-open-duty',
  section: 'Care Act 2014 s18, s24(1)(a)',
  check: ({ reason, openBecause }) =>
    (reason === undefined) === (openBecause === undefined)
      ? [
          {
            message: 'Choose either the lawful reason why the council does not meet the need, or why the duty is open.',
            field: 'reason',
          },
        ]
      : undefined,
};

const recordedAsUnmet: PlanPolicy<WithdrawUnmetNeedData> = {
  rule: 'recorded-as-unmet',
  section: 'Care Act 2014 s24(1)(a)',
  check: ({ need }, { unmet }) =>
    unmet.some((each) => each.need === need)
      ? undefined
      : [{ message: `“${need}” is not recorded as unmet.`, field: 'need' }],
};

const somethingIsSaid: PlanPolicy<RecordAboutPersonData> = {
  rule: 'something-is-said',
  section: 'Care Act 2014 s1(2), s25(1)(d)',
  check: ({ whatMatters, strengths, circle, contingency, prevention, independentLiving }) =>
    [whatMatters, strengths, contingency, prevention].every(silent) && !circle.length && !independentLiving.length
      ? [{ message: 'Write down at least one thing about the person.', field: 'whatMatters' }]
      : undefined,
};

const eachAreaOnce: PlanPolicy<RecordAboutPersonData> = {
  rule: 'each-area-once',
  section: 'Care Act 2014 s1(2)',
  check: ({ independentLiving }) =>
    independentLiving.flatMap(({ area }, at) =>
      independentLiving.findIndex((other) => other.area === area) < at
        ? [{ message: `“${area}” stands here twice.`, field: `independentLiving.${at}.area` }]
        : [],
    ),
};

const whyNotTheOthers: PlanPolicy<OfferOptionsData> = {
  rule: 'why-not-the-others',
  section: 'Care Act 2014 s8, s25(5)',
  check: ({ options }) =>
    options.flatMap(({ way, chosen, whyNot }, at) =>
      !chosen && silent(whyNot)
        ? [{ message: `Say why the person did not choose “${way}”.`, field: `options.${at}.whyNot` }]
        : [],
    ),
};

const aRealChoice: PlanPolicy<OfferOptionsData> = {
  rule: 'a-real-choice',
  section: 'Care Act 2014 s5(1), s8, s25(5)',
  check: ({ options, whyOne }) =>
    options.length === 1 && silent(whyOne)
      ? [{ message: 'One option is no choice: offer another, or say why there was none.', field: 'whyOne' }]
      : undefined,
};

const dissentInWords: PlanPolicy<RecordDissentData> = {
  rule: 'dissent-in-words',
  section: 'Care Act 2014 s25(5)',
  check: ({ words }) =>
    silent(words) ? [{ message: 'Write down what they do not agree with.', field: 'words' }] : undefined,
};

const personDissentsForThemselves: PlanPolicy<RecordDissentData> = {
  rule: 'person-dissents-for-themselves',
  section: 'Care Act 2014 s25(5)',
  check: ({ by }, _, { actor }) =>
    actor.role === 'person' && by !== 'person'
      ? [{ message: 'You can say what you yourself do not agree with.', field: 'by' }]
      : undefined,
};

/** Where no version was agreed and none is in the making there is nothing to dissent from. */
const somethingInTheMaking: PlanPolicy<unknown> = {
  rule: 'plan-in-the-making',
  section: 'Care Act 2014 s25(5)',
  check: (_, state) =>
    state.opening && !inTheMaking(state) && state.stage !== 'closed'
      ? [{ message: 'The plan is agreed. Ask for a review, and say there what is wrong with it (section 27(1)(b)).' }]
      : undefined,
};

export const contributionPolicies = [...openForDrafting, ...wellFormedLine, lineIsNew] as const;
export const changePolicies = [
  ...openForDrafting,
  lineIsThere(({ line }: LineData) => line.lineId, 'line.lineId'),
  ...wellFormedLine,
] as const;
export const withdrawalOfLinePolicies = [
  ...openForDrafting,
  lineIsThere(({ lineId }: WithdrawPlanLineData) => lineId, 'lineId'),
  personWithdrawsOwnLines,
] as const;
export const unmetNeedPolicies = [
  ...openForDrafting,
  ofAnEligibleNeed(({ need }: RecordNeedUnmetData) => need, 'need'),
  lawfulOrOpen,
  reasonIsForTheirNeeds,
  reasonHasItsBasis,
] as const;
export const withdrawalOfUnmetPolicies = [...openForDrafting, recordedAsUnmet] as const;
export const aboutPersonPolicies = [budgetFirst, notClosed, somethingIsSaid, eachAreaOnce] as const;
export const optionsPolicies = [
  ...openForDrafting,
  ofAnEligibleNeed(({ need }: OfferOptionsData) => need, 'need'),
  aRealChoice,
  whyNotTheOthers,
] as const;
export const dissentPolicies = [
  budgetFirst,
  notBeforeTheBudget,
  happenedByToday,
  notClosed,
  somethingInTheMaking,
  lineIsThere(({ lineId }: RecordDissentData) => lineId, 'lineId'),
  dissentInWords,
  personDissentsForThemselves,
  speaksByAuthority<RecordDissentData>('representative', SCOPE_OF_PLANS, 'Care Act 2014 s25(3), s25(5)'),
] as const;
