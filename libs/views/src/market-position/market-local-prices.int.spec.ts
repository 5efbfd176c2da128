import { transactionOf } from '@caretrail/projections';
import { createTestDatabase, OTHERBURY, TestClock, type TestDatabase, WRENBRIDGE } from '@caretrail/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { homeSupport, MarketHistory } from './market-history.fixture.js';
import { MarketLocalPrices } from './market-local-prices.js';
import { marketPositionMigrations } from './market-position.migration.js';
import { marketPositionProjection } from './market-position.projection.js';

describe('local prices', () => {
  let test: TestDatabase;
  let prices: MarketLocalPrices;
  const clock = new TestClock();
  beforeAll(async () => {
    test = await createTestDatabase({ migrations: marketPositionMigrations });
    prices = new MarketLocalPrices(test.database, clock);
    for (const tenant of [WRENBRIDGE, OTHERBURY]) clock.set(tenant, '2026-06-01T10:00:00.000Z');
  });
  afterAll(() => test.drop());

  async function placed(tenant: string, from: number, people: number, on = '2026-01-01'): Promise<void> {
    const history = new MarketHistory(tenant, from);
    for (let number = from; number < from + people; number++) history.placed(number, number, homeSupport(), on);
    await test.database.inTenant(tenant, (manager) =>
      marketPositionProjection.apply(history.events, transactionOf(tenant, manager)),
    );
  }

  it('are the medians of open packages, of five people at least, and of one council', async () => {
    await placed(WRENBRIDGE, 0, 4);
    expect(await prices.knownOn(WRENBRIDGE, '2026-06-01')).toEqual([]);
    await placed(WRENBRIDGE, 10, 1);
    const [price, ...others] = await prices.knownOn(WRENBRIDGE, '2026-06-01');
    expect(others).toEqual([]);
    expect(price).toMatchObject({
      service: 'home-support',
      label: 'Home support',
      unit: 'hour',
      medianPence: 2_380,
      effectiveOn: '2026-06-01',
      knownOn: '2026-06-01',
    });
    expect(await prices.knownOn(OTHERBURY, '2026-06-01')).toEqual([]);
    expect(await prices.knownOn(WRENBRIDGE, '2025-12-31')).toEqual([]);
  });
});
