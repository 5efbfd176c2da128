export { SignpostingModule } from './signposting.module.js';
export { signpostingMigrations } from './signposting.migration.js';
export { signpostingProjection } from './signposting.projection.js';
