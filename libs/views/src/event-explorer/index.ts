export { EventExplorerModule } from './event-explorer.module.js';
export { EventExplorerProjection } from './event-explorer.projection.js';
export { eventExplorerMigrations } from './event-explorer.migration.js';
export { ExploredEvent } from './explored-event.entity.js';
