import type { AssessmentCompletedData, CarerAssessedData } from '@caretrail/assessment/contracts';
import type { OpenAllocationData, RasAnswer } from '@caretrail/budgets/contracts';
import type { StoredEvent } from '@caretrail/kernel';
import { idArisingFrom } from './caused-by.js';

/**
 * The allocation that a completed assessment asks for; undefined where needs are not eligible, and for an assessment that
 * a return tells of: it does not say which needs those are, and what the council decided upon it was decided elsewhere.
 */
export function allocationOpening(event: StoredEvent): OpenAllocationData | undefined {
  const { assessmentId, personId, eligibleNeeds, findings, row } = event.data as AssessmentCompletedData;
  if (row || eligibleNeeds !== 'Eligible needs identified') return undefined;
  return {
    allocationId: idArisingFrom(event),
    personId,
    assessmentId,
    assessedOn: event.metadata.effectiveOn,
    eligibleNeeds,
    needs: findings.filter(({ able }) => !able).map(({ outcome }) => outcome),
  };
}

/** The carer's own health, beside the eight outcomes of a carer's assessment (Elig Regs reg 3(2)(a)). */
const CARERS_HEALTH = 'physical or mental health of the carer';

/** The allocation that a completed carer's assessment asks for, of the carer's own budget; undefined where needs are not eligible. */
export function carersAllocationOpening(event: StoredEvent): OpenAllocationData | undefined {
  const { assessmentId, personId, eligibleNeeds, findings, healthAtRisk } = event.data as CarerAssessedData;
  if (eligibleNeeds !== 'Eligible needs identified') return undefined;
  return {
    allocationId: idArisingFrom(event),
    personId,
    assessmentId,
    assessedOn: event.metadata.effectiveOn,
    eligibleNeeds,
    needs: [
      ...(healthAtRisk ? [CARERS_HEALTH] : []),
      ...findings.filter(({ able }) => !able).map(({ outcome }) => outcome),
    ],
    ofCarer: true,
  };
}

/** What an assessment found, as answers to the rulebook's questions of the same name. */
export const answersOf = (findings: AssessmentCompletedData['findings'] | CarerAssessedData['findings']): RasAnswer[] =>
  findings.map(({ outcome, able, unable }) => ({ question: outcome, answer: able || !unable ? 'able' : unable }));

/** The same of a carer's assessment: with the carer's health as a question of its own. */
export const carersAnswersOf = ({ findings, healthAtRisk }: CarerAssessedData): RasAnswer[] => [
  { question: CARERS_HEALTH, answer: healthAtRisk ? 'at risk' : 'not at risk' },
  ...answersOf(findings),
];
