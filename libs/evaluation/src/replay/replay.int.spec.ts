import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { eventStoreMigrations, PostgresEventStore } from '@caretrail/event-store';
import { InvalidInput, type PlainDate, type StoredEvent, type Tenant } from '@caretrail/kernel';
import { transactionOf } from '@caretrail/projections';
import { createTestDatabase, OTHERBURY, type TestDatabase, WRENBRIDGE } from '@caretrail/testing';
import { marketPositionMigrations, type ReplayableView, replayableMarketPosition } from '@caretrail/views';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { homeSupport, MarketHistory, residential } from '../../../views/src/market-position/market-history.fixture.js';
import { replay, type ReplayProgress } from './replay.js';
import { type ReplayOptions, replayTo } from './replay-to.js';

const TODAY = '2026-06-01';

/** Every row that stands on the two days, exactly: nothing is hidden or rounded that a comparison should see. */
const exactly: ReplayableView = {
  ...replayableMarketPosition,
  name: 'exactly',
  async query(transaction, { tenant, effectiveOn, knownOn }) {
    const rows = await transaction.query<Record<string, string>>(
      `select package_id, service, effective_from::text, effective_to::text, weekly_pence::text, position::text
         from market_service
        where tenant = $1 and stands and effective_from <= $2 and effective_to > $2 and known_from <= $3 and known_to > $3
        union all
       select episode_id, 'request', requested_on::text, concluded_on::text, null, position::text
         from market_request
        where tenant = $1 and stands and requested_on <= $2 and known_from <= $3 and known_to > $3
        union all
       select person_id, 'death', died_on::text, null, null, position::text
         from market_death
        where tenant = $1 and died_on <= $2 and known_from <= $3 and known_to > $3
        order by 1`,
      [tenant, effectiveOn, knownOn],
    );
    return { columns: [], rows };
  },
};

function historyOf(tenant: Tenant, from: number, price: number): MarketHistory {
  const history = new MarketHistory(tenant, from);
  for (let number = 0; number < 24; number++)
    history
      .person(number, `WB${1 + (number % 2)} 1`, '2025-07-30')
      .requested(number, number, '2025-04-01', '2025-07-30')
      .placed(
        number,
        number,
        number % 3 ? homeSupport(price) : residential(),
        `2025-04-${(10 + number / 2) | 0}`,
        '2025-07-30',
      );
  // The autumn's return: some ended, some put right, some never were.
  for (let number = 0; number < 8; number++) history.ended(number, number, '2025-09-30', '2025-10-30');
  for (let number = 8; number < 14; number++)
    history.corrected(number, number, { element: homeSupport(price + 300), startedOn: '2025-05-01' }, '2025-10-30');
  for (let number = 14; number < 17; number++)
    history.withdrawn(number, number, '2026-01-30').requestWithdrawn(number, number, '2026-01-30');
  // Deaths, the last of them put right in winter.
  for (let number = 17; number < 23; number++) history.died(number, '2025-09-01', '2025-10-30');
  history.died(22, '2025-12-24', '2026-01-30');
  // Then the spring's, older than all of them, is found and loaded.
  for (let number = 0; number < 12; number++)
    history.placed(number, number, residential(price * 30), '2025-04-05', '2025-04-30');
  for (let number = 0; number < 6; number++) history.ended(number, number, '2025-05-31', '2025-06-15');
  return history;
}

const pairs: readonly (readonly [PlainDate, PlainDate])[] = [
  ['2025-04-20', '2025-04-29'],
  ['2025-04-20', '2025-04-30'],
  ['2025-06-10', '2025-06-14'],
  ['2025-06-10', '2025-06-15'],
  ['2025-06-10', '2025-07-30'],
  ['2025-11-15', '2025-10-29'],
  ['2025-11-15', '2025-10-30'],
  ['2026-03-31', '2026-01-30'],
  ['2025-04-20', TODAY],
];

describe('a replay', () => {
  let test: TestDatabase;
  let store: PostgresEventStore;
  beforeAll(async () => {
    test = await createTestDatabase({ migrations: [...eventStoreMigrations, ...marketPositionMigrations] });
    store = new PostgresEventStore(test.database.pool);
    await tell(historyOf(WRENBRIDGE, 0, 2_000).events);
    await tell(historyOf(OTHERBURY, 5_000, 3_000).events);
    for (const tenant of [WRENBRIDGE, OTHERBURY]) await catchUp(tenant);
  });
  afterAll(() => test.drop());

  /** Stores the events one by one: as they are, in the order in which they were recorded. */
  async function tell(events: readonly StoredEvent[]): Promise<void> {
    for (const { tenant, stream, id, type, data, metadata } of events)
      await store.append({ tenant, streams: [{ stream, expected: 'any', events: [{ id, type, data, metadata }] }] });
  }

  async function catchUp(tenant: Tenant): Promise<void> {
    const { events } = await store.readAll({ tenant, after: 0n, limit: 2_000 });
    for (const projection of replayableMarketPosition.projections)
      await test.database.inTenant(tenant, (manager) => projection.apply(events, transactionOf(tenant, manager)));
  }

  const means = () => ({ store, database: test.database });
  const live = (view: ReplayableView, tenant: Tenant, [effectiveOn, knownOn]: readonly [PlainDate, PlainDate]) =>
    test.database.inTenant(tenant, (manager) =>
      view.query(transactionOf(tenant, manager), { tenant, effectiveOn, knownOn }),
    );
  const stored = () =>
    test.database.inTenant(WRENBRIDGE, (manager) =>
      manager.query<unknown[]>('select * from market_service order by package_id, known_from, position'),
    );

  describe.each([exactly, replayableMarketPosition])('of the view $name', (view) => {
    it.each(pairs)('says of %s, as known on %s, what the live read model says', async (...pair) => {
      for (const tenant of [WRENBRIDGE, OTHERBURY]) {
        const [effectiveOn, knownOn] = pair;
        const { table } = await replay(view, { tenant, effectiveOn, knownOn }, means());
        expect(table).toEqual(await live(view, tenant, pair));
      }
    });
  });

  it('says something else of one day as known before a return, and after it', async () => {
    const answers = await Promise.all(pairs.map((pair) => live(exactly, WRENBRIDGE, pair)));
    for (const [before, after] of [
      [0, 1],
      [2, 3],
      [3, 4],
      [5, 6],
    ] as const)
      expect(answers[before]).not.toEqual(answers[after]);
  });

  it('leaves out what was learnt later, and counts what it read', async () => {
    const days = { tenant: WRENBRIDGE, effectiveOn: '2025-06-10', knownOn: '2025-06-15' };
    const { read, known, position } = await replay(exactly, days, means());
    expect(read).toBe(historyOf(WRENBRIDGE, 0, 2_000).events.length);
    expect(known).toBe(18);
    expect(position).toBe(await store.head(WRENBRIDGE));
  });

  it('does not touch the live read model', async () => {
    const before = await stored();
    await replay(exactly, { tenant: WRENBRIDGE, effectiveOn: '2025-06-10', knownOn: '2025-06-15' }, means());
    expect(await stored()).toEqual(before);
  });

  it('cannot write a table that its projection did not declare', async () => {
    const [projection] = replayableMarketPosition.projections;
    const careless: ReplayableView = {
      ...exactly,
      projections: [{ ...projection!, tables: ['market_request', 'market_person'] }],
    };
    const before = await stored();
    const days = { tenant: WRENBRIDGE, effectiveOn: '2025-06-10', knownOn: TODAY };
    await expect(replay(careless, days, means())).rejects.toThrow('read-only transaction');
    expect(await stored()).toEqual(before);
  });

  it('tells how far it has come', async () => {
    const told: ReplayProgress[] = [];
    const onProgress = (progress: ReplayProgress) => void told.push(progress);
    await replay(exactly, { tenant: WRENBRIDGE, effectiveOn: TODAY, knownOn: TODAY, onProgress }, means());
    const last = told.at(-1);
    expect(last?.position).toBe(last?.head);
    expect(last?.events).toBe(historyOf(WRENBRIDGE, 0, 2_000).events.length);
    expect(last?.eventsPerSecond).toBeGreaterThan(0);
  });

  describe('that somebody asked for', () => {
    const ask = async (options: Partial<ReplayOptions>): Promise<string> => {
      const out = new PassThrough();
      const views = [replayableMarketPosition];
      const asked = { view: 'market-position', council: WRENBRIDGE, asOf: '2025-06-10', ...options };
      const [written] = await Promise.all([
        text(out),
        replayTo(asked, { ...means(), views, today: TODAY, out }).finally(() => out.end()),
      ]);
      return written;
    };

    it('is written as a table that says what it is of', async () => {
      const written = await ask({ knownOn: '2025-07-30' });
      expect(written).toContain(
        'market-position, council E09000012: true on 2025-06-10, known by 2025-07-30, from 90 events',
      );
      expect(written).toMatch(/^area +WB1 /m);
    });

    it('is written as CSV and as JSON', async () => {
      const [header, ...rows] = (await ask({ format: 'csv' })).trimEnd().split('\r\n');
      expect(header).toContain('Table,Name,People,Hours a week');
      expect(rows).toHaveLength(5);
      const json = JSON.parse(await ask({ format: 'json' })) as { knownOn: string; rows: unknown[] };
      expect(json.knownOn).toBe(TODAY);
      expect(json.rows).toHaveLength(5);
    });

    it('says so when nothing stood', async () => {
      expect(await ask({ asOf: '2024-01-01', knownOn: '2024-01-01' })).toContain('Nothing stood on that day.');
    });

    it.each<[Partial<ReplayOptions>, string]>([
      [{ view: 'weather' }, 'There is no view “weather” to replay. Views: market-position.'],
      [{ format: 'pdf' }, '“pdf” is no format. Use table, csv, json.'],
      [{ asOf: '2025-02-30' }, 'Give --as-of a calendar day, for example 2025-03-31.'],
      [{ knownOn: 'yesterday' }, 'Give --known-on a calendar day, for example 2025-06-01.'],
      [{ knownOn: '2026-06-02' }, 'Give --known-on today or an earlier day.'],
    ])('is refused for %j', async (options, sentence) => {
      await expect(ask(options)).rejects.toThrow(new InvalidInput([{ rule: '', message: sentence }]));
    });
  });
});
