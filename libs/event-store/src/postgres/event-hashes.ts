import type { Tenant } from '@caretrail/kernel';
import type { Pool } from 'pg';

const POSITION_BYTES = 8;
const HASH_BYTES = 32;
const ENTRY_BYTES = POSITION_BYTES + HASH_BYTES;

/** Positions and hashes of events that follow one another, in order of position. */
export interface EventHashes {
  readonly events: number;
  /** The first position whose event was stored without a hash; then none of them is given. */
  readonly bare?: bigint;
  readonly positionOf: (index: number) => bigint;
  /** 32 bytes. */
  readonly hashOf: (index: number) => Uint8Array;
}

/** The hashes of the next so many events of a council, as they are stored. */
export async function eventHashes(pool: Pool, tenant: Tenant, after: bigint, limit: number): Promise<EventHashes> {
  const { rows } = await pool.query<{ hashes: Buffer | null; events: number; bare: string | null }>({
    name: 'event_hashes',
    text: 'select hashes, events, bare::text from event_hashes($1, $2, $3)',
    values: [tenant, after.toString(), limit],
  });
  const { hashes, events, bare } = rows[0]!;
  const bytes = hashes ?? Buffer.alloc(0);
  return {
    events,
    ...(bare !== null && { bare: BigInt(bare) }),
    positionOf: (index) => bytes.readBigInt64BE(index * ENTRY_BYTES),
    hashOf: (index) => bytes.subarray(index * ENTRY_BYTES + POSITION_BYTES, (index + 1) * ENTRY_BYTES),
  };
}
