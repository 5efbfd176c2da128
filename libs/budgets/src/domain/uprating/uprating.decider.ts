import { streamName, unreachable, upholdAll, type Decider } from '@caretrail/kernel';
import { type PublishUprating, type UpratingEvent, type WithdrawUprating } from '../../contracts/index.js';
import { publishingPolicies, type UpratingsState, withdrawingPolicies } from './uprating.policies.js';

export type UpratingCommand = PublishUprating | WithdrawUprating;

/** One stream for all lists of a council, so that two of the same name and day are impossible, not only unlikely. */
export const upratingsStream = ({ registerId }: { readonly registerId: string }): string =>
  streamName('budgets.upratings', registerId);

/** Lists of prices and charges that a council publishes: published, and perhaps withdrawn; never changed in between. */
export const upratingDecider: Decider<UpratingCommand, UpratingsState, UpratingEvent> = {
  initial: { lists: [] },

  decide(command, state, context) {
    switch (command.type) {
      case 'budgets.publish-uprating':
        upholdAll(publishingPolicies, command.data, state, context);
        return [{ type: 'budgets.uprating-published.v1', data: { ...command.data, name: command.data.name.trim() } }];
      case 'budgets.withdraw-uprating':
        upholdAll(withdrawingPolicies, command.data, state, context);
        return [{ type: 'budgets.uprating-withdrawn.v1', data: command.data }];
      default:
        return unreachable(command);
    }
  },

  evolve({ lists }, event) {
    switch (event.type) {
      case 'budgets.uprating-published.v1':
        return { lists: [...lists, { ...event.data, publishedOn: event.effectiveOn }] };
      case 'budgets.uprating-withdrawn.v1': {
        const { upratingId } = event.data;
        const withdrawnOn = event.effectiveOn;
        return { lists: lists.map((list) => (list.upratingId === upratingId ? { ...list, withdrawnOn } : list)) };
      }
      default:
        return unreachable(event);
    }
  },
};
