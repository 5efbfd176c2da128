import { Module } from '@nestjs/common';
import { MarketPositionApiController } from './market-position.api.controller.js';
import { MarketPositionPageController } from './market-position.page.controller.js';
import { MarketPositionQuery } from './market-position.query.js';

/** The commissioner's market position: page, downloads and API. */
@Module({
  controllers: [MarketPositionPageController, MarketPositionApiController],
  providers: [MarketPositionQuery],
})
export class MarketPositionModule {}
