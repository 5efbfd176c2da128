import { describe, expect, it } from '@jest/globals';
import { specification } from '@caretrail/testing';
import {
  AgreeErasure,
  type AgreeErasureData,
  ErasePerson,
  ExtendErasure,
  type ExtendErasureData,
  erasureGrounds,
  groundsBeforeRetentionEnds,
  peopleEvents,
  RefuseErasure,
  type RefuseErasureData,
  RequestErasure,
  type RequestErasureData,
} from '../../contracts/index.js';
import { erasureDecider, type ErasureEvent, erasureStream } from './erasure.decider.js';

const ids = {
  personId: '0b0f0000-0000-4000-8000-000000000001',
  requestId: '0b0f0000-0000-4000-8000-000000000002',
};
const OTHER = '0b0f0000-0000-4000-8000-000000000003';
const request: RequestErasureData = {
  ...ids,
  ground: 'no longer needed for what it was collected for (a)',
  identity: 'known to the worker',
  words: 'Forget me.',
};
const refusal: RefuseErasureData = { ...ids, because: 'legal claims need it (Article 17(3)(e))', reasons: 'A claim.' };
const agreement: AgreeErasureData = {
  ...ids,
  ground: request.ground,
  retentionEndedOn: '2026-02-28',
  reasons: 'Eight years have passed.',
};
const ruth = { actor: { id: 'ruth', role: 'safeguarding' } };
const owen = { actor: { id: 'owen', role: 'safeguarding' } };
const requested: ErasureEvent = { type: 'people.erasure-requested.v1', data: request };
const refused: ErasureEvent = { type: 'people.erasure-refused.v1', data: refusal };
const agreed: ErasureEvent = { type: 'people.erasure-agreed.v1', data: { ...agreement, agreedBy: 'ruth' } };
const erased: ErasureEvent = {
  type: 'people.person-erased.v1',
  data: { ...ids, ground: request.ground, agreedBy: 'ruth' },
};
const TOMORROW = '2026-03-03';
const spec = specification(erasureDecider, peopleEvents);

describe('a request to be erased', () => {
  it('stands in a stream of the person', () => expect(erasureStream(ids)).toBe(`people.erasure-${ids.personId}`));
  it('is kept, and is nothing new when it is said again', () => {
    spec.when(RequestErasure, request).then(requested);
    spec.given(requested).when(RequestErasure, request).thenNothing();
  });
  it('is one at a time, until it is answered', () => {
    const another = { ...request, requestId: OTHER };
    for (const given of [[requested], [requested, agreed]])
      spec
        .given(...given.map((each) => ({ ...each, effectiveOn: '2026-03-01' })))
        .when(RequestErasure, another)
        .thenRefused('one-request-at-a-time', {
          section: 'UK GDPR Article 12(3)',
          message: 'The request of 1 March 2026 is not answered, or not carried out, yet.',
        });
    spec
      .given(requested, refused)
      .when(RequestErasure, another)
      .then({ ...requested, data: another });
  });
  it('says what was asked, on a day that has come', () => {
    spec.when(RequestErasure, { ...request, words: ' ' }).thenRefused('said-in-words', { field: 'words' });
    spec
      .when(RequestErasure, request, { effectiveOn: TOMORROW })
      .thenRefused('happened-by-today', { field: 'effectiveOn', message: 'This day has not come yet.' });
  });
  it('is not made once the person was erased', () =>
    spec.given(requested, agreed, erased).when(RequestErasure, request).thenRefused('not-erased-before'));
});

describe('more time for the answer', () => {
  const extension: ExtendErasureData = { ...ids, because: 'the request is complex', reasons: 'Four files to read.' };
  const extended: ErasureEvent = {
    type: 'people.erasure-extended.v1',
    data: { ...extension, answerBy: '2026-05-01' },
  };
  const received = { ...requested, effectiveOn: '2026-02-01' };
  const extending = (changed: object = {}, given: readonly ErasureEvent[] = [received], context: object = {}) =>
    spec.given(...given).when(ExtendErasure, { ...extension, ...changed }, { effectiveOn: '2026-03-01', ...context });

  it('is two further months, where the person is told why within the first', () => {
    extending().then(extended);
    extending({ because: 'there are many requests' }).then({
      ...extended,
      data: { ...extension, because: 'there are many requests', answerBy: '2026-05-01' },
    });
    extending({}, [{ ...requested, effectiveOn: '2026-01-31' }]).thenRefused('told-within-the-month', {
      section: 'UK GDPR Article 12(3)',
      field: 'effectiveOn',
      message: 'The person had to be told by 28 February 2026 that it takes longer. That day has passed: answer now.',
    });
  });
  it('is taken once', () => {
    extending({}, [received, extended]).thenRefused('extended-once', {
      section: 'UK GDPR Article 12(3)',
      message: 'More time was taken already: this request is to be answered by 1 May 2026.',
    });
    const again = { ...received, data: { ...request, requestId: OTHER } };
    extending({ requestId: OTHER }, [received, extended, refused, again]).then({
      ...extended,
      data: { ...extension, requestId: OTHER, answerBy: '2026-05-01' },
    });
  });
  it('is for a request that is open and not agreed to', () => {
    extending({}, []).thenRefused('request-is-open');
    extending({}, [received, refused]).thenRefused('request-is-open');
    extending({}, [received, agreed]).thenRefused('answered-once');
    extending({}, [received, agreed, erased]).thenRefused('not-erased-before');
  });
  it('has reasons, on a day since the request that has come, and is not taken by the person', () => {
    extending({ reasons: ' ' }).thenRefused('answer-has-reasons', { field: 'reasons' });
    extending({}, [received], { effectiveOn: '2026-01-31' }).thenRefused('not-before-the-request');
    extending({}, [requested], { effectiveOn: TOMORROW }).thenRefused('happened-by-today');
    extending({}, [received], { actor: { id: ids.personId, role: 'person' } }).thenRefused('not-decided-by-the-person');
  });
  it('leaves the answer as open as before', () => {
    expect(spec.given(received, extended).when(AgreeErasure, agreement, ruth).events()).toHaveLength(1);
    expect(spec.given(received, extended).when(RefuseErasure, refusal).events()).toHaveLength(1);
  });
});

describe('an answer to it', () => {
  it('may be no, with the reason that the law allows', () =>
    spec.given(requested).when(RefuseErasure, refusal).then(refused));
  it('may be yes, and says who agreed', () => spec.given(requested).when(AgreeErasure, agreement, ruth).then(agreed));
  it('keeps nothing of what is owed', () =>
    spec
      .given(requested)
      .when(AgreeErasure, { ...agreement, owed: [] }, ruth)
      .then(agreed));

  describe.each([
    ['no', RefuseErasure, refusal],
    ['yes', AgreeErasure, agreement],
  ] as const)('that is %s', (_, Answer, answer) => {
    const answering = (changed: object, given: readonly ErasureEvent[] = [requested], context: object = {}) =>
      spec
        .given(...given)
        .when(Answer as typeof RefuseErasure, { ...answer, ...changed } as RefuseErasureData, context);
    it('answers the request that is open', () => {
      answering({}, []).thenRefused('request-is-open', { message: 'No such request is open for this person.' });
      answering({ requestId: OTHER }).thenRefused('request-is-open');
      answering({}, [requested, refused]).thenRefused('request-is-open');
    });
    it('is given once', () =>
      answering({}, [requested, agreed]).thenRefused('answered-once', {
        message: 'This request was agreed to already, and waits to be carried out.',
      }));
    it('has reasons', () => answering({ reasons: ' ' }).thenRefused('answer-has-reasons', { field: 'reasons' }));
    it('is not given by the person', () =>
      answering({}, [requested], { actor: { id: ids.personId, role: 'person' } }).thenRefused(
        'not-decided-by-the-person',
        { message: 'Nobody decides on their own request.' },
      ));
    it('lies between the request and today', () => {
      const given = [{ ...requested, effectiveOn: '2026-03-01' }];
      answering({}, given, { effectiveOn: '2026-02-28' }).thenRefused('not-before-the-request', {
        field: 'effectiveOn',
        message: 'It was asked for on 1 March 2026, after this day.',
      });
      expect(answering({}, given, { effectiveOn: '2026-03-01' }).events()).toHaveLength(1);
      answering({}, given, { effectiveOn: TOMORROW }).thenRefused('happened-by-today');
    });
    it('is not given once the person was erased', () =>
      answering({}, [requested, agreed, erased]).thenRefused('not-erased-before'));
  });

  it('is no while the council owes the person something in law', () =>
    spec
      .given(requested)
      .when(AgreeErasure, { ...agreement, owed: ['Review the plan (s27)', 'Give the plan (s25)'] })
      .thenRefused('nothing-is-owed', {
        section: 'UK GDPR Article 17(3)(b)',
        message:
          'The council still owes the person something in law, and needs the record for it: Review the plan (s27); Give the plan (s25). Refuse, or do it first.',
      }));
  it('is no until the time ends for which such records are kept', () => {
    const agreeing = (changed: Partial<AgreeErasureData>) =>
      spec.given(requested).when(AgreeErasure, { ...agreement, ...changed }, ruth);
    agreeing({ retentionEndedOn: TOMORROW }).thenRefused('retention-has-ended', {
      field: 'retentionEndedOn',
      message: 'The council keeps this record until 3 March 2026: refuse until then.',
    });
    expect(agreeing({ retentionEndedOn: '2026-03-02' }).events()).toHaveLength(1);
    for (const ground of erasureGrounds)
      if (groundsBeforeRetentionEnds.includes(ground))
        expect(agreeing({ ground, retentionEndedOn: undefined }).events()).toHaveLength(1);
      else
        agreeing({ ground, retentionEndedOn: undefined }).thenRefused('retention-has-ended', {
          field: 'retentionEndedOn',
          message: 'Say on which day the time ended for which the council keeps such records.',
        });
    expect(groundsBeforeRetentionEnds).toEqual(['it was processed unlawfully (d)', 'the law requires the erasure (e)']);
  });
});

describe('an erasure', () => {
  it('is carried out by somebody else than whoever agreed', () => {
    const given = spec.given(requested, agreed);
    given.when(ErasePerson, ids, owen).then(erased);
    given.when(ErasePerson, { ...ids, owed: [] }, owen).then(erased);
    given.when(ErasePerson, ids, ruth).thenRefused('carried-out-by-somebody-else', {
      section: 'UK GDPR Article 5(1)(f), 5(2)',
      message: 'You agreed to it. There is no way back from it, so somebody else has to carry it out.',
    });
  });
  it('was agreed to', () => {
    spec
      .given(requested)
      .when(ErasePerson, ids, owen)
      .thenRefused('agreed-first', { message: 'Nobody agreed to this request.' });
    spec.when(ErasePerson, ids, owen).thenRefused('request-is-open');
  });
  it('is not carried out by the person', () =>
    spec
      .given(requested, agreed)
      .when(ErasePerson, ids, { actor: { id: ids.personId, role: 'person' } })
      .thenRefused('not-decided-by-the-person'));
  it('waits while something is owed that arose meanwhile', () =>
    spec
      .given(requested, agreed)
      .when(ErasePerson, { ...ids, owed: ['Decide (s42)'] }, owen)
      .thenRefused('nothing-is-owed'));
  it('lies between the agreement and today, and is done once', () => {
    const given = spec.given(requested, { ...agreed, effectiveOn: '2026-03-01' });
    given.when(ErasePerson, ids, { ...owen, effectiveOn: '2026-03-01' }).then(erased);
    given.when(ErasePerson, ids, { ...owen, effectiveOn: '2026-02-28' }).thenRefused('not-before-the-agreement', {
      field: 'effectiveOn',
      message: 'It was agreed on 1 March 2026, after this day.',
    });
    given.when(ErasePerson, ids, { ...owen, effectiveOn: TOMORROW }).thenRefused('happened-by-today');
    spec
      .given(requested, agreed, erased)
      .when(ErasePerson, ids, owen)
      .thenRefused('not-erased-before', { message: 'This person was erased already.' });
  });
  it('leaves an event that holds nothing personal', () => {
    const definition = peopleEvents.find(({ type }) => type === erased.type)!;
    expect(definition.personal).toEqual([]);
    expect(definition).toMatchObject({ decision: true, authority: 'UK GDPR Article 17(1)' });
  });
});
