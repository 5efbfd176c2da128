import type { Instant, Tenant } from '@caretrail/kernel';
import type { Asking, Database } from '@caretrail/platform';
import type { SignedCheckpoint } from '../checkpoint/checkpoint.js';
import { VerifierKey } from '../checkpoint/signed-note.js';
import { consistencyLeaves, inclusionLeaves, type Proof, proofOver, same, subtreesUnder } from '../merkle/proofs.js';
import { Frontier, type Leaves, type Subtree, subtreesOf } from '../merkle/tree.js';
import { CHUNK_LEVEL, hashWithin, LEAVES_IN_A_CHUNK, leavesIn, type SealedLeaves } from './chunks.js';

/** A checkpoint as it is stored; the note is what was signed, the rest a copy of it. */
export interface StoredCheckpoint extends SignedCheckpoint {
  /** Counted for each council, from 1. */
  readonly number: number;
}

export interface StoredKey {
  readonly key: VerifierKey;
  readonly since: Instant;
}

interface CheckpointRow {
  readonly number: string;
  readonly size: string;
  readonly root: Buffer;
  readonly position: string;
  readonly epoch: string;
  readonly sealed_at: Date;
  readonly key_id: string;
  readonly note: string;
}

interface LeavesRow {
  readonly start: string;
  readonly leaves: Buffer;
  readonly position: string;
}

const CHECKPOINT = 'number, size, root, position, epoch, sealed_at, key_id, note';
const PAGE = 500;

/** What was sealed of each council's history, as it stands in the database. Nothing here is trusted: see `verifyHistory`. */
export class SealedHistory {
  constructor(private readonly database: Database) {}

  /** The newest checkpoint; undefined where nothing was sealed yet. */
  async newest(tenant: Tenant): Promise<StoredCheckpoint | undefined> {
    const [newest] = await this.latest(tenant, 1);
    return newest;
  }

  /** The newest checkpoints first; those with a lower number where one is given. */
  async latest(tenant: Tenant, limit: number, below?: number): Promise<readonly StoredCheckpoint[]> {
    return this.checkpoints(
      tenant,
      `select ${CHECKPOINT} from sealed_checkpoint where tenant = $1 and ($3::bigint is null or number < $3) order by number desc limit $2`,
      [limit, below ?? null],
    );
  }

  /** The checkpoint with this number. */
  async checkpoint(tenant: Tenant, number: number): Promise<StoredCheckpoint | undefined> {
    const [found] = await this.latest(tenant, 1, number + 1);
    return found?.number === number ? found : undefined;
  }

  /** Every checkpoint in the order in which they were made. */
  async *everyCheckpoint(tenant: Tenant): AsyncGenerator<StoredCheckpoint, void, undefined> {
    for (let after = -1; ;) {
      const page = await this.checkpoints(
        tenant,
        `select ${CHECKPOINT} from sealed_checkpoint where tenant = $1 and number > $2 order by number limit ${PAGE}`,
        [after],
      );
      yield* page;
      if (page.length < PAGE) return;
      after = page.at(-1)!.number;
    }
  }

  /** Every leaf in order, as it was sealed. */
  async *everyLeaf(tenant: Tenant): AsyncGenerator<SealedLeaves, void, undefined> {
    for (let after = -1; ;) {
      const rows = await this.rows<LeavesRow>(
        tenant,
        `select start, leaves, position from sealed_leaves where tenant = $1 and start > $2 order by start limit ${PAGE}`,
        [after],
      );
      yield* rows.map(({ start, leaves, position }) => ({ start: Number(start), leaves, position: BigInt(position) }));
      if (rows.length < PAGE) return;
      after = Number(rows.at(-1)!.start);
    }
  }

  /** How many perfect subtrees are stored. */
  async subtreesStored(tenant: Tenant): Promise<number> {
    const [row] = await this.rows<{ stored: string }>(
      tenant,
      'select count(*) as stored from sealed_subtree where tenant = $1',
    );
    return Number(row!.stored);
  }

  /** What is stored of perfect subtrees of a chunk or more: a way to look each of them up, where nothing is 32 zeroes. */
  async subtrees(tenant: Tenant, wanted: readonly Subtree[]): Promise<(subtree: Subtree) => Uint8Array> {
    return this.hashes(tenant, wanted);
  }

  /** The public keys under which this council's history was signed, the oldest first. */
  async keys(tenant: Tenant): Promise<readonly StoredKey[]> {
    const rows = await this.rows<{ key: string; since: Date }>(
      tenant,
      'select key, since from sealing_key where tenant = $1 order by since, key_id',
    );
    return rows.map(({ key, since }) => ({ key: VerifierKey.parse(key), since: since.toISOString() }));
  }

  /** Events that are stored and not sealed yet, counted up to a limit, and when the oldest of them was recorded. */
  async unsealed(tenant: Tenant, limit: number): Promise<{ readonly events: number; readonly since?: Instant }> {
    const [row] = await this.rows<{ events: number; since: Date | null }>(
      tenant,
      `select count(*)::int as events, min(recorded_at) as since from (
         select recorded_at from event where tenant = $1 and position > coalesce(
           (select position from sealed_checkpoint where tenant = $1 order by number desc limit 1), 0) order by position limit $2) e`,
      [limit],
    );
    return { events: row!.events, ...(row!.since && { since: row!.since.toISOString() }) };
  }

  /** The right edge of the tree of this size. */
  async frontier(tenant: Tenant, size: number): Promise<Frontier> {
    const subtrees = subtreesOf({ from: 0, to: size });
    const hashOf = await this.hashes(tenant, subtrees);
    return Frontier.of(size, subtrees.map(hashOf));
  }

  /** Index of the leaf that was sealed for the event at this position; undefined where it is not sealed as it is now. */
  async indexOf(tenant: Tenant, position: bigint, leaf: Uint8Array): Promise<number | undefined> {
    const [row] = await this.rows<LeavesRow>(
      tenant,
      'select start, leaves, position from sealed_leaves where tenant = $1 and position >= $2 order by position limit 1',
      [position.toString()],
    );
    const at = row ? leavesIn(row.leaves).findIndex((sealed) => same(sealed, leaf)) : -1;
    return at < 0 ? undefined : Number(row!.start) + at;
  }

  /** That a leaf is in the tree of this size. */
  async inclusion(tenant: Tenant, index: number, size: number): Promise<Proof> {
    return this.proof(tenant, inclusionLeaves(index, size));
  }

  /** That the tree of this size goes on from an older one. */
  async consistency(tenant: Tenant, older: number, size: number): Promise<Proof> {
    return this.proof(tenant, consistencyLeaves(older, size));
  }

  private async proof(tenant: Tenant, leaves: readonly Leaves[]): Promise<Proof> {
    return proofOver(leaves, await this.hashes(tenant, subtreesUnder(leaves)));
  }

  /** Looks up perfect subtrees: one row for each of a chunk or more, and the leaves of at most a few chunks. */
  private async hashes(tenant: Tenant, subtrees: readonly Subtree[]): Promise<(subtree: Subtree) => Uint8Array> {
    const large = subtrees.filter(({ level }) => level >= CHUNK_LEVEL);
    const chunks = [...new Set(subtrees.filter(({ level }) => level < CHUNK_LEVEL).map(chunkOf))];
    const found = new Map<string, Uint8Array>();
    if (large.length) {
      const rows = await this.rows<{ level: number; number: string; hash: Buffer }>(
        tenant,
        `select s.level, s.number, s.hash from unnest($2::int[], $3::bigint[]) w(level, number)
           join sealed_subtree s on s.tenant = $1 and s.level = w.level and s.number = w.number`,
        [large.map(({ level }) => level), large.map(({ number }) => number)],
      );
      for (const { level, number, hash } of rows) found.set(`${level} ${number}`, hash);
    }
    const leaves = new Map<number, Buffer>();
    for (const chunk of chunks) {
      const rows = await this.rows<{ leaves: Buffer }>(
        tenant,
        'select leaves from sealed_leaves where tenant = $1 and start >= $2 and start < $3 order by start',
        [chunk * LEAVES_IN_A_CHUNK, (chunk + 1) * LEAVES_IN_A_CHUNK],
      );
      leaves.set(chunk, Buffer.concat(rows.map((row) => row.leaves)));
    }
    return (subtree) =>
      subtree.level < CHUNK_LEVEL
        ? hashWithin(leaves.get(chunkOf(subtree))!, subtree)
        : (found.get(`${subtree.level} ${subtree.number}`) ?? MISSING);
  }

  private async checkpoints(tenant: Tenant, sql: string, parameters: unknown[]): Promise<StoredCheckpoint[]> {
    const rows = await this.rows<CheckpointRow>(tenant, sql, parameters);
    return rows.map(({ root, epoch, note, ...row }) => ({
      tenant,
      number: Number(row.number),
      size: Number(row.size),
      root,
      position: BigInt(row.position),
      epoch,
      sealedAt: row.sealed_at.toISOString(),
      keyId: row.key_id,
      note,
    }));
  }

  private rows<Row>(tenant: Tenant, sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.database.inOneGo(tenant, (asking: Asking) => asking.query<Row[]>(sql, [tenant, ...parameters]));
  }
}

/** A row that somebody took away: whatever is put together with it has another root, and is refused. */
const MISSING = Buffer.alloc(32);

const chunkOf = ({ level, number }: Subtree): number => Math.floor((number * 2 ** level) / LEAVES_IN_A_CHUNK);
