import type { StoredEvent } from '@caretrail/kernel';
import type { Projection, ProjectionTransaction } from '@caretrail/projections';
import { caseEventTypes, factsOf } from './case-facts.js';

const insert = `
  insert into case_fact (
    tenant, kind, fact_id, position, person_id, parent_id, effective_from, known_from, withdrawn, eligible, returned,
    cost_pence, person_pays_pence, council_pays_pence, needs, said, event_id, recorded_at, actor_id, actor_role, actor_team
  )
  select $1, kind, fact_id, position, person_id, parent_id, effective_from, known_from, withdrawn, eligible, returned,
    cost_pence, person_pays_pence, council_pays_pence, needs, said, event_id, recorded_at, actor_id, actor_role, actor_team
  from jsonb_to_recordset($2::jsonb) as fact (
    kind text, fact_id uuid, position bigint, person_id uuid, parent_id uuid, effective_from date, known_from date,
    withdrawn boolean, eligible boolean, returned boolean, cost_pence integer, person_pays_pence integer,
    council_pays_pence integer, needs integer, said text, event_id uuid, recorded_at timestamptz,
    actor_id text, actor_role text, actor_team text
  )`;

// A version stands until another of the same fact became known, in the order of knowing, which need not be the order
// of recording. Two of one day: the later recorded one counts, and the other stands for no day.
const supersede = `
  update case_fact fact set known_to = next.known_to
  from (
    select kind, fact_id, position,
      coalesce(lead(known_from) over (partition by kind, fact_id order by known_from, position), 'infinity') as known_to
    from case_fact
    where tenant = $1 and (kind, fact_id) in (
      select distinct kind, fact_id from jsonb_to_recordset($2::jsonb) as touched (kind text, fact_id uuid)
    )
  ) next
  where fact.tenant = $1 and fact.kind = next.kind and fact.fact_id = next.fact_id and fact.position = next.position
    and fact.known_to <> next.known_to`;

/** Where each person's case stands, for any pair of days. Holds ids, days, amounts and coded values; nothing personal. */
export const casesProjection: Projection = {
  name: 'cases',
  version: 6,
  tables: ['case_fact'],
  keysAreIndependent: true,
  types: caseEventTypes,

  async apply(events: readonly StoredEvent[], transaction: ProjectionTransaction): Promise<void> {
    const facts = events.flatMap((event) =>
      factsOf(event).map((fact) => ({
        ...fact,
        position: event.position.toString(),
        known_from: event.knownOn,
        event_id: event.id,
        recorded_at: event.recordedAt,
        actor_id: event.metadata.actorId,
        actor_role: event.metadata.actorRole,
        actor_team: event.metadata.actorTeam,
      })),
    );
    const parameters = [transaction.tenant, JSON.stringify(facts)];
    await transaction.query(insert, parameters);
    await transaction.query(supersede, parameters);
  },
};
