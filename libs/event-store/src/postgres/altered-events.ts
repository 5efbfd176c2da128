import type { Tenant } from '@caretrail/kernel';
import type { Pool } from 'pg';
import { eventHash } from '../hashing/event-hash.js';
import { COLUMNS, type EventRow, toEvent } from './event-row.js';

/** An event whose hash was computed again from what its row says now. */
export interface CheckedEvent {
  readonly position: bigint;
  readonly id: string;
  readonly stream: string;
  readonly version: number;
  readonly type: string;
  /** As computed again (`eventHash`), in hexadecimal. */
  readonly hash: string;
  /** There where it is not as it was stored, or nobody can tell. */
  readonly what?: 'altered' | 'without a hash';
}

/** An event that is not as it was stored, or of which nobody can tell. */
export interface AlteredEvent {
  readonly position: bigint;
  readonly id: string;
  readonly stream: string;
  readonly version: number;
  readonly what: 'altered' | 'without a hash';
}

interface HashedRow extends EventRow {
  readonly hash: string | null;
  readonly effective_on: string;
  /** What is left of the moment below a millisecond, which the store never writes. */
  readonly microseconds: number;
}

/** How far a comparison has come: events that were hashed again, and the position of the last of them. */
export interface Compared {
  readonly events: number;
  readonly position: bigint;
}

const PAGE = 2_000;

/**
 * Reads every event of a council and hashes it again, in pages in order of position. An event that is gone, or one that was
 * added with a right hash, cannot be told from the rows alone.
 */
export async function* checkedEvents(
  pool: Pool,
  tenant: Tenant,
): AsyncGenerator<readonly CheckedEvent[], void, undefined> {
  for (let after = '0'; ;) {
    const { rows } = await pool.query<HashedRow>(
      `select ${COLUMNS}, encode(hash, 'hex') as hash, to_char(effective_on, 'YYYY-MM-DD') as effective_on,
         extract(microseconds from recorded_at)::int % 1000 as microseconds
       from events_hashed($1, $2, $3)`,
      [tenant, after, PAGE],
    );
    yield rows.map((row) => checked(row, tenant));
    after = rows.at(-1)?.position ?? after;
    if (rows.length < PAGE) return;
  }
}

/**
 * Those that are not as they were stored.
 * @param onPage told after each page that was compared
 */
export async function* alteredEvents(
  pool: Pool,
  tenant: Tenant,
  onPage?: (compared: Compared) => void,
): AsyncGenerator<AlteredEvent, void, undefined> {
  let compared: Compared = { events: 0, position: 0n };
  for await (const page of checkedEvents(pool, tenant)) {
    for (const { position, id, stream, version, what } of page) if (what) yield { position, id, stream, version, what };
    compared = { events: compared.events + page.length, position: page.at(-1)?.position ?? compared.position };
    onPage?.(compared);
  }
}

/** The day is a copy of what the metadata says, and so beside the hash. */
function checked(row: HashedRow, tenant: Tenant): CheckedEvent {
  const event = toEvent(tenant, row);
  const hash = eventHash(event);
  const isAsStored = row.microseconds === 0 && row.effective_on === event.metadata.effectiveOn && row.hash === hash;
  const what = row.hash === null ? 'without a hash' : isAsStored ? undefined : 'altered';
  const { position, id, stream, version, type } = event;
  return { position, id, stream, version, type, hash, ...(what && { what }) };
}
