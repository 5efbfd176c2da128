import { formatDate, type DecisionContext, type Policy } from '@caretrail/kernel';
import {
  outcomes,
  type CompleteAssessmentData,
  type EligibleNeeds,
  type ImpactOnWellbeing,
  type PeriodConsidered,
  type RecordReturnedAssessmentData,
} from '../../contracts/index.js';
import { completingAdult, completingCarer } from './process.policies.js';
import { carerPolicies } from './carer.policies.js';
import type { AssessmentState } from './assessment.state.js';

type AssessmentPolicy<Data> = Policy<Data, AssessmentState, DecisionContext>;

const completedOnce: AssessmentPolicy<unknown> = {
  rule: 'completed-once',
  section: 'Care Act 2014 s27',
  check: (_, state) =>
    state.standing || state.carer
      ? [{ message: 'This assessment is complete. A change of needs calls for a review or another one.' }]
      : undefined,
};

const adultTakesPart: AssessmentPolicy<CompleteAssessmentData> = {
  rule: 'adult-takes-part',
  section: 'Care Act 2014 s9(5); Elig Regs reg 3',
  check: ({ method }) =>
    method === 'Unpaid carer only'
      ? [
          {
            message: 'The ten outcomes of regulation 2 are the adult’s; a carer’s own assessment goes by regulation 3.',
            field: 'method',
          },
        ]
      : undefined,
};

const completedByToday: AssessmentPolicy<unknown> = {
  rule: 'completed-by-today',
  section: 'Care Act 2014 s9',
  check: (_, __, { effectiveOn, today }) =>
    effectiveOn > today
      ? [{ message: `The assessment cannot be complete on ${formatDate(effectiveOn)} already.`, field: 'effectiveOn' }]
      : undefined,
};

const endsNotBeforeItStarts: AssessmentPolicy<{ startedOn: string; completedOn?: string }> = {
  rule: 'ends-not-before-it-starts',
  section: 'Care Act 2014 s9',
  check: ({ startedOn, completedOn }, _, { effectiveOn }) =>
    (completedOn ?? effectiveOn) < startedOn
      ? [{ message: 'The assessment was completed before it started.', field: 'startedOn' }]
      : undefined,
};

const everyOutcomeAnsweredOnce: AssessmentPolicy<CompleteAssessmentData> = {
  rule: 'every-outcome-answered-once',
  section: 'Elig Regs reg 2(2)',
  check: ({ findings }) =>
    outcomes.flatMap((outcome) => {
      const answers = findings.filter((finding) => finding.outcome === outcome).length;
      if (answers === 1) return [];
      const message = answers ? `“${outcome}” is answered ${answers} times.` : `“${outcome}” is not answered.`;
      return [{ message, field: `findings.${outcomes.indexOf(outcome)}` }];
    }),
};

const unableInOneMeaning: AssessmentPolicy<CompleteAssessmentData> = {
  rule: 'unable-in-a-meaning-of-the-law',
  section: 'Elig Regs reg 2(3)',
  check: ({ findings }) =>
    findings.flatMap(({ able, unable, outcome }, at) => {
      if (able === (unable === undefined)) return [];
      const message = able
        ? `“${outcome}” is achieved: leave out in which way it is not.`
        : `Say in which of the four ways the person is unable to achieve “${outcome}”.`;
      return [{ message, field: `findings.${at}.unable` }];
    }),
};

const reasonsBothWays: AssessmentPolicy<Pick<CompleteAssessmentData, 'reasons' | 'impactOnWellbeing'>> = {
  rule: 'reasons-both-ways',
  section: 'Care Act 2014 s13(2)',
  check: ({ reasons, impactOnWellbeing }) => [
    ...(reasons.trim() ? [] : [{ message: 'Give the reasons for the decision on eligibility.', field: 'reasons' }]),
    ...(impactOnWellbeing.reasons.trim()
      ? []
      : [{ message: 'Give the reasons on the impact on wellbeing.', field: 'impactOnWellbeing.reasons' }]),
  ],
};

const periodIsSaid: AssessmentPolicy<{ readonly fluctuation?: PeriodConsidered; readonly completedOn?: string }> = {
  rule: 'fluctuating-need-is-looked-at-over-time',
  section: 'Elig Regs reg 2(4), reg 3(4)',
  check: ({ fluctuation }, _, { effectiveOn }) => {
    if (!fluctuation) return undefined;
    const { fluctuates, from, to } = fluctuation;
    if (!fluctuates && from === undefined && to === undefined) return undefined;
    if (!fluctuates)
      return [
        { message: 'The need does not change: leave out the period that was considered.', field: 'fluctuation.from' },
      ];
    if (from === undefined || to === undefined)
      return [{ message: 'Say over which period the changing need was looked at.', field: 'fluctuation.from' }];
    return from < to && to <= effectiveOn
      ? undefined
      : [
          {
            message: 'The period begins before it ends, and ends by the day of the decision.',
            field: 'fluctuation.to',
          },
        ];
  },
};

const wellbeingIsNamed: AssessmentPolicy<{ readonly impactOnWellbeing: ImpactOnWellbeing }> = {
  rule: 'wellbeing-is-named',
  section: 'Care Act 2014 s1(2)',
  check: ({ impactOnWellbeing: { significant, areas } }) =>
    significant && areas?.length === 0
      ? [{ message: 'Say which areas of wellbeing the impact is on.', field: 'impactOnWellbeing.areas' }]
      : undefined,
};

const recordedFirst: AssessmentPolicy<unknown> = {
  rule: 'recorded-first',
  section: 'UK GDPR Article 5(1)(d)',
  check: (_, state) => (state.eventId ? undefined : [{ message: 'There is no such assessment to withdraw.' }]),
};

/** How many outcomes a person must be unable to achieve, Elig Regs reg 2(1)(b). */
const OUTCOMES_FOR_ELIGIBILITY = 2;

/**
 * Elig Regs reg 2(1): the needs arise from a physical or mental impairment or illness, the person is unable to achieve
 * two or more of the outcomes, and the impact on wellbeing is significant. Carer-blind: what a carer does is not asked.
 */
export function eligibilityOf({
  arisesFromImpairment,
  findings,
  impactOnWellbeing,
}: Pick<CompleteAssessmentData, 'arisesFromImpairment' | 'findings' | 'impactOnWellbeing'>): EligibleNeeds {
  const unable = findings.filter((finding) => !finding.able).length;
  if (unable === 0) return 'No needs identified';
  return arisesFromImpairment && unable >= OUTCOMES_FOR_ELIGIBILITY && impactOnWellbeing.significant
    ? 'Eligible needs identified'
    : 'Non-eligible needs identified';
}

export const completionPolicies = [
  completedOnce,
  adultTakesPart,
  completedByToday,
  endsNotBeforeItStarts,
  everyOutcomeAnsweredOnce,
  unableInOneMeaning,
  reasonsBothWays,
  periodIsSaid,
  wellbeingIsNamed,
  ...completingAdult,
] as const;
export const carerCompletionPolicies = [
  completedOnce,
  completedByToday,
  endsNotBeforeItStarts,
  ...carerPolicies,
  reasonsBothWays,
  periodIsSaid,
  wellbeingIsNamed,
  ...completingCarer,
] as const;
export const returnedAssessmentPolicies: readonly AssessmentPolicy<RecordReturnedAssessmentData>[] = [
  endsNotBeforeItStarts,
];
export const withdrawalPolicies = [recordedFirst] as const;
