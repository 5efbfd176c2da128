import { describe, expect, it } from '@jest/globals';
import { specification } from '@caretrail/testing';
import {
  assessmentEvents,
  ConcludeRequest,
  RecordReturnedRequest,
  type RecordReturnedRequestData,
  RequestSupport,
  WithdrawReturnedRequest,
} from '../../contracts/index.js';
import { contactEpisodeDecider, type ContactEpisodeEvent, contactEpisodeStream } from './contact-episode.decider.js';

const ids = {
  episodeId: '0b0f0000-0000-4000-8000-000000000001',
  personId: '0b0f0000-0000-4000-8000-000000000002',
};
const asked = {
  ...ids,
  route: 'Community / Other route',
  row: { clientType: 'Service user' as const, eventReference: 'R1', description: 'First conversation' },
};
const open: RecordReturnedRequestData = { ...asked, requestedOn: '2025-04-01' };
const closed: RecordReturnedRequestData = { ...open, concludedOn: '2025-04-09', outcome: 'NFA: Other' };
const requested: ContactEpisodeEvent = {
  type: 'assessment.support-requested.v1',
  data: asked,
  effectiveOn: '2025-04-01',
};
const concluded: ContactEpisodeEvent = {
  type: 'assessment.request-concluded.v1',
  data: { ...ids, outcome: 'NFA: Other' },
  effectiveOn: '2025-04-09',
};
const differing = { ...closed, outcome: 'NFA: Support declined' };
const corrected: ContactEpisodeEvent = {
  type: 'assessment.request-corrected.v1',
  data: differing,
  effectiveOn: '2025-04-01',
  corrects: 'event-1',
};
const withdrawal = { ...ids, reason: 'Missing from a later file' };
const withdrawn: ContactEpisodeEvent = {
  type: 'assessment.request-withdrawn.v1',
  data: withdrawal,
  effectiveOn: '2025-04-01',
  corrects: 'event-1',
};

const spec = specification(contactEpisodeDecider, assessmentEvents);

describe('a request that is made here', () => {
  const made = { ...ids, route: 'Community / Other route' as const };
  const open: ContactEpisodeEvent = { type: 'assessment.support-requested.v1', data: made, effectiveOn: '2026-02-20' };
  const ended = { ...ids, outcome: 'NFA: Information and advice or signposting' as const };
  it('is made once, by today', () => {
    spec.when(RequestSupport, made).then({ type: 'assessment.support-requested.v1', data: made });
    spec.given(open).when(RequestSupport, made).thenRefused('requested-once');
    spec
      .when(RequestSupport, made, { effectiveOn: '2026-03-03' })
      .thenRefused('happened-by-today', { field: 'effectiveOn' });
  });
  it('is concluded once, after it was made', () => {
    spec.given(open).when(ConcludeRequest, ended).then({ type: 'assessment.request-concluded.v1', data: ended });
    spec.when(ConcludeRequest, ended).thenRefused('request-is-open', { field: 'episodeId' });
    spec
      .given(open, { type: 'assessment.request-concluded.v1', data: ended })
      .when(ConcludeRequest, ended)
      .thenRefused('request-is-open', { field: 'episodeId', message: 'This request was concluded already.' });
    spec
      .given(open)
      .when(ConcludeRequest, ended, { effectiveOn: '2026-02-20' })
      .then({ type: 'assessment.request-concluded.v1', data: ended });
    spec
      .given(open)
      .when(ConcludeRequest, ended, { effectiveOn: '2026-02-19' })
      .thenRefused('ends-not-before-it-starts', { field: 'effectiveOn' });
    spec.given(open).when(ConcludeRequest, ended, { effectiveOn: '2026-03-03' }).thenRefused('happened-by-today');
  });
});

describe('a request that a return tells of', () => {
  it('has a stream of its own', () =>
    expect(contactEpisodeStream(open)).toBe(`assessment.contact-episode-${ids.episodeId}`));
  it('is recorded with its end, each on its day', () =>
    spec.when(RecordReturnedRequest, closed).then(requested, concluded));
  it('is recorded without an end while it is open', () => spec.when(RecordReturnedRequest, open).then(requested));
  it('is concluded when only an end was added', () =>
    spec.given(requested).when(RecordReturnedRequest, closed).then(concluded));
  it('is nothing new when it is returned again', () =>
    spec.given(requested, concluded).when(RecordReturnedRequest, closed).thenNothing());
  it('is nothing new while it is still open', () =>
    spec.given(requested).when(RecordReturnedRequest, open).thenNothing());
  it('is corrected when its outcome differs', () =>
    spec.given(requested, concluded).when(RecordReturnedRequest, differing).then(corrected));
  it('is corrected when an end was added and something else differs', () =>
    spec
      .given(requested)
      .when(RecordReturnedRequest, { ...closed, route: 'Prison' })
      .then({ ...corrected, data: { ...closed, route: 'Prison' } }));
  it('is corrected when its end has gone', () =>
    spec
      .given(requested, concluded)
      .when(RecordReturnedRequest, open)
      .then({ ...corrected, data: open }));
  it('takes effect on its new day when its start differs', () =>
    spec
      .given(requested, concluded)
      .when(RecordReturnedRequest, { ...closed, requestedOn: '2025-04-02' })
      .then({ ...corrected, data: { ...closed, requestedOn: '2025-04-02' }, effectiveOn: '2025-04-02' }));
  it('is nothing new after the correction', () =>
    spec.given(requested, concluded, corrected).when(RecordReturnedRequest, differing).thenNothing());
  it('is corrected again from the last correction on', () =>
    spec
      .given(requested, concluded, corrected)
      .when(RecordReturnedRequest, closed)
      .then({ ...corrected, data: closed, corrects: 'event-3' }));
  it('that was told by a newer file first is replaced as a whole by what became known last', () =>
    spec
      .given(requested, { ...requested, data: { ...asked, route: 'Prison' } }, concluded)
      .when(RecordReturnedRequest, { ...closed, route: 'Prison' })
      .thenNothing());

  it.each([
    ['concludedOn', { ...open, outcome: 'NFA: Other' }],
    ['outcome', { ...open, concludedOn: '2025-04-09' }],
  ])('has a day and an outcome, or neither (%s)', (field, data) =>
    spec.when(RecordReturnedRequest, data).thenRefused('concluded-with-an-outcome', { field }),
  );
  it('does not end before it starts', () =>
    spec
      .when(RecordReturnedRequest, { ...closed, concludedOn: '2025-03-31' })
      .thenRefused('ends-not-before-it-starts', { field: 'concludedOn' }));
  it('may end on the day it starts', () =>
    expect(spec.when(RecordReturnedRequest, { ...closed, concludedOn: '2025-04-01' }).events()).toHaveLength(2));

  it('is withdrawn', () => spec.given(requested, concluded).when(WithdrawReturnedRequest, withdrawal).then(withdrawn));
  it('is withdrawn once', () =>
    spec.given(requested, withdrawn).when(WithdrawReturnedRequest, withdrawal).thenNothing());
  it('stands again when it is returned after that', () =>
    spec
      .given(requested, withdrawn)
      .when(RecordReturnedRequest, closed)
      .then({ ...corrected, data: closed, corrects: 'event-2' }));
  it('cannot be withdrawn when nobody told of it', () =>
    spec.when(WithdrawReturnedRequest, withdrawal).thenRefused('recorded-first'));
});
