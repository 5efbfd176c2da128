import { EMPTY_ROOT, joined, type Leaves, nodeHash, type Subtree, subtreesOf } from './tree.js';

/** Hashes from the leaf or the older tree up to the root. */
export type Proof = readonly Uint8Array[];

/** The leaves under each hash of the proof that a leaf is in a tree of this size: RFC 6962 section 2.1.1. */
export function inclusionLeaves(index: number, size: number, from = 0): Leaves[] {
  if (size <= 1) return [];
  const left = leftOf(size);
  return index < left
    ? [...inclusionLeaves(index, left, from), { from: from + left, to: from + size }]
    : [...inclusionLeaves(index - left, size - left, from + left), { from, to: from + left }];
}

/** The leaves under each hash of the proof that a tree goes on from an older one: RFC 6962 section 2.1.2. */
export function consistencyLeaves(older: number, size: number): Leaves[] {
  return older === 0 || older === size ? [] : goesOn(older, size, 0, true);
}

function goesOn(older: number, size: number, from: number, whole: boolean): Leaves[] {
  if (older === size) return whole ? [] : [{ from, to: from + size }];
  const left = leftOf(size);
  return older <= left
    ? [...goesOn(older, left, from, whole), { from: from + left, to: from + size }]
    : [...goesOn(older - left, size - left, from + left, false), { from, to: from + left }];
}

/** What has to be looked up for the hashes over these leaves. */
export const subtreesUnder = (proof: readonly Leaves[]): Subtree[] => proof.flatMap(subtreesOf);

/** @param hashOf of a perfect subtree */
export const proofOver = (proof: readonly Leaves[], hashOf: (subtree: Subtree) => Uint8Array): Proof =>
  proof.map((leaves) => joined(subtreesOf(leaves).map(hashOf)));

/** Whether the proof shows that the leaf stands at the index of the tree with this root: RFC 9162 section 2.1.3.2. */
export function includes(
  { size, root }: { readonly size: number; readonly root: Uint8Array },
  index: number,
  leaf: Uint8Array,
  proof: Proof,
): boolean {
  if (!isPlace(index) || !isPlace(size) || index >= size) return false;
  let [at, last, hash] = [index, size - 1, leaf];
  for (const beside of proof) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(beside, hash);
      for (; at % 2 === 0 && at !== 0; at /= 2) last = half(last);
    } else hash = nodeHash(hash, beside);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && same(hash, root);
}

/** Whether the proof shows that the newer tree begins with all of the older one: RFC 9162 section 2.1.4.2. */
export function goesOnFrom(
  older: { readonly size: number; readonly root: Uint8Array },
  newer: { readonly size: number; readonly root: Uint8Array },
  proof: Proof,
): boolean {
  if (!isPlace(older.size) || !isPlace(newer.size) || older.size > newer.size) return false;
  if (older.size === 0) return proof.length === 0 && same(older.root, EMPTY_ROOT);
  if (older.size === newer.size) return proof.length === 0 && same(older.root, newer.root);
  const isWhole = Number.isInteger(Math.log2(older.size));
  const [first, ...rest] = isWhole ? [older.root, ...proof] : proof;
  if (!first || (isWhole && !proof.length)) return false;
  let [at, last] = [older.size - 1, newer.size - 1];
  for (; at % 2 === 1; at = half(at)) last = half(last);
  let [before, after] = [first, first];
  for (const beside of rest) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      [before, after] = [nodeHash(beside, before), nodeHash(beside, after)];
      for (; at % 2 === 0 && at !== 0; at /= 2) last = half(last);
    } else after = nodeHash(after, beside);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && same(before, older.root) && same(after, newer.root);
}

const half = (number: number): number => Math.floor(number / 2);
const isPlace = (number: number): boolean => Number.isSafeInteger(number) && number >= 0;
export const same = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;

/** Leaves of the left part: the largest power of two that is less than all of them. */
function leftOf(size: number): number {
  let left = 1;
  while (left * 2 < size) left *= 2;
  return left;
}
