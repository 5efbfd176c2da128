import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { rateUnits } from './values.js';
import { weeklyHours, weeklyPence } from './weekly-cost.js';

describe('what a service costs a week', () => {
  it.each([
    ['Weekly', 70000, undefined, 70000],
    ['Fortnightly', 70000, undefined, 35000],
    ['4-weekly', 70000, undefined, 17500],
    ['Monthly', 52000, undefined, 12000],
    ['Quarterly', 52000, undefined, 4000],
    ['Annually', 52000, undefined, 1000],
    ['Hourly', 2145, 10.5, 22523],
    ['Daily', 6000, 5, 30000],
    ['Per session', 1999, 3, 5997],
  ] as const)('%s %d pence × %s', (per, pence, units, weekly) => {
    expect(weeklyPence({ pence, per }, units)).toBe(weekly);
  });

  it('trusts the unit of the rate over the planned units', () =>
    expect(weeklyPence({ pence: 70000, per: 'Weekly' }, 7)).toBe(70000));
  it('takes the size of negative costs and units', () =>
    expect(weeklyPence({ pence: -2000, per: 'Hourly' }, -3)).toBe(6000));
  it.each([
    ['no rate', undefined, 3],
    ['a one-off sum', { pence: 5000, per: 'One-off' as const }, 1],
    ['a rate of nothing', { pence: 0, per: 'Weekly' as const }, 1],
    ['no units', { pence: 2000, per: 'Hourly' as const }, undefined],
    ['units of nothing', { pence: 2000, per: 'Daily' as const }, 0],
  ])('is not known for %s', (_, rate, units) => expect(weeklyPence(rate, units)).toBeUndefined());

  it('is always whole pence, and never below nothing', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: -10_000_000, max: 10_000_000 }),
        fc.constantFrom(...rateUnits),
        fc.option(fc.integer({ min: -20_000, max: 20_000 }), { nil: undefined }),
        (pence, per, hundredths) => {
          const weekly = weeklyPence({ pence, per }, hundredths === undefined ? undefined : hundredths / 100);
          expect(weekly === undefined || (Number.isInteger(weekly) && weekly >= 0)).toBe(true);
        },
      ),
      { seed: 9 },
    ));
});

describe('hours of service a week', () => {
  it('are the units of a service paid by the hour', () =>
    expect(weeklyHours({ pence: 2145, per: 'Hourly' }, 10.5)).toBe(10.5));
  it.each([
    ['paid by the session', { pence: 2000, per: 'Per session' as const }, 5],
    ['paid by the week', { pence: 2000, per: 'Weekly' as const }, 5],
    ['without a rate', undefined, 5],
    ['without units', { pence: 2000, per: 'Hourly' as const }, undefined],
  ])('are not known of a service %s', (_, rate, units) => expect(weeklyHours(rate, units)).toBeUndefined());
});
