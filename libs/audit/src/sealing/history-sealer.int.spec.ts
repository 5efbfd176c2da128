import { eventHash } from '@caretrail/event-store';
import { CheckpointMoved, StoreReplaced } from '@caretrail/projections';
import { createTestDatabase, OTHERBURY, type TestDatabase, WRENBRIDGE } from '@caretrail/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HistorySealer, readCheckpoint } from '../index.js';
import { goesOnFrom, includes } from '../merkle/proofs.js';
import { EMPTY_ROOT, Frontier, leafHash } from '../merkle/tree.js';
import {
  keyOf,
  noted,
  SEED,
  type SealedStore,
  sealedMigrations,
  sealedStore,
  someStream,
} from '../sealed-store.fixture.js';

describe('the sealer', () => {
  let test: TestDatabase;
  let sealed: SealedStore;
  const events = (count: number) => Array.from({ length: count }, () => noted());
  const latest = (tenant = WRENBRIDGE) => sealed.history.latest(tenant, 100);
  /** The tree over what is stored, made by no code of the sealer. */
  const treeOf = async (tenant: string) => {
    const frontier = new Frontier();
    const { events: stored } = await sealed.store.readAll({ tenant, after: 0n, limit: 10_000 });
    const leaves = stored.map((event) => leafHash(Buffer.from(eventHash(event), 'hex')));
    const roots = [EMPTY_ROOT as Uint8Array];
    for (const leaf of leaves) {
      frontier.push(leaf);
      roots.push(frontier.root);
    }
    return { leaves, roots };
  };

  beforeAll(async () => {
    test = await createTestDatabase({ migrations: sealedMigrations });
    sealed = await sealedStore(test);
  });
  afterAll(async () => {
    await sealed?.intruder.end();
    await test?.drop();
  });

  it('signs nothing where there is nothing', async () => {
    await sealed.seal(WRENBRIDGE);
    expect(await latest()).toEqual([]);
    expect(await sealed.verify(WRENBRIDGE)).toMatchObject({ events: 0, checkpoints: 0, findings: [] });
  });

  it('signs the root over all events of the council, in order of position, and of no other council', async () => {
    // Over the ends of chunks, in steps of every kind, with another council's events between.
    for (const count of [1, 3, 255, 1, 600, 40]) {
      await sealed.append(WRENBRIDGE, someStream(), ...events(count));
      await sealed.append(OTHERBURY, someStream(), ...events(2));
      await sealed.seal(WRENBRIDGE);
    }
    await sealed.seal(OTHERBURY);
    const { roots, leaves } = await treeOf(WRENBRIDGE);
    const made = (await latest()).toReversed();
    expect(made.map(({ number, size }) => [number, size])).toEqual([
      [1, 1],
      [2, 4],
      [3, 259],
      [4, 260],
      [5, 860],
      [6, 900],
    ]);
    for (const { size, root, note, keyId } of made) {
      expect(Buffer.from(root)).toEqual(roots[size]);
      const read = readCheckpoint(note);
      expect(read).toMatchObject({ tenant: WRENBRIDGE, size });
      expect(keyOf(WRENBRIDGE).verifier.signed(read.note)).toBe(true);
      expect(keyOf(WRENBRIDGE).verifier.keyId).toBe(keyId);
    }
    expect(leaves).toHaveLength(900);
    expect((await latest(OTHERBURY)).map(({ size }) => size)).toEqual([12]);
    expect((await sealed.verify(WRENBRIDGE)).findings).toEqual([]);
  });

  it('seals nothing twice, and makes no checkpoint where nothing is new', async () => {
    const before = await latest();
    await sealed.seal(WRENBRIDGE);
    expect(await latest()).toEqual(before);
  });

  it('keeps what proofs are made of: that an event is in the history, and that the history goes on', async () => {
    const { leaves, roots } = await treeOf(WRENBRIDGE);
    const { events: stored } = await sealed.store.readAll({ tenant: WRENBRIDGE, after: 0n, limit: 1_000 });
    const wrong: string[] = [];
    for (const index of [0, 1, 3, 4, 255, 256, 258, 259, 300, 511, 512, 767, 768, 859, 860, 899]) {
      if ((await sealed.history.indexOf(WRENBRIDGE, stored[index]!.position, leaves[index]!)) !== index)
        wrong.push(`index of ${index}`);
      for (const size of [260, 860, 900].filter((each) => each > index))
        if (
          !includes(
            { size, root: roots[size]! },
            index,
            leaves[index]!,
            await sealed.history.inclusion(WRENBRIDGE, index, size),
          )
        )
          wrong.push(`${index} in ${size}`);
    }
    const sizes = [1, 4, 259, 260, 860, 900];
    for (const older of sizes)
      for (const size of sizes.filter((each) => each >= older))
        if (
          !goesOnFrom(
            { size: older, root: roots[older]! },
            { size, root: roots[size]! },
            await sealed.history.consistency(WRENBRIDGE, older, size),
          )
        )
          wrong.push(`${size} from ${older}`);
    expect(wrong).toEqual([]);
  });

  it('walks past positions that a crash passed over', async () => {
    await sealed.intruder.query("select setval('event_position', (select last_value from event_position) + 1000000)");
    await sealed.append(WRENBRIDGE, someStream(), ...events(3));
    await sealed.seal(WRENBRIDGE);
    expect((await latest())[0]).toMatchObject({ size: 903 });
    expect(await sealed.verify(WRENBRIDGE)).toMatchObject({ events: 903, findings: [] });
  });

  it('changes nothing when it lost its lease', async () => {
    await sealed.append(WRENBRIDGE, someStream(), ...events(3));
    const before = await latest();
    const [lease] = await sealed.checkpoints.acquire(WRENBRIDGE, [sealed.sealer.name], 'one', 60_000);
    await sealed.database.inTenant(WRENBRIDGE, (manager) =>
      sealed.checkpoints.fence(manager, WRENBRIDGE, sealed.sealer.name),
    );
    await expect(sealed.sealer.advance(WRENBRIDGE, lease)).rejects.toThrow(CheckpointMoved);
    expect(await latest()).toEqual(before);
    await sealed.checkpoints.leave(WRENBRIDGE, 'one');
    await sealed.seal(WRENBRIDGE);
    expect((await latest())[0]).toMatchObject({ size: 906 });
  });

  it('changes nothing in the next life of the server, which may have lost what it has read', async () => {
    await sealed.append(WRENBRIDGE, someStream(), noted());
    const before = await latest();
    const [lease] = await sealed.checkpoints.acquire(WRENBRIDGE, [sealed.sealer.name], 'one', 60_000);
    // What recovery does to what is unlogged.
    await sealed.intruder.query('alter sequence server_alive restart');
    await expect(sealed.sealer.advance(WRENBRIDGE, lease)).rejects.toThrow(CheckpointMoved);
    expect(await latest()).toEqual(before);
    await sealed.checkpoints.leave(WRENBRIDGE, 'one');
    await sealed.seal(WRENBRIDGE);
    expect((await latest())[0]).toMatchObject({ size: before[0]!.size + 1 });
  });

  it('waits between checkpoints, and no longer when it is told to stop', async () => {
    const slow = new HistorySealer(sealed.store, sealed.database, sealed.checkpoints, SEED, {
      everyMs: 3_600_000,
    });
    const [lease] = await sealed.checkpoints.acquire(WRENBRIDGE, [slow.name], 'slow', 60_000);
    await sealed.append(WRENBRIDGE, someStream(), noted());
    expect(await slow.advance(WRENBRIDGE, lease)).toMatchObject({ handled: 1, caughtUp: true });
    await sealed.append(WRENBRIDGE, someStream(), noted());
    const ending = new AbortController();
    const waiting = slow.advance(WRENBRIDGE, lease, { signal: ending.signal });
    ending.abort();
    expect(await waiting).toMatchObject({ handled: 0 });
    await sealed.checkpoints.leave(WRENBRIDGE, 'slow');
  });

  it('signs at once under a new key, and what the old one signed stays checked', async () => {
    const seed = Buffer.alloc(32, 6);
    const rekeyed = new HistorySealer(sealed.store, sealed.database, sealed.checkpoints, seed, { everyMs: 0 });
    await sealed.seal(WRENBRIDGE);
    const [before] = await latest();
    await sealed.seal(WRENBRIDGE, rekeyed);
    await sealed.seal(WRENBRIDGE, rekeyed);
    const [after, previous] = await latest();
    expect(previous).toEqual(before);
    expect(after).toMatchObject({ size: before!.size, keyId: keyOf(WRENBRIDGE, seed).verifier.keyId });
    const { verifier: own } = keyOf(WRENBRIDGE, seed);
    expect((await sealed.verify(WRENBRIDGE, { own })).findings).toEqual([]);
    expect((await sealed.history.keys(WRENBRIDGE)).map(({ key }) => String(key)).sort()).toEqual(
      [String(keyOf(WRENBRIDGE).verifier), String(own)].sort(),
    );
    expect((await sealed.verify(WRENBRIDGE)).findings).toMatchObject([{ kind: 'key-unknown' }]);
    await sealed.seal(WRENBRIDGE);
  });

  it('stands still when the store was restored, and says so in the next checkpoint when somebody lets it go on', async () => {
    await sealed.intruder.query('update event_epoch set epoch = gen_random_uuid() where tenant = $1', [WRENBRIDGE]);
    await sealed.append(WRENBRIDGE, someStream(), noted());
    await expect(sealed.sealer.advance(WRENBRIDGE)).rejects.toThrow(StoreReplaced);
    const [before] = await latest();
    // What “start over” on the operations page does.
    await sealed.intruder.query(
      "update checkpoint set epoch = null, position = 0, token = token + 1 where tenant = $1 and name = 'history-sealer'",
      [WRENBRIDGE],
    );
    await sealed.seal(WRENBRIDGE);
    const [after] = await latest();
    expect(after!.size).toBe(before!.size + 1);
    expect(after!.epoch).not.toBe(before!.epoch);
    expect(await sealed.verify(WRENBRIDGE)).toMatchObject({ findings: [], restored: [{ number: after!.number }] });
  });

  it('signs nothing that does not go on from what was signed before', async () => {
    await sealed.append(OTHERBURY, someStream(), noted());
    await sealed.intruder.query('update sealed_leaves set leaves = $2 where tenant = $1 and start = 0', [
      OTHERBURY,
      Buffer.alloc(12 * 32),
    ]);
    const before = await latest(OTHERBURY);
    await expect(sealed.sealer.advance(OTHERBURY)).rejects.toThrow(/does not give the root that checkpoint 1 says/);
    expect(await latest(OTHERBURY)).toEqual(before);
  });

  it('seals no event that was stored without a hash', async () => {
    await sealed.append(WRENBRIDGE, someStream(), noted(), noted());
    await sealed.intruder.query(
      'update event set hash = null where tenant = $1 and position = (select max(position) from event where tenant = $1)',
      [WRENBRIDGE],
    );
    await expect(sealed.sealer.advance(WRENBRIDGE)).rejects.toThrow(/has no hash/);
  });

  it.each(['sealed_leaves', 'sealed_subtree', 'sealed_checkpoint', 'sealing_key'])(
    'keeps %s from being changed by anybody',
    async (table) => {
      const change = (sql: string) =>
        sealed.database.inTenant(WRENBRIDGE, (manager) => manager.query(sql).catch((error: unknown) => error));
      for (const sql of [`update ${table} set tenant = tenant`, `delete from ${table}`, `truncate ${table}`])
        expect(String(await change(sql).catch((error: unknown) => error))).toMatch(/permission denied|never changed/);
      await sealed.intruder.query('set session_replication_role = origin');
      for (const sql of [`update ${table} set tenant = tenant`, `delete from ${table}`, `truncate ${table}`])
        await expect(sealed.intruder.query(sql)).rejects.toThrow('never changed');
      await sealed.intruder.query('set session_replication_role = replica');
    },
  );
});
