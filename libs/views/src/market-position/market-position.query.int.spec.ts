import type { StoredEvent } from '@caretrail/kernel';
import { transactionOf } from '@caretrail/projections';
import { createTestDatabase, type TestDatabase, WRENBRIDGE } from '@caretrail/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { homeSupport, MarketHistory } from './market-history.fixture.js';
import { marketPositionMigrations } from './market-position.migration.js';
import { marketPositionProjection } from './market-position.projection.js';
import { MarketPositionQuery } from './market-position.query.js';

const TODAY = '2026-06-01';

describe('a report of the market position', () => {
  let test: TestDatabase;
  let owner: pg.Client;
  beforeAll(async () => {
    test = await createTestDatabase({ migrations: marketPositionMigrations });
    owner = new pg.Client({ connectionString: test.ownerUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await test.drop();
  });

  const project = (events: readonly StoredEvent[]) =>
    test.database.inTenant(WRENBRIDGE, (manager) =>
      marketPositionProjection.apply(events, transactionOf(WRENBRIDGE, manager)),
    );

  function packages(from: number, to: number): readonly StoredEvent[] {
    const history = new MarketHistory(WRENBRIDGE, from);
    for (let number = from; number < to; number++) history.placed(number, number, homeSupport(), '2026-01-01');
    return history.events;
  }

  /** Until a query waits for a table that somebody else has locked. */
  async function somebodyWaits(): Promise<void> {
    for (;;) {
      const { rowCount } = await owner.query(
        `select from pg_locks where not granted and relation = 'market_request'::regclass`,
      );
      if (rowCount) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  it('is of one state of the tables, though events are applied while it is made', async () => {
    await project(packages(0, 10));
    // Supply has been read when the report waits for the requests; prices and sources are read after the new packages.
    await owner.query('begin');
    await owner.query('lock table market_request in access exclusive mode');
    const scope = { tenant: WRENBRIDGE, effectiveOn: TODAY, knownOn: TODAY };
    const made = new MarketPositionQuery(test.database).report(scope, TODAY);
    await somebodyWaits();
    await project(packages(10, 30));
    await owner.query('commit');
    expect(await made).toMatchObject({
      total: { people: 10 },
      prices: { people: 10 },
      sources: { packages: { events: 10 } },
    });
    const next = await new MarketPositionQuery(test.database).report(scope, TODAY);
    expect(next).toMatchObject({
      total: { people: 30 },
      prices: { people: 30 },
      sources: { packages: { events: 30 } },
    });
  });
});
