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

const requestedOnce: ContactEpisodePolicy<unknown> = {
  rule: 'requested-once',
  section: 'Care Act 2014 s9',
  check: (_, state) => (state.eventId ? [{ message: 'This request is on record already.' }] : undefined),
};

const happenedByToday: ContactEpisodePolicy<unknown> = {
  rule: 'happened-by-today',
  section: 'Care Act 2014 s9',
  check: (_, __, { effectiveOn, today }) =>
    effectiveOn > today ? [{ message: 'This day has not come yet.', field: 'effectiveOn' }] : undefined,
};

const requestIsOpen: ContactEpisodePolicy<unknown> = {
  rule: 'request-is-open',
  section: 'Care Act 2014 s9',
  check: (_, { standing }) => {
    if (!standing) return [{ message: 'There is no such request.', field: 'episodeId' }];
    return standing.concludedOn === undefined
      ? undefined
      : [{ message: 'This request was concluded already.', field: 'episodeId' }];
  },
};

const concludedAfterAsking: ContactEpisodePolicy<unknown> = {
  rule: 'ends-not-before-it-starts',
  section: 'Client Level Data, Event End Date',
  check: (_, { standing }, { effectiveOn }) =>
    standing && effectiveOn < standing.requestedOn
      ? [{ message: 'The request was concluded before it was made.', field: 'effectiveOn' }]
      : undefined,
};

export const requestPolicies = [requestedOnce, happenedByToday] as const;
export const conclusionPolicies = [requestIsOpen, concludedAfterAsking, happenedByToday] as const;
export const returnedRequestPolicies = [concludedWithOutcome, endsNotBeforeItStarts] as const;
export const withdrawalPolicies = [recordedFirst] as const;
