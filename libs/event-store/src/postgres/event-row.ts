import type { Instant, PlainDate, StoredEvent, Tenant } from '@caretrail/kernel';

export interface EventRow {
  readonly id: string;
  readonly stream: string;
  readonly version: number;
  readonly position: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
  readonly recorded_at: Instant;
  readonly known_on: PlainDate;
}

/** Everything as text, so that neither driver nor settings of the session come between. */
export const COLUMNS = `id::text, stream, version, position::text, type, data::text, metadata::text,
  to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as recorded_at,
  to_char(known_on, 'YYYY-MM-DD') as known_on`;

export const toEvent = (tenant: Tenant, row: EventRow): StoredEvent => ({
  id: row.id,
  type: row.type,
  data: JSON.parse(row.data) as unknown,
  metadata: JSON.parse(row.metadata) as StoredEvent['metadata'],
  tenant,
  stream: row.stream,
  version: row.version,
  position: BigInt(row.position),
  recordedAt: row.recorded_at,
  knownOn: row.known_on,
});
