import type { NewEvent, StoredEvent } from '@caretrail/kernel';
import { hash } from 'node:crypto';
import { canonicalJson } from './canonical-json.js';

/** SHA-256, in hexadecimal, of what the writer says: canonical JSON of data, id, metadata and type. */
export const contentHash = ({ data, id, metadata, type }: NewEvent): string =>
  hash('sha256', canonicalJson({ data, id, metadata, type }), 'hex');

/**
 * SHA-256, in hexadecimal, of a stored event: canonical JSON (RFC 8785) of its envelope, in which the hash of its content
 * stands in place of the content. Personal fields are in it as ciphertext, so that it outlives the destruction of their key.
 */
export const eventHash = (event: StoredEvent): string =>
  hash(
    'sha256',
    canonicalJson({
      content: contentHash(event),
      knownOn: event.knownOn,
      position: event.position.toString(),
      recordedAt: event.recordedAt,
      stream: event.stream,
      tenant: event.tenant,
      version: event.version,
    }),
    'hex',
  );
