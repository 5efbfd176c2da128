import { describe, expect, it } from '@jest/globals';
import { specification } from '@caretrail/testing';
import {
  PublishUprating,
  type PublishUpratingData,
  upratingEvents,
  UPRATINGS_ID,
  WithdrawUprating,
} from '../../contracts/index.js';
import { upratingDecider, upratingsStream } from './uprating.decider.js';

const section = 'Care Act 2014 s26, s27';
const [upratingId, another] = ['0b0f0000-0000-4000-8000-000000000001', '0b0f0000-0000-4000-8000-000000000002'];
const spec = specification(upratingDecider, upratingEvents);
const registerId = UPRATINGS_ID;
const list: PublishUpratingData = {
  registerId,
  upratingId,
  name: 'Fees for 2026–27',
  of: 'prices of care and support',
  inForceFrom: '2026-04-01',
};
const on = (effectiveOn: string) => ({ effectiveOn });
const published = { type: 'budgets.uprating-published.v1', data: list, effectiveOn: '2026-03-01' } as const;
const withdrawal = { registerId, upratingId, reason: 'It named the wrong year.' };
const withdrawn = { type: 'budgets.uprating-withdrawn.v1', data: withdrawal, effectiveOn: '2026-03-05' } as const;
const publish = (change: Partial<PublishUpratingData>) =>
  spec.given(published).when(PublishUprating, { ...list, upratingId: another, ...change });
const withdraw = (change: Partial<typeof withdrawal>, day = '2026-03-05') =>
  spec.given(published).when(WithdrawUprating, { ...withdrawal, ...change }, on(day));

describe('a published list of prices or charges', () => {
  it('is one of its council’s', () =>
    expect(upratingsStream(list)).toBe('budgets.upratings-5a0e7c11-3f6b-4d1e-9a52-0c2f6a8d1b03'));

  it('is published by its name', () => {
    spec.when(PublishUprating, { ...list, name: ' Fees for 2026–27 ' }).then({ type: published.type, data: list });
    spec.when(PublishUprating, { ...list, name: ' ' }).thenRefused('list-has-a-name', { section, field: 'name' });
  });

  it('was published: not on a day that is still to come', () => {
    const today = { now: '2026-03-01T12:00:00.000Z', today: '2026-03-01' };
    expect(spec.when(PublishUprating, list, { ...today, ...on('2026-03-01') }).events()).toHaveLength(1);
    spec
      .when(PublishUprating, list, { ...today, ...on('2026-03-02') })
      .thenRefused('list-is-published', { section, field: 'effectiveOn' });
  });

  it('is published once', () => {
    publish({ upratingId, name: 'Charges' }).thenRefused('published-once', { section, field: 'upratingId' });
    publish({ name: ' FEES for 2026–27' }).thenRefused('published-once', {
      section,
      field: 'name',
      message: 'A list of this name is in force from 1 April 2026 already.',
    });
    expect(publish({ inForceFrom: '2026-10-01' }).events()).toHaveLength(1);
    expect(publish({ name: 'Charges for 2026–27' }).events()).toHaveLength(1);
    expect(
      spec
        .given(published, withdrawn)
        .when(PublishUprating, { ...list, upratingId: another })
        .events(),
    ).toHaveLength(1);
  });

  it('is withdrawn once, for a reason, and not before its publication', () => {
    withdraw({}).then({ type: withdrawn.type, data: withdrawal });
    withdraw({ upratingId: another }).thenRefused('published-first', { section, field: 'upratingId' });
    withdraw({ reason: ' ' }).thenRefused('reason-given', { section, field: 'reason' });
    expect(withdraw({}, '2026-03-01').events()).toHaveLength(1);
    // Each list is held against its own publication, and its own withdrawal.
    const later = { ...published, data: { ...list, upratingId: another, name: 'Charges' }, effectiveOn: '2026-03-10' };
    spec
      .given(later, published)
      .when(WithdrawUprating, withdrawal, on('2026-03-05'))
      .then({ type: withdrawn.type, data: withdrawal });
    spec
      .given(published, later, withdrawn)
      .when(WithdrawUprating, withdrawal, on('2026-03-11'))
      .thenRefused('withdrawn-once');
    withdraw({}, '2026-02-28').thenRefused('not-before-its-publication', {
      section,
      field: 'effectiveOn',
      message: 'The list was published on 1 March 2026: it is not withdrawn before that.',
    });
    spec
      .given(published, { ...published, data: { ...list, upratingId: another, name: 'Charges' } }, withdrawn)
      .when(WithdrawUprating, { ...withdrawal, upratingId: another })
      .then({ type: withdrawn.type, data: { ...withdrawal, upratingId: another } });
    spec
      .given(published, withdrawn)
      .when(WithdrawUprating, withdrawal)
      .thenRefused('withdrawn-once', { section, field: 'upratingId' });
  });
});
