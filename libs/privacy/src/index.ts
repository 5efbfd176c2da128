export { Tampered, deriveKey, keyedDigest } from './field-cipher.js';
export { PersonalCodec, SubjectWasErased, type PlacedEvent, type Versions } from './personal-codec.js';
export { ERASED, isSealed, mapPersonal, type Sealed } from './personal-fields.js';
export { privacyMigrations } from './privacy.migration.js';
export { SealedDrafts, type DraftPlace } from './sealed-drafts.js';
export { SubjectIndex } from './subject-index.js';
export { SubjectKeys, type SubjectKey } from './subject-keys.js';
