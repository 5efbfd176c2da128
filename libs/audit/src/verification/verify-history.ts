import type { CheckedEvent, PostgresEventStore } from '@caretrail/event-store';
import { CaretrailError, type Instant, type Tenant } from '@caretrail/kernel';
import { type Checkpoint, originOf, readCheckpoint } from '../checkpoint/checkpoint.js';
import type { Note, VerifierKey } from '../checkpoint/signed-note.js';
import { same } from '../merkle/proofs.js';
import { Frontier, leafHash, type Subtree } from '../merkle/tree.js';
import { CHUNK_LEVEL, leavesIn, type SealedLeaves } from '../sealing/chunks.js';
import type { SealedHistory, StoredCheckpoint } from '../sealing/sealed-history.js';

/** What kind of thing was found; the sentence says it for people. */
export type FindingKind =
  | 'event-altered'
  | 'event-not-sealed'
  | 'events-missing'
  | 'history-differs'
  | 'seal-altered'
  | 'checkpoint-forged'
  | 'key-unknown'
  | 'anchor-forged'
  | 'anchor-beyond'
  | 'anchor-differs';

/** Something that is not as it was stored, sealed or signed. */
export interface Finding {
  readonly kind: FindingKind;
  /** An event, a stretch of positions, a checkpoint. */
  readonly where: string;
  readonly what: string;
}

/** How far the comparison has come. */
export interface Progress {
  readonly events: number;
  readonly position: bigint;
}

export interface Verification {
  readonly events: number;
  readonly position: bigint;
  readonly checkpoints: number;
  /** Undefined where nothing was sealed, which an intruder can bring about: only a checkpoint kept elsewhere tells. */
  readonly newest?: StoredCheckpoint;
  /** Checkpoints from which on the store had another mark: it was restored from a backup, or moved, before them. */
  readonly restored: readonly { readonly number: number; readonly sealedAt: Instant }[];
  /** The first of what was found, in the order of finding. */
  readonly findings: readonly Finding[];
  /** How many more there are. */
  readonly more: number;
}

export interface VerifyOptions {
  /** The key that this platform signs with: the newest checkpoint has to be signed by it. */
  readonly own: VerifierKey;
  /** The key that somebody kept elsewhere. Then nothing else says whether an anchor is signed. */
  readonly kept?: VerifierKey;
  /** Checkpoints that were kept elsewhere, as they were printed. */
  readonly anchors?: readonly string[];
  readonly onPage?: (progress: Progress) => void;
}

const MOST_FINDINGS = 1_000;
/** Looked up at a time. */
const SUBTREES = 1_000;
const IS_NO_DETAIL: readonly FindingKind[] = ['event-not-sealed', 'events-missing'];

/**
 * Hashes every event of a council again, builds its tree anew, and compares both with what was sealed, signed, and kept
 * elsewhere. Reads everything once, a page at a time, and changes nothing.
 * @throws InvalidInput when an anchor is no checkpoint
 */
export async function verifyHistory(
  tenant: Tenant,
  store: Pick<PostgresEventStore, 'checkedEvents'>,
  history: SealedHistory,
  { own, kept, anchors = [], onPage }: VerifyOptions,
): Promise<Verification> {
  const found = new Findings();
  const keys = await knownKeys(tenant, history, own, found);
  const kepts = kept ? new Map([[kept.keyId, kept]]) : keys;
  const wanted = anchors.map(readCheckpoint).sort((one, other) => one.size - other.size);
  const trusted = wanted.filter((anchor) => isTrusted(anchor, tenant, kepts, found));

  const vouched = () => asSigned(history.everyCheckpoint(tenant), keys);
  const sealed = new RootCheck(vouched(), ({ number }) =>
    found.add('seal-altered', `checkpoint ${number}`, 'what is stored of the tree gives another root than was signed'),
  );
  const subtrees = new SubtreeCheck(tenant, history, found);
  const stored = new RootCheck(vouched(), ({ number, size, sealedAt }) =>
    found.once(
      'history-differs',
      `checkpoint ${number} of ${sealedAt}`,
      `the first ${counted(size)} events are not those that were sealed`,
    ),
  );
  const elsewhere = new RootCheck(trusted.values(), (anchor) =>
    found.add(
      'anchor-differs',
      anchorOf(anchor),
      `it covers ${counted(anchor.size)} events, and the first ${counted(anchor.size)} that are stored are others: this is another history`,
    ),
  );
  const events = new Events(store.checkedEvents(tenant), found, onPage);
  const add = async (there: readonly CheckedEvent[]): Promise<void> => {
    const leaves = there.map(leafOf);
    await stored.add(leaves);
    await elsewhere.add(leaves);
  };

  for await (const row of history.everyLeaf(tenant)) {
    if (row.start !== sealed.size) {
      found.add('seal-altered', `leaf ${counted(sealed.size + 1)}`, 'what was sealed from here on is gone');
      break;
    }
    const there = await events.upTo(row.position);
    compare(row, there, events.before, found);
    const leaves = leavesIn(row.leaves);
    await sealed.add(leaves);
    await subtrees.add(leaves);
    await add(there);
  }
  await subtrees.end();
  for (let rest = await events.rest(); rest.length; rest = await events.rest()) await add(rest);

  for (const anchor of trusted.filter(({ size }) => size > events.count))
    found.add(
      'anchor-beyond',
      anchorOf(anchor),
      `it covers ${counted(anchor.size)} events, and only ${counted(events.count)} are stored: some were deleted, the end was cut off, or the store was set back to an older backup`,
    );
  const { checkpoints, newest, restored } = await signatures(tenant, history, keys, own, sealed.size, found);
  // The tree over the events is the one that was signed, so the events are right and what is stored of the tree is not.
  if (newest && stored.passed === newest.number) found.drop(IS_NO_DETAIL);
  return {
    events: events.count,
    position: events.position,
    checkpoints,
    ...(newest && { newest }),
    restored,
    findings: found.kept,
    more: found.more,
  };
}

/** Whether each checkpoint is what was signed, one follows the other, and none is missing at the end. */
async function signatures(
  tenant: Tenant,
  history: SealedHistory,
  keys: ReadonlyMap<string, VerifierKey>,
  own: VerifierKey,
  leaves: number,
  found: Findings,
): Promise<Pick<Verification, 'newest' | 'restored'> & { readonly checkpoints: number }> {
  let [checkpoints, newest] = [0, undefined as StoredCheckpoint | undefined];
  const restored: { number: number; sealedAt: Instant }[] = [];
  for await (const each of history.everyCheckpoint(tenant)) {
    const where = `checkpoint ${each.number}`;
    checkpoints++;
    if (each.number !== (newest?.number ?? 0) + 1 || each.size < (newest?.size ?? 0))
      found.add('checkpoint-forged', where, 'it does not follow the one before it: one is gone, or was put in');
    if (!isAsSigned(each, keys)) found.add('checkpoint-forged', where, 'it is not what was signed under a known key');
    if (newest && each.epoch !== newest.epoch) restored.push({ number: each.number, sealedAt: each.sealedAt });
    newest = each;
  }
  if (newest && newest.size > leaves)
    found.add(
      'seal-altered',
      `checkpoint ${newest.number}`,
      `it covers ${counted(newest.size)} events, and ${counted(leaves)} are sealed`,
    );
  if (leaves > (newest?.size ?? 0))
    found.add(
      'seal-altered',
      'the newest checkpoint',
      `it is gone: ${counted(leaves)} events are sealed, and ${counted(newest?.size ?? 0)} are signed for`,
    );
  if (newest && newest.keyId !== own.keyId)
    found.add(
      'key-unknown',
      `checkpoint ${newest.number}`,
      `it is signed under the key ${newest.keyId}, and this platform signs under ${own.keyId}. Where the key was changed, start a worker, which signs anew, and check again`,
    );
  return { checkpoints, ...(newest && { newest }), restored };
}

/** Those that somebody can vouch for: the others are told by themselves, and blame nothing else. */
async function* asSigned(
  checkpoints: AsyncGenerator<StoredCheckpoint, void, undefined>,
  keys: ReadonlyMap<string, VerifierKey>,
): AsyncGenerator<StoredCheckpoint, void, undefined> {
  for await (const each of checkpoints) if (isAsSigned(each, keys)) yield each;
}

function isAsSigned(stored: StoredCheckpoint, keys: ReadonlyMap<string, VerifierKey>): boolean {
  try {
    const { note, ...said } = readCheckpoint(stored.note);
    return (
      keys.get(stored.keyId)?.signed(note) === true &&
      said.tenant === stored.tenant &&
      said.size === stored.size &&
      said.position === stored.position &&
      said.epoch === stored.epoch &&
      said.sealedAt === stored.sealedAt &&
      same(said.root, stored.root)
    );
  } catch (error) {
    if (error instanceof CaretrailError) return false;
    throw error;
  }
}

/** The platform's own key, and those that it signed under before. */
async function knownKeys(
  tenant: Tenant,
  history: SealedHistory,
  own: VerifierKey,
  found: Findings,
): Promise<ReadonlyMap<string, VerifierKey>> {
  const keys = new Map([[own.keyId, own]]);
  try {
    for (const { key } of await history.keys(tenant)) if (key.name === originOf(tenant)) keys.set(key.keyId, key);
  } catch (error) {
    if (!(error instanceof CaretrailError)) throw error;
    found.add('seal-altered', 'the public keys', 'one of them is not readable any more');
  }
  return keys;
}

function isTrusted(
  anchor: Checkpoint & { readonly note: Note },
  tenant: Tenant,
  keys: ReadonlyMap<string, VerifierKey>,
  found: Findings,
): boolean {
  const isOwn = anchor.tenant === tenant && [...keys.values()].some((key) => key.signed(anchor.note));
  if (!isOwn)
    found.add(
      'anchor-forged',
      anchorOf(anchor),
      `it is not signed for ${tenant} under a known key. Give the public key that was kept with it with --key`,
    );
  return isOwn;
}

/** Tells events that are not those of a row, and how many are gone. */
function compare(row: SealedLeaves, there: readonly CheckedEvent[], after: bigint, found: Findings): void {
  const leaves = there.map(leafOf);
  if (same(Buffer.concat(leaves), row.leaves)) return;
  const sealed = new Set(leavesIn(row.leaves).map(hex));
  const others = there.filter((_, at) => !sealed.has(hex(leaves[at]!)));
  for (const event of others)
    if (!event.what) found.add('event-not-sealed', placeOf(event), 'not the event that was sealed here');
  const gone = sealed.size - there.length;
  if (gone > 0)
    found.add(
      'events-missing',
      `after position ${after}, up to ${row.position}`,
      `${counted(gone)} of ${counted(sealed.size)} sealed ${sealed.size === 1 ? 'event' : 'events'} ${gone === 1 ? 'is' : 'are'} gone`,
    );
}

/** Compares the root of a growing tree with those that somebody vouches for, which come in order of size. */
class RootCheck<Vouched extends Checkpoint> {
  /** Number of the last one that was right; for checkpoints without a number, how many were. */
  passed = 0;
  private readonly frontier = new Frontier();
  private due: Vouched | undefined;
  private begun = false;

  constructor(
    private readonly vouched: AsyncIterator<Vouched, void> | Iterator<Vouched, unknown>,
    private readonly wrong: (vouched: Vouched) => void,
  ) {}

  get size(): number {
    return this.frontier.size;
  }

  async add(leaves: readonly Uint8Array[]): Promise<void> {
    if (!this.begun) await this.next();
    for (const leaf of leaves) {
      this.frontier.push(leaf);
      while (this.due && this.due.size <= this.frontier.size) {
        if (this.due.size === this.frontier.size && same(this.due.root, this.frontier.root))
          this.passed = (this.due as { number?: number }).number ?? this.passed + 1;
        else this.wrong(this.due);
        await this.next();
      }
    }
  }

  private async next(): Promise<void> {
    this.begun = true;
    const { value, done } = await this.vouched.next();
    this.due = done ? undefined : value;
  }
}

/**
 * Compares the subtrees that are stored with those over the leaves that are stored: proofs are made of them, and the sealer
 * goes on from them.
 */
class SubtreeCheck {
  private readonly frontier = new Frontier();
  private waiting: (Subtree & { readonly hash: Uint8Array })[] = [];
  private counted = 0;

  constructor(
    private readonly tenant: Tenant,
    private readonly history: SealedHistory,
    private readonly found: Findings,
  ) {}

  async add(leaves: readonly Uint8Array[]): Promise<void> {
    for (const leaf of leaves)
      this.frontier.push(leaf, (subtree, hash) => {
        if (subtree.level >= CHUNK_LEVEL) this.waiting.push({ ...subtree, hash });
      });
    if (this.waiting.length >= SUBTREES) await this.compare();
  }

  /** After the last leaf. */
  async end(): Promise<void> {
    await this.compare();
    const surplus = (await this.history.subtreesStored(this.tenant)) - this.counted;
    if (surplus > 0)
      this.found.add('seal-altered', 'the subtrees', `there are ${counted(surplus)} more than the sealed events have`);
  }

  private async compare(): Promise<void> {
    const stored = await this.history.subtrees(this.tenant, this.waiting);
    for (const { hash, ...subtree } of this.waiting)
      if (!same(stored(subtree), hash)) {
        const [first, size] = [subtree.number * 2 ** subtree.level + 1, 2 ** subtree.level];
        this.found.add(
          'seal-altered',
          `the subtree of leaves ${counted(first)} to ${counted(first + size - 1)}`,
          'what is stored of it is not what its leaves give: proofs over it do not hold',
        );
      }
    this.counted += this.waiting.length;
    this.waiting = [];
  }
}

/** The events in order, stretch by stretch; those that are not as they were stored are told. */
class Events {
  count = 0;
  position = 0n;
  /** Of the last event before the stretch that was taken last. */
  before = 0n;
  private waiting: readonly CheckedEvent[] = [];
  private at = 0;

  constructor(
    private readonly pages: AsyncGenerator<readonly CheckedEvent[], void, undefined>,
    private readonly found: Findings,
    private readonly onPage?: (progress: Progress) => void,
  ) {}

  async upTo(position: bigint): Promise<readonly CheckedEvent[]> {
    const taken: CheckedEvent[] = [];
    this.before = this.position;
    while (await this.filled()) {
      const event = this.waiting[this.at]!;
      if (event.position > position) break;
      taken.push(this.take(event));
    }
    return taken;
  }

  /** The next page of what follows; nothing when all of it was taken. */
  async rest(): Promise<readonly CheckedEvent[]> {
    const taken: CheckedEvent[] = [];
    if (await this.filled()) while (this.at < this.waiting.length) taken.push(this.take(this.waiting[this.at]!));
    return taken;
  }

  private take(event: CheckedEvent): CheckedEvent {
    this.at++;
    this.count++;
    this.position = event.position;
    if (event.what) this.found.add('event-altered', placeOf(event), event.what);
    return event;
  }

  private async filled(): Promise<boolean> {
    while (this.at === this.waiting.length) {
      this.onPage?.({ events: this.count, position: this.position });
      const { value } = await this.pages.next();
      if (!value) return false;
      [this.waiting, this.at] = [value, 0];
    }
    return true;
  }
}

/** The first of what was found; an intruder who changed everything must not fill the memory. */
class Findings {
  kept: Finding[] = [];
  more = 0;

  add(kind: FindingKind, where: string, what: string): void {
    if (this.kept.length < MOST_FINDINGS) this.kept.push({ kind, where, what });
    else this.more++;
  }

  /** Where the first of its kind is enough, because all that follow are wrong with it. */
  once(kind: FindingKind, where: string, what: string): void {
    if (!this.kept.some((each) => each.kind === kind)) this.add(kind, where, what);
  }

  drop(kinds: readonly FindingKind[]): void {
    this.kept = this.kept.filter(({ kind }) => !kinds.includes(kind));
  }
}

const leafOf = ({ hash }: CheckedEvent): Buffer => leafHash(Buffer.from(hash, 'hex'));
const hex = (hash: Uint8Array): string => Buffer.from(hash).toString('hex');
const counted = (number: number): string => number.toLocaleString('en-GB');
const placeOf = ({ position, stream, version, id }: CheckedEvent): string =>
  `position ${position}, ${stream} version ${version}, event ${id}`;
const anchorOf = ({ sealedAt }: Checkpoint): string => `the checkpoint of ${sealedAt} that was kept elsewhere`;
