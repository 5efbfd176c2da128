import { Appends1764000110000 } from './appends.migration.js';
import { EventHashes1764000130000 } from './event-hashes.migration.js';
import { EventReads1764000120000 } from './event-reads.migration.js';
import { EventStore1764000100000 } from './event-store.migration.js';
import { StreamMetadata1764000140000 } from './stream-metadata.migration.js';

/** In the order in which they run; the platform's register of councils comes before them. */
export const eventStoreMigrations = [
  EventStore1764000100000,
  Appends1764000110000,
  EventReads1764000120000,
  EventHashes1764000130000,
  StreamMetadata1764000140000,
];
