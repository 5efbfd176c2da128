import { type DeathRecordedData, deathRecorded } from '@caretrail/people/contracts';
import type { StoredEvent } from '@caretrail/kernel';
import type { ProjectionTransaction } from '@caretrail/projections';

export const deathEventTypes: readonly string[] = [deathRecorded.type];

/**
 * Takes the deaths of a batch into `market_death`: one row for each telling, which stands from its known day until a
 * later telling puts the day right. Packages and requests keep their days as told: what a death ends is worked out when
 * they are read, so that it holds for those that are told after it too.
 */
export async function applyDeaths(events: readonly StoredEvent[], transaction: ProjectionTransaction): Promise<void> {
  const rows = events.filter((event) => deathEventTypes.includes(event.type)).map(rowOf);
  if (rows.length) await transaction.query(takeIn, [transaction.tenant, JSON.stringify(rows)]);
}

function rowOf(event: StoredEvent) {
  const { personId, diedOn } = event.data as DeathRecordedData;
  return {
    person_id: personId,
    position: event.position.toString(),
    known_from: event.knownOn,
    died_on: diedOn,
  };
}

const takeIn = `
  with incoming as (
    select * from jsonb_to_recordset($2::jsonb) as row (person_id uuid, position bigint, known_from date, died_on date)
  ), fact as (
    select * from incoming
    union all
    select person_id, position, known_from, died_on from market_death
     where tenant = $1 and person_id in (select person_id from incoming)
  )
  insert into market_death as standing (tenant, person_id, position, known_from, known_to, died_on)
  select $1, person_id, position, known_from,
         lead(known_from, 1, 'infinity') over (partition by person_id order by known_from, position), died_on
    from fact
  on conflict (tenant, person_id, known_from, position) do update set known_to = excluded.known_to
  where standing.known_to is distinct from excluded.known_to`;
