import type { StoredEvent } from '@caretrail/kernel';
import { createTestDatabase, OTHERBURY, type TestDatabase, WRENBRIDGE } from '@caretrail/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { someEvent, someStream } from '../contract/event-store.contract.js';
import { LONGEST_TEXT_BYTES } from './event-reads.migration.js';
import { eventStoreMigrations } from './migrations.js';
import { PostgresEventStore } from './postgres-event-store.adapter.js';

/** Letters of each: one fits into a text by itself, and two do not; the third fits into none, and is read alone. */
const LETTERS = [0.6, 0.6, 1.1].map((share) => Math.floor(share * LONGEST_TEXT_BYTES));

describe('events that are too long for one text', () => {
  let test: TestDatabase;
  let store: PostgresEventStore;

  beforeAll(async () => {
    test = await createTestDatabase({ migrations: eventStoreMigrations });
    store = new PostgresEventStore(test.database.pool);
    await test.database.inTenant(WRENBRIDGE, (manager) =>
      manager.query(
        `insert into event (tenant, stream, version, id, type, data, metadata, effective_on, known_on, recorded_at)
         select $1, $2, nth, gen_random_uuid(), 'demo.noted.v1', ('"' || repeat('n', letters) || '"')::json, '{}',
                '2025-01-01', '2025-01-01', now()
           from unnest($3::int[]) with ordinality u(letters, nth)`,
        [WRENBRIDGE, someStream(), LETTERS],
      ),
    );
  });
  afterAll(() => test.drop());

  const lengths = (events: readonly { data: unknown }[]) => events.map(({ data }) => (data as string).length);

  it('are replayed in parts', async () => {
    const read: number[] = [];
    for await (const { events } of store.replay({ tenant: WRENBRIDGE, after: 0n })) read.push(...lengths(events));
    expect(read).toEqual(LETTERS);
  });

  it('are replayed as they are read, whatever is in their names, texts and dates', async () => {
    const odd = 'Zoë “says” "so" \\ \t \u0000 😀 ]],[[ {"$1":"$2"}';
    await store.append({
      tenant: OTHERBURY,
      streams: ['$1', `demo."odd"\\${odd.replace('\u0000', '')}`].map((name, nth) => ({
        stream: `${name} ${nth} ${someStream()}`,
        expected: 'none',
        events: ['1999-12-31', '1969-12-31', '2025-06-30'].map((knownOn, at) => ({
          id: randomUUID(),
          type: `demo.'noted' "${at}" \\ ë.v1`,
          data: { odd, [odd]: [null, at / 3, {}, ''] },
          metadata: { ...someEvent().metadata, effectiveOn: knownOn, knownOn, note: odd },
        })),
      })),
    });
    const read = await store.readAll({ tenant: OTHERBURY, after: 0n, limit: 100 });
    expect(read.events).toHaveLength(6);
    for (const query of [{}, { types: [read.events[0]!.type, "a ' \\ b"] }]) {
      const replayed: StoredEvent[] = [];
      for await (const { events } of store.replay({ tenant: OTHERBURY, after: 0n, ...query })) replayed.push(...events);
      expect(replayed).toEqual(read.events.filter(({ type }) => query.types?.includes(type) ?? true));
    }
  });

  it('make a page shorter than it was asked for', async () => {
    const read: number[] = [];
    for (let after = 0n; ;) {
      const page = await store.readAll({ tenant: WRENBRIDGE, after, limit: 1_000 });
      read.push(...lengths(page.events));
      after = page.position;
      if (page.caughtUp) break;
    }
    expect(read).toEqual(LETTERS);
  });
});
