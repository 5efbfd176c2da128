import { type Decider, type EventOf, streamName, unreachable, upholdAll } from '@caretrail/kernel';
import type {
  AssessCapacity,
  bestInterestsDecided,
  capacityAssessed,
  DecideInBestInterests,
} from '../../contracts/index.js';
import { bestInterestsPolicies, capacityPolicies, hasCapacity } from './capacity.policies.js';
import type { CapacityState } from './capacity.state.js';

export type CapacityCommand = AssessCapacity | DecideInBestInterests;
export type CapacityEvent = EventOf<typeof capacityAssessed> | EventOf<typeof bestInterestsDecided>;

/** The stream of all assessments of capacity of one person. */
export const capacityStream = ({ personId }: { readonly personId: string }): string =>
  streamName('people.capacity', personId);

/** Whether a person can make a decision, one by one, and what is decided for them where they cannot. */
export const capacityDecider: Decider<CapacityCommand, CapacityState, CapacityEvent> = {
  initial: { byId: {} },

  decide(command, state, context) {
    switch (command.type) {
      case 'people.assess-capacity':
        upholdAll(capacityPolicies, command.data, state, context);
        return [
          { type: 'people.capacity-assessed.v1', data: { ...command.data, hasCapacity: hasCapacity(command.data) } },
        ];
      case 'people.decide-in-best-interests': {
        upholdAll(bestInterestsPolicies, command.data, state, context);
        const { matter } = state.byId[command.data.capacityId]!;
        return [{ type: 'people.best-interests-decided.v1', data: { ...command.data, matter } }];
      }
      default:
        return unreachable(command);
    }
  },

  evolve(state, event) {
    const { capacityId, matter } = event.data;
    const changed = (hasCapacity: boolean, decided: boolean): CapacityState => ({
      byId: { ...state.byId, [capacityId]: { matter, hasCapacity, decided } },
    });
    switch (event.type) {
      case 'people.capacity-assessed.v1':
        return changed(event.data.hasCapacity, false);
      case 'people.best-interests-decided.v1':
        return changed(false, true);
      default:
        return unreachable(event);
    }
  },
};
