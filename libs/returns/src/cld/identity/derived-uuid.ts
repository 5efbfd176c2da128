import { type KeyObject, createHmac } from 'node:crypto';

/** A UUID (version 8, RFC 9562) that the same parts always give, and that says nothing of them without the key. */
export function derivedUuid(key: KeyObject, ...parts: readonly (string | number)[]): string {
  const digest = createHmac('sha256', key).update(JSON.stringify(parts)).digest();
  digest[6] = (digest[6]! & 0x0f) | 0x80;
  digest[8] = (digest[8]! & 0x3f) | 0x80;
  const hex = digest.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
