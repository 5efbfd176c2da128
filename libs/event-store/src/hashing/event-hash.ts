import type { NewEvent, StoredEvent } from '@caretrail/kernel';
import { hash } from 'node:crypto';
import { canonicalJson } from './canonical-json.js';

/** Whose event it is, and in which stream. */
export type EventPlace = Pick<StoredEvent, 'stream' | 'tenant'>;

/**
 * SHA-256, in hexadecimal, of what the writer says: canonical JSON of data, id (a UUID), metadata, stream, tenant and type.
 * @param json data and metadata as `JSON.stringify` writes them, where that was done before
 */
export const contentHash = (
  { stream, tenant }: EventPlace,
  { data, id, metadata, type }: NewEvent,
  json?: { readonly body: string; readonly metadata: string },
): string =>
  hash(
    'sha256',
    `{"data":${canonicalJson(data, json?.body)},"id":"${id}","metadata":${canonicalJson(metadata, json?.metadata)},"stream":${JSON.stringify(stream)},"tenant":${JSON.stringify(tenant)},"type":${JSON.stringify(type)}}`,
    'hex',
  );

/**
 * SHA-256, in hexadecimal, of a stored event: canonical JSON (RFC 8785) of what the store adds to it, in which the hash of
 * its content stands for what the writer says. Personal fields are in that as ciphertext, so that it outlives the
 * destruction of their key.
 */
export const eventHash = (event: StoredEvent): string =>
  hash(
    'sha256',
    canonicalJson({
      content: contentHash(event, event),
      knownOn: event.knownOn,
      position: event.position.toString(),
      recordedAt: event.recordedAt,
      version: event.version,
    }),
    'hex',
  );
