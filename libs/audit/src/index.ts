export * from './checkpoint/checkpoint.js';
export * from './checkpoint/signed-note.js';
export { HistorySealer, type SealerOptions } from './sealing/history-sealer.js';
export { SealedHistory, type StoredCheckpoint, type StoredKey } from './sealing/sealed-history.js';
export { auditMigrations } from './sealing/sealed-history.migration.js';
export * from './verification/verify-history.js';
export { Evidence, type EvidenceAsked } from './evidence/evidence.js';
export {
  type BundleVerdict,
  type EvidenceBundle,
  type ProvedStream,
  readBundle,
  verifyBundle,
} from './evidence/evidence-bundle.js';
