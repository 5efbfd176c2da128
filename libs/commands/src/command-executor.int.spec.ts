import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EventStore, MemoryEventStore } from '@caretrail/event-store';
import {
  Command,
  type CommandMeta,
  type CommandRoute,
  Conflict,
  type Decider,
  EventCatalogue,
  type EventOf,
  RuleViolation,
  defineEvent,
  streamName,
} from '@caretrail/kernel';
import { PersonalCodec, SubjectKeys, privacyMigrations } from '@caretrail/privacy';
import { TestClock, type TestDatabase, WRENBRIDGE, createTestDatabase } from '@caretrail/testing';
import { randomBytes, randomUUID } from 'node:crypto';
import { CommandExecutor } from './index.js';

/** A small aggregate of its own: a jar that takes coins with a note, until it is full. */
interface CoinPut {
  jarId: string;
  pence: number;
  note: string;
}
const coinPut = defineEvent({
  type: 'testing.coin-put.v1',
  schema: { parse: (data) => data as CoinPut },
  personal: ['note'],
  subject: (data) => data.jarId,
  people: () => [],
  title: (data) => `${data.pence}p`,
  authority: 'none',
});
const jarClosed = defineEvent({
  type: 'testing.jar-closed.v1',
  schema: { parse: (data) => data as { jarId: string } },
  people: () => [],
  title: () => 'closed',
  decision: true,
  authority: 'none',
});
type JarEvent = EventOf<typeof coinPut | typeof jarClosed>;
class PutCoin extends Command<CoinPut> {
  static readonly schema = { parse: (data: unknown) => data as CoinPut };
}
const seen: { now: string; total: number; notes: string[] }[] = [];
const jar: Decider<PutCoin, { total: number; notes: string[] }, JarEvent> = {
  initial: { total: 0, notes: [] },
  decide: (command, state, { now }) => {
    seen.push({ now, ...state });
    if (state.total + command.data.pence > 100) throw new RuleViolation([{ rule: 'jar-is-full', message: 'Full.' }]);
    if (command.data.pence === 0) return [];
    const put = { type: coinPut.type, data: command.data };
    return state.total + command.data.pence === 100
      ? [put, { type: jarClosed.type, data: { jarId: command.data.jarId } }]
      : [put];
  },
  evolve: (state, event) =>
    event.type === jarClosed.type
      ? state
      : { total: state.total + event.data.pence, notes: [...state.notes, event.data.note] },
};
const routes = [
  { command: PutCoin, decider: jar, stream: (data: CoinPut) => streamName('testing.jar', data.jarId) },
] as unknown as CommandRoute[];

describe('the command executor', () => {
  let db: TestDatabase;
  let codec: PersonalCodec;
  let catalogue: EventCatalogue;
  let store: EventStore;
  let clock: TestClock;
  let executor: CommandExecutor;
  let jarId: string;

  beforeAll(async () => {
    db = await createTestDatabase({ migrations: privacyMigrations });
    catalogue = new EventCatalogue([coinPut, jarClosed]);
    codec = new PersonalCodec(new SubjectKeys(db.database, randomBytes(32)), catalogue);
  });
  afterAll(() => db.drop());
  beforeEach(() => {
    clock = new TestClock();
    store = new MemoryEventStore(undefined, () => true);
    executor = new CommandExecutor(store, codec, catalogue, routes, clock);
    jarId = randomUUID();
    seen.length = 0;
  });

  const meta = (changes: Partial<CommandMeta> = {}): CommandMeta => ({
    tenant: WRENBRIDGE,
    commandId: randomUUID(),
    actor: { id: 'nadia', role: 'practitioner', team: 'North' },
    effectiveOn: '2026-01-05',
    ...changes,
  });
  const put = (pence: number, changes?: Partial<CommandMeta>, note = 'a note') =>
    new PutCoin({ jarId, pence, note }, meta(changes));
  const events = () => store.readStream(WRENBRIDGE, streamName('testing.jar', jarId));

  it('decides on what is stored, with personal fields in clear, and stores them as ciphertext', async () => {
    await executor.execute(put(10, {}, 'for the bus'));
    await executor.execute(put(20));
    expect(seen.at(-1)).toMatchObject({ total: 10, notes: ['for the bus'] });
    const stored = await events();
    expect(JSON.stringify(stored.map(({ data }) => data))).not.toContain('bus');
    expect(stored.map(({ version }) => version)).toEqual([1, 2]);
  });

  it('says who, for which day, and what it follows from', async () => {
    const first = put(10);
    await executor.execute(first);
    await executor.execute(put(20, { effectiveOn: '2026-01-07' }));
    const [one, two] = await events();
    expect(one!.metadata).toMatchObject({
      actorId: 'nadia',
      actorRole: 'practitioner',
      actorTeam: 'North',
      effectiveOn: '2026-01-05',
      correlationId: first.meta.commandId,
    });
    expect(two!.metadata).toMatchObject({
      effectiveOn: '2026-01-07',
      causationId: one!.id,
      correlationId: first.meta.commandId,
    });
  });

  it('answers a repeated command with its first result, also when it would now be refused', async () => {
    const command = put(100);
    const first = await executor.execute(command);
    expect((await executor.execute(command)).position).toBe(first.position);
    expect(await events()).toHaveLength(2);
  });

  it('keeps with a decision what its maker was shown, and with nothing else', async () => {
    await executor.execute(put(100, { shown: 'page=/jars' }));
    expect((await events()).map(({ type, metadata }) => [type, metadata.shown])).toEqual([
      [coinPut.type, undefined],
      [jarClosed.type, 'page=/jars'],
    ]);
  });

  it('stores nothing when a rule refuses', async () => {
    await expect(executor.execute(put(101))).rejects.toBeInstanceOf(RuleViolation);
    expect(await events()).toEqual([]);
  });

  it('stores nothing, and says where it stands, when there is nothing to add', async () => {
    const { position } = await executor.execute(put(5));
    expect((await executor.execute(put(0))).position).toBe(position);
  });

  it('decides again when somebody else wrote first', async () => {
    await Promise.all(Array.from({ length: 4 }, () => executor.execute(put(10))));
    expect(await events()).toHaveLength(4);
    expect(seen.at(-1)!.total).toBeGreaterThan(0);
  });

  it('gives up with a sentence when others always write first', async () => {
    const busy = Object.create(store) as EventStore;
    busy.readStreams = () => Promise.resolve(new Map());
    await executor.execute(put(10));
    await expect(new CommandExecutor(busy, codec, catalogue, routes, clock).execute(put(10))).rejects.toBeInstanceOf(
      Conflict,
    );
  });

  it('decides several commands as one: each sees the one before, and all stand or none', async () => {
    const together = meta();
    await executor.executeTogether(together, [put(10), put(20)]);
    expect(seen.at(-1)).toMatchObject({ total: 10 });
    await expect(executor.executeTogether(meta(), [put(10), put(90)])).rejects.toBeInstanceOf(RuleViolation);
    expect(await events()).toHaveLength(2);
  });

  it('decides on what was known by the day of a dated source', async () => {
    await executor.execute(put(10, { knownOn: '2025-10-30', source: 'a file of October' }));
    await executor.execute(put(20, { knownOn: '2025-07-30', source: 'a file of July' }));
    expect(seen.at(-1)!.total).toBe(0);
    expect((await events()).map(({ knownOn }) => knownOn)).toEqual(['2025-10-30', '2025-07-30']);
    await executor.execute(put(1));
    expect(seen.at(-1)!.total).toBe(30);
  });

  it('records at the time of a simulated council’s clock', async () => {
    clock.set(WRENBRIDGE, '2025-03-01T09:00:00.000Z');
    await executor.execute(put(10));
    expect(seen.at(-1)!.now).toBe('2025-03-01T09:00:00.000Z');
    expect((await events())[0]).toMatchObject({ recordedAt: '2025-03-01T09:00:00.000Z', knownOn: '2025-03-01' });
  });
});
