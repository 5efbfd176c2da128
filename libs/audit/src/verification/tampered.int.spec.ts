import { eventHash } from '@caretrail/event-store';
import type { StoredEvent } from '@caretrail/kernel';
import { createTestDatabase, OTHERBURY, type TestDatabase, WRENBRIDGE } from '@caretrail/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { type FindingKind, signed, type StoredCheckpoint, type VerifyOptions } from '../index.js';
import { leafHash } from '../merkle/tree.js';
import { keyOf, noted, type SealedStore, sealedMigrations, sealedStore, someStream } from '../sealed-store.fixture.js';

const TABLES = ['event', 'sealed_leaves', 'sealed_subtree', 'sealed_checkpoint', 'sealing_key', 'checkpoint'];

describe('a sealed history, written to behind the back of the program', () => {
  let test: TestDatabase;
  let sealed: SealedStore;
  let stored: readonly StoredEvent[];
  let newest: StoredCheckpoint;
  const sql = async (text: string, ...parameters: unknown[]): Promise<void> => {
    expect((await sealed.intruder.query(text, parameters)).rowCount).toBeGreaterThan(0);
  };
  const kinds = async (options: Partial<VerifyOptions> = {}): Promise<FindingKind[]> => [
    ...new Set((await sealed.verify(WRENBRIDGE, options)).findings.map(({ kind }) => kind)),
  ];
  const findings = async () => (await sealed.verify(WRENBRIDGE)).findings;
  const placeOf = ({ position, stream, version, id }: StoredEvent) =>
    `position ${position}, ${stream} version ${version}, event ${id}`;
  /** As somebody does who knows how hashes are made. */
  const rehash = async (position: bigint): Promise<StoredEvent> => {
    const { events } = await sealed.store.readAll({ tenant: WRENBRIDGE, after: position - 1n, limit: 1 });
    await sql(
      "update event set hash = decode($3, 'hex') where tenant = $1 and position = $2",
      WRENBRIDGE,
      position.toString(),
      eventHash(events[0]!),
    );
    return events[0]!;
  };
  const at = (index: number): string => stored.at(index)!.position.toString();
  const backUp = async (name: string): Promise<void> => {
    for (const table of TABLES) await sealed.intruder.query(`create table ${name}_${table} as table ${table}`);
  };
  const restore = async (name: string): Promise<void> => {
    for (const table of TABLES) {
      await sealed.intruder.query(`delete from ${table}`);
      await sealed.intruder.query(`insert into ${table} select * from ${name}_${table}`);
    }
  };

  beforeAll(async () => {
    test = await createTestDatabase({ migrations: sealedMigrations });
    sealed = await sealedStore(test);
    for (const count of [20, 280, 5, 7]) {
      await sealed.append(WRENBRIDGE, someStream(), ...Array.from({ length: count }, () => noted()));
      await sealed.append(OTHERBURY, someStream(), noted());
      // Positions that nobody has, where an event can be put in.
      await sealed.intruder.query("select setval('event_position', (select last_value from event_position) + 10)");
      for (const tenant of [WRENBRIDGE, OTHERBURY]) await sealed.seal(tenant);
      if (count === 280) await backUp('older');
    }
    await sealed.append(WRENBRIDGE, someStream(), noted());
    ({ events: stored } = await sealed.store.readAll({ tenant: WRENBRIDGE, after: 0n, limit: 1_000 }));
    newest = (await sealed.history.newest(WRENBRIDGE))!;
    await backUp('whole');
  });
  afterEach(() => restore('whole'));
  afterAll(async () => {
    await sealed?.intruder.end();
    await test?.drop();
  });

  it('is clean where nobody did, with a checkpoint that was kept, and events that are not sealed yet', async () => {
    expect(stored).toHaveLength(313);
    expect(await sealed.verify(WRENBRIDGE, { anchors: [newest.note] })).toMatchObject({
      events: 313,
      checkpoints: 4,
      newest: { number: 4, size: 312 },
      restored: [],
      findings: [],
      more: 0,
    });
    const [first] = (await sealed.history.latest(WRENBRIDGE, 4)).toReversed();
    expect(await kinds({ anchors: [newest.note, first!.note], kept: keyOf(WRENBRIDGE).verifier })).toEqual([]);
  });

  it('shows an event that was edited', async () => {
    await sql(`update event set data = '{"note":"m"}' where tenant = $1 and position = $2`, WRENBRIDGE, at(30));
    expect(await findings()).toEqual([
      { kind: 'event-altered', where: placeOf(stored[30]!), what: 'altered' },
      expect.objectContaining({ kind: 'history-differs', where: expect.stringContaining('checkpoint 2 of ') }),
    ]);
  });

  it('shows an event that was edited, with its hash computed again', async () => {
    await sql(`update event set data = '{"note":"m"}' where tenant = $1 and position = $2`, WRENBRIDGE, at(310));
    await rehash(stored[310]!.position);
    expect(await findings()).toEqual([
      { kind: 'event-not-sealed', where: placeOf(stored[310]!), what: 'not the event that was sealed here' },
      expect.objectContaining({ kind: 'history-differs', where: expect.stringContaining('checkpoint 4 of ') }),
    ]);
  });

  it('shows where an event was deleted', async () => {
    await sql('delete from event where tenant = $1 and position = $2', WRENBRIDGE, at(100));
    expect(await findings()).toEqual([
      {
        kind: 'events-missing',
        where: `after position ${at(19)}, up to ${at(255)}`,
        what: '1 of 236 sealed events is gone',
      },
      expect.objectContaining({ kind: 'history-differs' }),
    ]);
  });

  it('shows two events that changed places, with their hashes computed again', async () => {
    const [one, other] = [stored[3]!, stored[12]!];
    const move = (from: bigint, to: bigint) =>
      sql('update event set position = $3 where tenant = $1 and position = $2', WRENBRIDGE, `${from}`, `${to}`);
    await move(one.position, 5_000_000n);
    await move(other.position, one.position);
    await move(5_000_000n, other.position);
    await rehash(one.position);
    await rehash(other.position);
    const found = await findings();
    expect(found.map(({ kind }) => kind)).toEqual(['event-not-sealed', 'event-not-sealed', 'history-differs']);
    expect(found.map(({ where }) => where.split(',')[0])).toEqual([
      `position ${one.position}`,
      `position ${other.position}`,
      expect.stringContaining('checkpoint 1 of '),
    ]);
  });

  it('shows an event that was put in, with a right hash', async () => {
    const between = stored[19]!.position + 3n;
    expect(between < stored[20]!.position).toBe(true);
    const id = randomUUID();
    await sql(
      `insert into event select tenant, $3, stream, version + 1, $4, type, data, metadata, effective_on, known_on, recorded_at, null
         from event where tenant = $1 and position = $2`,
      WRENBRIDGE,
      at(19),
      between.toString(),
      id,
    );
    const put = await rehash(between);
    expect(await findings()).toEqual([
      { kind: 'event-not-sealed', where: placeOf(put), what: 'not the event that was sealed here' },
      expect.objectContaining({ kind: 'history-differs' }),
    ]);
  });

  it('shows that its end was cut off', async () => {
    await sql('delete from event where tenant = $1 and position >= $2', WRENBRIDGE, at(309));
    expect(await findings()).toEqual([
      expect.objectContaining({ kind: 'events-missing', what: '3 of 7 sealed events are gone' }),
    ]);
    expect(await kinds({ anchors: [newest.note] })).toEqual(['events-missing', 'anchor-beyond']);
  });

  it('shows that its end was cut off with all that was sealed of it, to who kept a checkpoint', async () => {
    await sql('delete from event where tenant = $1 and position >= $2', WRENBRIDGE, at(300));
    await sql('delete from sealed_leaves where tenant = $1 and start >= 300', WRENBRIDGE);
    await sql('delete from sealed_checkpoint where tenant = $1 and number > 2', WRENBRIDGE);
    expect(await kinds()).toEqual([]);
    expect((await sealed.verify(WRENBRIDGE, { anchors: [newest.note] })).findings).toEqual([
      {
        kind: 'anchor-beyond',
        where: `the checkpoint of ${newest.sealedAt} that was kept elsewhere`,
        what: expect.stringContaining('it covers 312 events, and only 300 are stored'),
      },
    ]);
  });

  it('shows that it was set back to an older backup, to who kept a checkpoint', async () => {
    await restore('older');
    expect(await kinds()).toEqual([]);
    expect(await kinds({ anchors: [newest.note] })).toEqual(['anchor-beyond']);
    // Also when as many others were written since, and sealed and signed by the program itself.
    await sealed.append(WRENBRIDGE, someStream(), ...Array.from({ length: 40 }, () => noted()));
    await sealed.seal(WRENBRIDGE);
    expect(await kinds()).toEqual([]);
    expect(await kinds({ anchors: [newest.note] })).toEqual(['anchor-differs']);
  });

  it('shows that it is another history under a checkpoint that was given out', async () => {
    await sql(`update event set data = '{"note":"m"}' where tenant = $1 and position = $2`, WRENBRIDGE, at(5));
    await rehash(stored[5]!.position);
    for (const table of ['sealed_leaves', 'sealed_subtree', 'sealed_checkpoint'])
      await sql(`delete from ${table} where tenant = $1`, WRENBRIDGE);
    await sql("delete from checkpoint where tenant = $1 and name = 'history-sealer'", WRENBRIDGE);
    expect(await sealed.verify(WRENBRIDGE)).not.toHaveProperty('newest');
    await sealed.seal(WRENBRIDGE);
    expect(await kinds()).toEqual([]);
    expect(await kinds({ anchors: [newest.note] })).toEqual(['anchor-differs']);
  });

  it.each([
    ['root', "root = sha256('x')", ['checkpoint-forged']],
    ['size', 'size = size - 1', ['checkpoint-forged', 'seal-altered']],
    ['time', "sealed_at = sealed_at + interval '1 millisecond'", ['checkpoint-forged']],
    ['position', 'position = position + 1', ['checkpoint-forged']],
    ['note', "note = replace(note, 'sealed 2', 'sealed 3')", ['checkpoint-forged']],
    ['number', 'number = number + 1', ['checkpoint-forged']],
  ])('shows that the %s of a checkpoint was altered (%s)', async (_, change, expected) => {
    await sql(`update sealed_checkpoint set ${change} where tenant = $1 and number = 4`, WRENBRIDGE);
    expect((await kinds()).sort()).toEqual(expected);
  });

  it('shows that a checkpoint was signed anew, under a key of somebody’s own', async () => {
    const forger = keyOf(WRENBRIDGE, Buffer.alloc(32, 66));
    await sql(`update event set data = '{"note":"m"}' where tenant = $1 and position = $2`, WRENBRIDGE, at(311));
    const altered = await rehash(stored[311]!.position);
    const leaf = leafHash(Buffer.from(eventHash(altered), 'hex'));
    await sql(
      'update sealed_leaves set leaves = substring(leaves for octet_length(leaves) - 32) || $2 where tenant = $1 and start = 305',
      WRENBRIDGE,
      leaf,
    );
    const { root } = await sealed.history.frontier(WRENBRIDGE, 312);
    const { note, keyId } = signed({ ...newest, root }, forger);
    await sql(
      'update sealed_checkpoint set root = $2, note = $3, key_id = $4 where tenant = $1 and number = 4',
      WRENBRIDGE,
      root,
      note,
      keyId,
    );
    expect(await kinds()).toEqual(['checkpoint-forged', 'key-unknown']);
    await sql('insert into sealing_key values ($1, $2, $3)', WRENBRIDGE, keyId, String(forger.verifier));
    expect(await kinds()).toEqual(['key-unknown']);
    expect(await kinds({ anchors: [newest.note] })).toEqual(['anchor-differs', 'key-unknown']);
  });

  it('shows that a checkpoint is gone, in the middle or at the end', async () => {
    await sql('delete from sealed_checkpoint where tenant = $1 and number = 2', WRENBRIDGE);
    expect(await kinds()).toEqual(['checkpoint-forged']);
    await restore('whole');
    await sql('delete from sealed_checkpoint where tenant = $1 and number = 4', WRENBRIDGE);
    expect(await kinds()).toEqual(['seal-altered']);
  });

  it('blames no event where only what is stored of the tree was altered, or is gone', async () => {
    await sql('update sealed_leaves set leaves = reverse(leaves) where tenant = $1 and start = 20', WRENBRIDGE);
    expect(await kinds()).toEqual(['seal-altered']);
    await restore('whole');
    await sql('delete from sealed_leaves where tenant = $1 and start = 256', WRENBRIDGE);
    expect(await kinds()).toEqual(['seal-altered']);
  });

  it.each([
    ['altered', "update sealed_subtree set hash = sha256('x') where tenant = $1", 'the subtree of leaves 1 to 256'],
    ['gone', 'delete from sealed_subtree where tenant = $1', 'the subtree of leaves 1 to 256'],
    ['one that nobody sealed', "insert into sealed_subtree values ($1, 8, 1, sha256('x'))", 'the subtrees'],
  ])('shows that a subtree is %s, of which proofs are made', async (_, change, where) => {
    await sql(change, WRENBRIDGE);
    expect(await findings()).toEqual([{ kind: 'seal-altered', where, what: expect.any(String) }]);
    expect((await sealed.verify(OTHERBURY)).findings).toEqual([]);
  });

  it('takes no checkpoint that was kept of another council, or under another key, or that was altered', async () => {
    const other = (await sealed.history.newest(OTHERBURY))!;
    const forged = signed({ ...newest, size: 100 }, keyOf(WRENBRIDGE, Buffer.alloc(32, 66)));
    for (const anchor of [other.note, forged.note, newest.note.replace('\n312\n', '\n311\n')])
      expect(await kinds({ anchors: [anchor] })).toEqual(['anchor-forged']);
    const { verifier: kept } = keyOf(WRENBRIDGE, Buffer.alloc(32, 66));
    expect(await kinds({ anchors: [newest.note], kept })).toEqual(['anchor-forged']);
    await expect(kinds({ anchors: ['no note'] })).rejects.toThrow(/not a signed checkpoint/);
  });

  it('says so of one council alone', async () => {
    await sql('delete from event where tenant = $1 and position = $2', WRENBRIDGE, at(100));
    expect((await sealed.verify(OTHERBURY)).findings).toEqual([]);
  });
});
