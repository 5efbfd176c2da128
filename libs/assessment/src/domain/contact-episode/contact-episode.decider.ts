import { sameContent, streamName, unreachable, upholdAll, type Decider, type EventOf } from '@caretrail/kernel';
import type {
  ConcludeRequest,
  RecordReturnedRequest,
  RecordReturnedRequestData,
  requestConcluded,
  requestCorrected,
  RequestSupport,
  requestWithdrawn,
  supportRequested,
  WithdrawReturnedRequest,
} from '../../contracts/index.js';
import {
  conclusionPolicies,
  requestPolicies,
  returnedRequestPolicies,
  withdrawalPolicies,
} from './contact-episode.policies.js';
import type { ContactEpisodeState } from './contact-episode.state.js';

export type { ContactEpisodeState } from './contact-episode.state.js';

export type ContactEpisodeCommand = RequestSupport | ConcludeRequest | RecordReturnedRequest | WithdrawReturnedRequest;
export type ContactEpisodeEvent =
  | EventOf<typeof supportRequested>
  | EventOf<typeof requestConcluded>
  | EventOf<typeof requestCorrected>
  | EventOf<typeof requestWithdrawn>;

/** The stream of a contact, by id. */
export const contactEpisodeStream = ({ episodeId }: { readonly episodeId: string }): string =>
  streamName('assessment.contact-episode', episodeId);

/** A request for support: made here and concluded, or as returns tell of it: recorded, corrected, withdrawn. */
export const contactEpisodeDecider: Decider<ContactEpisodeCommand, ContactEpisodeState, ContactEpisodeEvent> = {
  initial: {},

  decide(command, state, context) {
    switch (command.type) {
      case 'assessment.request-support':
        upholdAll(requestPolicies, command.data, state, context);
        return [{ type: 'assessment.support-requested.v1', data: command.data }];
      case 'assessment.conclude-request':
        upholdAll(conclusionPolicies, command.data, state, context);
        return [{ type: 'assessment.request-concluded.v1', data: command.data }];
      case 'assessment.record-returned-request':
        upholdAll(returnedRequestPolicies, command.data, state, context);
        return record(command.data, state);
      case 'assessment.withdraw-returned-request':
        upholdAll(withdrawalPolicies, command.data, state, context);
        if (!state.standing) return [];
        return [
          {
            type: 'assessment.request-withdrawn.v1',
            data: command.data,
            effectiveOn: state.standing.requestedOn,
            corrects: state.eventId,
          },
        ];
      default:
        return unreachable(command);
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'assessment.support-requested.v1':
        return { standing: { ...event.data, requestedOn: event.effectiveOn }, eventId: event.id };
      case 'assessment.request-concluded.v1':
        return state.standing
          ? {
              ...state,
              standing: { ...state.standing, concludedOn: event.effectiveOn, outcome: event.data.outcome },
            }
          : state;
      case 'assessment.request-corrected.v1':
        return { standing: event.data, eventId: event.id };
      case 'assessment.request-withdrawn.v1':
        return { eventId: event.id };
      default:
        return unreachable(event);
    }
  },
};

function record(data: RecordReturnedRequestData, { standing, eventId }: ContactEpisodeState): ContactEpisodeEvent[] {
  const { requestedOn, concludedOn, outcome, ...asked } = data;
  const { episodeId, personId } = data;
  const concluded = (): ContactEpisodeEvent[] =>
    concludedOn !== undefined && outcome !== undefined
      ? [
          {
            type: 'assessment.request-concluded.v1',
            data: { episodeId, personId, outcome },
            effectiveOn: concludedOn,
          },
        ]
      : [];
  if (eventId === undefined)
    return [{ type: 'assessment.support-requested.v1', data: asked, effectiveOn: requestedOn }, ...concluded()];
  if (sameContent(data, standing)) return [];
  if (sameContent({ ...asked, requestedOn }, standing)) return concluded();
  return [{ type: 'assessment.request-corrected.v1', data, effectiveOn: requestedOn, corrects: eventId }];
}
