import { type Decider, type EventOf, streamName, unreachable, upholdAll } from '@caretrail/kernel';
import type {
  advocacyEnded,
  advocateAppointed,
  advocateNotRequired,
  advocateOffered,
  AppointAdvocate,
  ConsiderAdvocacy,
  EndAdvocacy,
} from '../../contracts/index.js';
import { advocateIsRequired, appointmentPolicies, considerationPolicies, endingPolicies } from './advocacy.policies.js';
import type { Advocacy, AdvocacyState } from './advocacy.state.js';

export type AdvocacyCommand = ConsiderAdvocacy | AppointAdvocate | EndAdvocacy;
export type AdvocacyEvent =
  | EventOf<typeof advocateOffered>
  | EventOf<typeof advocateNotRequired>
  | EventOf<typeof advocateAppointed>
  | EventOf<typeof advocacyEnded>;

/** The stream of all advocacy of one person. */
export const advocacyStream = ({ personId }: { readonly personId: string }): string =>
  streamName('people.advocacy', personId);

/** Whether an independent advocate has to be arranged for a person, for which purpose, and who it is. */
export const advocacyDecider: Decider<AdvocacyCommand, AdvocacyState, AdvocacyEvent> = {
  initial: { byId: {} },

  decide(command, state, context) {
    switch (command.type) {
      case 'people.consider-advocacy':
        upholdAll(considerationPolicies, command.data, state, context);
        return advocateIsRequired(command.data)
          ? [{ type: 'people.advocate-offered.v1', data: command.data }]
          : [{ type: 'people.advocate-not-required.v1', data: command.data }];
      case 'people.appoint-advocate': {
        upholdAll(appointmentPolicies, command.data, state, context);
        const { purpose } = state.byId[command.data.advocacyId]!;
        return [{ type: 'people.advocate-appointed.v1', data: { ...command.data, purpose } }];
      }
      case 'people.end-advocacy': {
        upholdAll(endingPolicies, command.data, state, context);
        const { purpose } = state.byId[command.data.advocacyId]!;
        return [{ type: 'people.advocacy-ended.v1', data: { ...command.data, purpose } }];
      }
      default:
        return unreachable(command);
    }
  },

  evolve(state, event) {
    const { advocacyId, purpose } = event.data;
    const now = (stands: Advocacy['stands']): AdvocacyState => ({
      byId: { ...state.byId, [advocacyId]: { purpose, stands, since: event.effectiveOn } },
    });
    switch (event.type) {
      case 'people.advocate-offered.v1':
        return now('offered');
      case 'people.advocate-not-required.v1':
        return now('not required');
      case 'people.advocate-appointed.v1':
        return now('appointed');
      case 'people.advocacy-ended.v1':
        return now(event.data.reason === 'another advocate takes over' ? 'offered' : 'ended');
      default:
        return unreachable(event);
    }
  },
};
