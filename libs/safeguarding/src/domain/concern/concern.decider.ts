import { sameContent, streamName, unreachable, upholdAll, type Decider, type EventOf } from '@caretrail/kernel';
import type {
  alertRaised,
  ConcludeEnquiry,
  concernGiven,
  DecideS42Criteria,
  enquiryConcluded,
  GiveConcern,
  RaiseAlert,
  s42CriteriaDecided,
} from '../../contracts/index.js';
import { alertPolicies, conclusionPolicies, dutyToEnquire, givingPolicies, s42Policies } from './concern.policies.js';
import type { ConcernState } from './concern.state.js';

export type { ConcernState } from './concern.state.js';

export type ConcernCommand = RaiseAlert | GiveConcern | DecideS42Criteria | ConcludeEnquiry;
export type ConcernEvent =
  | EventOf<typeof alertRaised>
  | EventOf<typeof concernGiven>
  | EventOf<typeof s42CriteriaDecided>
  | EventOf<typeof enquiryConcluded>;

/** The stream of a concern, by id. */
export const concernStream = ({ concernId }: { readonly concernId: string }): string =>
  streamName('safeguarding.concern', concernId);

/** A safeguarding concern: raised, given to somebody, decided limb by limb (Care Act 2014 s42(1)), and enquired into (s42(2)). */
export const concernDecider: Decider<ConcernCommand, ConcernState, ConcernEvent> = {
  initial: {},

  decide(command, state, context) {
    switch (command.type) {
      case 'safeguarding.raise-alert':
        if (sameContent(command.data, state.raised?.alert)) return [];
        upholdAll(alertPolicies, command.data, state, context);
        return [{ type: 'safeguarding.alert-raised.v1', data: command.data }];
      case 'safeguarding.give-concern': {
        upholdAll(givingPolicies, command.data, state, context);
        const { concernId, to } = command.data;
        if (state.owner === to.id) return [];
        return [{ type: 'safeguarding.concern-given.v1', data: { concernId, adults: state.raised!.adults, to } }];
      }
      case 'safeguarding.decide-s42-criteria':
        upholdAll(s42Policies, command.data, state, context);
        return [
          {
            type: 'safeguarding.s42-criteria-decided.v1',
            data: { ...command.data, adults: state.raised!.adults, dutyToEnquire: dutyToEnquire(command.data) },
          },
        ];
      case 'safeguarding.conclude-enquiry':
        upholdAll(conclusionPolicies, command.data, state, context);
        return [{ type: 'safeguarding.enquiry-concluded.v1', data: { ...command.data, adults: state.raised!.adults } }];
      default:
        return unreachable(command);
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'safeguarding.alert-raised.v1':
        return { ...state, raised: { adults: event.data.adults, on: event.effectiveOn, alert: event.data } };
      case 'safeguarding.concern-given.v1':
        return { ...state, owner: event.data.to.id };
      case 'safeguarding.s42-criteria-decided.v1':
        return { ...state, decided: { dutyToEnquire: event.data.dutyToEnquire, on: event.effectiveOn } };
      case 'safeguarding.enquiry-concluded.v1':
        return { ...state, concludedOn: event.effectiveOn };
      default:
        return unreachable(event);
    }
  },
};
