import { describe, expect, it } from '@jest/globals';
import { specification } from '@caretrail/testing';
import {
  AssessCapacity,
  type AssessCapacityData,
  DecideInBestInterests,
  type DecideInBestInterestsData,
  peopleEvents,
} from '../../contracts/index.js';
import { capacityDecider, type CapacityEvent, capacityStream } from './capacity.decider.js';

const personId = '0b0f0000-0000-4000-8000-000000000001';
const capacityId = '0b0f0000-0000-4000-8000-000000000002';
const data: AssessCapacityData = {
  capacityId,
  personId,
  matter: 'having a direct payment',
  decision: 'Whether to have the support paid as a direct payment from April.',
  supportGiven: 'Twice at home, in the morning, with pictures of the choices.',
  unableTo: ['retain', 'use or weigh'],
  impairment: true,
  becauseOfImpairment: true,
  reasons: 'Could not say after ten minutes what the choices were.',
};
const lacks: CapacityEvent = { type: 'people.capacity-assessed.v1', data: { ...data, hasCapacity: false } };
const best: DecideInBestInterestsData = {
  capacityId,
  personId,
  decided: 'The council arranges the support.',
  wishesAndFeelings: 'Never wanted to handle money.',
  consulted: 'Her sister, who agrees.',
  lessRestrictive: 'A managed account was looked at; she could not follow its letters.',
  canWait: false,
  reasons: 'Support is needed now.',
};
const spec = specification(capacityDecider, peopleEvents);

describe('capacity', () => {
  it('stands in a stream of the person', () => expect(capacityStream(data)).toBe(`people.capacity-${personId}`));
  it('is lacking for one decision: unable, an impairment, and the one because of the other', () =>
    spec.when(AssessCapacity, data).then(lacks));
  it.each([
    [{ unableTo: [], becauseOfImpairment: false }],
    [{ impairment: false, becauseOfImpairment: false }],
    [{ becauseOfImpairment: false }],
  ])('is there where one of the three is missing: %j', (change) =>
    expect(spec.when(AssessCapacity, { ...data, ...change }).events()[0]?.data).toMatchObject({
      hasCapacity: true,
    }),
  );

  it('is assessed for one decision, once under one id', () =>
    spec
      .given(lacks)
      .when(AssessCapacity, { ...data, decision: 'Where to live' })
      .thenRefused('one-assessment-one-decision', { section: 'Mental Capacity Act 2005 s2(1)' }));
  it('is never assessed in general', () =>
    spec.when(AssessCapacity, { ...data, decision: ' ' }).thenRefused('decision-is-named', { field: 'decision' }));
  it('is assessed after support was given', () =>
    spec
      .when(AssessCapacity, { ...data, supportGiven: ' ' })
      .thenRefused('support-was-given', { section: 'Mental Capacity Act 2005 s1(3)', field: 'supportGiven' }));
  it.each([{ impairment: false }, { unableTo: [] }])('has a link only between two things: %j', (change) =>
    spec
      .when(AssessCapacity, { ...data, ...change })
      .thenRefused('two-stages-and-their-link', { field: 'becauseOfImpairment' }),
  );
  it.each([data, { ...data, unableTo: [], becauseOfImpairment: false }])('has reasons both ways (%#)', (assessed) =>
    spec.when(AssessCapacity, { ...assessed, reasons: ' ' }).thenRefused('reasons-both-ways', { field: 'reasons' }),
  );
  it('is not assessed for a day to come', () =>
    spec
      .when(AssessCapacity, data, { effectiveOn: '2026-03-03' })
      .thenRefused('assessed-by-today', { field: 'effectiveOn' }));
});

describe('a decision in best interests', () => {
  it('follows where capacity is lacking', () =>
    spec
      .given(lacks)
      .when(DecideInBestInterests, best)
      .then({ type: 'people.best-interests-decided.v1', data: { ...best, matter: 'having a direct payment' } }));
  it('is never made for whoever can decide, or was not assessed', () => {
    const can: CapacityEvent = { type: 'people.capacity-assessed.v1', data: { ...data, hasCapacity: true } };
    spec.given(can).when(DecideInBestInterests, best).thenRefused('best-interests-only-without-capacity', {
      section: 'Mental Capacity Act 2005 s1(2), s1(5)',
      field: 'capacityId',
      message: 'The person can make this decision: it is theirs.',
    });
    spec.when(DecideInBestInterests, best).thenRefused('best-interests-only-without-capacity', { field: 'capacityId' });
  });
  it('is made once', () =>
    spec
      .given(lacks, { type: 'people.best-interests-decided.v1', data: { ...best, matter: data.matter } })
      .when(DecideInBestInterests, best)
      .thenRefused('decided-once', { section: 'Mental Capacity Act 2005 s4', field: 'capacityId' }));
  it.each(['decided', 'wishesAndFeelings', 'consulted', 'lessRestrictive', 'reasons'] as const)(
    'answers the checklist: %s',
    (field) =>
      spec
        .given(lacks)
        .when(DecideInBestInterests, { ...best, [field]: ' ' })
        .thenRefused('best-interests-checklist', { field }),
  );
});
