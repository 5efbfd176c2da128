import { createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';
import { InvalidInput } from '@caretrail/kernel';

/** The first byte of a key in a note that says Ed25519. */
const ED25519 = 0x01;
const KEY_ID_BYTES = 4;
const KEY_BYTES = 32;
/** What goes before the 32 bytes of an Ed25519 key in DER (RFC 8410): private as PKCS #8, public as SPKI. */
const PRIVATE_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
/** Of a note that somebody hands in. */
const MOST_LETTERS = 100_000;
const MOST_SIGNATURES = 100;

const SIGNATURE = /^— (?<name>[^\s+]+) (?<signature>[A-Za-z0-9+/]+={0,2})$/u;
const VERIFIER = /^(?<name>[^\s+]+)\+(?<id>[0-9a-f]{8})\+(?<key>[A-Za-z0-9+/]+={0,2})$/u;

/** Text and the signatures under it (C2SP signed-note). The text ends with a newline. */
export interface Note {
  readonly text: string;
  readonly signatures: readonly { readonly name: string; readonly keyId: string; readonly signature: Buffer }[];
}

/** The public half of a key, under the name that it signs as. Written as Go's `note` and C2SP have it: `name+id+key`. */
export class VerifierKey {
  /** Eight hexadecimal digits, which follow from name and key. */
  readonly keyId: string;
  private readonly key: KeyObject;

  private constructor(
    readonly name: string,
    private readonly bytes: Buffer,
  ) {
    this.keyId = keyIdOf(name, bytes);
    this.key = createPublicKey({ key: Buffer.concat([PUBLIC_PREFIX, bytes]), format: 'der', type: 'spki' });
  }

  static of(name: string, publicKey: KeyObject): VerifierKey {
    return new VerifierKey(name, publicKey.export({ format: 'der', type: 'spki' }).subarray(-KEY_BYTES));
  }

  /** @throws InvalidInput where the text is no such key */
  static parse(text: string): VerifierKey {
    const { name, id, key } = VERIFIER.exec(text.trim())?.groups ?? {};
    const bytes = Buffer.from(key ?? '', 'base64');
    if (!name || bytes.length !== 1 + KEY_BYTES || bytes[0] !== ED25519 || keyIdOf(name, bytes.subarray(1)) !== id)
      throw refusal(
        'key-is-readable',
        'This is not the public key of a sealed history. It is one line: a name, an id of eight digits and an Ed25519 key, with + between them, as `caretrail seal key` prints it.',
      );
    return new VerifierKey(name, bytes.subarray(1));
  }

  /** Whether this key signed the note, and the text is still what was signed. A name or an id alone is no signature. */
  signed({ text, signatures }: Note): boolean {
    const own = signatures.filter(({ name, keyId }) => name === this.name && keyId === this.keyId);
    return own.length > 0 && own.every(({ signature }) => verify(null, Buffer.from(text), this.key, signature));
  }

  toString(): string {
    return `${this.name}+${this.keyId}+${Buffer.concat([Buffer.of(ED25519), this.bytes]).toString('base64')}`;
  }
}

/** The secret half: what makes a note out of a text. */
export class SigningKey {
  readonly verifier: VerifierKey;
  private readonly key: KeyObject;

  /** @param seed 32 bytes, which are an Ed25519 private key (RFC 8032) */
  constructor(name: string, seed: Uint8Array) {
    this.key = createPrivateKey({ key: Buffer.concat([PRIVATE_PREFIX, seed]), format: 'der', type: 'pkcs8' });
    this.verifier = VerifierKey.of(name, createPublicKey(this.key));
  }

  /** @param text ends with a newline */
  sign(text: string): string {
    const { name, keyId } = this.verifier;
    const signature = Buffer.concat([Buffer.from(keyId, 'hex'), sign(null, Buffer.from(text), this.key)]);
    return `${text}\n— ${name} ${signature.toString('base64')}\n`;
  }
}

/**
 * The text and the signatures; which of them hold is for whoever has a key. A line end of another system is taken as one.
 * @throws InvalidInput where it is no note
 */
export function readNote(given: string): Note {
  const written = given.replaceAll('\r\n', '\n').replace(/\n*$/, '\n');
  const end = written.lastIndexOf('\n\n');
  const lines = end < 0 ? [] : written.slice(end + 2, -1).split('\n');
  const found = lines.flatMap((line) => {
    const { name, signature } = SIGNATURE.exec(line)?.groups ?? {};
    const bytes = Buffer.from(signature ?? '', 'base64');
    return name && bytes.length > KEY_ID_BYTES
      ? { name, keyId: bytes.toString('hex', 0, KEY_ID_BYTES), signature: bytes.subarray(KEY_ID_BYTES) }
      : [];
  });
  const isNote = lines.length && found.length === lines.length && found.length <= MOST_SIGNATURES;
  if (!isNote || given.length > MOST_LETTERS)
    throw refusal(
      'note-is-readable',
      'This is not a signed checkpoint: its text, an empty line and at least one line that begins with — and a name are needed. Give it exactly as it was printed.',
    );
  return { text: written.slice(0, end + 1), signatures: found };
}

const keyIdOf = (name: string, publicKey: Uint8Array): string =>
  hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(ED25519), publicKey]), 'hex').slice(
    0,
    2 * KEY_ID_BYTES,
  );

const refusal = (rule: string, message: string): InvalidInput => new InvalidInput([{ rule, message }]);
