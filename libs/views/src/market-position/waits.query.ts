import type { ProjectionTransaction } from '@caretrail/projections';
import { area, deaths, homes, parametersOf, type PlacedScope } from './as-of-sql.js';
import { Cube } from './cube.js';
import { type MarketFigures, type Waits, waitBands } from './market-figures.js';
import type { ServiceGroupId } from './service-group.js';

/**
 * Each request that counts, with the person's next start of a service on or after the day of asking. A request counts
 * unless it ended, by the day, in a way after which no new service follows (see `leadsNowhere`). No service starts after
 * the person's death, and from the day after it nobody waits.
 */
const answered = `
  answered as materialized (
    select request.person_id, request.requested_on, died_on, ${area} as area,
           (select min(effective_from) from market_service service
             where service.tenant = $1 and stands and service.person_id = request.person_id
               and effective_from >= request.requested_on and effective_from <= least($2::date, died_on)
               and effective_to > effective_from and service.known_from <= $3 and service.known_to > $3) as started_on
      from market_request request left join home using (person_id) left join death using (person_id)
     where request.tenant = $1 and stands and requested_on <= $2 and request.known_from <= $3 and request.known_to > $3
       and not (leads_nowhere and coalesce(concluded_on, requested_on) <= $2)
  )`;

/** One wait for each start, from the first request that it answers; and the service or services that it was. */
const waits = `
  wait as (
    select person_id, area, started_on, (started_on - min(requested_on))::int as days
      from answered where started_on > ($2::date - interval '12 months') group by person_id, area, started_on
  ), served as materialized (
    select distinct wait.*, service.service
      from wait join market_service service using (person_id)
     where service.tenant = $1 and stands and effective_from = started_on and effective_to > effective_from
       and known_from <= $3 and known_to > $3
  )`;

const bandBounds = waitBands.flatMap((band) => ('upTo' in band ? [band.upTo + 1] : []));
const measures = `
  count(distinct person_id)::int as people, percentile_cont(0.5) within group (order by days) as typical,
  ${waitBands
    .map((_, band) => `count(distinct person_id) filter (where band = ${band})::int as band_${band}`)
    .join(', ')}`;
const banded = (source: string) =>
  `(select *, width_bucket(days, array[${bandBounds.join(', ')}]) as band from ${source}) banded`;

const question = `
  with ${homes}, ${deaths}, ${answered}, ${waits}
  select 'waited' as cut, case when grouping(area) = 0 then area end as area, null as service, ${measures}
    from ${banded('wait')} group by grouping sets ((area), ())
  union all
  select 'waited', case when grouping(area) = 0 then area end, service, ${measures}
    from ${banded('served')} group by grouping sets ((area, service), (service))
  union all
  select 'waiting', case when grouping(area) = 0 then area end, null, count(distinct person_id)::int, null,
         ${waitBands.map(() => 'null').join(', ')}
    from answered where started_on is null and (died_on is null or died_on >= $2) group by grouping sets ((area), ())`;

type WaitRow = {
  readonly cut: 'waited' | 'waiting';
  /** Null for all together. */
  readonly area: string | null;
  readonly service: ServiceGroupId | null;
  readonly people: number;
  readonly typical: number | null;
} & Readonly<Record<`band_${number}`, number | null>>;

/**
 * How long people waited, by area and by service, and how many wait still. A request does not say for which service, so
 * that those who wait are counted for all services together.
 */
export async function readWaits(
  transaction: Pick<ProjectionTransaction, 'query'>,
  scope: PlacedScope,
): Promise<Pick<MarketFigures, 'waits' | 'waiting'>> {
  const waits = new Cube<Waits>();
  const waiting = new Cube<number>();
  for (const row of await transaction.query<WaitRow>(question, parametersOf(scope))) {
    if (!row.people) continue;
    if (row.cut === 'waited') waits.set(row.area ?? undefined, row.service ?? undefined, waitsOf(row));
    else waiting.set(row.area ?? undefined, undefined, row.people);
  }
  return { waits, waiting };
}

const waitsOf = (row: WaitRow): Waits => ({
  people: row.people,
  ...(row.typical !== null && { typicalDays: Math.round(row.typical) }),
  bands: waitBands.map((_, band) => row[`band_${band}`] ?? 0),
});
