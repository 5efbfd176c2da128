import { InvalidInput } from '@caretrail/kernel';
import { describe, expect, it } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { leafHash } from '../merkle/tree.js';
import { type Checkpoint, readCheckpoint, signed, textOf } from './checkpoint.js';
import { readNote, SigningKey, VerifierKey } from './signed-note.js';

const TENANT = 'E09000012';
const checkpoint: Checkpoint = {
  tenant: TENANT,
  size: 20_852_163,
  root: leafHash(Buffer.from('root')),
  position: 21_000_000n,
  epoch: '0b0f0000-0000-4000-8000-000000000001 7412345678901234567',
  sealedAt: '2026-03-14T09:30:00.125Z',
};
const key = new SigningKey(`caretrail/${TENANT}`, Buffer.alloc(32, 7));
const { note, keyId } = signed(checkpoint, key);

describe('a signed note (C2SP)', () => {
  it('is accepted as Go’s implementation wrote it, and under no other key', () => {
    // The example of golang.org/x/mod/sumdb/note.
    const peter = VerifierKey.parse('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
    const text =
      "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    const example = `${text}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`;
    expect(peter.signed(readNote(example))).toBe(true);
    expect(peter.toString()).toBe('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
    expect(peter.signed(readNote(example.replace('answer', 'reply')))).toBe(false);
    expect(key.verifier.signed(readNote(example))).toBe(false);
  });

  it('is read with the signatures of others beside it, and with the line ends of another system', () => {
    const witness = new SigningKey('witness.example', Buffer.alloc(32, 8));
    const both = note + witness.sign(textOf(checkpoint)).split('\n\n')[1]!;
    for (const written of [both, both.replaceAll('\n', '\r\n'), both.trimEnd()]) {
      expect(key.verifier.signed(readNote(written))).toBe(true);
      expect(witness.verifier.signed(readNote(written))).toBe(true);
    }
  });

  it('is refused where a signature of the same key beside it is wrong', () => {
    const other = key.sign('another text\n').split('\n\n')[1]!;
    expect(key.verifier.signed(readNote(note + other))).toBe(false);
  });

  it.each([
    ['nothing', ''],
    ['no signature', 'text\n'],
    ['something else under it', `${note}and more\n`],
    ['a signature that is too short', 'text\n\n— name AAAA\n'],
    ['a hyphen for the dash', note.replace('—', '-')],
  ])('is refused with %s', (_, written) => {
    expect(() => readNote(written)).toThrow(InvalidInput);
  });
});

describe('a public key', () => {
  it('is one line from which it can be read again', () => {
    expect(VerifierKey.parse(`${String(key.verifier)}\n`).signed(readNote(note))).toBe(true);
    expect(keyId).toBe(key.verifier.keyId);
    const { publicKey } = generateKeyPairSync('ed25519');
    const other = VerifierKey.of(`caretrail/${TENANT}`, publicKey);
    expect(VerifierKey.parse(String(other)).keyId).toBe(other.keyId);
    expect(other.signed(readNote(note))).toBe(false);
  });

  it('is refused where a letter was lost, or the id is another’s', () => {
    const text = String(key.verifier);
    for (const wrong of ['', text.slice(0, -4), text.replace(TENANT, 'E09000099'), text.replace('+A', '+B')])
      expect(() => VerifierKey.parse(wrong)).toThrow(InvalidInput);
  });
});

describe('a checkpoint', () => {
  it('is the text that every version of this program writes', () => {
    expect(note.split('\n\n')[0]).toBe(
      `caretrail/E09000012\n20852163\n${Buffer.from(checkpoint.root).toString('base64')}\nposition 21000000\nepoch 0b0f0000-0000-4000-8000-000000000001 7412345678901234567\nsealed 2026-03-14T09:30:00.125Z`,
    );
    expect(keyId).toMatch(/^[0-9a-f]{8}$/);
  });

  it('is read as it was written', () => {
    const { note: read, ...fields } = readCheckpoint(note);
    expect(fields).toEqual(checkpoint);
    expect(key.verifier.signed(read)).toBe(true);
  });

  it.each([
    ['size', '20852163', '20852164'],
    ['time', '2026-03-14', '2026-03-15'],
    ['position', 'position 21000000', 'position 21000001'],
    ['council', 'E09000012\n', 'E09000099\n'],
  ])('is not signed any more when its %s is another', (_, from, to) => {
    expect(key.verifier.signed(readCheckpoint(note.replace(from, to)).note)).toBe(false);
  });

  it('is not any note', () => {
    for (const text of ['text\n', textOf(checkpoint).replace('position', 'place'), textOf(checkpoint) + 'more\n'])
      expect(() => readCheckpoint(key.sign(text))).toThrow(/not a checkpoint of Caretrail/);
  });
});
