import { type Element, type Rate } from '@caretrail/commissioning/contracts';
import { type StoredEvent, type Tenant } from '@caretrail/kernel';
import { type ProjectionTransaction, transactionOf } from '@caretrail/projections';
import { createTestDatabase, OTHERBURY, type TestDatabase, WRENBRIDGE } from '@caretrail/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { areasOfSectors, placed, type PlacedScope } from './as-of-sql.js';
import type { Cube } from './cube.js';
import { type MarketScope, noSupply, noWaits } from './market-figures.js';
import { homeSupport, MarketHistory, residential } from './market-history.fixture.js';
import { marketPositionMigrations } from './market-position.migration.js';
import { marketPositionProjection } from './market-position.projection.js';
import { readPrices } from './prices.query.js';
import { readSources } from './source.query.js';
import { readSupply } from './supply.query.js';
import { readWaits } from './waits.query.js';

const LATER = '2026-06-01';

describe('the figures of the market position', () => {
  let test: TestDatabase;
  beforeAll(async () => (test = await createTestDatabase({ migrations: marketPositionMigrations })));
  afterAll(() => test.drop());
  beforeEach(async () => {
    for (const tenant of [WRENBRIDGE, OTHERBURY])
      await within(tenant, async (transaction) => {
        for (const table of [...marketPositionProjection.tables, 'council_area'])
          await transaction.query(`delete from ${table}`);
      });
    // The other council is never empty, and has the same people and packages: a missing `where` shows.
    const other = new MarketHistory(OTHERBURY, 50_000);
    for (let number = 1; number <= 9; number++)
      other
        .person(number, 'OT9 9')
        .requested(number, number, '2025-04-20')
        .placed(number, number, homeSupport(9_900, 99), '2025-05-01');
    await project(OTHERBURY, other.events);
  });

  const within = <T>(tenant: Tenant, work: (transaction: ProjectionTransaction) => Promise<T>) =>
    test.database.inTenant(tenant, (manager) => work(transactionOf(tenant, manager)));
  const project = (tenant: Tenant, events: readonly StoredEvent[]) =>
    within(tenant, (transaction) => marketPositionProjection.apply(events, transaction));
  const on = (effectiveOn: string, more: Partial<MarketScope> = {}): MarketScope => ({
    tenant: WRENBRIDGE,
    effectiveOn,
    knownOn: LATER,
    ...more,
  });
  const asking =
    <T>(read: (transaction: ProjectionTransaction, scope: PlacedScope) => Promise<T>) =>
    (scope: MarketScope) =>
      within(WRENBRIDGE, async (transaction) =>
        read(transaction, placed(scope, await areasOfSectors(transaction, WRENBRIDGE))),
      );
  const cubeOfSupply = asking(readSupply);
  const cubesOfWaits = asking(readWaits);
  /** The part that the scope asks for, and its cuts. */
  const supply = async (scope: MarketScope) => partOf(scope, await cubeOfSupply(scope), noSupply);
  const waits = async (scope: MarketScope) => {
    const found = await cubesOfWaits(scope);
    const { total, byService } = partOf(scope, found.waits, noWaits);
    const waiting = partOf(scope, found.waiting, 0);
    return { waits: total, waitsByService: byService, waiting: waiting.total, waitingByArea: waiting.byArea };
  };
  function partOf<Value>({ area, service }: MarketScope, cube: Cube<Value>, none: Value) {
    const areas = cube.areas.filter((name) => !area || name === area);
    const services = cube.services.filter((id) => !service || id === service);
    const found = <Key>(keys: readonly Key[], at: (key: Key) => Value | undefined) =>
      new Map(keys.flatMap((key) => (at(key) === undefined ? [] : [[key, at(key)!] as const])));
    return {
      total: cube.at(area, service) ?? none,
      byArea: found(areas, (name) => cube.at(name, service)),
      byService: found(services, (id) => cube.at(area, id)),
    };
  }
  const prices = asking(readPrices);
  const sources = asking(readSources);

  describe('of supply', () => {
    const history = () =>
      new MarketHistory(WRENBRIDGE)
        .person(1, 'WB1 1')
        .person(2, 'WB1 2')
        .person(3, 'WB11 4')
        .person(4, undefined)
        .placed(1, 1, homeSupport(2_000, 10), '2025-04-01')
        .placed(2, 1, homeSupport(2_400, 2.5), '2025-04-01')
        .placed(3, 2, residential(95_000), '2025-04-01')
        .placed(4, 3, homeSupport(3_000, 4), '2025-04-01')
        .placed(5, 4, { ...homeSupport(), rate: undefined }, '2025-04-01')
        .placed(6, 5, residential(85_000), '2025-04-01');

    it('counts people once, hours, beds, pounds and packages without a price', async () => {
      await project(WRENBRIDGE, history().events);
      const { total } = await supply(on('2025-06-01'));
      expect(total).toMatchObject({ people: 5, packages: 6, hours: 16.5, beds: 2, unpriced: 1 });
      expect(total.weeklyPence).toBe(20_000 + 6_000 + 95_000 + 12_000 + 85_000);
      expect(total).toMatchObject({ mostHours: 12.5, mostPence: 95_000 });
      expect(total.hourly).toEqual({ people: 2, lowestTenth: 2_080, typical: 2_400, highestTenth: 2_880 });
    });

    it('cuts them by service and by area, districts where the council has named none', async () => {
      await project(WRENBRIDGE, history().events);
      const { byArea, byService } = await supply(on('2025-06-01'));
      expect([...byArea].map(([area, each]) => [area, each.people]).sort()).toEqual([
        ['Not recorded', 2],
        ['WB1', 2],
        ['WB11', 1],
      ]);
      expect(byService.get('home-support')).toMatchObject({ people: 3, hours: 16.5, beds: 0 });
      expect(byService.get('residential')).toMatchObject({ people: 2, hours: 0, beds: 2, weeklyPence: 180_000 });
    });

    it('takes the council’s name for the longest prefix that fits', async () => {
      await project(WRENBRIDGE, history().events);
      for (const [prefix, area] of [
        ['WB1', 'Heron'],
        ['WB1 2', 'Mill'],
        ['W', 'Nowhere'],
      ])
        await within(WRENBRIDGE, (transaction) =>
          transaction.query('insert into council_area (tenant, postcode_prefix, area) values ($1, $2, $3)', [
            WRENBRIDGE,
            prefix,
            area,
          ]),
        );
      const { byArea } = await supply(on('2025-06-01'));
      expect([...byArea.keys()].sort()).toEqual(['Heron', 'Mill', 'Not recorded', 'WB11']);
      expect(byArea.get('Mill')).toMatchObject({ people: 1, beds: 1 });
    });

    it('narrows to one service and one area', async () => {
      await project(WRENBRIDGE, history().events);
      expect((await supply(on('2025-06-01', { service: 'home-support' }))).total).toMatchObject({ people: 3 });
      expect((await supply(on('2025-06-01', { area: 'WB1' }))).total).toMatchObject({ people: 2, packages: 3 });
      const both = await supply(on('2025-06-01', { service: 'home-support', area: 'WB1' }));
      expect(both.total).toMatchObject({ people: 1, packages: 2, hours: 12.5 });
      expect(both.byArea.size).toBe(1);
    });

    it('lets a person live where they were known to live on the known day', async () => {
      await project(WRENBRIDGE, history().moved(1, 'WB7 7', '2025-09-01').events);
      const areas = async (knownOn: string) => [...(await supply(on('2025-06-01', { knownOn }))).byArea.keys()].sort();
      expect(await areas('2025-08-31')).toEqual(['Not recorded', 'WB1', 'WB11']);
      expect(await areas('2025-09-01')).toEqual(['Not recorded', 'WB1', 'WB11', 'WB7']);
    });

    it('weighs what one person has, of one service and of all', async () => {
      await project(WRENBRIDGE, history().placed(7, 1, residential(50_000), '2025-04-01').events);
      const { total, byArea, byService } = await supply(on('2025-06-01'));
      expect(byService.get('home-support')).toMatchObject({ mostHours: 12.5, mostPence: 26_000 });
      expect(byArea.get('WB1')).toMatchObject({ mostHours: 12.5, mostPence: 95_000 });
      expect(byArea.get('WB11')).toMatchObject({ mostHours: 4, mostPence: 12_000 });
      expect(total).toMatchObject({ mostPence: 95_000 });
    });

    it('ends a person’s packages with the day of death, and starts none after it', async () => {
      const told = history().died(1, '2025-06-10').placed(7, 1, residential(), '2025-07-01');
      await project(WRENBRIDGE, told.events);
      expect((await supply(on('2025-06-10'))).total).toMatchObject({ people: 5, packages: 6 });
      expect((await supply(on('2025-06-11'))).total).toMatchObject({ people: 4, packages: 4, hours: 4 });
      expect((await supply(on('2025-07-02'))).total).toMatchObject({ people: 4, packages: 4 });
      expect(await prices(on('2025-06-10'))).toMatchObject({ spread: { people: 2 } });
      expect(await prices(on('2025-06-11'))).toMatchObject({ spread: { people: 1, typical: 3_000 } });
    });

    it('did not know of a death before it was told, nor of the right day before that was', async () => {
      const told = history().died(1, '2025-06-10', '2025-07-30').died(1, '2025-06-20', '2025-10-30');
      await project(WRENBRIDGE, told.events);
      const people = async (effective: string, knownOn: string) =>
        (await supply(on(effective, { knownOn }))).total.people;
      expect(await people('2025-06-15', '2025-07-29')).toBe(5);
      expect(await people('2025-06-15', '2025-07-30')).toBe(4);
      expect(await people('2025-06-15', '2025-10-30')).toBe(5);
      expect(await people('2025-06-20', '2025-10-30')).toBe(5);
      expect(await people('2025-06-21', '2025-10-30')).toBe(4);
    });

    it('is nothing for a council without events', async () => {
      const { total, byArea, byService } = await supply(on('2025-06-01'));
      expect(total).toEqual(noSupply);
      expect(byArea.size + byService.size).toBe(0);
    });

    it.each<[Rate | undefined, number | undefined, number, number]>([
      [{ pence: 2_000, per: 'Hourly' }, 10, 20_000, 10],
      [{ pence: 5_000, per: 'Daily' }, 3, 15_000, 0],
      [{ pence: 4_000, per: 'Per session' }, 2, 8_000, 0],
      [{ pence: 70_000, per: 'Weekly' }, undefined, 70_000, 0],
      [{ pence: 70_000, per: 'Fortnightly' }, undefined, 35_000, 0],
      [{ pence: 70_000, per: '4-weekly' }, undefined, 17_500, 0],
      [{ pence: 52_000, per: 'Monthly' }, undefined, 12_000, 0],
      [{ pence: 52_000, per: 'Quarterly' }, undefined, 4_000, 0],
      [{ pence: 52_000, per: 'Annually' }, undefined, 1_000, 0],
    ])('reckons %j for %s units as %d pence and %d hours a week', async (rate, plannedUnitsPerWeek, pence, hours) => {
      const element: Element = { ...residential(), rate, plannedUnitsPerWeek };
      await project(WRENBRIDGE, new MarketHistory(WRENBRIDGE).placed(1, 1, element, '2025-04-01').events);
      const { total } = await supply(on('2025-06-01'));
      expect(total).toMatchObject({ weeklyPence: pence, hours, unpriced: 0 });
    });

    it('counts a one-off sum, and an hourly rate without hours, as packages without a weekly price', async () => {
      const history = new MarketHistory(WRENBRIDGE)
        .placed(1, 1, { ...homeSupport(), rate: { pence: 9_900, per: 'One-off' } }, '2025-04-01')
        .placed(2, 2, { ...homeSupport(), plannedUnitsPerWeek: undefined }, '2025-04-01');
      await project(WRENBRIDGE, history.events);
      expect((await supply(on('2025-06-01'))).total).toMatchObject({
        packages: 2,
        unpriced: 2,
        weeklyPence: 0,
        hours: 0,
      });
    });
  });

  describe('of waits', () => {
    it('are the days from a request to the person’s next start of a service', async () => {
      const history = new MarketHistory(WRENBRIDGE)
        .placed(1, 1, homeSupport(), '2025-03-01') // before the request: not what it waited for
        .requested(1, 1, '2025-04-01')
        .placed(2, 1, homeSupport(), '2025-04-12')
        .placed(3, 1, residential(), '2025-05-01') // later: answers nothing
        .requested(2, 2, '2025-04-01')
        .placed(4, 2, residential(), '2025-04-01')
        .requested(3, 3, '2025-04-01')
        .placed(5, 3, homeSupport(), '2025-06-25');
      await project(WRENBRIDGE, history.events);
      const found = await waits(on('2025-12-31'));
      expect(found.waits).toEqual({ people: 3, typicalDays: 11, bands: [1, 1, 0, 0, 0, 1] });
      expect(found.waiting).toBe(0);
      expect(found.waitsByService.get('residential')).toMatchObject({ people: 1, typicalDays: 0 });
    });

    it('leave a person waiting until the first service starts', async () => {
      const history = new MarketHistory(WRENBRIDGE)
        .person(1, 'WB1 1')
        .requested(1, 1, '2025-04-01')
        .placed(1, 1, homeSupport(), '2025-04-30');
      await project(WRENBRIDGE, history.events);
      expect(await waits(on('2025-03-31'))).toMatchObject({ waiting: 0 });
      const before = await waits(on('2025-04-29'));
      expect(before).toMatchObject({ waiting: 1, waits: { people: 0 } });
      expect([...before.waitingByArea]).toEqual([['WB1', 1]]);
      expect(await waits(on('2025-04-30'))).toMatchObject({ waiting: 0, waits: { people: 1, typicalDays: 29 } });
    });

    it('end with a death: nobody waits after it, and no service answers', async () => {
      const history = new MarketHistory(WRENBRIDGE)
        .requested(1, 1, '2025-04-01')
        .placed(1, 1, homeSupport(), '2025-05-01')
        .died(1, '2025-04-10', '2025-07-30');
      await project(WRENBRIDGE, history.events);
      expect(await waits(on('2025-04-10'))).toMatchObject({ waiting: 1 });
      expect(await waits(on('2025-04-11'))).toMatchObject({ waiting: 0 });
      expect(await waits(on('2025-04-11', { knownOn: '2025-07-29' }))).toMatchObject({ waiting: 1 });
      expect(await waits(on('2025-05-01'))).toMatchObject({ waiting: 0, waits: { people: 0 } });
    });

    it('were unknown before they were known', async () => {
      const history = new MarketHistory(WRENBRIDGE)
        .requested(1, 1, '2025-04-01', '2025-07-30')
        .placed(1, 1, homeSupport(), '2025-04-08', '2025-10-30');
      await project(WRENBRIDGE, history.events);
      expect(await waits(on('2025-05-01', { knownOn: '2025-07-29' }))).toMatchObject({ waiting: 0 });
      expect(await waits(on('2025-05-01', { knownOn: '2025-07-30' }))).toMatchObject({ waiting: 1 });
      expect(await waits(on('2025-05-01', { knownOn: '2025-10-30' }))).toMatchObject({
        waiting: 0,
        waits: { typicalDays: 7 },
      });
    });

    it('count services that started in the twelve months to the day', async () => {
      const history = new MarketHistory(WRENBRIDGE)
        .requested(1, 1, '2024-06-01')
        .placed(1, 1, homeSupport(), '2024-06-30')
        .requested(2, 2, '2024-06-01')
        .placed(2, 2, homeSupport(), '2024-07-01');
      await project(WRENBRIDGE, history.events);
      expect((await waits(on('2025-06-30'))).waits).toMatchObject({ people: 1, typicalDays: 30 });
      expect((await waits(on('2024-12-31'))).waits).toMatchObject({ people: 2 });
    });

    it('run from the first of several requests before one start, and count it once', async () => {
      const history = new MarketHistory(WRENBRIDGE)
        .requested(1, 1, '2025-04-01')
        .requested(2, 1, '2025-04-20')
        .placed(1, 1, homeSupport(), '2025-05-01')
        .placed(2, 1, residential(), '2025-05-01');
      await project(WRENBRIDGE, history.events);
      const found = await waits(on('2025-12-31'));
      expect(found.waits).toMatchObject({ people: 1, typicalDays: 30 });
      expect([...found.waitsByService.keys()].sort()).toEqual(['home-support', 'residential']);
      expect((await waits(on('2025-12-31', { service: 'residential' }))).waits).toMatchObject({ people: 1 });
      expect((await waits(on('2025-12-31', { service: 'nursing' }))).waits).toMatchObject({ people: 0 });
    });

    it('leave out requests that led nowhere, were withdrawn, or moved', async () => {
      const history = new MarketHistory(WRENBRIDGE)
        .requested(1, 1, '2025-04-01')
        .concluded(1, 1, 'NFA: Information and advice or signposting', '2025-04-10')
        .requested(2, 2, '2025-04-01')
        .requestWithdrawn(2, 2, '2025-10-30')
        .requested(3, 3, '2025-04-01')
        .concluded(3, 3, 'Progress to support planning or services', '2025-04-10')
        .requested(4, 4, '2025-04-01')
        .requestCorrected(4, 4, { requestedOn: '2025-06-01' }, '2025-10-30')
        .placed(1, 4, homeSupport(), '2025-05-01');
      await project(WRENBRIDGE, history.events);
      expect((await waits(on('2025-04-09', { knownOn: '2025-09-01' }))).waiting).toBe(4);
      expect((await waits(on('2025-05-02', { knownOn: '2025-09-01' }))).waiting).toBe(2);
      const now = await waits(on('2025-12-31'));
      expect(now).toMatchObject({ waiting: 2, waits: { people: 0 } });
    });
  });

  describe('of prices', () => {
    it('stand in round columns, by the hour or by the week', async () => {
      const history = new MarketHistory(WRENBRIDGE);
      for (let number = 0; number < 30; number++)
        history
          .placed(number, number, homeSupport(2_000 + number * 20, 5), '2025-04-01')
          .placed(100 + number, number, residential(80_000 + number * 1_000), '2025-04-01');
      await project(WRENBRIDGE, history.events);
      const hourly = await prices(on('2025-06-01', { service: 'home-support' }));
      expect(hourly).toMatchObject({ unit: 'hour', spread: { people: 30, typical: 2_290 } });
      expect(hourly.bands[0]).toEqual({ to: 2_050, people: 3 });
      expect(hourly.bands.reduce((sum, band) => sum + band.people, 0)).toBe(30);
      expect(await prices(on('2025-06-01', { service: 'residential' }))).toMatchObject({
        unit: 'week',
        spread: { people: 30, typical: 94_500 },
      });
    });

    it('are none where nothing has a price', async () => {
      expect(await prices(on('2025-06-01'))).toEqual({ unit: 'hour', bands: [] });
    });
  });

  it('say from how many events they are made, up to which, and how many came later', async () => {
    const history = new MarketHistory(WRENBRIDGE)
      .person(1, 'WB1 1')
      .requested(1, 1, '2025-04-01', '2025-07-30')
      .placed(1, 1, homeSupport(), '2025-05-01', '2025-07-30')
      .ended(1, 1, '2025-08-01', '2025-10-30')
      .placed(2, 2, residential(), '2025-05-01', '2025-07-30')
      .died(2, '2025-09-01', '2025-10-30');
    await project(WRENBRIDGE, history.events);
    const read = (more: Partial<MarketScope>) => sources(on('2025-12-31', more));
    expect(await read({ knownOn: '2025-08-01' })).toEqual({
      packages: { events: 2, position: 5n },
      requests: { events: 1, position: 2n },
      deaths: { events: 0, position: 0n },
      later: 2,
    });
    expect(await read({ service: 'residential' })).toMatchObject({
      packages: { events: 1, position: 5n },
      deaths: { events: 1, position: 6n },
      later: 0,
    });
    expect(await read({ service: 'home-support' })).toMatchObject({ deaths: { events: 0 } });
    expect(await read({ area: 'WB1' })).toMatchObject({ packages: { events: 2, position: 4n } });
  });
});
