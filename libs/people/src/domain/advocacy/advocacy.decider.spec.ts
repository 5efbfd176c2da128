import { describe, expect, it } from '@jest/globals';
import { specification } from '@caretrail/testing';
import {
  AppointAdvocate,
  ConsiderAdvocacy,
  type ConsiderAdvocacyData,
  EndAdvocacy,
  peopleEvents,
} from '../../contracts/index.js';
import { advocacyDecider, type AdvocacyEvent, advocacyStream } from './advocacy.decider.js';

const personId = '0b0f0000-0000-4000-8000-000000000001';
const advocacyId = '0b0f0000-0000-4000-8000-000000000002';
const nobody = { found: false, professionalOrPaid: false, reasons: 'No family nearby.' };
const sister = { found: true, professionalOrPaid: false, agreedBy: 'the person' as const, reasons: 'Her sister.' };
const data: ConsiderAdvocacyData = {
  advocacyId,
  personId,
  purpose: 'needs assessment',
  substantialDifficulty: { found: true, in: ['retaining that information'], reasons: 'Forgets within minutes.' },
  appropriatePerson: nobody,
};
const none = { ...data, substantialDifficulty: { found: false, in: [], reasons: 'Follows it all.' } };
const withoutSecondTest = { ...none, appropriatePerson: undefined };
const offered: AdvocacyEvent = { type: 'people.advocate-offered.v1', data };
const advocate = { name: 'Test Advocate', organisation: 'Wrenbridge Advocacy' };
const appointed: AdvocacyEvent = {
  type: 'people.advocate-appointed.v1',
  data: { advocacyId, personId, purpose: data.purpose, advocate },
};
const spec = specification(advocacyDecider, peopleEvents);

describe('an independent advocate', () => {
  it('is considered in a stream of the person', () => expect(advocacyStream(data)).toBe(`people.advocacy-${personId}`));

  it('is offered with substantial difficulty and nobody appropriate', () =>
    spec.when(ConsiderAdvocacy, data).then(offered));
  it('is not required where somebody appropriate is there', () =>
    expect(spec.when(ConsiderAdvocacy, { ...data, appropriatePerson: sister }).events()[0]?.type).toBe(
      'people.advocate-not-required.v1',
    ));
  it('is required all the same under an exception of the regulations', () =>
    expect(
      spec
        .when(ConsiderAdvocacy, {
          ...data,
          appropriatePerson: sister,
          exception: 'disagreement with the appropriate person, and both agree that an advocate would help',
        })
        .events()[0]?.type,
    ).toBe('people.advocate-offered.v1'));
  it('is not required without substantial difficulty, and that is kept too', () =>
    expect(spec.when(ConsiderAdvocacy, withoutSecondTest).events()[0]?.type).toBe('people.advocate-not-required.v1'));

  it('is considered once under one id', () =>
    spec.given(offered).when(ConsiderAdvocacy, data).thenRefused('considered-once'));
  it('is not considered tomorrow', () =>
    spec
      .when(ConsiderAdvocacy, data, { effectiveOn: '2026-03-03' })
      .thenRefused('considered-by-today', { field: 'effectiveOn' }));
  it.each([
    [{ ...data.substantialDifficulty, in: [] }, 'substantialDifficulty.in'],
    [{ found: false, in: data.substantialDifficulty.in, reasons: 'x' }, 'substantialDifficulty.in'],
    [{ ...data.substantialDifficulty, reasons: ' ' }, 'substantialDifficulty.reasons'],
  ])('needs the first test answered (%#)', (substantialDifficulty, field) =>
    spec
      .when(ConsiderAdvocacy, { ...data, substantialDifficulty })
      .thenRefused('substantial-difficulty-is-named', { section: 'Care Act 2014 s67(4), s68', field }),
  );
  it.each([
    [{ ...data, appropriatePerson: undefined }, 'appropriatePerson'],
    [none, 'appropriatePerson'],
    [{ ...data, appropriatePerson: { ...nobody, reasons: ' ' } }, 'appropriatePerson.reasons'],
  ])('has the second test only after the first, and with reasons (%#)', (considered, field) =>
    spec.when(ConsiderAdvocacy, considered).thenRefused('second-test-follows-the-first', { field }),
  );
  it('is not spared by somebody who is paid to care', () =>
    spec
      .when(ConsiderAdvocacy, { ...data, appropriatePerson: { ...sister, professionalOrPaid: true } })
      .thenRefused('appropriate-person-is-not-paid-to-care', {
        section: 'Care Act 2014 s67(5)(b), s68',
        field: 'appropriatePerson.professionalOrPaid',
      }));
  it('is not spared by somebody to whom nobody agreed', () =>
    spec
      .when(ConsiderAdvocacy, { ...data, appropriatePerson: { ...sister, agreedBy: undefined } })
      .thenRefused('appropriate-person-is-agreed', { field: 'appropriatePerson.agreedBy' }));
  it('has an exception only where somebody appropriate is there', () => {
    for (const considered of [data, withoutSecondTest])
      spec
        .when(ConsiderAdvocacy, {
          ...considered,
          exception: 'disagreement with the appropriate person, and both agree that an advocate would help',
        })
        .thenRefused('exception-needs-somebody-appropriate', { field: 'exception' });
  });

  it('has an exception only for an assessment, a plan or a review', () => {
    const exception = 'a placement by the NHS in hospital of 28 days or more, or in a care home of 8 weeks or more';
    const placed = { ...data, appropriatePerson: sister, exception } as const;
    for (const purpose of ['safeguarding enquiry', 'safeguarding adults review'] as const)
      spec.when(ConsiderAdvocacy, { ...placed, purpose }).thenRefused('exception-is-of-section-67', {
        section: 'Care Act 2014 s67(7); SI 2014/2889 reg 4',
        field: 'exception',
      });
    expect(spec.when(ConsiderAdvocacy, { ...placed, purpose: 'review' }).events()[0]?.type).toBe(
      'people.advocate-offered.v1',
    );
    expect(spec.when(ConsiderAdvocacy, { ...data, purpose: 'safeguarding enquiry' }).events()[0]?.type).toBe(
      'people.advocate-offered.v1',
    );
  });

  it('is appointed after the offer', () =>
    spec.given(offered).when(AppointAdvocate, { advocacyId, personId, advocate }).then(appointed));
  it('is not appointed without an offer, twice, or without a name', () => {
    const notRequired: AdvocacyEvent = { type: 'people.advocate-not-required.v1', data: withoutSecondTest };
    for (const history of [[], [notRequired]])
      spec
        .given(...history)
        .when(AppointAdvocate, { advocacyId, personId, advocate })
        .thenRefused('advocate-was-offered', {
          field: 'advocacyId',
          message: 'Consider first whether an advocate has to be arranged; here none was offered.',
        });
    spec.given(notRequired).when(ConsiderAdvocacy, data).thenRefused('considered-once');
    spec
      .given(offered, appointed)
      .when(AppointAdvocate, { advocacyId, personId, advocate })
      .thenRefused('advocate-was-offered', {
        field: 'advocacyId',
        message: 'An advocate is appointed already: end that first.',
      });
    spec
      .given(offered)
      .when(AppointAdvocate, { advocacyId, personId, advocate: { ...advocate, name: ' ' } })
      .thenRefused('advocate-is-named', { field: 'advocate.name' });
  });

  const end = { advocacyId, personId, reason: 'another advocate takes over' as const };
  it('ends, and another may take over', () => {
    spec
      .given(offered, appointed)
      .when(EndAdvocacy, end)
      .then({ type: 'people.advocacy-ended.v1', data: { ...end, purpose: 'needs assessment' } });
    const ended = { type: 'people.advocacy-ended.v1', data: { ...end, purpose: data.purpose } } as const;
    expect(
      spec.given(offered, appointed, ended).when(AppointAdvocate, { advocacyId, personId, advocate }).events(),
    ).toHaveLength(1);
    const done = { ...ended, data: { ...ended.data, reason: 'the purpose is done' as const } };
    spec
      .given(offered, appointed, done)
      .when(AppointAdvocate, { advocacyId, personId, advocate })
      .thenRefused('advocate-was-offered');
  });
  it('cannot end before it began', () => {
    for (const history of [[], [offered]])
      spec
        .given(...history)
        .when(EndAdvocacy, end)
        .thenRefused('advocate-is-appointed', { field: 'advocacyId' });
  });
  it('goes on in the order of its days, and on none that has not come', () => {
    const past = spec.given({ ...offered, effectiveOn: '2026-02-20' });
    const acting = spec.given({ ...offered, effectiveOn: '2026-02-20' }, { ...appointed, effectiveOn: '2026-03-01' });
    const appointing = { advocacyId, personId, advocate };
    past.when(AppointAdvocate, appointing, { effectiveOn: '2026-02-20' }).then(appointed);
    past.when(AppointAdvocate, appointing, { effectiveOn: '2026-02-19' }).thenRefused('advocacy-follows-in-order', {
      section: 'Care Act 2014 s67(2), s68(2)',
      field: 'effectiveOn',
      message: 'This stands as it does since 20 February 2026: give that day or a later one.',
    });
    past.when(AppointAdvocate, appointing, { effectiveOn: '2026-03-03' }).thenRefused('advocacy-follows-in-order', {
      field: 'effectiveOn',
      message: 'This day has not come yet.',
    });
    expect(acting.when(EndAdvocacy, end, { effectiveOn: '2026-03-01' }).events()).toHaveLength(1);
    for (const effectiveOn of ['2026-02-28', '2026-03-03'])
      acting
        .when(EndAdvocacy, end, { effectiveOn })
        .thenRefused('advocacy-follows-in-order', { section: 'Care Act 2014 s67, s68', field: 'effectiveOn' });
  });
});
