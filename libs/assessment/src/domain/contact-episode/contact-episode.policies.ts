import type { DecisionContext, Policy } from '@caretrail/kernel';
import type { RecordReturnedRequestData } from '../../contracts/index.js';
import type { ContactEpisodeState } from './contact-episode.state.js';

type ContactEpisodePolicy<Data> = Policy<Data, ContactEpisodeState, DecisionContext>;

const concludedWithOutcome: ContactEpisodePolicy<RecordReturnedRequestData> = {
  rule: 'concluded-with-an-outcome',
  section: 'Client Level Data, Event Outcome',
  check: ({ concludedOn, outcome }) =>
    (concludedOn === undefined) === (outcome === undefined)
      ? undefined
      : [
          {
            message: 'A request that was concluded has a day and an outcome; one that is open has neither.',
            field: concludedOn === undefined ? 'concludedOn' : 'outcome',
          },
        ],
};

const endsNotBeforeItStarts: ContactEpisodePolicy<RecordReturnedRequestData> = {
  rule: 'ends-not-before-it-starts',
  section: 'Client Level Data, Event End Date',
  check: ({ requestedOn, concludedOn }) =>
    concludedOn !== undefined && concludedOn < requestedOn
      ? [{ message: 'The request was concluded before it was made.', field: 'concludedOn' }]
      : undefined,
};

const recordedFirst: ContactEpisodePolicy<unknown> = {
  rule: 'recorded-first',
  section: 'UK GDPR Article 5(1)(d)',
  check: (_, state) => (state.eventId ? undefined : [{ message: 'There is no such request to withdraw.' }]),
};

export const returnedRequestPolicies = [concludedWithOutcome, endsNotBeforeItStarts] as const;
export const withdrawalPolicies = [recordedFirst] as const;
