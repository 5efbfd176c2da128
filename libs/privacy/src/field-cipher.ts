import {
  type KeyObject,
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
} from 'node:crypto';
import { CaretrailError } from '@caretrail/kernel';

const IV_BYTES = 12;
const TAG_BYTES = 16;
export const KEY_BYTES = 32;

/** The ciphertext does not belong to where it was found, or was changed. Never the same as an erased key. */
export class Tampered extends CaretrailError {
  readonly kind = 'unavailable';
}

/** AES-256-GCM; `place` is authenticated with it, so that a ciphertext moved elsewhere no longer opens. */
export function encrypt(key: KeyObject, place: string, plain: Buffer): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(place));
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** @throws Tampered when key, place or ciphertext do not fit together. */
export function decrypt(key: KeyObject, place: string, sealed: Buffer): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(place))
      .setAuthTag(sealed.subarray(-TAG_BYTES));
    const plain = decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES));
    decipher.final(); // adds nothing in GCM, and throws where the tag does not fit
    return plain;
  } catch {
    throw new Tampered(`What is stored at ${place} does not open: it was changed, moved, or locked with another key.`);
  }
}

const derived = new WeakMap<Buffer, Map<string, KeyObject>>();

/** A key for one purpose and one council, derived from the master key (HKDF-SHA256); derived once for each process. */
export function deriveKey(master: Buffer, purpose: string, tenant: string): KeyObject {
  const own = derived.get(master) ?? new Map<string, KeyObject>();
  derived.set(master, own);
  const use = `caretrail/${purpose}/${tenant}`;
  let key = own.get(use);
  // A key object and not its bytes: preparing the bytes anew for each use costs four times what the cipher does.
  if (!key) own.set(use, (key = createSecretKey(Buffer.from(hkdfSync('sha256', master, '', use, KEY_BYTES)))));
  return key;
}

/** Keyed digest, hex: equal texts match, and nobody without the key can try candidates. */
export function keyedDigest(key: KeyObject, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex');
}
