import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LocalAccounts } from '@caretrail/access';
import { CommandExecutor } from '@caretrail/commands';
import { type EventStore, PostgresEventStore, UpcastingEventStore, Upcasters } from '@caretrail/event-store';
import {
  Command,
  type CommandMeta,
  type CommandRoute,
  type Decider,
  type DomainEvent,
  EventCatalogue,
  type StoredEvent,
  defineEvent,
  streamName,
} from '@caretrail/kernel';
import { PersonalCodec, SubjectKeys, Tampered, isSealed } from '@caretrail/privacy';
import { transactionOf } from '@caretrail/projections';
import { type TestDatabase, WRENBRIDGE, createTestDatabase, TestClock } from '@caretrail/testing';
import { randomBytes, randomUUID } from 'node:crypto';
import { platformParts } from '../../apps/platform/src/house.js';
import { EventExplorerProjection } from '../../libs/views/src/event-explorer/event-explorer.projection.js';
import { EventPage } from '../../libs/views/src/event-explorer/event-page.js';
import { ExploreEvents } from '../../libs/views/src/event-explorer/explore-events.query.js';

/** A coin put into a jar: first with its pence and a note, later with an amount and words that moved to another path. */
interface FirstShape {
  readonly jarId: string;
  readonly pence: number;
  readonly notes: readonly { readonly text?: string }[];
}
interface SecondShape {
  readonly jarId: string;
  readonly amount: { readonly pence: number };
  readonly said: { readonly words: readonly (string | undefined)[] };
}
const first = defineEvent({
  type: 'testing.coin-put.v1',
  schema: { parse: (data) => data as FirstShape },
  personal: ['notes.*.text'],
  subject: (data) => data.jarId,
  people: (data) => [data.jarId],
  title: (data) => `First shape: ${data.pence}p`,
  authority: 'none',
});
const second = defineEvent({
  type: 'testing.coin-put.v2',
  schema: { parse: (data) => data as SecondShape },
  personal: ['said.words.*'],
  subject: (data) => data.jarId,
  people: (data) => [data.jarId],
  title: (data) => `Second shape: ${data.amount.pence}p`,
  authority: 'none',
});
const step = {
  from: first.type,
  up: (data: unknown): SecondShape => {
    const { jarId, pence, notes } = data as FirstShape;
    return { jarId, amount: { pence }, said: { words: notes.map(({ text }) => text).toReversed() } };
  },
};

class PutCoin extends Command<DomainEvent> {}
const seen: unknown[] = [];
/** Stores the event that it is told to, and says of which events it knew. */
const jar: Decider<PutCoin, readonly DomainEvent[], DomainEvent> = {
  initial: [],
  decide: ({ data }, known) => {
    seen.splice(0, seen.length, ...known);
    return [data];
  },
  evolve: (known, { type, data }) => [...known, { type, data }],
};
const routes = [
  {
    command: PutCoin,
    decider: jar,
    stream: ({ data }: DomainEvent<string, FirstShape | SecondShape>) => streamName('testing.jar', data.jarId),
  },
] as unknown as CommandRoute[];

describe('an event of an older version', () => {
  const jarId = randomUUID();
  const stream = streamName('testing.jar', jarId);
  const catalogue = new EventCatalogue([first, second]);
  const upcasters = new Upcasters(
    [step],
    catalogue.all().map(({ type }) => type),
  );
  const newest = { jarId, amount: { pence: 20 }, said: { words: ['for the bus'] } };
  const oldest = { jarId, pence: 10, notes: [{ text: 'from gran' }, { text: 'and grandad' }] };
  const broughtForward = { jarId, amount: { pence: 10 }, said: { words: ['and grandad', 'from gran'] } };
  const projected: StoredEvent[] = [];
  let db: TestDatabase;
  let stored: EventStore;
  let store: EventStore;
  let codec: PersonalCodec;
  let executor: CommandExecutor;

  const put = (event: DomainEvent) => {
    const meta: CommandMeta = {
      tenant: WRENBRIDGE,
      commandId: randomUUID(),
      actor: { id: 'nadia', role: 'practitioner' },
      effectiveOn: '2026-01-05',
    };
    return new PutCoin(event, meta);
  };

  beforeAll(async () => {
    db = await createTestDatabase(platformParts);
    const keys = new SubjectKeys(db.database, randomBytes(32));
    stored = new PostgresEventStore(db.database.pool);
    // The program as it was when there was one version only.
    const before = new EventCatalogue([first]);
    const asBefore = new CommandExecutor(stored, new PersonalCodec(keys, before), before, routes, new TestClock());
    await asBefore.execute(put({ type: first.type, data: oldest }));

    store = UpcastingEventStore.over(stored, upcasters);
    codec = new PersonalCodec(keys, catalogue, upcasters);
    executor = new CommandExecutor(store, codec, catalogue, routes, new TestClock());
    await executor.execute(put({ type: second.type, data: newest }));
    const { events } = await store.readAll({ tenant: WRENBRIDGE, after: 0n, limit: 10, types: [second.type] });
    projected.push(...events);
    await db.database.inTenant(WRENBRIDGE, (manager) =>
      new EventExplorerProjection(catalogue).apply(projected, transactionOf(WRENBRIDGE, manager)),
    );
  });
  afterAll(() => db.drop());

  it('comes before a decision in the current version, with its personal fields in clear', () => {
    expect(seen).toEqual([{ type: second.type, data: broughtForward }]);
  });

  it('comes with the current ones to a projection that asks for the current type', async () => {
    expect(projected.map(({ data }) => (data as SecondShape).amount.pence)).toEqual([10, 20]);
    const types = await db.database.inTenant(WRENBRIDGE, (manager) =>
      manager.query<object[]>('select type, stream from explored_event order by position'),
    );
    expect(types).toEqual(Array(2).fill({ type: second.type, stream }));
  });

  it('shows its current title and fields on a page', async () => {
    const accounts = new LocalAccounts('test');
    const account = (await accounts.list(WRENBRIDGE)).find(({ role }) => role === 'practitioner')!;
    const page = new EventPage(new ExploreEvents(db.database), store, catalogue, codec, accounts);
    const [event] = await stored.readStream(WRENBRIDGE, stream);
    const reader = { tenant: WRENBRIDGE, needToKnow: false, effective: '2099-12-31', known: '2099-12-31' };
    const opened = (await page.open(reader, account, event!.id))!;
    expect(opened.title).toBe('Second shape: 10p');
    expect(opened.line.type).toBe(second.type);
    expect(opened.fields).toContainEqual({ name: 'said › words › 1', value: 'and grandad', locked: false });
  });

  it('stays in the store as it was written, its ciphertext on the path at which it was locked', async () => {
    const [event] = await stored.readStream(WRENBRIDGE, stream);
    expect(event!.type).toBe(first.type);
    const { notes, ...clear } = event!.data as { notes: { text: unknown }[] };
    expect(clear).toEqual({ jarId, pence: 10 });
    expect(notes.map(({ text }) => isSealed(text))).toEqual([true, true]);
    const [current] = await store.readStream(WRENBRIDGE, stream);
    expect(current!.asStored).toEqual({ type: first.type, data: event!.data });
  });

  it('opens, from whichever store it comes and however often, and says no more what it was', async () => {
    for (const source of [stored, store]) {
      const once = await codec.open(await source.readStream(WRENBRIDGE, stream));
      expect(once.map(({ type, data }) => ({ type, data }))).toEqual([
        { type: second.type, data: broughtForward },
        { type: second.type, data: newest },
      ]);
      expect(once.filter((event) => 'asStored' in event)).toEqual([]);
      expect(await codec.open(once)).toEqual(once);
    }
    const ids = (await stored.readStream(WRENBRIDGE, stream)).map(({ id }) => id);
    expect((await store.readEvents(WRENBRIDGE, ids)).map(({ type }) => type)).toEqual([second.type, second.type]);
  });

  it('does not open where a ciphertext was moved in the store', async () => {
    const [event] = await stored.readStream(WRENBRIDGE, stream);
    const { notes, ...rest } = event!.data as FirstShape;
    const moved: StoredEvent = { ...event!, data: { ...rest, notes: notes.toReversed() } };
    await expect(codec.open([moved])).rejects.toBeInstanceOf(Tampered);
  });

  it('is not looked for where nothing was left behind', () => {
    expect(UpcastingEventStore.over(stored, new Upcasters([], [first.type]))).toBe(stored);
  });
});
