import type { ProjectionTransaction } from '@caretrail/projections';
import { deaths, homes, open, parametersOf, type PlacedScope } from './as-of-sql.js';
import { Cube } from './cube.js';
import type { PriceSpread, Supply } from './market-figures.js';
import type { ServiceGroupId } from './service-group.js';

interface SupplyRow {
  readonly area: string | null;
  readonly service: ServiceGroupId | null;
  readonly people: number;
  readonly packages: number;
  readonly hours: number;
  readonly beds: number;
  readonly most_hours: number;
  readonly weekly_pence: string;
  readonly most_pence: string;
  readonly unpriced: number;
  readonly hourly_people: number;
  readonly hourly: number[] | null;
  readonly weekly_people: number;
  readonly weekly: number[] | null;
}

/** `of_person` counts all that a person has; `of_part` what they have of one service. */
const question = `
  with ${homes}, ${deaths}, ${open}, weighed as (
    select open.*, sum(weekly_hours) over person as hours_of_person, sum(weekly_pence) over person as pence_of_person,
           sum(weekly_hours) over part as hours_of_part, sum(weekly_pence) over part as pence_of_part
      from open window person as (partition by person_id), part as (partition by person_id, service)
  )
  select case when grouping(area) = 0 then area end as area,
         case when grouping(service) = 0 then service end as service,
         count(distinct person_id)::int as people, count(*)::int as packages,
         coalesce(sum(weekly_hours), 0)::float8 as hours,
         coalesce(case grouping(service) when 0 then max(hours_of_part) else max(hours_of_person) end, 0)::float8
           as most_hours,
         count(distinct person_id) filter (where service in ('residential', 'nursing'))::int as beds,
         coalesce(sum(weekly_pence), 0)::text as weekly_pence,
         coalesce(case grouping(service) when 0 then max(pence_of_part) else max(pence_of_person) end, 0)::text
           as most_pence,
         count(*) filter (where weekly_pence is null)::int as unpriced,
         count(distinct person_id) filter (where hourly_pence is not null)::int as hourly_people,
         percentile_cont(array[0.1, 0.5, 0.9]) within group (order by hourly_pence) as hourly,
         count(distinct person_id) filter (where weekly_pence is not null)::int as weekly_people,
         percentile_cont(array[0.1, 0.5, 0.9]) within group (order by weekly_pence) as weekly
    from weighed group by cube (area, service)`;

/**
 * What is open on the day, of every area and service, whichever the scope asks for: what may be shown of a part is
 * decided on the whole.
 */
export async function readSupply(
  transaction: Pick<ProjectionTransaction, 'query'>,
  scope: PlacedScope,
): Promise<Cube<Supply>> {
  const cube = new Cube<Supply>();
  for (const row of await transaction.query<SupplyRow>(question, parametersOf(scope)))
    if (row.packages) cube.set(row.area ?? undefined, row.service ?? undefined, supplyOf(row));
  return cube;
}

function supplyOf(row: SupplyRow): Supply {
  const { people, packages, hours, beds, unpriced } = row;
  const hourly = spreadOf(row.hourly_people, row.hourly);
  const weekly = spreadOf(row.weekly_people, row.weekly);
  return {
    people,
    packages,
    hours,
    mostHours: row.most_hours,
    beds,
    weeklyPence: Number(row.weekly_pence),
    mostPence: Number(row.most_pence),
    unpriced,
    ...(hourly && { hourly }),
    ...(weekly && { weekly }),
  };
}

/** A spread from the three percentiles; undefined where nothing has a price. */
export function spreadOf(people: number, percentiles: readonly (number | null)[] | null): PriceSpread | undefined {
  const [lowestTenth, typical, highestTenth] = percentiles ?? [];
  if (!people || lowestTenth == null || typical == null || highestTenth == null) return undefined;
  return {
    people,
    lowestTenth: Math.round(lowestTenth),
    typical: Math.round(typical),
    highestTenth: Math.round(highestTenth),
  };
}
