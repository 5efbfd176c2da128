export { marketPositionMigrations } from './market-position.migration.js';
export { marketPositionProjection } from './market-position.projection.js';
export { MarketPositionModule } from './market-position.module.js';
export { replayableMarketPosition } from './market-position.replay.js';
