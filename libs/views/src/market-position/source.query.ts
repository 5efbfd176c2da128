import type { ProjectionTransaction } from '@caretrail/projections';
import { area, homes, narrowedParametersOf, type PlacedScope } from './as-of-sql.js';
import type { Source } from './market-figures.js';

export interface MarketSources {
  /** Events of packages, of the service and area asked for. */
  readonly packages: Source;
  /** Events of requests, of the area asked for. */
  readonly requests: Source;
  /** Deaths, of people in the area and with the service asked for. */
  readonly deaths: Source;
  /** Events of this view that became known after the day asked for. */
  readonly later: number;
}

const question = `
  with ${homes}, event as (
    select 'packages' as about, position, known_from, person_id from market_service
     where tenant = $1 and effective_on <= $2 and ($5::text is null or service = $5)
    union all
    select 'requests', position, known_from, person_id from market_request where tenant = $1 and effective_on <= $2
    union all
    select 'deaths', position, known_from, person_id from market_death
     where tenant = $1 and died_on <= $2 and ($5::text is null or person_id in (
       select person_id from market_service where tenant = $1 and service = $5))
  )
  select about, count(*) filter (where event.known_from <= $3)::int as events,
         coalesce(max(position) filter (where event.known_from <= $3), 0)::text as position,
         count(*) filter (where event.known_from > $3)::int as later
    from event left join home using (person_id)
   where ($6::text is null or ${area} = $6)
   group by about`;

/** From which events the figures of a scope are made, and how many were learnt too late to be among them. */
export async function readSources(
  transaction: Pick<ProjectionTransaction, 'query'>,
  scope: PlacedScope,
): Promise<MarketSources> {
  const rows = await transaction.query<{ about: string; events: number; position: string; later: number }>(
    question,
    narrowedParametersOf(scope),
  );
  const source = (about: string): Source => {
    const row = rows.find((each) => each.about === about);
    return { events: row?.events ?? 0, position: BigInt(row?.position ?? 0) };
  };
  return {
    packages: source('packages'),
    requests: source('requests'),
    deaths: source('deaths'),
    later: rows.reduce((sum, row) => sum + row.later, 0),
  };
}
