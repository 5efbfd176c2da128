import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { consistencyLeaves, goesOnFrom, includes, inclusionLeaves, proofOver, subtreesUnder } from './proofs.js';
import { EMPTY_ROOT, Frontier, leafHash, type Subtree, subtreesOf } from './tree.js';

/** The definition of RFC 6962 section 2.1, word by word. */
const sha = (...parts: readonly Uint8Array[]): Buffer =>
  parts.reduce((digest, part) => digest.update(part), createHash('sha256')).digest();
const split = (leaves: readonly unknown[]): number => 2 ** Math.ceil(Math.log2(leaves.length) - 1);
const naiveRoot = (leaves: readonly Uint8Array[]): Uint8Array =>
  leaves.length === 0
    ? sha()
    : leaves.length === 1
      ? leaves[0]!
      : sha(Buffer.of(1), naiveRoot(leaves.slice(0, split(leaves))), naiveRoot(leaves.slice(split(leaves))));
/** Section 2.1.1: PATH(m, D[n]). */
const naivePath = (index: number, leaves: readonly Uint8Array[]): Uint8Array[] => {
  if (leaves.length <= 1) return [];
  const [left, right] = [leaves.slice(0, split(leaves)), leaves.slice(split(leaves))];
  return index < left.length
    ? [...naivePath(index, left), naiveRoot(right)]
    : [...naivePath(index - left.length, right), naiveRoot(left)];
};
/** Section 2.1.2: SUBPROOF(m, D[n], b). */
const naiveConsistency = (older: number, leaves: readonly Uint8Array[], whole = true): Uint8Array[] => {
  if (older === leaves.length) return whole ? [] : [naiveRoot(leaves)];
  const [left, right] = [leaves.slice(0, split(leaves)), leaves.slice(split(leaves))];
  return older <= left.length
    ? [...naiveConsistency(older, left, whole), naiveRoot(right)]
    : [...naiveConsistency(older - left.length, right, false), naiveRoot(left)];
};

const treeOf = (leaves: readonly Uint8Array[]): { size: number; root: Uint8Array } => {
  const frontier = new Frontier();
  for (const leaf of leaves) frontier.push(leaf);
  return frontier;
};
const hashIn =
  (leaves: readonly Uint8Array[]) =>
  ({ level, number }: Subtree): Uint8Array =>
    naiveRoot(leaves.slice(number * 2 ** level, (number + 1) * 2 ** level));
const someLeaves = (count: number, salt = ''): Buffer[] =>
  Array.from({ length: count }, (_, n) => leafHash(Buffer.from(`${salt}${n}`)));
const hex = (hashes: readonly Uint8Array[]): string[] => hashes.map((hash) => Buffer.from(hash).toString('hex'));

/** Past a power of two on either side. */
const MOST = 34;
const LEAVES = someLeaves(MOST);
const TREES = Array.from({ length: MOST + 1 }, (_, size) => ({ size, root: naiveRoot(LEAVES.slice(0, size)) }));

/** The leaves, roots and proofs with which Certificate Transparency’s own implementations are tested. */
const PUBLISHED = {
  entries: ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'],
  roots: [
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ],
  inclusion: [
    {
      index: 0,
      size: 8,
      proof: [
        '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
      ],
    },
    {
      index: 5,
      size: 8,
      proof: [
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
        'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
        'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      ],
    },
    { index: 2, size: 3, proof: ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'] },
    {
      index: 1,
      size: 5,
      proof: [
        '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      ],
    },
  ],
  consistency: [
    { older: 1, size: 1, proof: [] },
    {
      older: 1,
      size: 8,
      proof: [
        '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
      ],
    },
    {
      older: 6,
      size: 8,
      proof: [
        '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
        'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
        'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      ],
    },
    {
      older: 2,
      size: 5,
      proof: [
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      ],
    },
  ],
};

describe('the Merkle tree (RFC 6962)', () => {
  const published = PUBLISHED.entries.map((entry) => leafHash(Buffer.from(entry, 'hex')));

  it('has the roots that were published for Certificate Transparency', () => {
    expect(EMPTY_ROOT.toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(hex([new Frontier().root])).toEqual([EMPTY_ROOT.toString('hex')]);
    expect(hex(published.map((_, at) => treeOf(published.slice(0, at + 1)).root))).toEqual(PUBLISHED.roots);
  });

  it.each(PUBLISHED.inclusion)('has the published proof of leaf $index among $size', ({ index, size, proof }) => {
    expect(hex(proofOver(inclusionLeaves(index, size), hashIn(published)))).toEqual(proof);
  });

  it.each(PUBLISHED.consistency)('has the published proof that $size go on from $older', ({ older, size, proof }) => {
    expect(hex(proofOver(consistencyLeaves(older, size), hashIn(published)))).toEqual(proof);
  });

  it('has the root of the definition at every size, and can go on from any', () => {
    for (const { size, root } of TREES.filter((_, at) => at % 3 === 1)) {
      const from = LEAVES.slice(0, size);
      expect(treeOf(from).root).toEqual(root);
      const restored = Frontier.of(size, subtreesOf({ from: 0, to: size }).map(hashIn(from)));
      for (const leaf of LEAVES.slice(size)) restored.push(leaf);
      expect(restored).toMatchObject(TREES[MOST]!);
    }
  });

  it('tells each perfect subtree once, when its last leaf is there', () => {
    const told: string[] = [];
    const frontier = new Frontier();
    for (const leaf of LEAVES)
      frontier.push(leaf, (subtree, hash) => {
        expect(hash).toEqual(hashIn(LEAVES)(subtree));
        expect((subtree.number + 1) * 2 ** subtree.level).toBe(frontier.size + 1);
        told.push(`${subtree.level} ${subtree.number}`);
      });
    expect(new Set(told).size).toBe(told.length);
    expect(told).toHaveLength(17 + 8 + 4 + 2 + 1);
  });

  it('takes few hashes to prove a leaf among many', () => {
    const size = 10_000_019;
    for (const index of [0, 1, 255, 256, 5_000_000, size - 1]) {
      expect(inclusionLeaves(index, size).length).toBeLessThanOrEqual(24);
      expect(subtreesUnder(inclusionLeaves(index, size)).length).toBeLessThanOrEqual(48);
    }
    expect(subtreesUnder(consistencyLeaves(4_999_999, size)).length).toBeLessThanOrEqual(48);
  });
});

/** Each expectation takes longer than what it looks at, so there is one for all of them. */
const wrong = (cases: Iterable<readonly [what: string, isRight: boolean]>): string[] =>
  [...cases].filter(([, isRight]) => !isRight).map(([what]) => what);

describe('a proof that a leaf is in a tree', () => {
  const cases = TREES.flatMap((tree) =>
    LEAVES.slice(0, tree.size).map((leaf, index) => ({
      tree,
      leaf,
      index,
      named: `${index} in ${tree.size}`,
      proof: proofOver(inclusionLeaves(index, tree.size), hashIn(LEAVES)),
    })),
  );

  it('is that of the definition, for every leaf of every size, and is accepted', () => {
    const found = cases.flatMap(({ tree, leaf, index, proof, named }) => [
      [named, String(hex(proof)) === String(hex(naivePath(index, LEAVES.slice(0, tree.size))))] as const,
      [`${named} accepted`, includes(tree, index, leaf, proof)] as const,
    ]);
    expect(wrong(found)).toEqual([]);
  });

  it('is refused for another leaf, another index, another size, another root, or with a hash more, less or altered', () => {
    const found = cases.flatMap(({ tree, leaf, index, proof, named }) => [
      [`${named}: leaf`, !includes(tree, index, EMPTY_ROOT, proof)] as const,
      [`${named}: root`, !includes({ ...tree, root: EMPTY_ROOT }, index, leaf, proof)] as const,
      [`${named}: size`, !includes({ ...tree, size: 0 }, index, leaf, proof)] as const,
      [`${named}: longer`, !includes(tree, index, leaf, [...proof, leaf])] as const,
      ...[index - 1, index + 1, index + 0.5, -1, tree.size].map(
        (other) => [`${named}: as ${other}`, !includes(tree, other, leaf, proof)] as const,
      ),
      ...proof.flatMap((_, at) => [
        [`${named}: without ${at}`, !includes(tree, index, leaf, proof.toSpliced(at, 1))] as const,
        [`${named}: other ${at}`, !includes(tree, index, leaf, proof.with(at, EMPTY_ROOT))] as const,
      ]),
    ]);
    expect(found.length).toBeGreaterThan(8_000);
    expect(wrong(found)).toEqual([]);
  });
});

describe('a proof that a tree goes on from an older one', () => {
  const cases = TREES.flatMap((newer) =>
    TREES.slice(0, newer.size + 1).map((older) => ({
      older,
      newer,
      named: `${older.size} to ${newer.size}`,
      proof: proofOver(consistencyLeaves(older.size, newer.size), hashIn(LEAVES)),
    })),
  );

  it('is that of the definition, for any two sizes, and is accepted', () => {
    const found = cases.flatMap(({ older, newer, proof, named }) => [
      [
        named,
        older.size === 0 ||
          String(hex(proof)) === String(hex(naiveConsistency(older.size, LEAVES.slice(0, newer.size)))),
      ] as const,
      [`${named} accepted`, goesOnFrom(older, newer, proof)] as const,
    ]);
    expect(wrong(found)).toEqual([]);
  });

  it('is refused for another history, another size, and with a hash more, less or altered', () => {
    const found = cases
      .filter(({ older }) => older.size)
      .flatMap(({ older, newer, proof, named }) => [
        [`${named}: older`, !goesOnFrom({ ...older, root: EMPTY_ROOT }, newer, proof)] as const,
        [`${named}: newer`, !goesOnFrom(older, { ...newer, root: EMPTY_ROOT }, proof)] as const,
        [`${named}: longer`, !goesOnFrom(older, newer, [...proof, older.root])] as const,
        [`${named}: back`, !goesOnFrom({ ...older, size: newer.size + 1 }, newer, proof)] as const,
        ...proof.flatMap((_, at) => [
          [`${named}: without ${at}`, !goesOnFrom(older, newer, proof.toSpliced(at, 1))] as const,
          [`${named}: other ${at}`, !goesOnFrom(older, newer, proof.with(at, EMPTY_ROOT))] as const,
        ]),
      ]);
    expect(found.length).toBeGreaterThan(6_000);
    expect(wrong(found)).toEqual([]);
    expect(goesOnFrom({ size: 0, root: TREES[1]!.root }, TREES[2]!, [])).toBe(false);
  });

  it('cannot be found where one leaf of the older tree is another (fast-check)', () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: MOST }), fc.integer({ min: 1, max: MOST }), fc.nat());
    fc.assert(
      fc.property(sizes, ([one, other, at]) => {
        const [older, size] = [Math.min(one, other), Math.max(one, other)];
        const forged = LEAVES.with(at % older, leafHash(Buffer.from('forged')));
        const proof = proofOver(consistencyLeaves(older, size), hashIn(forged));
        expect(goesOnFrom(TREES[older]!, { size, root: naiveRoot(forged.slice(0, size)) }, proof)).toBe(false);
      }),
      { seed: 26 },
    );
  });
});
