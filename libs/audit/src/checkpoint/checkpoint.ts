import { type Instant, InvalidInput, type Tenant } from '@caretrail/kernel';
import { HASH_BYTES } from '../merkle/tree.js';
import { type Note, readNote, type SigningKey } from './signed-note.js';

/** What a council's history came to when it was sealed. */
export interface Checkpoint {
  readonly tenant: Tenant;
  /** Events, which are the leaves of the tree, from the council's first on. */
  readonly size: number;
  readonly root: Uint8Array;
  /** Of the last of these events. */
  readonly position: bigint;
  /** The mark of the store: another one after it was restored or moved. */
  readonly epoch: string;
  readonly sealedAt: Instant;
}

/** A checkpoint as it was signed, and as it can be kept outside: on paper, too. */
export interface SignedCheckpoint extends Checkpoint {
  readonly keyId: string;
  readonly note: string;
}

const BODY =
  /^caretrail\/(?<tenant>[^\s+]+)\n(?<size>0|[1-9]\d{0,15})\n(?<root>[A-Za-z0-9+/]{43}=)\nposition (?<position>\d{1,19})\nepoch (?<epoch>[^\n]+)\nsealed (?<sealedAt>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)\n$/u;

/** What a council's checkpoints are signed as: the origin of C2SP, so that its tree cannot be taken for another's. */
export const originOf = (tenant: Tenant): string => `caretrail/${tenant}`;

/** The text that is signed (C2SP tlog-checkpoint): origin, size, root, and three lines of ours, which are signed with them. */
export const textOf = ({ tenant, size, root, position, epoch, sealedAt }: Checkpoint): string =>
  `${originOf(tenant)}\n${size}\n${Buffer.from(root).toString('base64')}\nposition ${position}\nepoch ${epoch}\nsealed ${sealedAt}\n`;

export const signed = (checkpoint: Checkpoint, key: SigningKey): SignedCheckpoint => ({
  ...checkpoint,
  keyId: key.verifier.keyId,
  note: key.sign(textOf(checkpoint)),
});

/**
 * A checkpoint that somebody hands in. Whether it can be trusted is for whoever has the key: `VerifierKey.signed`.
 * @throws InvalidInput where it is no note, or no checkpoint of this program
 */
export function readCheckpoint(written: string): Checkpoint & { readonly note: Note } {
  const note = readNote(written);
  const { tenant, size, root, position, epoch, sealedAt } = BODY.exec(note.text)?.groups ?? {};
  const bytes = Buffer.from(root ?? '', 'base64');
  if (!tenant || bytes.length !== HASH_BYTES || !Number.isSafeInteger(Number(size)))
    throw new InvalidInput([
      {
        rule: 'checkpoint-is-readable',
        message: 'This note is signed text, but not a checkpoint of Caretrail. Give it exactly as it was printed.',
      },
    ]);
  return {
    tenant,
    size: Number(size),
    root: bytes,
    position: BigInt(position!),
    epoch: epoch!,
    sealedAt: sealedAt!,
    note,
  };
}
