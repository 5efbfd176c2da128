import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { InvalidInput, type NewEvent, type StoredEvent, streamName, type Tenant } from '@caretrail/kernel';
import { ClockRefused } from '../clock-refused.error.js';
import {
  type EventPage,
  type EventStore,
  type ExpectedVersion,
  PartlyWritten,
  WrongExpectedVersion,
} from '../port/event-store.port.js';

/** An adapter as the suite needs it: with a way to declare that a council is simulated. */
export interface StoreUnderTest {
  readonly store: EventStore;
  simulate(tenant: Tenant): Promise<void>;
  stop(): Promise<void>;
}

const METADATA = {
  actorId: 'actor-1',
  actorRole: 'broker',
  commandId: 'command-1',
  correlationId: 'correlation-1',
  effectiveOn: '2025-03-31',
};

/** An event with an id of its own; `overrides` replace whole fields, metadata is merged. */
export const someEvent = (
  overrides: Partial<Omit<NewEvent, 'metadata'>> & { metadata?: Partial<NewEvent['metadata']> } = {},
): NewEvent => ({
  id: randomUUID(),
  type: 'demo.noted.v1',
  data: { note: 'n' },
  ...overrides,
  metadata: { ...METADATA, ...overrides.metadata },
});

export const someEvents = (count: number): NewEvent[] => Array.from({ length: count }, () => someEvent());

/** A council code that no other test uses. */
export const someTenant = (): Tenant => `E${randomUUID().replaceAll('-', '').slice(0, 12)}`;

export const someStream = (category = 'demo.thing'): string => streamName(category, randomUUID());

const ids = (events: readonly { id: string }[]): string[] => events.map(({ id }) => id);

/** Every clause of the port, for any adapter. Each test has a second council and a second stream beside what it is about. */
export function eventStoreContract(name: string, makeStore: () => Promise<StoreUnderTest>): void {
  describe(`${name} keeps the contract of the event store`, () => {
    let underTest: StoreUnderTest;
    let store: EventStore;
    let tenant: Tenant;
    let stream: string;
    let neighbour: Tenant;
    let otherStream: string;
    /** What stands elsewhere before each test: in the other stream, and under the same name at the other council. */
    let elsewhere: { readonly other: NewEvent[]; readonly neighbours: NewEvent[] };

    const append = (
      events: readonly NewEvent[],
      expected: ExpectedVersion = 'any',
      more: { stream?: string; tenant?: Tenant; commandId?: string; recordedAt?: string } = {},
    ) => {
      const { stream: target = stream, ...rest } = more;
      return store.append({ tenant, ...rest, streams: [{ stream: target, expected, events }] });
    };
    const everything = async (council = tenant, pageSize = 1000): Promise<StoredEvent[]> => {
      const all: StoredEvent[] = [];
      for (let after = 0n; ;) {
        const page = await store.readAll({ tenant: council, after, limit: pageSize });
        all.push(...page.events);
        after = page.position;
        if (page.caughtUp) return all;
      }
    };

    beforeAll(async () => {
      underTest = await makeStore();
      store = underTest.store;
    });
    afterAll(() => underTest?.stop());

    beforeEach(async () => {
      [tenant, neighbour] = [someTenant(), someTenant()];
      [stream, otherStream] = [someStream(), someStream()];
      elsewhere = { other: someEvents(2), neighbours: someEvents(4) };
      await append(elsewhere.other, 'none', { stream: otherStream });
      await append(elsewhere.neighbours, 'none', { tenant: neighbour });
    });

    describe('what is said of a stream as a whole', () => {
      const say = (metadata: Record<string, string>, expected: ExpectedVersion = 'any') =>
        store.setMetadata(tenant, stream, metadata, expected);
      const said = (of = stream, council = tenant) => store.metadataOf(council, of);

      it('is nothing at first, and then all of what was said last, of that stream and council alone', async () => {
        expect(await said()).toEqual({ version: 0, metadata: {} });
        expect(await say({ retention: 'adult social care', team: 'North' }, 'none')).toMatchObject({ version: 1 });
        expect(await say({ retention: 'safeguarding' }, 1)).toEqual({
          version: 2,
          metadata: { retention: 'safeguarding' },
        });
        expect(await said()).toEqual({ version: 2, metadata: { retention: 'safeguarding' } });
        expect([await said(otherStream), await said(stream, neighbour)]).toEqual(
          Array(2).fill({ version: 0, metadata: {} }),
        );
      });

      it('is no event: nothing is added, and no position drawn', async () => {
        const before = await everything();
        await say({ team: 'North' });
        expect([await everything(), await store.readStream(tenant, stream)]).toEqual([before, []]);
        await append(someEvents(1), 'none');
      });

      it.each([0, 3, 'none'] as const)('is refused where it stands at another version than %s', async (expected) => {
        await say({ team: 'North' });
        await say({ team: 'South' });
        const error = await say({ team: 'East' }, expected).catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(WrongExpectedVersion);
        expect(error).toMatchObject({ stream, expected, actual: 2 });
        expect(await said()).toMatchObject({ version: 2, metadata: { team: 'South' } });
        await expect(store.setMetadata(tenant, otherStream, { a: 'b' }, 'exists')).rejects.toMatchObject({ actual: 0 });
        expect(await say({ team: 'East' }, 'exists')).toMatchObject({ version: 3 });
      });

      it('is said once where it is said again, in whatever order and with whatever expectation', async () => {
        await say({ team: 'North', open: 'yes' }, 'none');
        expect(await say({ open: 'yes', team: 'North' }, 'none')).toMatchObject({ version: 1 });
        expect(await say({ team: 'North', open: 'yes' }, 7)).toMatchObject({ version: 1 });
      });

      it('is said by one of many who expect the same version', async () => {
        const teams = Array.from({ length: 8 }, (_, nth) => ({ team: `Team ${nth}` }));
        const settled = await Promise.allSettled(teams.map((each) => say(each, 'none')));
        expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        expect(await said()).toMatchObject({ version: 1 });
        await Promise.all(teams.map((each) => say(each)));
        expect((await said()).version).toBeGreaterThanOrEqual(teams.length);
      });

      it.each([
        '$maxCount',
        'maxCount',
        'max-age',
        'truncateBefore',
        '$tb',
        'cacheControl',
        'acl',
        '$acl',
        '$anything',
      ])('may not be %s: nothing expires, and access is no label', async (key) => {
        const error = await say({ team: 'North', [key]: '1' }).catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(InvalidInput);
        expect((error as InvalidInput).faults).toMatchObject([{ rule: 'nothing-expires', field: `metadata.${key}` }]);
        expect(await said()).toEqual({ version: 0, metadata: {} });
      });

      it('is a flat map of strings, and its expected version whole', async () => {
        const nested = { team: { name: 'North' }, count: 2 } as unknown as Record<string, string>;
        await expect(say(nested, -1)).rejects.toMatchObject({
          faults: [{ field: 'metadata.team' }, { field: 'metadata.count' }, { rule: 'version-is-whole' }],
        });
        expect(await said()).toEqual({ version: 0, metadata: {} });
      });
    });

    describe('what was appended', () => {
      it('is read as it was written, and says where it stands and when it was recorded', async () => {
        const event = someEvent({
          type: 'demo.measured.v2',
          data: { z: 1, a: { y: [1.5, null, 'é “x” \u0000 \\ {,}'], b: true }, '10': 0, text: 'it’s "quoted"' },
          metadata: { actorTeam: 'Adults North', corrects: randomUUID() },
        });
        const before = Date.now();
        const { position } = await append([event], 'none');
        const [stored, ...more] = await store.readStream(tenant, stream);
        expect(more).toEqual([]);
        expect(stored).toEqual({
          ...event,
          tenant,
          stream,
          version: 1,
          position,
          recordedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
          knownOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
        });
        expect(Math.abs(Date.parse(stored!.recordedAt) - before)).toBeLessThan(60_000);
      });

      it('keeps the order of keys, which a hash depends on', async () => {
        const data = { zeta: 1, alpha: { second: 2, first: 1 }, mid: [{ b: 1, a: 2 }] };
        await append([someEvent({ data })]);
        const [stored] = await store.readStream(tenant, stream);
        expect(JSON.stringify(stored!.data)).toBe(JSON.stringify(data));
      });

      it.each([null, 'text', 0, false, []])('may be %j', async (data) => {
        await append([someEvent({ data })]);
        expect((await store.readStream(tenant, stream))[0]!.data).toEqual(data);
      });

      it('does not change when the writer changes what it handed over', async () => {
        const data = { list: [1] };
        const event = someEvent({ data });
        const appended = append([event]);
        data.list.push(2);
        await appended;
        expect((await store.readStream(tenant, stream))[0]!.data).toEqual({ list: [1] });
      });

      it('answers with position, ids and versions', async () => {
        const events = someEvents(3);
        const result = await append(events, 'none');
        expect(result).toEqual({
          position: await store.head(tenant),
          eventIds: ids(events),
          versions: { [stream]: 3 },
          repeated: false,
        });
        expect(typeof result.position).toBe('bigint');
      });
    });

    describe('an expected version', () => {
      const refused = async (expected: ExpectedVersion, actual: number): Promise<void> => {
        const error = await append(someEvents(1), expected).catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(WrongExpectedVersion);
        expect(error).toMatchObject({ stream, expected, actual });
        expect(await store.readStream(tenant, stream)).toHaveLength(actual);
      };

      it.each([['none'], [0], ['any']] as const)('%s is met by a stream that is not there', async (expected) => {
        expect((await append(someEvents(2), expected)).versions).toEqual({ [stream]: 2 });
      });

      it.each([[3], ['exists'], ['any']] as const)('%s is met by a stream at version 3', async (expected) => {
        await append(someEvents(3));
        expect((await append(someEvents(2), expected)).versions).toEqual({ [stream]: 5 });
        expect((await store.readStream(tenant, stream)).map(({ version }) => version)).toEqual([1, 2, 3, 4, 5]);
      });

      // 2 and 4 are where the other stream and the other council stand.
      it.each([[1], [2], [4], ['exists']] as const)('%s is not met by a stream that is not there', (expected) =>
        refused(expected, 0),
      );

      it.each([[0], [2], [4], [2 ** 40], ['none']] as const)(
        '%s is not met by a stream at version 3',
        async (expected) => {
          await append(someEvents(3));
          await refused(expected, 3);
        },
      );

      it('must be a whole number', async () => {
        for (const expected of [-1, 1.5, Number.NaN])
          await expect(append(someEvents(1), expected)).rejects.toBeInstanceOf(InvalidInput);
      });
    });

    describe('the same events again', () => {
      it.each([['none'], [0], ['any'], ['exists'], [2]] as const)(
        'with %s answer with the first result',
        async (expected) => {
          const events = someEvents(2);
          const first = await append(events, 'none');
          await append(someEvents(3), 2);
          expect(await append(events, expected)).toEqual({ ...first, repeated: true });
          expect(await store.readStream(tenant, stream)).toHaveLength(5);
        },
      );

      it('are found where another write put them, in the middle of the stream', async () => {
        await append(someEvents(2));
        const events = someEvents(2);
        const first = await append(events, 2);
        await append(someEvents(1), 4);
        expect(await append(events, 2)).toEqual({ ...first, repeated: true });
        expect(first.versions).toEqual({ [stream]: 4 });
      });

      it('are one write when they come at the same time', async () => {
        const events = someEvents(2);
        const results = await Promise.all(Array.from({ length: 8 }, () => append(events)));
        expect(results.filter(({ repeated }) => !repeated)).toHaveLength(1);
        expect(new Set(results.map(({ position }) => position)).size).toBe(1);
        expect(ids(await store.readStream(tenant, stream))).toEqual(ids(events));
      });

      it('are refused when only some of them are there', async () => {
        const events = someEvents(2);
        await append(events);
        for (const mixed of [
          [...events, someEvent()],
          [someEvent(), events[0]!],
          [events[1]!, events[0]!],
        ])
          for (const expected of ['any', 'none', 2] as const)
            await expect(append(mixed, expected)).rejects.toBeInstanceOf(PartlyWritten);
        expect(ids(await store.readStream(tenant, stream))).toEqual(ids(events));
      });

      it('are refused in another stream', async () => {
        const error = await append(elsewhere.other).catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(PartlyWritten);
        expect(error).toMatchObject({ stream });
        expect(await store.readStream(tenant, stream)).toEqual([]);
      });

      it('are refused when they had others between them', async () => {
        const events = someEvents(2);
        await append([events[0]!]);
        await append(someEvents(1));
        await append([events[1]!]);
        await expect(append(events)).rejects.toBeInstanceOf(PartlyWritten);
      });

      it('are new events at another council', async () => {
        const result = await append(elsewhere.neighbours, 'none');
        expect(result.repeated).toBe(false);
        expect(ids(await store.readStream(tenant, stream))).toEqual(ids(elsewhere.neighbours));
      });

      it('are not a repeat of a write that was refused', async () => {
        const events = someEvents(2);
        await expect(append(events, 7)).rejects.toBeInstanceOf(WrongExpectedVersion);
        expect((await append(events, 'none')).repeated).toBe(false);
      });
    });

    describe('a command id', () => {
      it('answers the second time with the first result, whatever comes with it', async () => {
        const first = await append(someEvents(2), 'none', { commandId: 'command' });
        await append(someEvents(1));
        const second = await append(someEvents(5), 'none', { commandId: 'command', stream: otherStream });
        expect(second).toEqual({ ...first, repeated: true });
        expect(await store.readStream(tenant, stream)).toHaveLength(3);
        expect(await store.readStream(tenant, otherStream)).toHaveLength(2);
      });

      it('is one write when it comes twice at the same time', async () => {
        const results = await Promise.all(
          [1, 2, 3, 4].map(() => append(someEvents(1), 'any', { commandId: 'command' })),
        );
        expect(results.filter(({ repeated }) => !repeated)).toHaveLength(1);
        expect(await store.readStream(tenant, stream)).toHaveLength(1);
      });

      it('is known with its result, and belongs to one council', async () => {
        const first = await append(someEvents(2), 'none', { commandId: 'command' });
        expect(await store.resultOf(tenant, 'command')).toEqual({ ...first, repeated: true });
        expect(await store.resultOf(tenant, 'another')).toBeUndefined();
        expect(await store.resultOf(neighbour, 'command')).toBeUndefined();
        const there = await append(someEvents(1), 'any', { commandId: 'command', tenant: neighbour });
        expect(there).toMatchObject({ repeated: false, versions: { [stream]: 5 } });
      });

      it('is not taken by a write that was refused', async () => {
        await expect(append(someEvents(1), 9, { commandId: 'command' })).rejects.toBeInstanceOf(WrongExpectedVersion);
        expect(await store.resultOf(tenant, 'command')).toBeUndefined();
        expect((await append(someEvents(1), 0, { commandId: 'command' })).repeated).toBe(false);
      });

      it('is remembered for a command without an event', async () => {
        const first = await append([], 'none', { commandId: 'command' });
        expect(first).toEqual({
          position: await store.head(tenant),
          eventIds: [],
          versions: { [stream]: 0 },
          repeated: false,
        });
        await append(someEvents(1));
        expect(await append(someEvents(1), 1, { commandId: 'command' })).toEqual({ ...first, repeated: true });
        expect(await store.readStream(tenant, stream)).toHaveLength(1);
      });
    });

    describe('a write without an event', () => {
      it('answers with the head of its council and adds nothing', async () => {
        const head = await store.head(tenant);
        const result = await store.append({ tenant, streams: [] });
        expect(result).toEqual({ position: head, eventIds: [], versions: {}, repeated: false });
        expect(await store.append({ tenant: someTenant(), streams: [] })).toMatchObject({ position: 0n });
        expect(await store.head(tenant)).toBe(head);
      });

      it('still holds its stream to the expected version', async () => {
        await expect(append([], 'exists')).rejects.toBeInstanceOf(WrongExpectedVersion);
        expect((await append([], 2, { stream: otherStream })).versions).toEqual({ [otherStream]: 2 });
      });
    });

    describe('a write to several streams', () => {
      it('is in all of them, in the order in which they were named', async () => {
        const [here, there] = [someEvents(2), someEvents(1)];
        const result = await store.append({
          tenant,
          streams: [
            { stream: otherStream, expected: 2, events: there },
            { stream, expected: 'none', events: here },
          ],
        });
        expect(result.versions).toEqual({ [stream]: 2, [otherStream]: 3 });
        expect(result.eventIds).toEqual([...ids(there), ...ids(here)]);
        expect(ids(await everything())).toEqual([...ids(elsewhere.other), ...ids(there), ...ids(here)]);
        expect(result.position).toBe(await store.head(tenant));
      });

      it('is in none of them when one stands elsewhere', async () => {
        const failing = store.append({
          tenant,
          commandId: 'command',
          streams: [
            { stream, expected: 'none', events: someEvents(2) },
            { stream: otherStream, expected: 1, events: someEvents(1) },
          ],
        });
        await expect(failing).rejects.toMatchObject({ stream: otherStream, expected: 1, actual: 2 });
        expect(await store.readStream(tenant, stream)).toEqual([]);
        expect(ids(await everything())).toEqual(ids(elsewhere.other));
      });

      it('is recognised as a whole, and refused when only one stream has it', async () => {
        const [here, there] = [someEvents(2), someEvents(2)];
        const write = () =>
          store.append({
            tenant,
            streams: [
              { stream, expected: 'any', events: here },
              { stream: otherStream, expected: 'any', events: there },
            ],
          });
        await append(here);
        await expect(write()).rejects.toMatchObject({ name: 'PartlyWritten', stream: otherStream });
        expect(await store.readStream(tenant, otherStream)).toHaveLength(2);
        const first = await append(there, 2, { stream: otherStream });
        await append(someEvents(1));
        expect(await write()).toEqual({
          position: first.position,
          eventIds: [...ids(here), ...ids(there)],
          versions: { [stream]: 2, [otherStream]: 4 },
          repeated: true,
        });
      });

      it('names each stream, and each event, once', async () => {
        const event = someEvent();
        const part = (target: string, written: NewEvent) => ({
          stream: target,
          expected: 'any' as const,
          events: [written],
        });
        for (const streams of [
          [part(stream, someEvent()), part(stream, someEvent())],
          [part(stream, event), part(otherStream, event)],
        ])
          await expect(store.append({ tenant, streams })).rejects.toBeInstanceOf(InvalidInput);
        expect(await everything()).toHaveLength(2);
      });
    });

    it('what no store can write is refused alone, and says which field is wrong', async () => {
      const metadata = (said: object) => said as Partial<NewEvent['metadata']>;
      const bad: [NewEvent, string][] = [
        [someEvent({ id: 'not-a-uuid' }), 'streams.0.events.0.id'],
        [someEvent({ id: randomUUID().toUpperCase() }), 'streams.0.events.0.id'],
        [someEvent({ data: undefined }), 'streams.0.events.0.data'],
        [someEvent({ data: { pence: 1n } }), 'streams.0.events.0.data'],
        [someEvent({ metadata: { effectiveOn: '31/03/2025' } }), 'streams.0.events.0.metadata.effectiveOn'],
        [someEvent({ metadata: { knownOn: '2025-02-30' } }), 'streams.0.events.0.metadata.knownOn'],
        // A flat map of strings, because that is what every store we support can carry.
        [someEvent({ metadata: metadata({ attempts: 3 }) }), 'streams.0.events.0.metadata.attempts'],
        [someEvent({ metadata: metadata({ source: { file: 'x' } }) }), 'streams.0.events.0.metadata.source'],
        [someEvent({ metadata: metadata({ actorTeam: null }) }), 'streams.0.events.0.metadata.actorTeam'],
      ];
      for (const [event, field] of bad) {
        const [failed, fine] = await Promise.allSettled([append([event]), append(someEvents(1))]);
        expect(failed).toMatchObject({ status: 'rejected', reason: { faults: [{ field }] } });
        expect(fine.status).toBe('fulfilled');
      }
      expect(await store.readStream(tenant, stream)).toHaveLength(bad.length);
    });

    describe('reading a stream', () => {
      let events: NewEvent[];
      const versions = async (options?: Parameters<EventStore['readStream']>[2]): Promise<number[]> =>
        (await store.readStream(tenant, stream, options)).map(({ version }) => version);

      beforeEach(async () => {
        events = someEvents(5);
        await append(events.slice(0, 3));
        await append(someEvents(1), 'any', { stream: otherStream });
        await append(events.slice(3));
      });

      it('goes forwards from the beginning', async () => {
        const read = await store.readStream(tenant, stream);
        expect(ids(read)).toEqual(ids(events));
        expect(read.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5]);
        expect(new Set(read.map((event) => `${event.tenant} ${event.stream}`))).toEqual(
          new Set([`${tenant} ${stream}`]),
        );
      });

      it('starts at a version, which is included', async () => {
        expect(await versions({ from: 3 })).toEqual([3, 4, 5]);
        expect(await versions({ from: 6 })).toEqual([]);
        expect(await versions({ from: 2 ** 40 })).toEqual([]);
      });

      it('stops at a limit', async () => {
        expect(await versions({ limit: 2 })).toEqual([1, 2]);
        expect(await versions({ from: 2, limit: 2 })).toEqual([2, 3]);
        await expect(versions({ limit: 0 })).rejects.toBeInstanceOf(InvalidInput);
      });

      it('goes backwards, from the end or from a version, which is included', async () => {
        expect(await versions({ backwards: true })).toEqual([5, 4, 3, 2, 1]);
        expect(await versions({ backwards: true, limit: 2 })).toEqual([5, 4]);
        expect(await versions({ backwards: true, from: 3 })).toEqual([3, 2, 1]);
        expect(await versions({ backwards: true, from: 3, limit: 1 })).toEqual([3]);
        expect(await versions({ backwards: true, from: 0 })).toEqual([]);
        expect(await versions({ backwards: true, from: 2 ** 40, limit: 1 })).toEqual([5]);
      });

      it('finds nothing in a stream that is not there, and nothing of another council', async () => {
        expect(await store.readStream(tenant, someStream())).toEqual([]);
        expect(await store.readStream(neighbour, otherStream)).toEqual([]);
        expect(ids(await store.readStream(neighbour, stream))).toEqual(ids(elsewhere.neighbours));
      });

      it('takes several streams at once, without those that are not there', async () => {
        const read = await store.readStreams(tenant, [stream, someStream(), otherStream, stream]);
        expect([...read.keys()].sort()).toEqual([stream, otherStream].sort());
        expect(ids(read.get(stream)!)).toEqual(ids(events));
        expect(read.get(otherStream)!.map(({ version }) => version)).toEqual([1, 2, 3]);
        expect((await store.readStreams(neighbour, [otherStream])).size).toBe(0);
        expect((await store.readStreams(tenant, [])).size).toBe(0);
      });

      it('finds events by id in order of position, without unknown ids', async () => {
        const wanted = [events[4]!, elsewhere.other[0]!, events[1]!];
        const read = await store.readEvents(tenant, [
          ...ids(wanted),
          events[1]!.id,
          randomUUID(),
          'no id at all',
          elsewhere.neighbours[0]!.id,
        ]);
        expect(ids(read)).toEqual([elsewhere.other[0]!.id, events[1]!.id, events[4]!.id]);
        expect(await store.readEvents(tenant, [])).toEqual([]);
      });
    });

    describe('reading everything', () => {
      it('gives the events of one council in order of position', async () => {
        const events = someEvents(3);
        await append([events[0]!]);
        await append(someEvents(2), 'any', { tenant: neighbour });
        await append([events[1]!], 'any', { stream: otherStream });
        await append([events[2]!]);
        const all = await everything();
        expect(ids(all)).toEqual(ids([...elsewhere.other, ...events]));
        const positions = all.map(({ position }) => position);
        expect(positions).toEqual([...positions].sort((one, other) => (one < other ? -1 : 1)));
        expect(new Set(positions).size).toBe(positions.length);
        expect(new Set(all.map((event) => event.tenant))).toEqual(new Set([tenant]));
      });

      it('comes in pages that join without a gap', async () => {
        await append(someEvents(7));
        for (const limit of [1, 2, 3, 9, 10])
          expect(ids(await everything(tenant, limit))).toEqual(ids(await everything()));
      });

      it('says how far it has seen, and when nothing lies beyond', async () => {
        await append(someEvents(2));
        const head = await store.head(tenant);
        const first = await store.readAll({ tenant, after: 0n, limit: 3 });
        expect(first).toMatchObject({ caughtUp: false, position: first.events[2]!.position });
        const second = await store.readAll({ tenant, after: first.position, limit: 3 });
        expect(second).toMatchObject({ caughtUp: true, position: head });
        expect(second.events).toHaveLength(1);
        expect(await store.readAll({ tenant, after: head, limit: 3 })).toEqual({
          events: [],
          position: head,
          caughtUp: true,
        });
        expect(await store.readAll({ tenant, after: 0n, limit: 4 })).toMatchObject({ caughtUp: true, position: head });
      });

      it('never sends a reader back, even one that stands beyond the head', async () => {
        const beyond = (await store.head(tenant)) + 1_000_000n;
        expect(await store.readAll({ tenant, after: beyond, limit: 3 })).toEqual({
          events: [],
          position: beyond,
          caughtUp: true,
        });
      });

      it('filters by type and by category, and still sees past the others', async () => {
        const thing = someStream('demo.thing-part');
        const [noted, closed] = [someEvent(), someEvent({ type: 'demo.closed.v1' })];
        await append([noted, closed], 'none', { stream: thing });
        await append([someEvent({ type: 'demo.closed.v1' })]);
        const head = await store.head(tenant);
        const read = (filter: { types?: string[]; categories?: string[] }, limit = 10) =>
          store.readAll({ tenant, after: 0n, limit, ...filter });

        const closedEvents = await read({ types: ['demo.closed.v1'] });
        expect(closedEvents.events.map((event) => event.type)).toEqual(['demo.closed.v1', 'demo.closed.v1']);
        expect(closedEvents).toMatchObject({ caughtUp: true, position: head });
        expect(ids((await read({ categories: ['demo.thing-part'] })).events)).toEqual([noted.id, closed.id]);
        expect((await read({ categories: ['demo.thing'] })).events.map((event) => event.stream)).toEqual([
          otherStream,
          otherStream,
          stream,
        ]);
        const both = await read({
          types: ['demo.closed.v1', 'demo.other.v1'],
          categories: ['demo.thing-part', 'demo.x'],
        });
        expect(ids(both.events)).toEqual([closed.id]);
        const cut = await read({ types: ['demo.closed.v1'] }, 1);
        expect(cut).toMatchObject({ caughtUp: false, position: closedEvents.events[0]!.position });
        expect(await read({ types: ['demo.unknown.v1'] })).toEqual({ events: [], position: head, caughtUp: true });
        expect(await read({ types: [] })).toEqual({ events: [], position: head, caughtUp: true });
      });

      it('is replayed to the end, from anywhere, in pages that join without a gap', async () => {
        const noted = someEvents(5_003);
        await append(noted);
        await append([someEvent({ type: 'demo.closed.v1' })]);
        const head = await store.head(tenant);
        const replayed = async (query: { after?: bigint; types?: string[]; categories?: string[] } = {}) => {
          const pages: EventPage[] = [];
          for await (const page of store.replay({ tenant, after: 0n, ...query })) pages.push(page);
          expect(pages.at(-1)).toMatchObject({ caughtUp: true, position: head });
          for (const [nth, page] of pages.entries()) {
            expect(page.caughtUp).toBe(nth === pages.length - 1);
            for (const { position } of page.events) {
              expect(position).toBeGreaterThan(pages[nth - 1]?.position ?? query.after ?? 0n);
              expect(position).toBeLessThanOrEqual(page.position);
            }
          }
          return pages.flatMap(({ events }) => events);
        };
        const all = await everything(tenant, 10_000);
        expect(await replayed()).toEqual(all);
        expect(ids(await replayed({ after: all[4]!.position }))).toEqual(ids(all.slice(5)));
        expect(ids(await replayed({ types: ['demo.closed.v1'] }))).toEqual([all.at(-1)!.id]);
        expect(await replayed({ categories: ['demo.unknown'] })).toEqual([]);
        expect(await replayed({ after: head })).toEqual([]);
      });

      it('may be left in the middle of a replay', async () => {
        await append(someEvents(5_001));
        for await (const page of store.replay({ tenant, after: 0n })) {
          expect(page.caughtUp).toBe(false);
          break;
        }
        expect((await everything(tenant, 10_000)).length).toBe(5_003);
      });

      it('is subscribed to: catches up, says so, and goes on with what is appended until it is told to end', async () => {
        const [old, more] = [someEvents(3), someEvents(2)];
        await append(old);
        const ending = new AbortController();
        const pages = store.subscribe({ tenant, after: 0n, categories: ['demo.thing'] }, ending.signal);
        const next = async (): Promise<EventPage> => (await pages.next()).value as EventPage;
        const first: StoredEvent[] = [];
        for (let caughtUp = false; !caughtUp;) {
          const page = await next();
          first.push(...page.events);
          caughtUp = page.caughtUp;
        }
        expect(ids(first)).toEqual(ids([...elsewhere.other, ...old]));

        await append(someEvents(1), 'any', { tenant: neighbour });
        const live = next();
        await append(more);
        const { events, position, caughtUp } = await live;
        expect(ids(events)).toEqual(ids(more));
        expect({ position, caughtUp }).toEqual({ position: await store.head(tenant), caughtUp: true });

        const last = pages.next();
        ending.abort();
        expect(await last).toEqual({ done: true, value: undefined });
      });

      it('says to a subscriber who stands at the end that it is caught up, and brings nothing twice', async () => {
        const head = await store.head(tenant);
        const ending = new AbortController();
        const seen: EventPage[] = [];
        for await (const page of store.subscribe({ tenant, after: head }, ending.signal)) {
          seen.push(page);
          // What is appended while a page is used wakes the subscriber too.
          if (seen.length < 4) await append(someEvents(1));
          else ending.abort();
        }
        expect(seen[0]).toEqual({ events: [], position: head, caughtUp: true });
        expect(seen.slice(1).map((page) => page.events.map(({ version }) => version))).toEqual([[1], [2], [3]]);
      });

      it('never misses, doubles or reorders an event while sixteen writers write', async () => {
        const written: string[] = [];
        const seen: StoredEvent[] = [];
        let done = false;
        const reader = (async () => {
          for (let after = 0n; ;) {
            const finished = done;
            const page = await store.readAll({ tenant, after, limit: 7 });
            seen.push(...page.events);
            after = page.position;
            if (finished && page.caughtUp) return;
            await new Promise(setImmediate);
          }
        })();
        const shared = someStream();
        await Promise.all(
          Array.from({ length: 16 }, async (_, writer) => {
            const own = someStream();
            for (let round = 0; round < 12; round++) {
              const events = someEvents(1 + ((writer + round) % 3));
              await append(events, 'any', { stream: round % 2 ? shared : own });
              if (round % 4 === 3)
                await expect(append(someEvents(1), 1000, { stream: own })).rejects.toBeInstanceOf(WrongExpectedVersion);
              written.push(...ids(events));
            }
          }),
        );
        done = true;
        await reader;
        expect(ids(seen).sort()).toEqual([...ids(elsewhere.other), ...written].sort());
        const next = new Map<string, number>();
        let last = 0n;
        for (const event of seen) {
          expect(event.position > last).toBe(true);
          last = event.position;
          expect(event.version).toBe((next.get(event.stream) ?? 0) + 1);
          next.set(event.stream, event.version);
        }
      });

      it('lets one of many writers with the same expected version through', async () => {
        const results = await Promise.allSettled(Array.from({ length: 16 }, () => append(someEvents(2), 'none')));
        expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        for (const result of results)
          if (result.status === 'rejected')
            expect(result.reason).toMatchObject({ stream, expected: 'none', actual: 2 });
        expect(await store.readStream(tenant, stream)).toHaveLength(2);
      });
    });

    it('lists the streams of a category by name, in pages, without those of a longer category', async () => {
      const names = Array.from({ length: 5 }, () => someStream('demo.list')).sort();
      for (const listed of [...names].reverse()) await append(someEvents(2), 'none', { stream: listed });
      // A category whose name continues with a hyphen sorts among the others: `e` is a digit of a UUID too.
      await append(someEvents(1), 'none', { stream: someStream('demo.list-extra') });
      await append(someEvents(1), 'none', { stream: someStream('demo.lis') });
      await append(someEvents(1), 'none', { stream: someStream('demo.list'), tenant: neighbour });
      expect(await store.streamsOf(tenant, 'demo.list', '', 10)).toEqual(names);
      expect(await store.streamsOf(tenant, 'demo.list', '', 2)).toEqual(names.slice(0, 2));
      expect(await store.streamsOf(tenant, 'demo.list', names[1]!, 2)).toEqual(names.slice(2, 4));
      expect(await store.streamsOf(tenant, 'demo.list', names[4]!, 2)).toEqual([]);
      expect(await store.streamsOf(tenant, 'demo.unknown', '', 2)).toEqual([]);
    });

    it('knows the head of each council', async () => {
      expect(await store.head(someTenant())).toBe(0n);
      const { position } = await append(someEvents(2));
      await append(someEvents(1), 'any', { tenant: neighbour });
      expect(await store.head(tenant)).toBe(position);
      expect((await store.head(neighbour)) > position).toBe(true);
    });

    it('calls back after each append that added something, until it is told to stop', async () => {
      const calls: [Tenant, bigint][] = [];
      const stop = store.onAppend((council, position) => void calls.push([council, position]));
      const events = someEvents(2);
      const first = await append(events);
      await append(events);
      await append([]);
      await append(someEvents(1), 'none').catch(() => undefined);
      const second = await append(someEvents(1), 'any', { tenant: neighbour });
      expect(calls).toEqual([
        [tenant, first.position],
        [neighbour, second.position],
      ]);
      stop();
      await append(someEvents(1));
      expect(calls).toHaveLength(2);
    });

    describe('the day the council knew', () => {
      it('is that of the dated source, where there is one', async () => {
        await append([someEvent({ metadata: { knownOn: '2025-07-30', source: 'Client Level Data' } }), someEvent()]);
        const [cited, plain] = await store.readStream(tenant, stream);
        expect(cited).toMatchObject({ knownOn: '2025-07-30', metadata: { knownOn: '2025-07-30' } });
        const dayOf = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' });
        expect(plain!.knownOn).toBe(dayOf.format(new Date(plain!.recordedAt)));
        expect(cited!.recordedAt).toBe(plain!.recordedAt);
      });
    });

    describe('the clock of a simulated council', () => {
      it('is a moment that there was', async () => {
        await underTest.simulate(tenant);
        for (const recordedAt of [
          '2025-02-30T12:00:00Z',
          '2025-06-31T12:00:00Z',
          '2025-13-01T12:00:00Z',
          '2025-06-30T25:00:00Z',
        ])
          await expect(append(someEvents(1), 'any', { recordedAt })).rejects.toBeInstanceOf(InvalidInput);
      });

      it('runs on through writes that come together', async () => {
        await underTest.simulate(neighbour);
        const council = someTenant();
        await underTest.simulate(council);
        const moments = ['2025-06-28T09:00:00.000Z', '2025-06-29T23:30:00.000Z', '2025-06-29T23:30:00.000Z'];
        await Promise.all(
          moments.map((recordedAt) =>
            append(someEvents(2), 'none', { tenant: council, stream: someStream(), recordedAt }),
          ),
        );
        const known = moments.flatMap((moment) => [moment, moment]);
        const read = await everything(council);
        expect(read.map(({ recordedAt }) => recordedAt)).toEqual(known);
        // Half past eleven in the evening by UTC is the next day in a London summer.
        expect(read.map(({ knownOn }) => knownOn)).toEqual(
          ['2025-06-28', '2025-06-30', '2025-06-30'].flatMap((day) => [day, day]),
        );
        const outcomes = await Promise.allSettled(
          ['2025-06-30T10:00:00.000Z', '2025-06-30T09:00:00.000Z', '2025-06-30T11:00:00.000Z'].map((recordedAt) =>
            append(someEvents(1), 'none', { tenant: council, stream: someStream(), recordedAt }),
          ),
        );
        expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      });

      let simulated: Tenant;
      const at = (recordedAt: string) => append(someEvents(1), 'any', { tenant: simulated, recordedAt });
      const recorded = async () => (await everything(simulated)).map((event) => [event.recordedAt, event.knownOn]);

      beforeEach(async () => {
        simulated = someTenant();
        await underTest.simulate(simulated);
      });

      it('can be set, and the London day follows it', async () => {
        await at('2025-06-30T22:30:00.000Z');
        await at('2025-06-30T23:30:00Z');
        await at('2025-12-31T23:30:00Z');
        expect(await recorded()).toEqual([
          ['2025-06-30T22:30:00.000Z', '2025-06-30'],
          ['2025-06-30T23:30:00.000Z', '2025-07-01'],
          ['2025-12-31T23:30:00.000Z', '2025-12-31'],
        ]);
      });

      it('changes the London day at its midnight, where the clocks go forward and back and in a leap year, too', async () => {
        const days = [
          ['2023-03-25T23:59:59.999Z', '2023-03-25'],
          ['2023-03-26T00:00:00.000Z', '2023-03-26'],
          ['2023-03-26T22:59:59.999Z', '2023-03-26'], // 23 hours long
          ['2023-03-26T23:00:00.000Z', '2023-03-27'],
          ['2023-10-28T22:59:59.999Z', '2023-10-28'],
          ['2023-10-28T23:00:00.000Z', '2023-10-29'],
          ['2023-10-29T23:59:59.999Z', '2023-10-29'], // 25 hours long
          ['2023-10-30T00:00:00.000Z', '2023-10-30'],
          ['2024-02-28T23:59:59.999Z', '2024-02-28'],
          ['2024-02-29T00:00:00.000Z', '2024-02-29'],
          ['2024-02-29T23:59:59.999Z', '2024-02-29'],
          ['2024-03-01T00:00:00.000Z', '2024-03-01'],
        ] as const;
        await Promise.all(days.map(([moment]) => at(moment)));
        expect(await recorded()).toEqual(days);
        // A source that cites its own day keeps it, whatever the clock says.
        const cited = someEvent({ metadata: { knownOn: '2020-02-29' } });
        await append([cited], 'any', { tenant: simulated, recordedAt: '2024-03-31T00:30:00.000Z' });
        expect((await recorded()).at(-1)).toEqual(['2024-03-31T00:30:00.000Z', '2020-02-29']);
      });

      it('may stand still but never runs backwards', async () => {
        await at('2025-06-30T12:00:00.005Z');
        await at('2025-06-30T12:00:00.005Z');
        await expect(at('2025-06-30T12:00:00.004Z')).rejects.toMatchObject({ refusal: 'before-last-event' });
        expect(await recorded()).toHaveLength(2);
      });

      it('may repeat the moment of an event that was recorded by the real clock', async () => {
        await append(someEvents(1), 'any', { tenant: simulated });
        const [[moment]] = (await recorded()) as [[string, string]];
        await at(moment);
        expect((await recorded()).map(([instant]) => instant)).toEqual([moment, moment]);
      });

      it('never runs ahead', async () => {
        const ahead = new Date(Date.now() + 86_400_000).toISOString();
        await expect(at(ahead)).rejects.toMatchObject({ refusal: 'in-the-future' });
        expect(await recorded()).toEqual([]);
      });

      it('is refused to a real council, and nothing is written', async () => {
        const error = await append(someEvents(1), 'any', { recordedAt: '2025-06-30T12:00:00Z' }).catch(
          (reason: unknown) => reason,
        );
        expect(error).toBeInstanceOf(ClockRefused);
        expect(error).toMatchObject({ refusal: 'not-simulated', tenant });
        expect(await store.readStream(tenant, stream)).toEqual([]);
      });

      it('must be told in UTC', async () => {
        await expect(at('2025-06-30T12:00:00+01:00')).rejects.toBeInstanceOf(InvalidInput);
        await expect(at('yesterday')).rejects.toBeInstanceOf(InvalidInput);
      });
    });
  });
}
