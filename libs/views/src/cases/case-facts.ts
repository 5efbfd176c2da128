import {
  assessmentCompleted,
  assessmentCorrected,
  assessmentOffered,
  assessmentWithdrawn,
  carerAssessed,
  requestConcluded,
  requestCorrected,
  requestWithdrawn,
  supportRequested,
  urgentHelpEnded,
  urgentNeedMet,
} from '@caretrail/assessment/contracts';
import {
  allocationClosed,
  allocationOpened,
  allocationReopened,
  budgetAllocated,
  personalBudgetAgreed,
  personalBudgetClosed,
  personalBudgetRevised,
} from '@caretrail/budgets/contracts';
import { type EventOf, type PlainDate, type StoredEvent, unreachable } from '@caretrail/kernel';
import { deathRecorded, personRegistered } from '@caretrail/people/contracts';
import { supportPlanAgreed, supportPlanOpened } from '@caretrail/planning/contracts';

/** What is known of a case, one kind for each thing that can be true of it. */
export const factKinds = [
  'known',
  'died',
  'requested',
  'concluded',
  'urgent need met',
  'urgent help ended',
  'assessment offered',
  'assessed',
  'allocation opened',
  'allocation closed',
  'budget allocated',
  'budget stated',
  'budget ended',
  'plan opened',
  'plan agreed',
] as const;
export type FactKind = (typeof factKinds)[number];

/** One version of a fact, as one event tells it. Names of the fields are those of the columns. */
export interface CaseFact {
  readonly kind: FactKind;
  /** The aggregate: person, episode, assessment, allocation or plan; of a statement its number, because an earlier one stays true of its days. */
  readonly fact_id: string;
  readonly person_id: string;
  /** The assessment of an allocation, the allocation of a plan or of a statement. */
  readonly parent_id?: string;
  readonly effective_from: PlainDate;
  readonly withdrawn: boolean;
  /** Of an assessment: whether it found eligible needs; undefined where it does not say. */
  readonly eligible?: boolean;
  /** True where a return tells of it. */
  readonly returned: boolean;
  readonly cost_pence?: number;
  readonly person_pays_pence?: number;
  readonly council_pays_pence?: number;
  readonly needs?: number;
  /** A coded value that says more: route, outcome, agreement, cause of a change. */
  readonly said?: string;
}

type CaseEvent = EventOf<
  | typeof personRegistered
  | typeof deathRecorded
  | typeof supportRequested
  | typeof requestConcluded
  | typeof requestCorrected
  | typeof requestWithdrawn
  | typeof urgentNeedMet
  | typeof urgentHelpEnded
  | typeof assessmentOffered
  | typeof assessmentCompleted
  | typeof assessmentCorrected
  | typeof assessmentWithdrawn
  | typeof carerAssessed
  | typeof allocationOpened
  | typeof allocationClosed
  | typeof allocationReopened
  | typeof budgetAllocated
  | typeof personalBudgetAgreed
  | typeof personalBudgetRevised
  | typeof personalBudgetClosed
  | typeof supportPlanOpened
  | typeof supportPlanAgreed
>;

export const caseEventTypes: readonly string[] = [
  personRegistered,
  deathRecorded,
  supportRequested,
  requestConcluded,
  requestCorrected,
  requestWithdrawn,
  urgentNeedMet,
  urgentHelpEnded,
  assessmentOffered,
  assessmentCompleted,
  assessmentCorrected,
  assessmentWithdrawn,
  carerAssessed,
  allocationOpened,
  allocationClosed,
  allocationReopened,
  budgetAllocated,
  personalBudgetAgreed,
  personalBudgetRevised,
  personalBudgetClosed,
  supportPlanOpened,
  supportPlanAgreed,
].map(({ type }) => type);

/** How what is said of a carer's own assessment begins. */
export const AS_A_CARER = 'as a carer';

const found = (needs: string | undefined): boolean | undefined =>
  needs === undefined ? undefined : needs === 'Eligible needs identified';

/** Only a practitioner registers by hand; everybody else brings in a return. */
const registeredByHand = ({ metadata }: StoredEvent): boolean =>
  metadata.actorRole === 'practitioner' && metadata.source === undefined;

/** What an event tells of a case: a version of one fact, or of two where a request is corrected or withdrawn. */
export function factsOf(stored: StoredEvent): readonly CaseFact[] {
  const event = stored as unknown as CaseEvent;
  const on = stored.metadata.effectiveOn;
  const fact = { person_id: event.data.personId, effective_from: on, withdrawn: false, returned: false };
  switch (event.type) {
    case 'people.person-registered.v1':
      return [{ ...fact, kind: 'known', fact_id: event.data.personId, returned: !registeredByHand(stored) }];
    case 'people.death-recorded.v1':
      return [{ ...fact, kind: 'died', fact_id: event.data.personId, effective_from: event.data.diedOn }];
    case 'assessment.support-requested.v1': {
      const { episodeId, route, row } = event.data;
      return [{ ...fact, kind: 'requested', fact_id: episodeId, said: route, returned: row !== undefined }];
    }
    case 'assessment.request-concluded.v1': {
      const { episodeId, outcome } = event.data;
      return [{ ...fact, kind: 'concluded', fact_id: episodeId, said: outcome }];
    }
    case 'assessment.request-corrected.v1': {
      const { episodeId, route, requestedOn, concludedOn, outcome, row } = event.data;
      const corrected = { ...fact, fact_id: episodeId, returned: row !== undefined };
      const ended = { effective_from: concludedOn ?? on, withdrawn: concludedOn === undefined, said: outcome };
      return [
        { ...corrected, kind: 'requested', effective_from: requestedOn, said: route },
        { ...corrected, kind: 'concluded', ...ended },
      ];
    }
    case 'assessment.request-withdrawn.v1': {
      const withdrawn = { ...fact, fact_id: event.data.episodeId, withdrawn: true };
      return [
        { ...withdrawn, kind: 'requested' },
        { ...withdrawn, kind: 'concluded' },
      ];
    }
    case 'assessment.urgent-need-met.v1': {
      const { urgentNeedId, needs, lookAgainOn } = event.data;
      return [{ ...fact, kind: 'urgent need met', fact_id: urgentNeedId, needs: needs.length, said: lookAgainOn }];
    }
    case 'assessment.urgent-help-ended.v1':
      return [{ ...fact, kind: 'urgent help ended', fact_id: event.data.urgentNeedId, said: event.data.reason }];
    case 'assessment.assessment-offered.v1': {
      const { assessmentId, subject, selfAssessmentOffered } = event.data;
      const said = `${subject === 'carer' ? AS_A_CARER : 'of their own needs'}${selfAssessmentOffered ? ', with a self-assessment' : ''}`;
      return [{ ...fact, kind: 'assessment offered', fact_id: assessmentId, said }];
    }
    case 'assessment.assessment-completed.v1':
    case 'assessment.assessment-corrected.v1': {
      const { assessmentId, outcome, eligibleNeeds, findings, row } = event.data;
      return [
        {
          ...fact,
          kind: 'assessed',
          fact_id: assessmentId,
          effective_from: 'completedOn' in event.data ? event.data.completedOn : on,
          eligible: found(eligibleNeeds),
          returned: row !== undefined,
          needs: findings.filter(({ able }) => !able).length,
          said: outcome,
        },
      ];
    }
    case 'assessment.assessment-withdrawn.v1':
      return [{ ...fact, kind: 'assessed', fact_id: event.data.assessmentId, withdrawn: true }];
    case 'assessment.carer-assessed.v1': {
      const { assessmentId, eligibleNeeds, findings, healthAtRisk } = event.data;
      const said = healthAtRisk ? 'as a carer, whose health is at risk' : AS_A_CARER;
      const needs = findings.filter(({ able }) => !able).length;
      return [{ ...fact, kind: 'assessed', fact_id: assessmentId, eligible: found(eligibleNeeds), needs, said }];
    }
    case 'budgets.allocation-opened.v1': {
      const { allocationId, assessmentId, needs } = event.data;
      const opened = { fact_id: allocationId, parent_id: assessmentId, needs: needs.length };
      return [{ ...fact, kind: 'allocation opened', ...opened }];
    }
    case 'budgets.allocation-closed.v1': {
      const { allocationId, assessmentId, because } = event.data;
      return [{ ...fact, kind: 'allocation closed', fact_id: allocationId, parent_id: assessmentId, said: because }];
    }
    case 'budgets.allocation-reopened.v1':
      return [{ ...fact, kind: 'allocation closed', fact_id: event.data.allocationId, withdrawn: true }];
    case 'budgets.budget-allocated.v1': {
      const { allocationId, assessmentId, needs } = event.data;
      const allocated = { fact_id: allocationId, parent_id: assessmentId, needs: needs.length };
      return [{ ...fact, kind: 'budget allocated', ...allocated, ...amounts(event.data) }];
    }
    case 'budgets.personal-budget-agreed.v1':
    case 'budgets.personal-budget-revised.v1': {
      const { budgetId, costPencePerWeek, contributionPencePerWeek, councilPencePerWeek } = event.data;
      const stated = {
        cost_pence: costPencePerWeek,
        person_pays_pence: contributionPencePerWeek,
        council_pays_pence: councilPencePerWeek,
        ...('cause' in event.data && { said: event.data.cause.kind }),
      };
      return [{ ...fact, kind: 'budget stated', fact_id: stored.id, parent_id: budgetId, ...stated }];
    }
    case 'budgets.personal-budget-closed.v1': {
      const { budgetId, reason } = event.data;
      return [{ ...fact, kind: 'budget ended', fact_id: budgetId, parent_id: budgetId, said: reason }];
    }
    case 'planning.support-plan-opened.v1': {
      const { planId, allocationId, needs } = event.data;
      return [{ ...fact, kind: 'plan opened', fact_id: planId, parent_id: allocationId, needs: needs.length }];
    }
    case 'planning.support-plan-agreed.v1': {
      const { planId, allocationId, agreement, budget } = event.data;
      const agreed = { fact_id: planId, parent_id: allocationId, said: agreement };
      return [{ ...fact, kind: 'plan agreed', ...agreed, ...amounts(budget) }];
    }
    default:
      return unreachable(event);
  }
}

const amounts = (budget: {
  readonly costPencePerWeek: number;
  readonly personPaysPencePerWeek: number;
  readonly councilPaysPencePerWeek: number;
}) => ({
  cost_pence: budget.costPencePerWeek,
  person_pays_pence: budget.personPaysPencePerWeek,
  council_pays_pence: budget.councilPaysPencePerWeek,
});
