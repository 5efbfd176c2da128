export { DutyLedgerModule } from './duty-ledger.module.js';
export { dutyLedgerMigrations } from './duty-ledger.migration.js';
export { dutyLedgerProjection } from './duty-ledger.projection.js';
