import { type Decider, type EventOf, sameContent, streamName, unreachable, upholdAll } from '@caretrail/kernel';
import type {
  AgreeErasure,
  ErasePerson,
  ExtendErasure,
  erasureAgreed,
  erasureExtended,
  erasureRefused,
  erasureRequested,
  personErased,
  RefuseErasure,
  RequestErasure,
} from '../../contracts/index.js';
import {
  answerErasureBy,
  erasureAgreementPolicies,
  erasureExtensionPolicies,
  erasureRefusalPolicies,
  erasureRequestPolicies,
  personErasedPolicies,
} from './erasure.policies.js';
import type { ErasureState } from './erasure.state.js';

export type ErasureCommand = RequestErasure | ExtendErasure | RefuseErasure | AgreeErasure | ErasePerson;
export type ErasureEvent = EventOf<
  typeof erasureRequested | typeof erasureExtended | typeof erasureRefused | typeof erasureAgreed | typeof personErased
>;

/** The stream of all requests to erase one person. */
export const erasureStream = ({ personId }: { readonly personId: string }): string =>
  streamName('people.erasure', personId);

/** The way to an erasure: asked for, answered with reasons, and carried out by somebody else than whoever agreed. */
export const erasureDecider: Decider<ErasureCommand, ErasureState, ErasureEvent> = {
  initial: {},

  decide(command, state, context) {
    switch (command.type) {
      case 'people.request-erasure':
        if (sameContent(command.data, state.request?.data)) return [];
        upholdAll(erasureRequestPolicies, command.data, state, context);
        return [{ type: 'people.erasure-requested.v1', data: command.data }];
      case 'people.extend-erasure': {
        upholdAll(erasureExtensionPolicies, command.data, state, context);
        const answerBy = answerErasureBy({ on: state.request!.on, extended: true });
        return [{ type: 'people.erasure-extended.v1', data: { ...command.data, answerBy } }];
      }
      case 'people.refuse-erasure':
        upholdAll(erasureRefusalPolicies, command.data, state, context);
        return [{ type: 'people.erasure-refused.v1', data: command.data }];
      case 'people.agree-erasure': {
        upholdAll(erasureAgreementPolicies, command.data, state, context);
        const { owed: _, ...agreement } = command.data;
        return [{ type: 'people.erasure-agreed.v1', data: { ...agreement, agreedBy: context.actor.id } }];
      }
      case 'people.erase-person': {
        upholdAll(personErasedPolicies, command.data, state, context);
        const { personId, requestId, ground, agreedBy } = state.agreed!.data;
        return [{ type: 'people.person-erased.v1', data: { personId, requestId, ground, agreedBy } }];
      }
      default:
        return unreachable(command);
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'people.erasure-requested.v1':
        return { request: { data: event.data, on: event.effectiveOn } };
      case 'people.erasure-extended.v1':
        return state.request ? { ...state, request: { ...state.request, extended: true } } : state;
      case 'people.erasure-refused.v1':
        return {};
      case 'people.erasure-agreed.v1':
        return { ...state, agreed: { data: event.data, on: event.effectiveOn } };
      case 'people.person-erased.v1':
        return { erased: true };
      default:
        return unreachable(event);
    }
  },
};
