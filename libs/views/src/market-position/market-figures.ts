import type { PlainDate, Tenant } from '@caretrail/kernel';
import type { Cube } from './cube.js';
import type { ServiceGroupId } from './service-group.js';

/** Which day, as known by which day, and which part of the market. */
export interface MarketScope {
  readonly tenant: Tenant;
  readonly effectiveOn: PlainDate;
  readonly knownOn: PlainDate;
  readonly service?: ServiceGroupId;
  readonly area?: string;
}

/** Typical is the median; the tenths are the 10th and the 90th percentile. Whole pence. */
export interface PriceSpread {
  /** People with a package of this price; fewer than five are not shown. */
  readonly people: number;
  readonly lowestTenth: number;
  readonly typical: number;
  readonly highestTenth: number;
}

/** What is bought on the day, counted exactly; nothing of it may be shown before `disclosure` has seen it. */
export interface Supply {
  readonly people: number;
  readonly packages: number;
  /** Hours a week of packages paid by the hour. */
  readonly hours: number;
  /** The most that one person has of them. */
  readonly mostHours: number;
  /** People in a bed: one for each. */
  readonly beds: number;
  readonly weeklyPence: number;
  /** The most that one person's packages cost. */
  readonly mostPence: number;
  readonly unpriced: number;
  /** For one hour. */
  readonly hourly?: PriceSpread;
  /** For a week of a package (or bed). */
  readonly weekly?: PriceSpread;
}

/** Days from a request to the person's next service start, of services that started in the twelve months to the day. */
export interface Waits {
  readonly people: number;
  readonly typicalDays?: number;
  /** People by band of `waitBands`. */
  readonly bands: readonly number[];
}

/** Upper ends of the bands of days; the last has none. */
export const waitBands = [
  { label: 'up to 7', upTo: 7 },
  { label: '8 to 14', upTo: 14 },
  { label: '15 to 28', upTo: 28 },
  { label: '29 to 56', upTo: 56 },
  { label: '57 to 84', upTo: 84 },
  { label: '85 or more' },
] as const;

/** A column of the price chart: prices from `from` and below `to`; the outer ones are open. */
export interface PriceBand {
  readonly from?: number;
  readonly to?: number;
  readonly people: number;
}

export interface Prices {
  readonly unit: 'hour' | 'week';
  readonly spread?: PriceSpread;
  readonly bands: readonly PriceBand[];
}

/** From how many events a figure was made, and the position of the last of them. */
export interface Source {
  readonly events: number;
  readonly position: bigint;
}

/** Of the whole council, whichever part of it is asked for: see `disclosure`. */
export interface MarketFigures {
  readonly supply: Cube<Supply>;
  readonly waits: Cube<Waits>;
  /** By area alone. */
  readonly waiting: Cube<number>;
}

export const noSupply: Supply = {
  people: 0,
  packages: 0,
  hours: 0,
  mostHours: 0,
  beds: 0,
  weeklyPence: 0,
  mostPence: 0,
  unpriced: 0,
};
export const noWaits: Waits = { people: 0, bands: waitBands.map(() => 0) };
