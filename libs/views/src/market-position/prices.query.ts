import type { ProjectionTransaction } from '@caretrail/projections';
import { deaths, homes, narrowedParametersOf, open, type PlacedScope } from './as-of-sql.js';
import type { PriceBand, Prices } from './market-figures.js';
import { findServiceGroup } from './service-group.js';
import { spreadOf } from './supply.query.js';

const COLUMNS_AT_MOST = 12;
/** Widths of a column that a reader can count with, in pence. */
const WIDTHS = [25, 50, 100, 200, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000];

const asked = '($5::text is null or service = $5) and ($6::text is null or area = $6)';

/**
 * How the unit prices of the open packages lie: by the hour for services that are bought by the hour and for all
 * services together, by the week for the others.
 */
export async function readPrices(
  transaction: Pick<ProjectionTransaction, 'query'>,
  scope: PlacedScope,
): Promise<Prices> {
  const group = scope.service && findServiceGroup(scope.service);
  const unit = !group || group.unit === 'hour' ? 'hour' : 'week';
  const price = unit === 'hour' ? 'hourly_pence' : 'weekly_pence';
  const parameters = narrowedParametersOf(scope);
  const [row] = await transaction.query<{ people: number; spread: number[] | null; edges: number[] | null }>(
    `with ${homes}, ${deaths}, ${open}
     select count(distinct person_id)::int as people,
            percentile_cont(array[0.1, 0.5, 0.9]) within group (order by ${price}) as spread,
            percentile_cont(array[0.02, 0.98]) within group (order by ${price}) as edges
       from open where ${price} is not null and ${asked}`,
    parameters,
  );
  const spread = row && spreadOf(row.people, row.spread);
  const [low, high] = row?.edges ?? [];
  if (!spread || low == null || high == null) return { unit, bands: [] };
  const bins = binsOf(low, high);
  const counted = await transaction.query<{ column: number; people: number }>(
    `with ${homes}, ${deaths}, ${open}
     select greatest($7::int, least($8::int, floor(${price} / $9::numeric)))::int as column,
            count(distinct person_id)::int as people
       from open where ${price} is not null and ${asked} group by 1`,
    [...parameters, bins.first, bins.last, bins.width],
  );
  const people = new Map(counted.map((each) => [each.column, each.people]));
  return { unit, spread, bands: bandsOf(bins, people) };
}

interface Bins {
  readonly first: number;
  readonly last: number;
  readonly width: number;
}

/** Columns of equal, round width from `low` to `high`, at most twelve. */
export function binsOf(low: number, high: number): Bins {
  const fits = (width: number) => Math.floor(high / width) - Math.floor(low / width) < COLUMNS_AT_MOST;
  const width = WIDTHS.find(fits) ?? Math.ceil((high - low) / (COLUMNS_AT_MOST - 1));
  return { first: Math.floor(low / width), last: Math.floor(high / width), width };
}

function bandsOf({ first, last, width }: Bins, people: ReadonlyMap<number, number>): PriceBand[] {
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const column = first + index;
    return {
      ...(column > first && { from: column * width }),
      ...(column < last && { to: (column + 1) * width }),
      people: people.get(column) ?? 0,
    };
  });
}
