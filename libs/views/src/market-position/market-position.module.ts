import { LocalPrices } from '@caretrail/budgets/contracts';
import { Global, Module } from '@nestjs/common';
import { MarketLocalPrices } from './market-local-prices.js';
import { MarketPositionApiController } from './market-position.api.controller.js';
import { MarketPositionPageController } from './market-position.page.controller.js';
import { MarketPositionQuery } from './market-position.query.js';

/** The commissioner's market position: page, downloads and API. Global, because budgets are checked at its prices. */
@Global()
@Module({
  controllers: [MarketPositionPageController, MarketPositionApiController],
  providers: [MarketPositionQuery, { provide: LocalPrices, useClass: MarketLocalPrices }],
  exports: [LocalPrices],
})
export class MarketPositionModule {}
