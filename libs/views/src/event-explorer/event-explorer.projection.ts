import { type EventCatalogue, type StoredEvent, contextOf } from '@caretrail/kernel';
import type { Projection, ProjectionTransaction } from '@caretrail/projections';

const RECORD_LENGTH = 8;

/** What the explorer finds a person by: the start of the id, as in `P-4471c0de`. */
export const recordOf = (personId: string): string => personId.slice(0, RECORD_LENGTH);

/** Every event's envelope, so that it can be filtered and followed without opening what is in it. */
export class EventExplorerProjection implements Projection {
  readonly name = 'event-explorer';
  readonly version = 2;
  readonly tables = ['explored_event'];
  readonly keysAreIndependent = true;

  constructor(private readonly catalogue: EventCatalogue) {}

  async apply(events: readonly StoredEvent[], transaction: ProjectionTransaction): Promise<void> {
    const rows = events.map((event) => this.rowOf(event));
    await transaction.query(
      `insert into explored_event
       select $1, r.* from json_to_recordset($2::json) as r(
         position bigint, event_id uuid, type text, context text, stream text, version int, actor_id text,
         actor_role text, process text, correlation_id text, causation_id text, effective_on date, known_on date,
         recorded_at timestamptz, corrects uuid, decision boolean, need_to_know boolean, records text[])`,
      [transaction.tenant, JSON.stringify(rows)],
    );
  }

  private rowOf(event: StoredEvent) {
    const definition = this.catalogue.get(event.type);
    const { metadata } = event;
    return {
      position: event.position.toString(),
      event_id: event.id,
      type: event.type,
      context: contextOf(event.type),
      stream: event.stream,
      version: event.version,
      actor_id: metadata.actorId,
      actor_role: metadata.actorRole,
      process: metadata.process,
      correlation_id: metadata.correlationId,
      causation_id: metadata.causationId,
      effective_on: metadata.effectiveOn,
      known_on: event.knownOn,
      recorded_at: event.recordedAt,
      corrects: metadata.corrects,
      decision: definition.decision,
      need_to_know: definition.needToKnow(event.data),
      records: definition.people(event.data).map(recordOf),
    };
  }
}
