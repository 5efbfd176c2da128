import { detailsCorrected, personRegistered } from '@caretrail/people/contracts';
import type { StoredEvent } from '@caretrail/kernel';
import type { ProjectionTransaction } from '@caretrail/projections';

export const personEventTypes: readonly string[] = [personRegistered.type, detailsCorrected.type];

/** Takes from the people's events of a batch the postcode sector, the one thing about a person that is kept here. */
export async function applyPeople(events: readonly StoredEvent[], transaction: ProjectionTransaction): Promise<void> {
  const rows = events.filter((event) => personEventTypes.includes(event.type)).map(rowOf);
  if (rows.length) await transaction.query(takeIn, [transaction.tenant, JSON.stringify(rows)]);
}

function rowOf(event: StoredEvent) {
  const { personId, details } = event.data as { personId: string; details: { postcodeSector?: string } };
  return {
    person_id: personId,
    position: event.position.toString(),
    effective_on: event.metadata.effectiveOn,
    known_from: event.knownOn,
    postcode_sector: details.postcodeSector,
  };
}

const takeIn = `
  with incoming as (
    select * from jsonb_to_recordset($2::jsonb) as row (
      person_id uuid, position bigint, effective_on date, known_from date, postcode_sector text)
  ), fact as (
    select * from incoming
    union all
    select person_id, position, effective_on, known_from, postcode_sector
      from market_person
     where tenant = $1 and person_id in (select person_id from incoming)
  )
  insert into market_person as standing (
    tenant, person_id, position, effective_on, known_from, known_to, postcode_sector)
  select $1, person_id, position, effective_on, known_from,
         lead(known_from, 1, 'infinity') over (partition by person_id order by known_from, position), postcode_sector
    from fact
  on conflict (tenant, person_id, known_from, position) do update set known_to = excluded.known_to
  where standing.known_to is distinct from excluded.known_to`;
