import { type ShownCount, suppress, suppressTable } from '@caretrail/web';
import { Cube } from './cube.js';
import { hiddenCells } from './hidden-cells.js';
import { type MarketFigures, noSupply, noWaits, type PriceSpread, type Supply, type Waits } from './market-figures.js';
import type { MarketUnit, ServiceGroupId } from './service-group.js';

/** What may be shown: `*` hides a figure that rests on 1 to 4 people, or gives one away; null says that there is none. */
export type Shown = number | '*' | null;

/** An area or a service, as it may be shown. */
export interface SupplyRow {
  readonly id: string;
  readonly name: string;
  /** To the nearest 5, as all counts. */
  readonly people: ShownCount;
  /** To the nearest 50, or coarser: see `coarsely`. */
  readonly hours: Shown;
  readonly beds: Shown;
  /** To the nearest £1,000, or coarser. */
  readonly weeklyPence: Shown;
  /** Median pence for an hour (to the nearest 10p) or for a week (to the nearest £10), by `unit`. */
  readonly typicalPence: Shown;
  readonly unit: MarketUnit;
  readonly unpriced: ShownCount;
  readonly typicalWaitDays: Shown;
  /** People waiting for any service; null in a table of services, because a request does not say for which. */
  readonly waiting: Shown;
}

export interface ShownWaits {
  readonly people: ShownCount;
  readonly typicalDays: Shown;
  readonly bands: readonly ShownCount[];
}

/** The counts of people (of packages for `unpriced`) that figures rest on, and by which they are hidden. */
const measures = {
  people: ({ people }: Supply) => people,
  hourly: ({ hourly }: Supply) => hourly?.people ?? 0,
  beds: ({ beds }: Supply) => beds,
  priced: ({ weekly }: Supply) => weekly?.people ?? 0,
  unpriced: ({ unpriced }: Supply) => unpriced,
} as const;
type Measure = keyof typeof measures;

const HOURS = 50;
const PENCE_A_WEEK = 100_000;
/** A tenth of them is five people. */
const PEOPLE_FOR_TENTHS = 50;

/** A part of the market: an area, a service, both, or neither for all. */
export interface Part {
  readonly area?: string | undefined;
  readonly service?: ServiceGroupId | undefined;
}

/** Exact figures behind the one door out: each answer is what may be shown of a part. */
export class Disclosure {
  private readonly hidden: Readonly<Record<Measure, Cube<true>>>;
  private readonly hiddenWaits: Cube<true>;
  private readonly hiddenWaiting: Cube<true>;

  constructor(private readonly figures: MarketFigures) {
    const { supply, waits, waiting } = figures;
    const of = (measure: Measure) => hiddenCells(mapped(supply, measures[measure]));
    this.hidden = {
      people: of('people'),
      hourly: of('hourly'),
      beds: of('beds'),
      priced: of('priced'),
      unpriced: of('unpriced'),
    };
    this.hiddenWaits = hiddenCells(mapped(waits, ({ people }) => people));
    this.hiddenWaiting = hiddenCells(waiting);
  }

  /** What is bought in a part, for a table. @param withWaiting false for a row of one service */
  row(part: Part, id: string, name: string, unit: MarketUnit, withWaiting: boolean): SupplyRow {
    const { area, service } = part;
    const supply = this.figures.supply.at(area, service) ?? noSupply;
    const people = this.count('people', part);
    const resting = (measure: Measure, value: number): Shown =>
      people === '*' || this.count(measure, part) === '*' ? '*' : value;
    return {
      id,
      name,
      people,
      unit,
      hours: resting('hourly', coarsely(supply.hours, HOURS, supply.mostHours)),
      beds: people === '*' ? '*' : this.count('beds', part),
      weeklyPence: resting('priced', coarsely(supply.weeklyPence, PENCE_A_WEEK, supply.mostPence)),
      typicalPence: people === '*' ? '*' : typicalOf(supply, unit),
      unpriced: people === '*' ? '*' : this.count('unpriced', part),
      typicalWaitDays: people === '*' ? '*' : daysOf(this.waitsIn(part)),
      waiting: !withWaiting ? null : this.hiddenWaiting.at(area) ? '*' : suppress(this.figures.waiting.at(area) ?? 0),
    };
  }

  /** Waits of a part; every band is hidden with their sum. */
  waits(part: Part): ShownWaits {
    const waits = this.waitsIn(part);
    const hidden = this.hiddenWaits.at(part.area, part.service) === true;
    return {
      people: hidden ? '*' : suppress(waits.people),
      typicalDays: hidden ? '*' : daysOf(waits),
      bands: hidden
        ? waits.bands.map(() => '*')
        : suppressTable(waits.bands.map((people) => [people])).rows.map(([people]) => people ?? 0),
    };
  }

  /** True where the people behind a part's prices may not be counted, so that no scale of prices may be drawn. */
  hidesPrices(part: Part, unit: 'hour' | 'week'): boolean {
    return this.count('people', part) === '*' || this.count(unit === 'hour' ? 'hourly' : 'priced', part) === '*';
  }

  private count(measure: Measure, { area, service }: Part): ShownCount {
    const supply = this.figures.supply.at(area, service) ?? noSupply;
    return this.hidden[measure].at(area, service) ? '*' : suppress(measures[measure](supply));
  }

  private waitsIn({ area, service }: Part): Waits {
    return this.figures.waits.at(area, service) ?? noWaits;
  }
}

function mapped<From, To>(cube: Cube<From>, to: (value: From) => To): Cube<To> {
  const found = new Cube<To>();
  for (const area of [...cube.areas, undefined])
    for (const service of [...cube.services, undefined]) {
      const value = cube.at(area, service);
      if (value !== undefined) found.set(area, service, to(value));
    }
  return found;
}

/**
 * A sum to the nearest step of 1, 2 or 5 with noughts that is no smaller than what one person has of it, so that the
 * difference of two sums, with and without that person, is not what they have.
 */
export function coarsely(value: number, finest: number, mostOfOne: number): number {
  let step = finest;
  while (step < mostOfOne) step *= /^20*$/.test(String(step)) ? 2.5 : 2;
  return nearest(value, step);
}

/** A price to the nearest 10p an hour or £10 a week. */
export const priceToShow = (pence: number, unit: 'hour' | 'week'): number =>
  nearest(pence, unit === 'hour' ? 10 : 1_000);

/** The lowest and highest tenth are told of fifty people or more: of fewer they would be one person's, or nearly. */
export const tellsTenths = (spread: PriceSpread): boolean => spread.people >= PEOPLE_FOR_TENTHS;

const nearest = (value: number, step: number): number => Math.round(value / step) * step;

/** A median of fewer than five people is one of theirs, or nearly. */
function typicalOf(supply: Supply, unit: MarketUnit): Shown {
  const spread = unit === 'hour' ? supply.hourly : supply.weekly;
  if (!spread) return null;
  return suppress(spread.people) === '*' ? '*' : priceToShow(spread.typical, unit === 'hour' ? 'hour' : 'week');
}

const daysOf = (waits: Waits): Shown =>
  waits.typicalDays === undefined ? null : suppress(waits.people) === '*' ? '*' : waits.typicalDays;
