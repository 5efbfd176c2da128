import { type ShownCount, suppress, suppressTable } from '@caretrail/web';
import {
  Disclosure,
  type Part,
  priceToShow,
  type Shown,
  type ShownWaits,
  type SupplyRow,
  tellsTenths,
} from './disclosure.js';
import type { MarketFigures, MarketScope, Prices, Source } from './market-figures.js';
import { findServiceGroup, type MarketUnit, serviceGroups } from './service-group.js';
import type { MarketSources } from './source.query.js';

export type { Shown, ShownWaits, SupplyRow } from './disclosure.js';

export interface ShownPrices {
  readonly unit: 'hour' | 'week';
  readonly people: ShownCount;
  readonly lowestTenth: Shown;
  readonly typical: Shown;
  readonly highestTenth: Shown;
  readonly bands: readonly { readonly from?: number; readonly to?: number; readonly people: ShownCount }[];
}

/** What a key figure counts; pence for the two prices and the cost. */
export type KeyFigureKind = 'people' | 'hours' | 'beds' | 'cost' | 'price' | 'wait' | 'unpriced' | 'waiting';

export interface KeyFigure {
  readonly kind: KeyFigureKind;
  readonly value: Shown;
  /** Twelve months before the effective day, as known on the same day. */
  readonly before: Shown;
  /** As known today, where that differs. */
  readonly knownNow?: Shown;
}

export interface MarketReport {
  readonly scope: MarketScope;
  /** How the service that is asked for is bought; `hour` for all services. */
  readonly unit: MarketUnit;
  /** True for a council of which nothing is known by the day. */
  readonly empty: boolean;
  readonly keyFigures: readonly KeyFigure[];
  readonly total: SupplyRow;
  readonly areas: readonly SupplyRow[];
  readonly services: readonly SupplyRow[];
  readonly prices: ShownPrices;
  readonly waits: { readonly now: ShownWaits; readonly before: ShownWaits };
  readonly sources: MarketSources;
  /** All areas that can be asked for. */
  readonly areaNames: readonly string[];
}

export interface MarketMaterial {
  readonly scope: MarketScope;
  readonly figures: MarketFigures;
  readonly before: MarketFigures;
  /** As known today; left out when that is the known day. */
  readonly knownNow?: MarketFigures;
  readonly prices: Prices;
  readonly sources: MarketSources;
  readonly areaNames: readonly string[];
}

/** Turns exact figures into what may be shown outside the need to know: the one way out of this view. */
export function reportOf(material: MarketMaterial): MarketReport {
  const { scope, figures, prices, areaNames } = material;
  const unit = (scope.service && findServiceGroup(scope.service)?.unit) || 'hour';
  const [now, before] = [new Disclosure(figures), new Disclosure(material.before)];
  const knownNow = material.knownNow && new Disclosure(material.knownNow);
  const { packages, requests } = material.sources;
  return {
    scope,
    unit,
    empty: packages.events + requests.events === 0,
    keyFigures: keyFiguresOf(scope, unit, now, before, knownNow),
    total: totalOf(scope, unit, now),
    areas: areasOf(scope, unit, figures, now),
    services: servicesOf(scope, figures, now),
    prices: shownPrices(prices, now.hidesPrices(scope, prices.unit)),
    waits: { now: now.waits(scope), before: before.waits(scope) },
    sources: shownSources(scope, material.sources),
    areaNames,
  };
}

function areasOf(scope: MarketScope, unit: MarketUnit, figures: MarketFigures, shown: Disclosure): SupplyRow[] {
  const { supply, waits, waiting } = figures;
  const names = [...new Set([...supply.areas, ...waits.areas, ...waiting.areas])].filter(
    (area) =>
      (!scope.area || area === scope.area) &&
      (supply.at(area, scope.service) ?? waits.at(area, scope.service) ?? waiting.at(area)) !== undefined,
  );
  return names
    .map((name) => shown.row({ area: name, service: scope.service }, name, name, unit, true))
    .sort(largestFirst(unit === 'hour' && scope.service ? 'hours' : 'people'));
}

function servicesOf({ area, service }: MarketScope, { supply, waits }: MarketFigures, shown: Disclosure): SupplyRow[] {
  return serviceGroups
    .filter(({ id }) => (!service || id === service) && (supply.at(area, id) ?? waits.at(area, id)) !== undefined)
    .map(({ id, label, unit }) => shown.row({ area, service: id }, id, label, unit, false))
    .sort(largestFirst('people'));
}

const totalOf = (scope: Part, unit: MarketUnit, shown: Disclosure): SupplyRow =>
  shown.row(scope, 'all', 'All', unit, true);

/** Largest first; hidden figures and those of nobody last; then by name, so that the order tells nothing more. */
const largestFirst = (measure: 'people' | 'hours') => (a: SupplyRow, b: SupplyRow) =>
  size(b[measure]) - size(a[measure]) || a.name.localeCompare(b.name, 'en-GB');
const size = (shown: Shown): number => (typeof shown === 'number' ? shown : 0);

/** Key figures of a service are about how it is bought; those of all services stand side by side. */
function keyFiguresOf(
  scope: MarketScope,
  unit: MarketUnit,
  shown: Disclosure,
  before: Disclosure,
  knownNow: Disclosure | undefined,
): KeyFigure[] {
  const kinds: readonly KeyFigureKind[] = !scope.service
    ? ['people', 'hours', 'beds', 'cost', 'price', 'wait']
    : {
        hour: ['people', 'hours', 'cost', 'price', 'wait', 'unpriced'] as const,
        bed: ['beds', 'cost', 'price', 'wait', 'unpriced'] as const,
        package: ['people', 'cost', 'price', 'wait', 'unpriced'] as const,
      }[unit];
  const [now, then] = [totalOf(scope, unit, shown), totalOf(scope, unit, before)];
  const later = knownNow && totalOf(scope, unit, knownNow);
  return kinds.map((kind) => {
    const value = figureOf(now, kind);
    const known = later && figureOf(later, kind);
    return {
      kind,
      value,
      before: figureOf(then, kind),
      ...(known !== undefined && known !== value && { knownNow: known }),
    };
  });
}

function figureOf(row: SupplyRow, kind: KeyFigureKind): Shown {
  return {
    people: row.people,
    hours: row.hours,
    beds: row.beds,
    cost: row.weeklyPence,
    price: row.typicalPence,
    wait: row.typicalWaitDays,
    unpriced: row.unpriced,
    waiting: row.waiting,
  }[kind];
}

function shownPrices({ unit, spread, bands }: Prices, hidden: boolean): ShownPrices {
  const people = hidden ? '*' : suppress(spread?.people ?? 0);
  const shownPrice = (value: number | undefined): Shown =>
    value === undefined ? null : people === '*' ? '*' : priceToShow(value, unit);
  const tenths = spread && (people === '*' || tellsTenths(spread)) ? spread : undefined;
  const shown = suppressTable(bands.map((band) => [band.people])).rows;
  return {
    unit,
    people,
    lowestTenth: shownPrice(tenths?.lowestTenth),
    typical: shownPrice(spread?.typical),
    highestTenth: shownPrice(tenths?.highestTenth),
    // The scale itself would tell the price of so few.
    bands: people === '*' ? [] : bands.map((band, index) => ({ ...band, people: shown[index]?.[0] ?? 0 })),
  };
}

/** A part of the market can be so small that its events count its people: to the nearest 5, and no fewer where any are. */
function shownSources({ service, area }: MarketScope, sources: MarketSources): MarketSources {
  if (!service && !area) return sources;
  const about = (events: number) => (events ? Math.max(5, Math.round(events / 5) * 5) : 0);
  const rounded = (source: Source): Source => ({ ...source, events: about(source.events) });
  return {
    packages: rounded(sources.packages),
    requests: rounded(sources.requests),
    deaths: rounded(sources.deaths),
    later: about(sources.later),
  };
}
