import type { StoredEvent } from '@caretrail/kernel';
import type { Projection, ProjectionTransaction } from '@caretrail/projections';
import { markedTypes, markOf } from './marks.js';

const insert = `
  insert into signposting_mark (tenant, person_id, fact, position, kind, effective_on, known_from, service, service_id, assessment_id)
  select $1, person_id, fact, position, kind, effective_on, known_from, service, service_id, assessment_id
  from jsonb_to_recordset($2::jsonb) as mark (person_id uuid, fact uuid, position bigint, kind text, effective_on date,
    known_from date, service text, service_id uuid, assessment_id uuid)`;

// What was told of a fact holds until it is told anew, in the order of knowing, which need not be that of recording.
const retell = `
  update signposting_mark mark set known_to = anew.known_to
  from (
    select person_id, fact, position,
      coalesce(lead(known_from) over (partition by person_id, fact order by known_from, position), 'infinity') as known_to
    from signposting_mark where tenant = $1 and (person_id, fact) in (
      select person_id, fact from jsonb_to_recordset($2::jsonb) as touched (person_id uuid, fact uuid))
  ) anew
  where mark.tenant = $1 and mark.person_id = anew.person_id and mark.fact = anew.fact
    and mark.position = anew.position and mark.known_to <> anew.known_to`;

/** Who was signposted where, and who came to the council when. Ids, days and names of services; nothing personal. */
export const signpostingProjection: Projection = {
  name: 'signposting',
  version: 1,
  tables: ['signposting_mark'],
  types: markedTypes,

  async apply(events: readonly StoredEvent[], { tenant, query }: ProjectionTransaction): Promise<void> {
    if (!events.length) return;
    const marks = JSON.stringify(
      events.map((event) => {
        const { personId, fact, kind, on, service, serviceId, assessmentId } = markOf(event);
        return {
          person_id: personId,
          fact,
          position: event.position.toString(),
          kind,
          effective_on: on,
          known_from: event.knownOn,
          service,
          service_id: serviceId,
          assessment_id: assessmentId,
        };
      }),
    );
    await query(insert, [tenant, marks]);
    await query(retell, [tenant, marks]);
  },
};
