import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@caretrail/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { someEvent, someStream, someTenant } from '../contract/event-store.contract.js';
import { MemoryEventStore } from '../memory/memory-event-store.adapter.js';
import type { AppendRequest, EventStore, ExpectedVersion } from '../port/event-store.port.js';
import { eventStoreMigrations } from './migrations.js';
import { PostgresEventStore } from './postgres-event-store.adapter.js';

/** Numbers that stand for councils, streams, event ids and command ids: few, so that writes get in each other's way. */
interface Plan {
  readonly council: number;
  readonly command: number | undefined;
  readonly parts: readonly { readonly stream: number; readonly expected: ExpectedVersion; readonly ids: number[] }[];
}

const IDS = 10;
const OTHER_TYPE = 'demo.closed.v1';
const consecutive = fc
  .tuple(fc.nat({ max: IDS - 1 }), fc.integer({ min: 0, max: 3 }))
  .map(([first, count]) => Array.from({ length: Math.min(count, IDS - first) }, (_, index) => first + index));
const part = fc.record({
  stream: fc.nat({ max: 2 }),
  expected: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom<ExpectedVersion>('any', 'none', 'exists') },
    { weight: 2, arbitrary: fc.nat({ max: 6 }) },
  ),
  ids: fc.oneof({ weight: 4, arbitrary: consecutive }, fc.uniqueArray(fc.nat({ max: IDS - 1 }), { maxLength: 3 })),
});
const plan: fc.Arbitrary<Plan> = fc.record({
  council: fc.nat({ max: 1 }),
  command: fc.option(fc.nat({ max: 4 }), { nil: undefined, freq: 3 }),
  parts: fc.oneof({ weight: 3, arbitrary: fc.tuple(part) }, fc.array(part, { maxLength: 3 })),
});
/** Writes that come together go in one group; the groups come one after another. */
const history = fc.array(fc.array(plan, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 10 });

const WAYS_TO_READ = [
  {},
  { from: 2 },
  { from: 2, limit: 2 },
  { backwards: true },
  { from: 2, backwards: true, limit: 1 },
];
const WAYS_TO_FILTER = [{}, { categories: ['demo.other'] }, { types: [OTHER_TYPE] }, { types: [] }];

describe('the PostgreSQL event store, beside the memory store as its model', () => {
  let test: TestDatabase;
  beforeAll(async () => (test = await createTestDatabase({ migrations: eventStoreMigrations })));
  afterAll(() => test.drop());

  it('gives the same verdicts and holds the same events after any history', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (batches) => {
        const councils = [someTenant(), someTenant()];
        const streams = [someStream(), someStream(), someStream('demo.other')];
        const events = Array.from({ length: IDS }, (_, index) =>
          someEvent({ id: randomUUID(), data: { index }, ...(index % 3 === 0 && { type: OTHER_TYPE }) }),
        );
        const requests = batches.map((batch) =>
          batch.map((each): AppendRequest => ({
            tenant: councils[each.council]!,
            ...(each.command !== undefined && { commandId: `command-${each.command}` }),
            streams: each.parts.map(({ stream, expected, ids }) => ({
              stream: streams[stream]!,
              expected,
              events: ids.map((id) => events[id]!),
            })),
          })),
        );
        const told = async (store: EventStore) => account(store, requests, councils, streams);
        const store = new PostgresEventStore(test.database.pool, { hashed: true });
        expect(await told(store)).toEqual(await told(new MemoryEventStore()));
        // The hash that PostgreSQL took is the one that anybody takes of what is read.
        for (const tenant of councils)
          for await (const altered of store.alteredEvents(tenant)) expect(altered).toBe(undefined);
      }),
      { seed: 26, numRuns: 40 },
    );
  });
});

/** All that a store says to a history, with the event that stands at a position in place of the number. */
async function account(
  store: EventStore,
  batches: readonly (readonly AppendRequest[])[],
  councils: readonly string[],
  streams: readonly string[],
): Promise<unknown> {
  const outcomes = [];
  for (const batch of batches) outcomes.push(await Promise.allSettled(batch.map((request) => store.append(request))));
  const at = new Map<bigint, string>([[0n, 'the beginning']]);
  const read = [];
  for (const tenant of councils) {
    const { events } = await store.readAll({ tenant, after: 0n, limit: 1000 });
    for (const { position, id } of events) at.set(position, `${tenant} ${id}`);
    read.push(events.map(({ id, stream, version, data }) => ({ id, stream, version, data })));
    read.push(at.get(await store.head(tenant)));
    for (const stream of streams) {
      const found = await Promise.all(WAYS_TO_READ.map((options) => store.readStream(tenant, stream, options)));
      read.push(found.map((events) => events.map(({ version, id }) => [version, id])));
    }
    const pages = async (how: {
      readonly limit: number;
      readonly categories?: string[];
      readonly types?: string[];
    }) => {
      const found = [];
      for (let after = 0n, caughtUp = false; !caughtUp;) {
        const page = await store.readAll({ tenant, after, ...how });
        found.push([page.events.map(({ id }) => id), at.get(page.position), page.caughtUp]);
        ({ position: after, caughtUp } = page);
      }
      return found;
    };
    const ways = WAYS_TO_FILTER.flatMap((only) => [1, 3].map((limit) => ({ limit, ...only })));
    read.push(await Promise.all(ways.map(pages)));
    for (let command = 0; command < 5; command++) {
      const result = await store.resultOf(tenant, `command-${command}`);
      read.push(result && { ...result, position: at.get(result.position) });
    }
  }
  const verdicts = outcomes.flat().map((outcome) => {
    if (outcome.status === 'fulfilled') return { ...outcome.value, position: at.get(outcome.value.position) };
    const { name, message, faults } = outcome.reason as Error & { faults?: unknown };
    return { name, message, faults };
  });
  return { verdicts, read };
}
