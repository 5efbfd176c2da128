import { type Frontier, HASH_BYTES, joined, leafHash, type Subtree } from '../merkle/tree.js';

/** Smaller subtrees are put together from their leaves when they are asked for. */
export const CHUNK_LEVEL = 8;
export const LEAVES_IN_A_CHUNK = 2 ** CHUNK_LEVEL;

/** Leaves that were sealed together and stand in one chunk. */
export interface SealedLeaves {
  /** Index of the first. */
  readonly start: number;
  /** Their hashes, one behind the other. */
  readonly leaves: Buffer;
  /** Of the last one's event. */
  readonly position: bigint;
}

/** What is to be stored of events that were added to the tree. */
export interface Grown {
  readonly leaves: readonly SealedLeaves[];
  readonly subtrees: readonly (Subtree & { readonly hash: Uint8Array })[];
}

/**
 * Adds events to the tree.
 * @param frontier of the tree so far; grows
 * @param hashOf,positionOf of the first, second … of the events that are added
 */
export function grow(
  frontier: Frontier,
  events: number,
  hashOf: (index: number) => Uint8Array,
  positionOf: (index: number) => bigint,
): Grown {
  const leaves: SealedLeaves[] = [];
  const subtrees: (Subtree & { hash: Uint8Array })[] = [];
  for (let at = 0; at < events;) {
    const start = frontier.size;
    const count = Math.min(events - at, LEAVES_IN_A_CHUNK - (start % LEAVES_IN_A_CHUNK));
    const hashes = Buffer.allocUnsafe(count * HASH_BYTES);
    for (let n = 0; n < count; n++) {
      const leaf = leafHash(hashOf(at + n));
      hashes.set(leaf, n * HASH_BYTES);
      frontier.push(leaf, (subtree, hash) => {
        if (subtree.level >= CHUNK_LEVEL) subtrees.push({ ...subtree, hash });
      });
    }
    at += count;
    leaves.push({ start, leaves: hashes, position: positionOf(at - 1) });
  }
  return { leaves, subtrees };
}

/** The leaves of a row, one by one. */
export const leavesIn = (leaves: Buffer): Buffer[] =>
  Array.from({ length: leaves.length / HASH_BYTES }, (_, n) => leaves.subarray(n * HASH_BYTES, (n + 1) * HASH_BYTES));

/** The hash of a perfect subtree of less than a chunk. @param leaves of its chunk */
export const hashWithin = (leaves: Buffer, { level, number }: Subtree): Uint8Array => {
  const first = (number * 2 ** level) % LEAVES_IN_A_CHUNK;
  return perfect(leavesIn(leaves.subarray(first * HASH_BYTES, (first + 2 ** level) * HASH_BYTES)));
};

const perfect = (hashes: readonly Uint8Array[]): Uint8Array =>
  hashes.length <= 2
    ? joined(hashes)
    : joined([perfect(hashes.slice(0, hashes.length / 2)), perfect(hashes.slice(hashes.length / 2))]);
