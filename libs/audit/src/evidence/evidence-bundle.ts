import { eventHash } from '@caretrail/event-store';
import { type Instant, InvalidInput, type StoredEvent, type Tenant } from '@caretrail/kernel';
import { z } from 'zod';
import { type Checkpoint, readCheckpoint } from '../checkpoint/checkpoint.js';
import type { Note, VerifierKey } from '../checkpoint/signed-note.js';
import { goesOnFrom, includes, type Proof } from '../merkle/proofs.js';
import { HASH_BYTES, leafHash } from '../merkle/tree.js';

export const BUNDLE_FORMAT = 'caretrail-evidence-1';
/** Proofs are as long as a tree is high. */
const MOST_HASHES = 64;
const MOST_EVENTS = 100_000;

const hash = z
  .string()
  .refine((text) => /^[A-Za-z0-9+/]{43}=$/.test(text) && Buffer.from(text, 'base64').length === HASH_BYTES, {
    error: 'is not a hash of 32 bytes in base64',
  });
const proof = z.array(hash).max(MOST_HASHES);
const position = z.string().regex(/^\d{1,16}$/);

const bundleSchema = z.strictObject({
  format: z.literal(BUNDLE_FORMAT),
  council: z.string(),
  about: z.string(),
  madeAt: z.string(),
  checkpoint: z.string(),
  /** That the checkpoint goes on from one that was kept. */
  older: z.strictObject({ checkpoint: z.string(), proof }).optional(),
  /** Events of these streams that were stored after the checkpoint, and are not in here. */
  notSealedYet: z.number().int().nonnegative(),
  events: z
    .array(
      z.strictObject({
        index: z.number().int().nonnegative(),
        proof,
        event: z.strictObject({
          position,
          stream: z.string(),
          version: z.number().int().positive(),
          recordedAt: z.string(),
          knownOn: z.string(),
          id: z.string(),
          type: z.string(),
          data: z.json(),
          metadata: z.record(z.string(), z.json()),
        }),
      }),
    )
    .max(MOST_EVENTS),
});

/**
 * Events as they are stored, personal fields as ciphertext, with all that a third party needs to see that they are the
 * ones that were sealed. It holds no key: erasing a person changes nothing of it.
 */
export type EvidenceBundle = z.infer<typeof bundleSchema>;

/** A stream of a bundle: all of its versions up to the checkpoint, where nothing was left out of the bundle. */
export interface ProvedStream {
  readonly stream: string;
  readonly events: number;
}

/** What a bundle proves, or why it does not. */
export interface BundleVerdict {
  readonly council: Tenant;
  readonly about: string;
  readonly events: number;
  readonly streams: readonly ProvedStream[];
  readonly size: number;
  readonly sealedAt: Instant;
  /** When the older checkpoint was sealed from which it is shown to go on. */
  readonly goesOnFrom?: Instant;
  /** Sentences, none where the bundle proves what it says. */
  readonly findings: readonly string[];
}

/** @throws InvalidInput where the text is no bundle, with the field that is wrong */
export function readBundle(text: string): EvidenceBundle {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw refusal('', 'The file is not JSON.');
  }
  const { success, data, error } = bundleSchema.safeParse(json);
  if (success) return data;
  const [issue] = error.issues;
  const field = issue!.path.join('.');
  throw refusal(field, `${field || 'It'} is not as a bundle has it: ${issue!.message}.`);
}

/**
 * Whether a bundle proves what it says, from the bundle and a public key alone.
 * @param key of the council's sealed history, had from elsewhere than the bundle
 * @param older a checkpoint that was kept, as it was printed; then the bundle has to show that its own goes on from it
 * @throws InvalidInput where the bundle, or the older checkpoint, cannot be read
 */
export function verifyBundle(bundle: EvidenceBundle, key: VerifierKey, older?: string): BundleVerdict {
  const findings: string[] = [];
  const checkpoint = readCheckpoint(bundle.checkpoint);
  if (!isSigned(checkpoint, bundle.council, key))
    findings.push(
      `The checkpoint is not signed for ${bundle.council} under the key ${key.keyId}: whoever made the bundle may have made it up.`,
    );
  const proved = bundle.events.map(({ event, ...place }) => ({ ...place, event: storedEvent(bundle.council, event) }));
  for (const { index, event, proof: path } of proved)
    if (!isIncluded(checkpoint, index, event, path))
      findings.push(
        `${event.stream} version ${event.version}, event ${event.id}: it is not the event that was sealed at position ${event.position}.`,
      );
  const ordered = proved.toSorted((one, other) => one.index - other.index);
  ordered.forEach(({ index, event }, at) => {
    const before = ordered[at - 1];
    if (before && (before.index === index || before.event.position >= event.position))
      findings.push(`Event ${event.id} does not stand where it says among the others.`);
  });
  const streams = [...Map.groupBy(proved, ({ event }) => event.stream)].map(([stream, of]) => {
    const versions = of.map(({ event }) => event.version).sort((one, other) => one - other);
    const missing = versions.findIndex((version, at) => version !== at + 1);
    if (missing >= 0) findings.push(`${stream}: version ${missing + 1} was left out of the bundle.`);
    return { stream, events: of.length };
  });
  const from = olderOf(bundle, key, checkpoint, older, findings);
  return {
    council: bundle.council,
    about: bundle.about,
    events: proved.length,
    streams,
    size: checkpoint.size,
    sealedAt: checkpoint.sealedAt,
    ...(from && { goesOnFrom: from }),
    findings,
  };
}

/** @returns when the older checkpoint was sealed, where it is shown that the bundle's goes on from it */
function olderOf(
  bundle: EvidenceBundle,
  key: VerifierKey,
  checkpoint: Checkpoint,
  given: string | undefined,
  findings: string[],
): Instant | undefined {
  const written = given ?? bundle.older?.checkpoint;
  if (written === undefined) return undefined;
  const kept = readCheckpoint(written);
  const path = bytesOf(
    bundle.older && readCheckpoint(bundle.older.checkpoint).size === kept.size ? bundle.older.proof : [],
  );
  if (!isSigned(kept, bundle.council, key))
    findings.push(`The older checkpoint is not signed for ${bundle.council} under the key ${key.keyId}.`);
  else if (kept.size > checkpoint.size)
    findings.push(
      `The checkpoint that was kept covers ${kept.size} events, and the bundle's only ${checkpoint.size}: the history was cut off, or set back to an older backup.`,
    );
  else if (!goesOnFrom(kept, checkpoint, path))
    findings.push(
      `The bundle does not show that its checkpoint goes on from that of ${kept.sealedAt}. Ask for one that was made with it (caretrail evidence --older); where there is none, this is another history.`,
    );
  else return kept.sealedAt;
  return undefined;
}

function isSigned(checkpoint: Checkpoint & { readonly note: Note }, council: Tenant, key: VerifierKey): boolean {
  return checkpoint.tenant === council && key.signed(checkpoint.note);
}

function isIncluded(checkpoint: Checkpoint, index: number, event: StoredEvent, path: readonly string[]): boolean {
  return includes(checkpoint, index, leafOf(event), bytesOf(path));
}

/** The leaf of an event: its hash binds position, council, stream, version, id, type, moment, content. */
export const leafOf = (event: StoredEvent): Buffer => leafHash(Buffer.from(eventHash(event), 'hex'));

const bytesOf = (hashes: readonly string[]): Proof => hashes.map((each) => Buffer.from(each, 'base64'));

const storedEvent = (tenant: Tenant, event: EvidenceBundle['events'][number]['event']): StoredEvent => ({
  ...event,
  metadata: event.metadata as unknown as StoredEvent['metadata'],
  position: BigInt(event.position),
  tenant,
});

const refusal = (field: string, message: string): InvalidInput =>
  new InvalidInput([{ rule: 'bundle-is-readable', message: `This is not an evidence bundle. ${message}`, field }]);
