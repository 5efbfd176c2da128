import { contextOf, type EventCatalogue, type StoredEvent } from '@caretrail/kernel';
import type { Projection, ProjectionTransaction } from '@caretrail/projections';

/**
 * Every event in the chronology of everyone whom it is about, as its definition says. Takes all types, also those that
 * a context publishes tomorrow.
 */
export class SafeguardingChronologyProjection implements Projection {
  readonly name = 'safeguarding-chronology';
  readonly version = 2;
  readonly tables = ['chronology_entry'];
  readonly keysAreIndependent = true;

  constructor(private readonly catalogue: EventCatalogue) {}

  async apply(events: readonly StoredEvent[], { tenant, query }: ProjectionTransaction): Promise<void> {
    const rows = events.flatMap((event) => this.rowsOf(event));
    if (!rows.length) return;
    await query(
      `insert into chronology_entry (tenant, person_id, position, event_id, type, context, stream, effective_on, known_on,
         recorded_at, actor_id, actor_role, process, source, authority, decision, need_to_know, corrects)
       select $1, person_id, position, event_id, type, context, stream, effective_on, known_on,
         recorded_at, actor_id, actor_role, process, source, authority, decision, need_to_know, corrects
       from jsonb_to_recordset($2::jsonb) as entry (person_id uuid, position bigint, event_id uuid, type text,
         context text, stream text, effective_on date, known_on date, recorded_at timestamptz, actor_id text,
         actor_role text, process text, source text, authority text, decision boolean, need_to_know boolean, corrects uuid)`,
      [tenant, JSON.stringify(rows)],
    );
  }

  private rowsOf(event: StoredEvent) {
    const definition = this.catalogue.get(event.type);
    const { metadata } = event;
    return [...new Set(definition.people(event.data))].map((person_id) => ({
      person_id,
      position: event.position.toString(),
      event_id: event.id,
      type: event.type,
      context: contextOf(event.type),
      stream: event.stream,
      effective_on: metadata.effectiveOn,
      known_on: event.knownOn,
      recorded_at: event.recordedAt,
      actor_id: metadata.actorId,
      actor_role: metadata.actorRole,
      process: metadata.process,
      source: metadata.source,
      authority: metadata.legalBasis ?? definition.authority,
      decision: definition.decision,
      need_to_know: definition.needToKnow(event.data),
      corrects: metadata.corrects,
    }));
  }
}
