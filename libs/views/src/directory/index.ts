export { DirectoryModule } from './directory.module.js';
export { directoryMigrations } from './directory.migration.js';
export { directoryProjection } from './directory.projection.js';
