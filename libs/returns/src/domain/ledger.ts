import type { PlainDate } from '@caretrail/kernel';
import type { LedgerRow, RowsReceivedData } from '../contracts/returns.events.js';

/** What one file said about a row. */
export interface LedgerEntry extends LedgerRow {
  readonly submittedOn: PlainDate;
  readonly fileId: string;
}

/** One row of a person through all files that said something new about it, in the order in which they were imported. */
export interface LedgerHistory {
  readonly stream: string;
  readonly entries: readonly LedgerEntry[];
}

/** All rows of a person that were ever received, by the stream that their events are in. */
export type LedgerState = ReadonlyMap<string, LedgerHistory>;

export const emptyLedger: LedgerState = new Map();

/** Adds what one file brought. */
export function withRows(ledger: LedgerState, { rows, submittedOn, fileId }: RowsReceivedData): LedgerState {
  const next = new Map(ledger);
  for (const row of rows) {
    const entries = next.get(row.stream)?.entries ?? [];
    next.set(row.stream, { stream: row.stream, entries: [...entries, { ...row, submittedOn, fileId }] });
  }
  return next;
}

/** The ledger of a person from the `data` of all `returns.rows-received` events of the stream, in order of version. */
export function ledgerOf(received: Iterable<RowsReceivedData>): LedgerState {
  let ledger = emptyLedger;
  for (const file of received) ledger = withRows(ledger, file);
  return ledger;
}

/** What was known of a row on a day: what the newest file submitted by then says, of two of one day the later import. */
export function knownOn({ entries }: LedgerHistory, day: PlainDate): LedgerEntry | undefined {
  let known: LedgerEntry | undefined;
  for (const entry of entries) {
    if (entry.submittedOn <= day && (!known || entry.submittedOn >= known.submittedOn)) known = entry;
  }
  return known;
}
