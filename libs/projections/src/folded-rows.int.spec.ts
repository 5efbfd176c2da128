import { MemoryEventStore } from '@caretrail/event-store';
import type { StoredEvent } from '@caretrail/kernel';
import { createTestDatabase, OTHERBURY, type TestDatabase, WRENBRIDGE } from '@caretrail/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import {
  Checkpoints,
  foldedProjection,
  type Projection,
  ProjectionSubscription,
  projectionMigrations,
  transactionOf,
} from './index.js';
import { counted, CreateTally1790000099000 } from './tally.fixture.js';

interface Sum {
  stream: string;
  sum: number;
}

/** @param see looks at each event before it is folded */
const folded = (version = 1, factor = 1, see: (event: StoredEvent) => void = () => undefined): Projection =>
  foldedProjection<Sum>({
    name: 'tally',
    version,
    types: ['testing.counted.v1'],
    table: 'tally',
    keyColumn: 'stream',
    columns: { stream: 'text', sum: 'int' },
    rowKey: ({ stream }) => stream,
    fold(row, event) {
      see(event);
      const { by } = event.data as { by: number };
      return { stream: event.stream, sum: (row?.sum ?? 0) + by * factor };
    },
  });

describe('rows that are folded in memory', () => {
  let db: TestDatabase;
  let store: MemoryEventStore;
  const streams = Array.from({ length: 5 }, () => `testing.counter-${randomUUID()}`);

  beforeAll(async () => {
    db = await createTestDatabase({ migrations: [...projectionMigrations, CreateTally1790000099000] });
  });
  afterAll(() => db.drop());
  beforeEach(async () => {
    store = new MemoryEventStore();
    for (const tenant of [WRENBRIDGE, OTHERBURY])
      await db.database.inTenant(tenant, async (manager) => {
        for (const table of ['tally', 'checkpoint', 'rebuild_share', 'rebuild', 'previous_rows'])
          await manager.query(`delete from ${table}`);
      });
  });

  const count = async (by: number) => {
    for (const tenant of [WRENBRIDGE, OTHERBURY])
      for (const stream of streams) await store.append(counted(tenant, stream, by));
  };
  const following = (projection: Projection) =>
    new ProjectionSubscription(projection, store, db.database, new Checkpoints(db.database));
  const sums = async (tenant: string) => {
    const rows = await db.database.inTenant(tenant, (manager) =>
      manager.query<Sum[]>('select stream, sum from tally where tenant = $1', [tenant]),
    );
    return new Map(rows.map(({ stream, sum }) => [stream, sum]));
  };
  const all = (sum: number) => new Map(streams.map((stream) => [stream, sum]));

  it('go on from what was written before, each council by itself', async () => {
    await count(1);
    await count(2);
    await following(folded()).advance(WRENBRIDGE);
    expect(await sums(WRENBRIDGE)).toEqual(all(3));
    expect(await sums(OTHERBURY)).toEqual(new Map());
    await count(10);
    await following(folded()).advance(WRENBRIDGE);
    await following(folded()).advance(OTHERBURY);
    expect(await sums(WRENBRIDGE)).toEqual(all(13));
    expect(await sums(OTHERBURY)).toEqual(all(13));
  });

  it('are the same when they are rebuilt, and go on from there', async () => {
    for (let round = 0; round < 500; round++) await count(1);
    const subscription = following(folded());
    await subscription.advance(WRENBRIDGE);
    expect(await subscription.rebuild.run(WRENBRIDGE)).toMatchObject({
      events: 500 * streams.length,
      comparison: { sameExpected: true, tables: [{ table: 'tally', rowsAfter: streams.length, same: true }] },
    });
    await count(10);
    await following(folded()).advance(WRENBRIDGE);
    expect(await sums(WRENBRIDGE)).toEqual(all(510));
  });

  it('are written over where a rebuild takes long and writes them again and again', async () => {
    const subscription = following(folded());
    await subscription.advance(WRENBRIDGE);
    await count(5);
    const events = [...(await store.readAll({ tenant: WRENBRIDGE, after: 0n, limit: 100 })).events];
    const rows = folded().folding!(true);
    const write = async (taken: readonly StoredEvent[]) => {
      for (const event of taken) rows.take(event);
      await db.database.inTenant(WRENBRIDGE, (manager) => rows.write(transactionOf(WRENBRIDGE, manager)));
    };
    await write(events.slice(0, 4));
    await write(events);
    await write([]);
    expect(await sums(WRENBRIDGE)).toEqual(new Map(streams.map((stream, nth) => [stream, nth < 4 ? 10 : 5])));
  });

  it('of a rebuild that was stopped before they were written are folded again', async () => {
    for (let round = 0; round < 1_000; round++) await count(1);
    await following(folded()).advance(WRENBRIDGE);
    const stop = new AbortController();
    const last = (await store.head(WRENBRIDGE)) - 20n;
    const stopping = folded(2, 100, ({ position }) => void (position > last && stop.abort()));
    await expect(following(stopping).rebuild.run(WRENBRIDGE, { signal: stop.signal })).rejects.toThrow();
    expect(await sums(WRENBRIDGE)).toEqual(all(1_000));
    await following(folded(2, 100)).advance(WRENBRIDGE);
    expect(await sums(WRENBRIDGE)).toEqual(all(100_000));
  });

  it('stay as they were when an event cannot be folded, which is named', async () => {
    await count(1);
    await following(folded()).advance(WRENBRIDGE);
    const [poison] = await store.readStream(WRENBRIDGE, streams[3]!);
    const failing = folded(2, 100, ({ id }) => {
      if (id === poison!.id) throw new Error('It does not add up.');
    });
    await expect(following(failing).rebuild.run(WRENBRIDGE)).rejects.toMatchObject({
      name: 'HandlingFailed',
      eventId: poison!.id,
    });
    expect(await sums(WRENBRIDGE)).toEqual(all(1));
  });

  describe('and kept from page to page', () => {
    const leaseOf = async (owner: string, leaseMs = 60_000) => {
      const [lease] = await new Checkpoints(db.database).acquire(WRENBRIDGE, ['tally'], owner, leaseMs);
      return lease!;
    };

    it('are read once, and what was never there is not looked for again', async () => {
      await count(1);
      const subscription = following(folded());
      const lease = await leaseOf('one');
      await subscription.advance(WRENBRIDGE, lease);
      // Nobody but the holder of the lease changes rows: what is changed here shows that they are not read again.
      await db.database.inTenant(WRENBRIDGE, (manager) => manager.query('update tally set sum = 1000'));
      await count(2);
      await subscription.advance(WRENBRIDGE, lease);
      expect(await sums(WRENBRIDGE)).toEqual(all(3));
    });

    it('are forgotten with the lease: who takes it reads what another wrote, and the first is refused', async () => {
      await count(1);
      const [first, second] = [following(folded()), following(folded())];
      const lease = await leaseOf('one', 1);
      await first.advance(WRENBRIDGE, lease);
      await count(10);
      let taken = await leaseOf('two');
      while (!taken) taken = await leaseOf('two'); // until the first lease has run out
      await second.advance(WRENBRIDGE, taken);
      await count(100);
      await expect(first.advance(WRENBRIDGE, lease)).rejects.toThrow('moved by another');
      await second.advance(WRENBRIDGE, taken);
      expect(await sums(WRENBRIDGE)).toEqual(all(111));
    });

    it('are not folded twice when a page fails after it was folded', async () => {
      await count(1);
      let broken = false;
      const projection = folded();
      const failing: Projection = {
        ...projection,
        folding: (whole) => {
          const rows = projection.folding!(whole);
          return {
            get size() {
              return rows.size;
            },
            read: (events, transaction) => rows.read(events, transaction),
            take: (event) => rows.take(event),
            write: async (transaction) => {
              const written = rows.write(transaction);
              if (broken) await transaction.query('select 1 / 0');
              await written;
            },
          };
        },
      };
      const subscription = following(failing);
      const lease = await leaseOf('one');
      await subscription.advance(WRENBRIDGE, lease);
      await count(10);
      broken = true;
      await expect(subscription.advance(WRENBRIDGE, lease)).rejects.toThrow();
      expect(await sums(WRENBRIDGE)).toEqual(all(1));
      broken = false;
      await subscription.advance(WRENBRIDGE, lease);
      expect(await sums(WRENBRIDGE)).toEqual(all(11));
    });
  });
});
