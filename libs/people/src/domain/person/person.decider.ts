import { sameContent, streamName, unreachable, upholdAll, type Decider, type EventOf } from '@caretrail/kernel';
import type {
  carerIdentified,
  CarerIdentifiedData,
  CorrectDetails,
  deathRecorded,
  detailsCorrected,
  IdentifyCarer,
  personRegistered,
  RecordDeath,
  RegisterPerson,
} from '../../contracts/index.js';
import { carerPolicies, correctionPolicies, deathPolicies, registrationPolicies } from './person.policies.js';
import type { PersonState } from './person.state.js';

export type { PersonState } from './person.state.js';

export type PersonCommand = RegisterPerson | CorrectDetails | RecordDeath | IdentifyCarer;
export type PersonEvent =
  | EventOf<typeof personRegistered>
  | EventOf<typeof detailsCorrected>
  | EventOf<typeof deathRecorded>
  | EventOf<typeof carerIdentified>;

/** The stream of a person, by id. */
export const personStream = ({ personId }: { readonly personId: string }): string =>
  streamName('people.person', personId);

/** Who a person is, as the council knows it, whether they died, and for whom they care. */
export const personDecider: Decider<PersonCommand, PersonState, PersonEvent> = {
  initial: {},

  decide(command, state, context) {
    switch (command.type) {
      case 'people.register-person': {
        const { simulated, details } = command.data;
        if (state.details && state.simulated === simulated && sameContent(details, state.details)) return [];
        upholdAll(registrationPolicies, command.data, state, context);
        return [{ type: 'people.person-registered.v1', data: command.data }];
      }
      case 'people.correct-details':
        upholdAll(correctionPolicies, command.data, state, context);
        if (sameContent(command.data.details, state.details)) return [];
        return [
          {
            type: 'people.details-corrected.v1',
            data: command.data,
            ...(state.correction && { corrects: state.correction }),
          },
        ];
      case 'people.record-death': {
        upholdAll(deathPolicies, command.data, state, context);
        const { diedOn } = command.data;
        if (state.death?.on === diedOn) return [];
        const corrects = state.death && { corrects: state.death.event };
        return [{ type: 'people.death-recorded.v1', data: command.data, effectiveOn: diedOn, ...corrects }];
      }
      case 'people.identify-carer':
        upholdAll(carerPolicies, command.data, state, context);
        return sameContent(inOrder(command.data), state.caring)
          ? []
          : [{ type: 'people.carer-identified.v1', data: inOrder(command.data) }];
      default:
        return unreachable(command);
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'people.person-registered.v1':
        return { ...state, simulated: event.data.simulated, details: event.data.details };
      case 'people.details-corrected.v1':
        return { ...state, details: event.data.details, correction: event.id };
      case 'people.death-recorded.v1':
        return { ...state, death: { on: event.data.diedOn, event: event.id } };
      case 'people.carer-identified.v1':
        return { ...state, caring: inOrder(event.data) };
      default:
        return unreachable(event);
    }
  },
};

/** The people cared for are a set: named once each, in one order. */
const inOrder = (data: CarerIdentifiedData): CarerIdentifiedData => ({
  ...data,
  caresFor: [...new Set(data.caresFor)].sort(),
});
