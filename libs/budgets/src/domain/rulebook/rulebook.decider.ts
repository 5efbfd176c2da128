import { sameContent, streamName, unreachable, upholdAll, type Decider, type EventOf } from '@caretrail/kernel';
import type {
  DraftRulebook,
  PublishRulebook,
  rulebookDrafted,
  rulebookPublished,
  rulebookWithdrawn,
  WithdrawRulebook,
} from '../../contracts/index.js';
import { publishingPolicies, withdrawingPolicies } from './rulebook.policies.js';
import type { RulebookState } from './rulebook.state.js';

export type RulebookCommand = DraftRulebook | PublishRulebook | WithdrawRulebook;
export type RulebookEvent = EventOf<typeof rulebookDrafted | typeof rulebookPublished | typeof rulebookWithdrawn>;

/** The stream of a rulebook, with all of its versions, by id. */
export const rulebookStream = ({ rulebookId }: { readonly rulebookId: string }): string =>
  streamName('budgets.rulebook', rulebookId);

/** A resource allocation system as data: drafted, published for days from a day on, withdrawn; never changed in between. */
export const rulebookDecider: Decider<RulebookCommand, RulebookState, RulebookEvent> = {
  initial: { published: [] },

  decide(command, state, context) {
    switch (command.type) {
      case 'budgets.draft-rulebook': {
        const { rulebookId, content } = command.data;
        if (sameContent(content, state.draft?.content)) return [];
        const version = state.published.length + 1;
        return [{ type: 'budgets.rulebook-drafted.v1', data: { rulebookId, version, content } }];
      }
      case 'budgets.publish-rulebook':
        upholdAll(publishingPolicies, command.data, state, context);
        return [{ type: 'budgets.rulebook-published.v1', data: { ...command.data, content: state.draft!.content } }];
      case 'budgets.withdraw-rulebook':
        upholdAll(withdrawingPolicies, command.data, state, context);
        return [{ type: 'budgets.rulebook-withdrawn.v1', data: command.data }];
      default:
        return unreachable(command);
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'budgets.rulebook-drafted.v1': {
        const { version, content } = event.data;
        return { ...state, draft: { version, content } };
      }
      case 'budgets.rulebook-published.v1': {
        const { version, content, effectiveFrom } = event.data;
        return { published: [...state.published, { version, content, effectiveFrom, eventId: event.id }] };
      }
      case 'budgets.rulebook-withdrawn.v1': {
        const { version, from } = event.data;
        const published = state.published.map((each) =>
          each.version === version ? { ...each, withdrawnFrom: from } : each,
        );
        return { ...state, published };
      }
      default:
        return unreachable(event);
    }
  },
};
