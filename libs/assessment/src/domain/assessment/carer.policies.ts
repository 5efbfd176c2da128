import type { DecisionContext, Policy } from '@caretrail/kernel';
import {
  type CarerFinding,
  carerOutcomes,
  type CompleteCarerAssessmentData,
  type EligibleNeeds,
} from '../../contracts/index.js';
import type { AssessmentState } from './assessment.state.js';

type CarerPolicy = Policy<CompleteCarerAssessmentData, AssessmentState, DecisionContext>;

const caresForSomebodyElse: CarerPolicy = {
  rule: 'carer-cares-for-somebody',
  section: 'Care Act 2014 s10(3)',
  check: ({ personId, caresFor }) =>
    caresFor.length && !caresFor.includes(personId)
      ? undefined
      : [{ message: 'Say for whom the carer cares: another adult of the register.', field: 'caresFor' }],
};

const everyOutcomeAnsweredOnce: CarerPolicy = {
  rule: 'every-outcome-answered-once',
  section: 'Elig Regs reg 3(2)(b)',
  check: ({ findings }) =>
    carerOutcomes.flatMap((outcome, at) => {
      const answers = findings.filter((finding) => finding.outcome === outcome).length;
      if (answers === 1) return [];
      const message = answers ? `“${outcome}” is answered ${answers} times.` : `“${outcome}” is not answered.`;
      return [{ message, field: `findings.${at}` }];
    }),
};

const unableInOneMeaning: CarerPolicy = {
  rule: 'unable-in-a-meaning-of-the-law',
  section: 'Elig Regs reg 3(3)',
  check: ({ findings }) =>
    findings.flatMap(({ outcome, able, unable }, at) => {
      if (able === (unable === undefined)) return [];
      const message = able
        ? `“${outcome}” is achieved: leave out in which way it is not.`
        : `Say in which of the three ways the carer is unable to achieve “${outcome}”.`;
      return [{ message, field: `findings.${at}.unable` }];
    }),
};

/**
 * Elig Regs reg 3(1): the needs arise from providing necessary care; the carer's health is at risk, or any one outcome
 * cannot be achieved; and the impact on the carer's wellbeing is significant.
 */
export function carerEligibilityOf({
  arisesFromCaring,
  healthAtRisk,
  findings,
  impactOnWellbeing,
}: Pick<
  CompleteCarerAssessmentData,
  'arisesFromCaring' | 'healthAtRisk' | 'findings' | 'impactOnWellbeing'
>): EligibleNeeds {
  const circumstances = healthAtRisk || findings.some((finding: CarerFinding) => !finding.able);
  if (!circumstances) return 'No needs identified';
  return arisesFromCaring && impactOnWellbeing.significant
    ? 'Eligible needs identified'
    : 'Non-eligible needs identified';
}

export const carerPolicies = [caresForSomebodyElse, everyOutcomeAnsweredOnce, unableInOneMeaning] as const;
