import { sameContent, streamName, unreachable, upholdAll, type Decider, type EventOf } from '@caretrail/kernel';
import type { AllocateBudget, allocationOpened, budgetAllocated, OpenAllocation } from '../../contracts/index.js';
import { allocationPolicies, openingPolicies } from './allocation.policies.js';
import type { AllocationState } from './allocation.state.js';

export type { AllocationState } from './allocation.state.js';

export type AllocationCommand = OpenAllocation | AllocateBudget;
export type AllocationEvent = EventOf<typeof allocationOpened> | EventOf<typeof budgetAllocated>;

/** The stream of an allocation, by id. */
export const allocationStream = ({ allocationId }: { readonly allocationId: string }): string =>
  streamName('budgets.allocation', allocationId);

/** The personal budget of Care Act 2014 s26: opened by an assessment, then decided once. */
export const allocationDecider: Decider<AllocationCommand, AllocationState, AllocationEvent> = {
  initial: { allocated: false },

  decide(command, state, context) {
    switch (command.type) {
      case 'budgets.open-allocation':
        if (sameContent(command.data, state.opening)) return [];
        upholdAll(openingPolicies, command.data, state, context);
        return [{ type: 'budgets.allocation-opened.v1', data: command.data }];
      case 'budgets.allocate-budget': {
        upholdAll(allocationPolicies, command.data, state, context);
        const { personId, assessmentId, needs } = state.opening!;
        return [{ type: 'budgets.budget-allocated.v1', data: { ...command.data, personId, assessmentId, needs } }];
      }
      default:
        return unreachable(command);
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'budgets.allocation-opened.v1':
        return { ...state, opening: event.data };
      case 'budgets.budget-allocated.v1':
        return { ...state, allocated: true };
      default:
        return unreachable(event);
    }
  },
};
