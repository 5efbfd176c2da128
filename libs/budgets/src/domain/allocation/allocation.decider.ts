import { sameContent, streamName, unreachable, upholdAll, type Decider, type EventOf } from '@caretrail/kernel';
import type {
  AllocateBudget,
  AllocateBudgetData,
  AllocationOpenedData,
  allocationClosed,
  allocationOpened,
  allocationOverridden,
  allocationReopened,
  answersReceived,
  budgetAllocated,
  CalculateIndicativeBudget,
  CalculateIndicativeBudgetData,
  CloseAllocation,
  DecideOverride,
  DecideOverrideData,
  IndicativeBudgetCalculatedData,
  indicativeBudgetCalculated,
  localPricesChecked,
  OpenAllocation,
  OverrideProposedData,
  overrideDeclined,
  overrideProposed,
  ProposeOverride,
  ReceiveAnswers,
  ReopenAllocation,
} from '../../contracts/index.js';
import { workOut } from '../rulebook/ras.engine.js';
import { allocationPolicies, closingPolicies, openingPolicies } from './allocation.policies.js';
import type { AllocationState, HeldAnswer } from './allocation.state.js';
import {
  answeringPolicies,
  calculatingPolicies,
  overridingPolicies,
  proposingPolicies,
} from './indicative.policies.js';
import { atLocalPrices } from './local-prices.js';

export type { AllocationState } from './allocation.state.js';

export type AllocationCommand =
  | OpenAllocation
  | CloseAllocation
  | ReopenAllocation
  | ReceiveAnswers
  | CalculateIndicativeBudget
  | ProposeOverride
  | DecideOverride
  | AllocateBudget;
export type AllocationEvent = EventOf<
  | typeof allocationOpened
  | typeof allocationClosed
  | typeof allocationReopened
  | typeof answersReceived
  | typeof indicativeBudgetCalculated
  | typeof overrideProposed
  | typeof allocationOverridden
  | typeof overrideDeclined
  | typeof localPricesChecked
  | typeof budgetAllocated
>;

/** The stream of an allocation, by id. */
export const allocationStream = ({ allocationId }: { readonly allocationId: string }): string =>
  streamName('budgets.allocation', allocationId);

/**
 * The way to the personal budget of Care Act 2014 s26: opened by an assessment, indicated by a rulebook, perhaps
 * overridden, then decided once by a person. An indication never becomes final by itself.
 */
export const allocationDecider: Decider<AllocationCommand, AllocationState, AllocationEvent> = {
  initial: { answers: [], allocated: false },

  decide(command, state, context) {
    switch (command.type) {
      case 'budgets.open-allocation':
        if (sameContent(command.data, state.opening)) return [];
        upholdAll(openingPolicies, command.data, state, context);
        return [{ type: 'budgets.allocation-opened.v1', data: command.data }];
      case 'budgets.close-allocation':
        if (state.closed) return [];
        upholdAll(closingPolicies, command.data, state, context);
        return [{ type: 'budgets.allocation-closed.v1', data: command.data }];
      case 'budgets.reopen-allocation':
        if (!state.closed) return [];
        return [{ type: 'budgets.allocation-reopened.v1', data: { ...command.data, ...carersOwn(state.opening) } }];
      case 'budgets.receive-answers':
        upholdAll(answeringPolicies, command.data, state, context);
        return [{ type: 'budgets.answers-received.v1', data: { ...command.data, ...whoseNeeds(state.opening!) } }];
      case 'budgets.calculate-indicative-budget': {
        upholdAll(calculatingPolicies, command.data, state, context);
        const data = indicated(command.data, state);
        return sameContent(data, state.indicative) ? [] : [{ type: 'budgets.indicative-budget-calculated.v1', data }];
      }
      case 'budgets.propose-override': {
        upholdAll(proposingPolicies, command.data, state, context);
        const { personId } = state.opening!;
        const data = { ...command.data, personId, proposedBy: context.actor.id };
        return [{ type: 'budgets.override-proposed.v1', data }];
      }
      case 'budgets.decide-override':
        upholdAll(overridingPolicies, command.data, state, context);
        return [overridden(command.data, state.proposal!, state.indicative!)];
      case 'budgets.allocate-budget':
        upholdAll(allocationPolicies, command.data, state, context);
        return allocated(command.data, state.opening!);
      default:
        return unreachable(command);
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'budgets.allocation-opened.v1':
        return { ...state, opening: event.data };
      case 'budgets.allocation-closed.v1':
        return { ...state, closed: true };
      case 'budgets.allocation-reopened.v1':
        return { ...state, closed: false };
      case 'budgets.answers-received.v1': {
        const { answers, carer } = event.data;
        const held = answers.map((answer): HeldAnswer => ({ ...answer, eventId: event.id }));
        const kept = state.answers.filter(({ question }) => !held.some((answer) => answer.question === question));
        return {
          ...state,
          answers: [...kept, ...held],
          ...(carer && { carer: { facts: carer, eventId: event.id } }),
        };
      }
      case 'budgets.indicative-budget-calculated.v1':
        // A new indication is to be looked at anew: what was proposed or approved was about the old one.
        return { ...state, indicative: event.data, proposal: undefined, overriddenPencePerWeek: undefined };
      case 'budgets.override-proposed.v1':
        return { ...state, proposal: event.data };
      case 'budgets.allocation-overridden.v1':
        return { ...state, proposal: undefined, overriddenPencePerWeek: event.data.pencePerWeek };
      case 'budgets.override-declined.v1':
        return { ...state, proposal: undefined };
      case 'budgets.local-prices-checked.v1':
        return state;
      case 'budgets.budget-allocated.v1':
        return { ...state, allocated: true };
      default:
        return unreachable(event);
    }
  },
};

/** The indication by the rulebook that is in force, with the events that hold what went into it. */
function indicated(
  { allocationId, rulebookId, rulebook }: CalculateIndicativeBudgetData,
  { opening, answers, carer }: AllocationState,
): IndicativeBudgetCalculatedData {
  const { version, eventId, effectiveFrom, content } = rulebook!;
  const asked = [...content.questions, ...(content.carer ? [content.carer] : [])].map(({ question }) => question);
  const used = answers.filter(({ question }) => asked.includes(question));
  const trace = workOut(content, used, carer?.facts);
  return {
    allocationId,
    personId: opening!.personId,
    assessmentId: opening!.assessmentId,
    rulebook: { rulebookId, version, eventId, effectiveFrom },
    answersFrom: [...new Set([...used.map((answer) => answer.eventId), ...(carer ? [carer.eventId] : [])])],
    ...(carer && { carer: carer.facts }),
    trace,
    pencePerWeek: trace.rounded.pencePerWeek,
  };
}

function overridden(
  { allocationId, approved, reasons }: DecideOverrideData,
  { personId, pencePerWeek, proposedBy }: OverrideProposedData,
  { pencePerWeek: indicativePencePerWeek }: IndicativeBudgetCalculatedData,
): AllocationEvent {
  const data = { allocationId, personId, pencePerWeek, reasons };
  return approved
    ? { type: 'budgets.allocation-overridden.v1', data: { ...data, indicativePencePerWeek, proposedBy } }
    : { type: 'budgets.override-declined.v1', data };
}

const carersOwn = (opening: AllocationOpenedData | undefined) => (opening?.ofCarer ? { ofCarer: true as const } : {});
const whoseNeeds = (opening: AllocationOpenedData) => ({ personId: opening.personId, ...carersOwn(opening) });

/** The budget, after the check at local prices where somebody said what the needs take. */
function allocated(
  { needed, localPrices, ...budget }: AllocateBudgetData,
  opening: AllocationOpenedData,
): AllocationEvent[] {
  const { assessmentId, needs } = opening;
  const whose = whoseNeeds(opening);
  const { allocationId, costPencePerWeek: budgetPencePerWeek } = budget;
  const final: AllocationEvent = {
    type: 'budgets.budget-allocated.v1',
    data: { ...budget, ...whose, assessmentId, needs },
  };
  if (!needed?.length) return [final];
  const checked = atLocalPrices({ needed, localPrices });
  const data = { allocationId, personId: whose.personId, budgetPencePerWeek, ...checked };
  return [{ type: 'budgets.local-prices-checked.v1', data }, final];
}
