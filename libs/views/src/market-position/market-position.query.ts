import { addMonths, type PlainDate } from '@caretrail/kernel';
import { Database } from '@caretrail/platform';
import { type ProjectionTransaction, transactionOf } from '@caretrail/projections';
import { Inject, Injectable } from '@nestjs/common';
import { areasOfSectors, NOT_RECORDED, placed, type PlacedScope } from './as-of-sql.js';
import type { MarketFigures, MarketScope } from './market-figures.js';
import { type MarketReport, reportOf } from './market-report.js';
import { readPrices } from './prices.query.js';
import { readSources } from './source.query.js';
import { readSupply } from './supply.query.js';
import { readWaits } from './waits.query.js';

/** What is bought, where, for how much and after how long a wait; on any day, as known by any day. */
@Injectable()
export class MarketPositionQuery {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** All tables of the page, of one state of the read model: a batch that is applied meanwhile is in all or in none. */
  report(scope: MarketScope, today: PlainDate): Promise<MarketReport> {
    return this.database.inTenant(
      scope.tenant,
      (manager) => marketReport(transactionOf(scope.tenant, manager), scope, today),
      { snapshot: true },
    );
  }
}

/** As `MarketPositionQuery.report`, in a transaction of the caller's. */
export async function marketReport(
  transaction: ProjectionTransaction,
  scope: MarketScope,
  today: PlainDate,
): Promise<MarketReport> {
  const areas = await areasOfSectors(transaction, scope.tenant);
  const asked = placed(scope, areas);
  const figures = await readFigures(transaction, asked);
  return reportOf({
    scope,
    figures,
    before: await readFigures(transaction, { ...asked, effectiveOn: addMonths(scope.effectiveOn, -12) }),
    ...(scope.knownOn !== today && { knownNow: await readFigures(transaction, { ...asked, knownOn: today }) }),
    prices: await readPrices(transaction, asked),
    sources: await readSources(transaction, asked),
    areaNames: [...new Set([...areas.values(), NOT_RECORDED])].sort((a, b) => a.localeCompare(b, 'en-GB')),
  });
}

async function readFigures(transaction: ProjectionTransaction, scope: PlacedScope): Promise<MarketFigures> {
  return { supply: await readSupply(transaction, scope), ...(await readWaits(transaction, scope)) };
}
