import { type PlainDate, type StoredEvent, type Tenant } from '@caretrail/kernel';
import { transactionOf } from '@caretrail/projections';
import { createTestDatabase, OTHERBURY, type TestDatabase, WRENBRIDGE } from '@caretrail/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { homeSupport, MarketHistory, residential, uuidOf } from './market-history.fixture.js';
import { marketPositionMigrations } from './market-position.migration.js';
import { marketPositionProjection } from './market-position.projection.js';
import { readWaits } from './waits.query.js';

const BATCHES = [1, 2, 3, 1_000];

describe('the projection of the market position', () => {
  let test: TestDatabase;
  beforeAll(async () => (test = await createTestDatabase({ migrations: marketPositionMigrations })));
  afterAll(() => test.drop());
  beforeEach(async () => {
    for (const tenant of [WRENBRIDGE, OTHERBURY])
      await test.database.inTenant(tenant, async (manager) => {
        for (const table of marketPositionProjection.tables) await manager.query(`delete from ${table}`);
      });
  });

  async function project(tenant: Tenant, events: readonly StoredEvent[], batch: number): Promise<void> {
    for (let start = 0; start < events.length; start += batch)
      await test.database.inTenant(tenant, (manager) =>
        marketPositionProjection.apply(events.slice(start, start + batch), transactionOf(tenant, manager)),
      );
  }

  /** Packages that stand on a day as known by a day: number, weekly pence, hours. */
  const standing = (tenant: Tenant, effectiveOn: PlainDate, knownOn: PlainDate) =>
    test.database.inTenant(tenant, (manager) =>
      manager.query<{ package: number; pence: number; hours: number | null; service: string }[]>(
        `select right(package_id::text, 12)::int as package, weekly_pence::int as pence, weekly_hours::float8 as hours,
                service
           from market_service
          where stands and effective_from <= $1 and effective_to > $1 and known_from <= $2 and known_to > $2
          order by 1`,
        [effectiveOn, knownOn],
      ),
    );

  const numbers = async (tenant: Tenant, effectiveOn: PlainDate, knownOn: PlainDate) =>
    (await standing(tenant, effectiveOn, knownOn)).map((row) => row.package);

  const packages = (tenant: Tenant) =>
    new MarketHistory(tenant)
      .person(1, 'WB1 1')
      .person(2, 'WB2 1')
      .placed(1, 1, homeSupport(2_000, 7.5), '2025-04-10', '2025-07-30')
      .placed(2, 2, residential(90_000), '2025-05-01', '2025-07-30')
      .placed(3, 2, homeSupport(), '2025-05-01', '2025-07-30')
      .ended(1, 1, '2025-08-31', '2025-10-30')
      .corrected(2, 2, { element: residential(99_900), startedOn: '2025-05-15', endedOn: '2025-09-30' }, '2025-10-30')
      .withdrawn(3, 2, '2026-01-30');

  describe.each(BATCHES)('in batches of %i', (batch) => {
    it('tells a service from its first to its last day, the last included', async () => {
      await project(WRENBRIDGE, packages(WRENBRIDGE).events, batch);
      expect(await numbers(WRENBRIDGE, '2025-04-09', '2026-06-01')).toEqual([]);
      expect(await numbers(WRENBRIDGE, '2025-04-10', '2026-06-01')).toEqual([1]);
      expect(await numbers(WRENBRIDGE, '2025-08-31', '2026-06-01')).toEqual([1, 2]);
      expect(await numbers(WRENBRIDGE, '2025-09-01', '2026-06-01')).toEqual([2]);
    });

    it('tells what was known by a day, and not what was learnt later', async () => {
      await project(WRENBRIDGE, packages(WRENBRIDGE).events, batch);
      expect(await numbers(WRENBRIDGE, '2025-06-01', '2025-07-29')).toEqual([]);
      expect(await standing(WRENBRIDGE, '2025-12-01', '2025-10-29')).toEqual([
        { package: 1, pence: 15_000, hours: 7.5, service: 'home-support' },
        { package: 2, pence: 90_000, hours: null, service: 'residential' },
        { package: 3, pence: 23_800, hours: 10, service: 'home-support' },
      ]);
      expect(await numbers(WRENBRIDGE, '2025-12-01', '2025-10-30')).toEqual([3]);
      expect(await numbers(WRENBRIDGE, '2025-12-01', '2026-01-30')).toEqual([]);
    });

    it('lets a correction hold about every day, from the day on which it was known', async () => {
      await project(WRENBRIDGE, packages(WRENBRIDGE).events, batch);
      expect(await numbers(WRENBRIDGE, '2025-05-10', '2025-10-29')).toEqual([1, 2, 3]);
      expect(await numbers(WRENBRIDGE, '2025-05-10', '2025-10-30')).toEqual([1, 3]);
      const [, corrected] = await standing(WRENBRIDGE, '2025-06-01', '2025-10-30');
      expect(corrected).toMatchObject({ package: 2, pence: 99_900 });
    });

    it('puts an older return that is loaded later in its place', async () => {
      const history = packages(WRENBRIDGE)
        // The return of April, loaded after those of July and October: the same service at an older price, then ended.
        .placed(1, 1, homeSupport(1_500, 7.5), '2025-04-10', '2025-04-30')
        .ended(1, 1, '2025-05-31', '2025-06-30');
      await project(WRENBRIDGE, history.events, batch);
      expect(await standing(WRENBRIDGE, '2025-06-01', '2025-04-30')).toEqual([
        { package: 1, pence: 11_250, hours: 7.5, service: 'home-support' },
      ]);
      expect(await numbers(WRENBRIDGE, '2025-06-01', '2025-06-30')).toEqual([]);
      expect(await numbers(WRENBRIDGE, '2025-06-01', '2025-07-30')).toEqual([1, 2, 3]);
      expect(await numbers(WRENBRIDGE, '2025-09-01', '2025-10-30')).toEqual([2, 3]);
    });

    it('waits for the beginning when the end is known first', async () => {
      const history = new MarketHistory(WRENBRIDGE)
        .ended(7, 1, '2025-05-31', '2025-06-30')
        .placed(7, 1, homeSupport(), '2025-04-01', '2025-07-30')
        .ended(7, 1, '2025-05-31', '2025-08-30');
      await project(WRENBRIDGE, history.events, batch);
      expect(await numbers(WRENBRIDGE, '2025-05-01', '2025-06-30')).toEqual([]);
      expect(await numbers(WRENBRIDGE, '2025-06-01', '2025-07-30')).toEqual([7]);
      expect(await numbers(WRENBRIDGE, '2025-06-01', '2025-08-30')).toEqual([]);
    });

    it('puts each telling of a death in its place, for each person and council', async () => {
      const told = (tenant: Tenant, day: string) =>
        new MarketHistory(tenant)
          .died(1, '2025-05-10', '2025-07-30')
          .died(2, day, '2025-07-30')
          .died(1, '2025-05-20', '2025-10-30')
          // Of an older return, loaded last.
          .died(1, '2025-05-01', '2025-06-30').events;
      await project(WRENBRIDGE, told(WRENBRIDGE, '2025-03-03'), batch);
      await project(OTHERBURY, told(OTHERBURY, '2025-04-04'), batch);
      const known = (tenant: Tenant, knownOn: PlainDate) =>
        test.database.inTenant(tenant, (manager) =>
          manager.query<{ person: number; died: string }[]>(
            `select right(person_id::text, 12)::int as person, died_on::text as died from market_death
              where known_from <= $1 and known_to > $1 order by 1`,
            [knownOn],
          ),
        );
      expect(await known(WRENBRIDGE, '2025-06-29')).toEqual([]);
      expect(await known(WRENBRIDGE, '2025-06-30')).toEqual([{ person: 1, died: '2025-05-01' }]);
      expect(await known(WRENBRIDGE, '2025-07-30')).toEqual([
        { person: 1, died: '2025-05-10' },
        { person: 2, died: '2025-03-03' },
      ]);
      expect(await known(WRENBRIDGE, '2025-10-30')).toContainEqual({ person: 1, died: '2025-05-20' });
      expect(await known(OTHERBURY, '2025-10-30')).toContainEqual({ person: 2, died: '2025-04-04' });
    });

    it('keeps two councils apart, package numbers in common', async () => {
      await project(WRENBRIDGE, packages(WRENBRIDGE).events, batch);
      await project(OTHERBURY, new MarketHistory(OTHERBURY).placed(1, 1, residential(), '2025-01-01').events, batch);
      expect(await numbers(WRENBRIDGE, '2025-06-01', '2025-07-30')).toEqual([1, 2, 3]);
      expect(await standing(OTHERBURY, '2025-06-01', '2025-07-30')).toMatchObject([{ package: 1, pence: 95_000 }]);
    });
  });

  it('stands the same however the events are cut into batches, and in whichever order they became known', async () => {
    const history = new MarketHistory(WRENBRIDGE);
    let seed = 7;
    const next = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
    const day = (year: number) =>
      `${year}-${String(1 + next(12)).padStart(2, '0')}-${String(1 + next(28)).padStart(2, '0')}`;
    for (let number = 0; number < 120; number++) {
      const [id, person] = [next(12), next(4)];
      const known = day(2025 + next(2));
      switch (next(4)) {
        case 0:
          history.placed(id, person, homeSupport(1_000 + next(900)), day(2024), known);
          break;
        case 1:
          history.ended(id, person, day(2025), known);
          break;
        case 2:
          history.corrected(id, person, { element: residential(50_000 + next(900)), startedOn: day(2024) }, known);
          break;
        default:
          history.withdrawn(id, person, known);
      }
    }
    const pairs = Array.from({ length: 20 }, () => [day(2025), day(2025 + next(2))] as const);
    for (const batch of [1, 7, 50, 1_000]) {
      await test.database.inTenant(WRENBRIDGE, (manager) => manager.query('delete from market_service'));
      await project(WRENBRIDGE, history.events, batch);
      for (const [effectiveOn, knownOn] of pairs)
        expect(await standing(WRENBRIDGE, effectiveOn, knownOn)).toEqual(plainly(history.events, effectiveOn, knownOn));
    }
  });

  it('holds nothing personal: neither the words of an event nor their ciphertext', async () => {
    await project(WRENBRIDGE, packages(WRENBRIDGE).events, 1_000);
    const rows = await test.database.inTenant(WRENBRIDGE, async (manager) => [
      await manager.query<unknown[]>('select * from market_service'),
      await manager.query<unknown[]>('select * from market_person'),
    ]);
    expect(rows.flat()).not.toHaveLength(0);
    expect(JSON.stringify(rows)).not.toContain('$enc');
    expect(JSON.stringify(rows)).toContain(uuidOf('person', 1));
  });

  it('looks up each person’s next start, for the waits, by an index', async () => {
    const history = new MarketHistory(WRENBRIDGE);
    for (let number = 0; number < 3_000; number++) {
      history.placed(number, number % 900, homeSupport(), '2023-01-01');
      if (number % 20) history.ended(number, number % 900, '2024-01-31');
    }
    await project(WRENBRIDGE, history.events, 2_000);
    const owner = new pg.Client({ connectionString: test.ownerUrl });
    await owner.connect();
    await owner.query('analyze market_service');
    await owner.end();
    const plans: unknown[] = [];
    await test.database.inTenant(WRENBRIDGE, async (manager) => {
      const explaining = {
        query: async <Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> => {
          plans.push(await manager.query(`explain ${sql}`, [...parameters]));
          return [];
        },
      };
      await readWaits(explaining, {
        tenant: WRENBRIDGE,
        effectiveOn: '2025-06-01',
        knownOn: '2026-06-01',
        areaOfSector: '{}',
      });
    });
    expect(JSON.stringify(plans)).toContain('tenant_person_id_effective_from_idx');
  });
});

/** The same by reading each package's events one after the other. */
function plainly(events: readonly StoredEvent[], effectiveOn: PlainDate, knownOn: PlainDate) {
  interface Standing {
    pence: number;
    hours: number | null;
    service: string;
    from: PlainDate;
    last?: PlainDate;
  }
  const found = new Map<number, Standing | undefined>();
  const inOrder = events
    .filter((event) => event.knownOn <= knownOn)
    .sort((a, b) => (a.knownOn < b.knownOn ? -1 : a.knownOn > b.knownOn ? 1 : Number(a.position - b.position)));
  for (const event of inOrder) {
    const number = Number(event.stream.slice(-12));
    const data = event.data as {
      element?: { rate: { pence: number }; plannedUnitsPerWeek?: number };
      startedOn?: string;
    };
    if (event.type === 'commissioning.element-withdrawn.v1') found.set(number, undefined);
    else if (data.element) {
      const hours = data.element.plannedUnitsPerWeek ?? null;
      found.set(number, {
        pence: data.element.rate.pence * (hours ?? 1),
        hours,
        service: hours === null ? 'residential' : 'home-support',
        from: data.startedOn ?? event.metadata.effectiveOn,
      });
    } else {
      const before = found.get(number);
      if (before) found.set(number, { ...before, last: event.metadata.effectiveOn });
    }
  }
  return [...found]
    .filter(([, each]) => each && each.from <= effectiveOn && (!each.last || each.last >= effectiveOn))
    .sort(([a], [b]) => a - b)
    .map(([number, each]) => ({ package: number, pence: each!.pence, hours: each!.hours, service: each!.service }));
}
