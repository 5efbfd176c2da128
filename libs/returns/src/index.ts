export * from './contracts/index.js';
export { returnsRoutes } from './routes.js';
export { cldFileDecider } from './domain/cld-file.decider.js';
export { cldPersonDecider } from './domain/cld-person.decider.js';
export { emptyLedger, knownOn, ledgerOf, withRows, type LedgerEntry, type LedgerState } from './domain/ledger.js';
export { columnIds, columns, type ColumnId } from './cld/specification/columns.js';
export { FileRefused } from './cld/reading/file-refused.js';
export {
  inspectCldFile,
  type CldFileInspection,
  type FileSource,
  type ReportingPeriod,
} from './cld/reading/inspect-cld-file.js';
export { readCldFile, type RawRow } from './cld/reading/read-cld-file.js';
export type { CldRow, Normalised, RejectedRow, RowFault } from './cld/normalising/cld-row.js';
export { laPersonRef, normaliseRow, personRefOf, type RowContext } from './cld/normalising/normalise-row.js';
export {
  reconcile,
  type AbsentRow,
  type ReceivedRow,
  type ReconcileOptions,
  type RowVerdict,
} from './cld/identity/reconcile.js';
export { fileIdOf } from './cld/identity/file-id.js';
export { RowsByPerson } from './cld/reading/rows-by-person.js';
export { ledgerRows } from './cld/mapping/ledger-rows.js';
export { commandOf, withdrawalOf } from './cld/mapping/event-commands.js';
export { detailsOf, latestRow, personCommands, type KnownPerson } from './cld/mapping/person-commands.js';
export {
  generateCldFile,
  nextQuarter,
  periodOf,
  submissionDayOf,
  type CldFileOptions,
} from './cld/generating/generate-cld-file.js';
export { SeededRandom } from './cld/generating/seeded-random.js';
export { syntheticFirstName, syntheticLastName } from './cld/generating/synthetic-person.js';
export {
  CldImporter,
  type ImportOptions,
  type ImportOutcome,
  type ImportProgress,
} from './application/cld-importer.js';
export { ReturnsModule } from './returns.module.js';
