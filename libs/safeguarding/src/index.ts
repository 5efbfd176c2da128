export * from './contracts/index.js';
export * from './routes.js';
export * from './safeguarding.module.js';
export { safeguardingMigrations } from './application/safeguarding-reference.migration.js';
export { ConcernReferences } from './application/concern-references.js';
