import type { NewEvent, StoredEvent } from '@caretrail/kernel';
import { hash } from 'node:crypto';
import { canonicalJson } from './canonical-json.js';

/**
 * SHA-256, in hexadecimal, of what the writer says: canonical JSON of data, id (a UUID), metadata and type.
 * @param json data and metadata as `JSON.stringify` writes them, where that was done before
 */
export const contentHash = (
  { data, id, metadata, type }: NewEvent,
  json?: { readonly body: string; readonly metadata: string },
): string =>
  hash(
    'sha256',
    `{"data":${canonicalJson(data, json?.body)},"id":"${id}","metadata":${canonicalJson(metadata, json?.metadata)},"type":${JSON.stringify(type)}}`,
    'hex',
  );

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
