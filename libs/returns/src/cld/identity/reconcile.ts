import type { KeyObject } from 'node:crypto';
import { streamName, unreachable, type PlainDate } from '@caretrail/kernel';
import type { CldRow } from '../normalising/cld-row.js';
import type { ReportingPeriod } from '../reading/inspect-cld-file.js';
import { derivedUuid } from './derived-uuid.js';
import { fingerprint } from './fingerprint.js';
import { knownOn, type LedgerEntry, type LedgerHistory, type LedgerState } from '../../domain/ledger.js';
import { rowKey } from './row-key.js';

/** What one file says about one person. */
export interface PersonInFile {
  readonly personId: string;
  readonly submittedOn: PlainDate;
  readonly period: ReportingPeriod;
  readonly rows: readonly CldRow[];
}

export interface ReconcileOptions {
  /** Takes back what the file does not tell of any more, inside its window. */
  readonly withdrawMissing: boolean;
  /** Key of the council for fingerprints and stream ids. */
  readonly key: KeyObject;
}

/** A row of the file, and where it belongs. */
export interface ReceivedRow {
  readonly verdict: 'new' | 'unchanged' | 'corrected';
  readonly row: CldRow;
  readonly stream: string;
  readonly key: string;
  /** 1 for the first of equal keys. */
  readonly ordinal: number;
  readonly fingerprint: string;
}

/** A row that stood on the file's day, lies inside its window, and is not in it. */
export interface AbsentRow {
  readonly verdict: 'missing' | 'withdrawn';
  readonly standing: LedgerEntry;
}

export type RowVerdict = ReceivedRow | AbsentRow;

interface Incoming {
  readonly row: CldRow;
  readonly key: string;
  readonly fingerprint: string;
}

interface Candidate {
  readonly history: LedgerHistory;
  /** What the candidate is compared by: what stood on the day, else what is known of it on another. */
  readonly entry: LedgerEntry;
}

/**
 * Finds for every row of a person in a file which row of the ledger it is, compared with what stood as known on the
 * day on which the file was submitted: so the same file again changes nothing, whatever came in between, and an older
 * file takes its place before a newer one. The order of the rows in the file makes no difference.
 *
 * A row is the same row by its key; of equal keys the one with equal content first, then the one with the same Event
 * Reference, then in order of content. What is left over on both sides is joined by an Event Reference that exactly
 * one row on either side has. Rows known only later, or withdrawn before, are continued before a new one is begun.
 */
export function reconcile(ledger: LedgerState, file: PersonInFile, options: ReconcileOptions): RowVerdict[] {
  const standing: Candidate[] = [];
  const dormant: Candidate[] = [];
  for (const history of ledger.values()) {
    const known = knownOn(history, file.submittedOn);
    const entry = known ?? history.entries.at(-1);
    if (entry) (known && known.verdict !== 'withdrawn' ? standing : dormant).push({ history, entry });
  }
  const matching = new Matching(
    file.rows.map((row) => ({ row, key: rowKey(row), fingerprint: fingerprint(row, options.key) })),
  );
  matching.byKey(standing);
  matching.byReference(standing);
  matching.byKey(dormant);
  matching.byReference(dormant);

  const taken = new Set(ledger.keys());
  const verdicts: RowVerdict[] = matching.joined.map(({ incoming, candidate }) => ({
    verdict: !standing.includes(candidate)
      ? 'new'
      : candidate.entry.fingerprint === incoming.fingerprint
        ? 'unchanged'
        : 'corrected',
    ...incoming,
    stream: candidate.history.stream,
    ordinal: candidate.entry.key === incoming.key ? candidate.entry.ordinal : 1,
  }));
  for (const incoming of matching.left) {
    let ordinal = 1;
    while (taken.has(streamOf(incoming, ordinal, file.personId, options.key))) ordinal++;
    const stream = streamOf(incoming, ordinal, file.personId, options.key);
    taken.add(stream);
    verdicts.push({ verdict: 'new', ...incoming, stream, ordinal });
  }
  for (const candidate of standing) {
    if (matching.isJoined(candidate) || !isInside(file.period, candidate.entry)) continue;
    verdicts.push({ verdict: options.withdrawMissing ? 'withdrawn' : 'missing', standing: candidate.entry });
  }
  return verdicts;
}

/** Pairs rows with candidates; what is paired is out of the game. */
class Matching {
  readonly joined: { readonly incoming: Incoming; readonly candidate: Candidate }[] = [];
  private readonly used = new Set<LedgerHistory>();
  private open: readonly Incoming[];

  constructor(rows: readonly Incoming[]) {
    // By content, so that rows of one key find their places whatever their order in the file.
    this.open = [...rows].sort((one, other) => (one.fingerprint < other.fingerprint ? -1 : 1));
  }

  get left(): readonly Incoming[] {
    return this.open;
  }

  isJoined({ history }: Candidate): boolean {
    return this.used.has(history);
  }

  byKey(candidates: readonly Candidate[]): void {
    const byKey = Map.groupBy(
      [...candidates].sort((one, other) => one.entry.ordinal - other.entry.ordinal),
      ({ entry }) => entry.key,
    );
    const ofKey = ({ key }: Incoming): readonly Candidate[] => byKey.get(key) ?? [];
    this.join((row) => ofKey(row).find((one) => this.isFree(one) && one.entry.fingerprint === row.fingerprint));
    this.join((row) =>
      ofKey(row).find((one) => this.isFree(one) && sameReference(one.entry.eventReference, referenceOf(row.row))),
    );
    this.join((row) => ofKey(row).find((one) => this.isFree(one)));
  }

  byReference(candidates: readonly Candidate[]): void {
    const label = (eventType: string, reference: string | undefined): string | undefined =>
      reference && `${eventType} ${reference}`;
    const free = Map.groupBy(
      candidates.filter((one) => this.isFree(one)),
      ({ entry }) => label(entry.eventType, entry.eventReference),
    );
    const rows = Map.groupBy(this.open, ({ row }) => label(row.eventType, referenceOf(row)));
    this.join(({ row }) => {
      const own = label(row.eventType, referenceOf(row));
      const found = own === undefined ? [] : (free.get(own) ?? []);
      return found.length === 1 && rows.get(own)?.length === 1 ? found[0] : undefined;
    });
  }

  private isFree(candidate: Candidate): boolean {
    return !this.used.has(candidate.history);
  }

  private join(find: (row: Incoming) => Candidate | undefined): void {
    this.open = this.open.filter((incoming) => {
      const candidate = find(incoming);
      if (!candidate) return true;
      this.used.add(candidate.history);
      this.joined.push({ incoming, candidate });
      return false;
    });
  }
}

const referenceOf = (row: CldRow): string | undefined => (row.eventType === 'None' ? undefined : row.reference);

const sameReference = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && one === other;

/** Whether a file of this period should hold the row: what ended in it, and services that ran on any of its days. */
function isInside({ start, end }: ReportingPeriod, { eventType, startsOn, endsOn }: LedgerEntry): boolean {
  switch (eventType) {
    case 'Request':
    case 'Assessment':
    case 'Review':
      return endsOn !== undefined && start <= endsOn && endsOn <= end;
    case 'Service':
      return startsOn !== undefined && startsOn <= end && (endsOn === undefined || endsOn >= start);
    case 'None':
      return false;
    default:
      return unreachable(eventType);
  }
}

/** The stream that a row's events go to: of the person for links, else an id derived from what identifies the row. */
function streamOf({ row, key }: Incoming, ordinal: number, personId: string, secret: KeyObject): string {
  const id = derivedUuid(secret, personId, key, ordinal);
  return streamName(categoryOfRow(row), id);
}

function categoryOfRow({ eventType }: CldRow): string {
  switch (eventType) {
    case 'Request':
      return 'assessment.contact-episode';
    case 'Assessment':
      return 'assessment.assessment';
    case 'Service':
      return 'commissioning.care-package';
    case 'Review':
      return 'planning.review';
    case 'None':
      return 'returns.cld-link';
    default:
      return unreachable(eventType);
  }
}
