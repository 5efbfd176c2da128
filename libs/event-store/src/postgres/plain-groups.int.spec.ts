import { createTestDatabase, type TestDatabase, WRENBRIDGE } from '@caretrail/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { someEvent, someEvents, someStream } from '../contract/event-store.contract.js';
import type { AppendRequest } from '../port/event-store.port.js';
import { eventStoreMigrations } from './migrations.js';
import { PostgresEventStore } from './postgres-event-store.adapter.js';

/** Whether a group is written as a whole or decided one by one is a matter of speed: nobody may see a difference. */
describe('a group that is written as a whole', () => {
  let test: TestDatabase;
  let store: PostgresEventStore;
  let calls: number;

  const request = (overrides: Partial<AppendRequest> = {}): AppendRequest => ({
    tenant: WRENBRIDGE,
    commandId: crypto.randomUUID(),
    streams: [{ stream: someStream(), expected: 'none', events: someEvents(2) }],
    ...overrides,
  });
  const together = (requests: readonly AppendRequest[]) =>
    Promise.allSettled(requests.map((each) => store.append(each)));

  beforeAll(async () => {
    test = await createTestDatabase({ migrations: eventStoreMigrations });
    const pool = new pg.Pool({ connectionString: test.appUrl, max: 2 });
    pool.on('error', () => undefined); // its connections may still be closing when the database is dropped
    const query = pool.query.bind(pool) as (...asked: unknown[]) => unknown;
    // Counted on the way through: how often the store had to ask.
    pool.query = ((...asked: [{ name?: string }]) => {
      if (asked[0].name === 'append_durably') calls++;
      return query(...asked);
    }) as typeof pool.query;
    calls = 0;
    store = new PostgresEventStore(pool);
  });
  afterAll(() => test.drop());

  it('answers as one by one, and again with the same', async () => {
    const requests = [
      request(),
      request(),
      request({
        streams: [1, 3].map((count) => ({ stream: someStream(), expected: 'any', events: someEvents(count) })),
      }),
    ];
    calls = 0;
    const first = await together(requests);
    expect(calls).toBe(1);
    calls = 0;
    const again = await together(requests);
    expect(calls).toBe(1); // the versions told that something was there before
    expect(again).toEqual(
      first.map((outcome) => ({ ...outcome, value: { ...(outcome as { value: object }).value, repeated: true } })),
    );
    calls = 0;
    expect(await together([requests[2]!])).toEqual([again[2]]);
    expect(calls).toBe(2); // the unique index told
    const { streams, commandId } = requests[2]!;
    const stored = await store.resultOf(WRENBRIDGE, commandId!);
    expect(stored).toEqual((again[2] as { value: unknown }).value);
    expect(stored!.versions).toEqual({ [streams[0]!.stream]: 1, [streams[1]!.stream]: 3 });
    expect(stored!.position).toBe((await store.readStream(WRENBRIDGE, streams[1]!.stream))[2]!.position);
  });

  it('lets a conflict fail alone, within the same call', async () => {
    const [right, wrong] = [
      request(),
      request({ streams: [{ stream: someStream(), expected: 3, events: someEvents(1) }] }),
    ];
    calls = 0;
    const outcomes = await together([right, wrong, request()]);
    expect(calls).toBe(1);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((outcomes[1] as { reason: unknown }).reason).toMatchObject({ name: 'WrongExpectedVersion', actual: 0 });
  });

  it('lets a command that was accepted before keep its first result, though its events are others now', async () => {
    const accepted = request();
    const first = await store.append(accepted);
    const outcomes = await together([request(), { ...request(), commandId: accepted.commandId! }]);
    expect(outcomes[1]).toEqual({ status: 'fulfilled', value: { ...first, repeated: true } });
    expect(outcomes[0]!.status).toBe('fulfilled');
  });

  it('keeps every form of text, and what is known on another day', async () => {
    const stream = someStream();
    const data = { text: 'é “x” \u0000 \\ {,} "quoted" 𝒳', list: [null, 1.5, -0] };
    const event = someEvent({ data, metadata: { effectiveOn: '1948-07-05', knownOn: '2025-04-01' } });
    await together([request(), request({ streams: [{ stream, expected: 'none', events: [event, someEvent()] }] })]);
    const read = await store.readStream(WRENBRIDGE, stream);
    expect(read[0]).toMatchObject({
      id: event.id,
      data: JSON.parse(JSON.stringify(data)) as unknown,
      metadata: event.metadata,
      knownOn: '2025-04-01',
    });
    expect(read[1]!.knownOn).not.toBe('2025-04-01');
    const page = await store.readAll({ tenant: WRENBRIDGE, after: read[0]!.position - 1n, limit: 2 });
    expect(page.events).toEqual(read);
  });
});
