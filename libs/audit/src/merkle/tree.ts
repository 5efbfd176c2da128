import { hash } from 'node:crypto';

/** Bytes of a hash: the tree is over SHA-256. */
export const HASH_BYTES = 32;

/** What a tree without leaves has (RFC 6962 section 2.1). */
export const EMPTY_ROOT = hash('sha256', '', 'buffer');

const node = Buffer.alloc(1 + 2 * HASH_BYTES, 1);

/** The hash of a leaf, whose first byte keeps it apart from that of a node: RFC 6962 section 2.1. */
export const leafHash = (data: Uint8Array): Buffer => hash('sha256', Buffer.concat([Buffer.of(0), data]), 'buffer');

/** The hash of a node over its two children. Synchronous, so that one buffer does for all of them. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  node.set(left, 1);
  node.set(right, 1 + HASH_BYTES);
  return hash('sha256', node, 'buffer');
}

/** A perfect subtree: `2 ** level` leaves, from leaf `number * 2 ** level` on. It never changes, however the tree grows. */
export interface Subtree {
  readonly level: number;
  readonly number: number;
}

/** Leaves from one index up to another, that one left out. */
export interface Leaves {
  readonly from: number;
  readonly to: number;
}

/** The fewest perfect subtrees that make up these leaves, from left to right, as RFC 6962 cuts a tree. */
export function subtreesOf({ from, to }: Leaves): Subtree[] {
  const found: Subtree[] = [];
  for (let at = from; at < to;) {
    let level = 0;
    while (at % 2 ** (level + 1) === 0 && at + 2 ** (level + 1) <= to) level++;
    found.push({ level, number: at / 2 ** level });
    at += 2 ** level;
  }
  return found;
}

/** The hash over subtrees that stand beside each other: RFC 6962 puts together from the right. */
export const joined = (hashes: readonly Uint8Array[]): Uint8Array =>
  hashes.length ? hashes.reduceRight((right, left) => nodeHash(left, right)) : EMPTY_ROOT;

/** The right edge of a growing tree: all that is needed of the leaves so far to go on, and no more than one hash a level. */
export class Frontier {
  private readonly hashes: Uint8Array[] = [];
  private leaves = 0;

  /**
   * @param size leaves so far
   * @param hashes of `subtreesOf({ from: 0, to: size })`
   */
  static of(size: number, hashes: readonly Uint8Array[]): Frontier {
    const frontier = new Frontier();
    frontier.leaves = size;
    frontier.hashes.push(...hashes);
    return frontier;
  }

  get size(): number {
    return this.leaves;
  }

  get root(): Uint8Array {
    return joined(this.hashes);
  }

  /** @param completed told of each subtree of two leaves or more that this leaf completes, the smallest first */
  push(leaf: Uint8Array, completed?: (subtree: Subtree, hash: Uint8Array) => void): void {
    let [hash, number, level] = [leaf, this.leaves, 0];
    for (; number % 2 === 1; number = (number - 1) / 2) {
      hash = nodeHash(this.hashes.pop()!, hash);
      level++;
      completed?.({ level, number: (number - 1) / 2 }, hash);
    }
    this.hashes.push(hash);
    this.leaves++;
  }
}
