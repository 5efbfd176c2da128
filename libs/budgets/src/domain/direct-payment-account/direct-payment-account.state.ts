import type { PlainDate } from '@caretrail/kernel';
import type {
  DirectPaymentAccountOpenedData,
  EntryKind,
  LedgerAccount,
  spendCategories,
} from '../../contracts/index.js';

/** An entry that can be reversed. */
export interface LedgerEntry {
  /** Id of the event that made it. */
  readonly id: string;
  readonly kind: EntryKind;
  readonly debit: LedgerAccount;
  readonly credit: LedgerAccount;
  readonly pence: number;
  /** Of a spend. */
  readonly category?: (typeof spendCategories)[number];
  readonly effectiveOn: PlainDate;
}

/** An account with its entries and what is in it. */
export interface DirectPaymentAccountState {
  readonly opening?: DirectPaymentAccountOpenedData & { readonly openedOn: PlainDate };
  readonly closed: boolean;
  /** Pence: paid − spent − reclaimed. */
  readonly balance: number;
  readonly entries: readonly LedgerEntry[];
  /** Ids of the entries that were reversed, and of the reversals. */
  readonly reversed: readonly string[];
  readonly reversals: readonly string[];
  /** The newest day of any entry. */
  readonly lastEntryOn?: PlainDate;
}
