import type { Tenant } from '@caretrail/kernel';
import type { Pool } from 'pg';
import { eventHash } from '../hashing/event-hash.js';
import { COLUMNS, type EventRow, toEvent } from './event-row.js';

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
 * Reads every event of a council, hashes it again and compares. An event that is gone, or one that was added with a right
 * hash, cannot be told from the rows alone.
 * @param onPage told after each page that was compared
 */
export async function* alteredEvents(
  pool: Pool,
  tenant: Tenant,
  onPage?: (compared: Compared) => void,
): AsyncGenerator<AlteredEvent, void, undefined> {
  let events = 0;
  for (let after = '0'; ;) {
    const { rows } = await pool.query<HashedRow>(
      `select ${COLUMNS}, encode(hash, 'hex') as hash, to_char(effective_on, 'YYYY-MM-DD') as effective_on,
         extract(microseconds from recorded_at)::int % 1000 as microseconds
       from events_hashed($1, $2, $3)`,
      [tenant, after, PAGE],
    );
    for (const row of rows) {
      const what = row.hash === null ? 'without a hash' : isAsStored(row, tenant) ? undefined : 'altered';
      const { id, stream, version } = row;
      if (what) yield { position: BigInt(row.position), id, stream, version, what };
    }
    after = rows.at(-1)?.position ?? after;
    events += rows.length;
    onPage?.({ events, position: BigInt(after) });
    if (rows.length < PAGE) return;
  }
}

/** The day is a copy of what the metadata says, and so beside the hash. */
function isAsStored(row: HashedRow, tenant: Tenant): boolean {
  const event = toEvent(tenant, row);
  return row.microseconds === 0 && row.effective_on === event.metadata.effectiveOn && row.hash === eventHash(event);
}
