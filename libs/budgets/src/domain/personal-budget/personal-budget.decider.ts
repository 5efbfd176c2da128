import { sameContent, streamName, unreachable, upholdAll, type Decider, type EventOf } from '@caretrail/kernel';
import type {
  AgreePersonalBudget,
  ChangeCause,
  budgetDeploymentChosen,
  ChooseDeployment,
  ClosePersonalBudget,
  DraftPersonalBudget,
  financialAssessmentRecorded,
  personalBudgetAgreed,
  personalBudgetClosed,
  personalBudgetDrafted,
  personalBudgetRevised,
  RecordFinancialAssessment,
  RevisePersonalBudget,
  RevisePersonalBudgetData,
} from '../../contracts/index.js';
import { deploymentPolicies } from './deployment.policies.js';
import type { PersonalBudgetState } from './personal-budget.state.js';
import {
  agreeingPolicies,
  closingPolicies,
  draftingPolicies,
  meansPolicies,
  revisingPolicies,
} from './statement.policies.js';

export type { PersonalBudgetState } from './personal-budget.state.js';

export type PersonalBudgetCommand =
  | DraftPersonalBudget
  | RecordFinancialAssessment
  | AgreePersonalBudget
  | RevisePersonalBudget
  | ChooseDeployment
  | ClosePersonalBudget;
export type PersonalBudgetEvent = EventOf<
  | typeof personalBudgetDrafted
  | typeof financialAssessmentRecorded
  | typeof personalBudgetAgreed
  | typeof personalBudgetRevised
  | typeof budgetDeploymentChosen
  | typeof personalBudgetClosed
>;

/** The stream of a personal budget; its id is that of the allocation that it follows from. */
export const personalBudgetStream = ({ budgetId }: { readonly budgetId: string }): string =>
  streamName('budgets.personal-budget', budgetId);

/** The statement of Care Act 2014 s26: drafted when the allocation is final, agreed, revised for a cause, closed. */
export const personalBudgetDecider: Decider<PersonalBudgetCommand, PersonalBudgetState, PersonalBudgetEvent> = {
  initial: { closed: false },

  decide(command, state, context) {
    switch (command.type) {
      case 'budgets.draft-personal-budget':
        if (sameContent(command.data, state.draft)) return [];
        upholdAll(draftingPolicies, command.data, state, context);
        return [{ type: 'budgets.personal-budget-drafted.v1', data: command.data }];
      case 'budgets.record-financial-assessment': {
        upholdAll(meansPolicies, command.data, state, context);
        const data = { ...command.data, personId: state.draft!.personId };
        return [{ type: 'budgets.financial-assessment-recorded.v1', data }];
      }
      case 'budgets.agree-personal-budget':
        upholdAll(agreeingPolicies, command.data, state, context);
        return [{ type: 'budgets.personal-budget-agreed.v1', data: { ...command.data, ...restsOn(state) } }];
      case 'budgets.revise-personal-budget':
        upholdAll(revisingPolicies, command.data, state, context);
        return [
          {
            type: 'budgets.personal-budget-revised.v1',
            data: { ...command.data, cause: keptCause(command.data.cause), ...restsOn(state) },
          },
        ];
      case 'budgets.choose-deployment': {
        upholdAll(deploymentPolicies, command.data, state, context);
        const { councilPencePerWeek } = state.agreed!;
        const data = { ...command.data, personId: state.draft!.personId, councilPencePerWeek };
        return [{ type: 'budgets.budget-deployment-chosen.v1', data }];
      }
      case 'budgets.close-personal-budget': {
        upholdAll(closingPolicies, command.data, state, context);
        const data = { ...command.data, personId: state.draft!.personId };
        return [{ type: 'budgets.personal-budget-closed.v1', data }];
      }
      default:
        return unreachable(command);
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'budgets.personal-budget-drafted.v1':
        return { ...state, draft: event.data };
      case 'budgets.financial-assessment-recorded.v1': {
        const { outcome, contributionPencePerWeek } = event.data;
        return { ...state, means: { outcome, contributionPencePerWeek, eventId: event.id } };
      }
      case 'budgets.personal-budget-agreed.v1':
      case 'budgets.personal-budget-revised.v1': {
        const { costPencePerWeek, contributionPencePerWeek, councilPencePerWeek, oneOff } = event.data;
        const amounts = { costPencePerWeek, contributionPencePerWeek, councilPencePerWeek, oneOff };
        return { ...state, agreed: { on: event.effectiveOn, ...amounts } };
      }
      case 'budgets.budget-deployment-chosen.v1':
        return state;
      case 'budgets.personal-budget-closed.v1':
        return { ...state, closed: true };
      default:
        return unreachable(event);
    }
  },
};

/** What was found of the list that is cited stands in the event, under its own name. */
function keptCause(cause: RevisePersonalBudgetData['cause']): ChangeCause {
  if (cause.kind === 'review (s27)') return cause;
  const { kind, upratingId, uprating } = cause;
  const { reference, publishedOn, inForceFrom } = uprating!;
  return { kind, upratingId, reference, publishedOn, inForceFrom };
}

const restsOn = ({ draft, means }: PersonalBudgetState) => ({
  personId: draft!.personId,
  financialAssessmentEventId: means!.eventId,
  allocatedEventId: draft!.allocatedEventId,
});
