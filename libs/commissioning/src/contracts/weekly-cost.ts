import type { Rate } from './element.js';

/** Units a week of rates that fix it themselves, as a fraction; the others take the planned units. */
const unitsPerWeek = {
  Weekly: [1, 1],
  Fortnightly: [1, 2],
  '4-weekly': [1, 4],
  Monthly: [12, 52],
  Quarterly: [4, 52],
  Annually: [1, 52],
} as const;

const fixed = (per: Rate['per']): readonly [number, number] | undefined =>
  per in unitsPerWeek ? unitsPerWeek[per as keyof typeof unitsPerWeek] : undefined;

/** Planned units in hundredths, so that whole numbers are multiplied; undefined for none. */
const hundredths = (units: number | undefined): number | undefined =>
  Math.abs(Math.round((units ?? 0) * 100)) || undefined;

/**
 * What a service costs a week, in whole pence, as the cost dashboard of Client Level Data reckons it (ascof-methods.md
 * section 9): the size of the unit cost × units a week. The unit of the rate is trusted over the planned units.
 * Undefined for a one-off sum, for no rate or a rate of nothing, and where the units are needed but not given.
 */
export function weeklyPence(rate: Rate | undefined, plannedUnitsPerWeek?: number): number | undefined {
  if (!rate || rate.pence === 0 || rate.per === 'One-off') return undefined;
  const pence = Math.abs(rate.pence);
  const fraction = fixed(rate.per);
  if (fraction) return Math.round((pence * fraction[0]) / fraction[1]);
  const units = hundredths(plannedUnitsPerWeek);
  return units === undefined ? undefined : Math.round((pence * units) / 100);
}

/**
 * Hours of service a week, with at most two decimals: the planned units of a service paid by the hour.
 * Undefined for every other rate, because its units are not hours, and where no units are given.
 */
export function weeklyHours(rate: Rate | undefined, plannedUnitsPerWeek?: number): number | undefined {
  if (rate?.per !== 'Hourly') return undefined;
  const units = hundredths(plannedUnitsPerWeek);
  return units === undefined ? undefined : units / 100;
}
