import {
  type directPaymentAccountEvents,
  directPaymentAccountEvents as definitions,
  type EntryKind,
} from '@caretrail/budgets/contracts';
import { type EventOf, type StoredEvent, unreachable } from '@caretrail/kernel';
import type { Projection, ProjectionTransaction } from '@caretrail/projections';

type AccountEvent = EventOf<(typeof directPaymentAccountEvents)[number]>;
type Entry = Extract<AccountEvent, { data: { debit: unknown } }>['data'];

const open = `
  insert into direct_payment_account (
    tenant, account_id, person_id, allocation_id, received_by, opened_on, opening_known_on
  )
  select $1, a.* from jsonb_to_recordset($2::jsonb) as a (
    account_id uuid, person_id uuid, allocation_id uuid, received_by text, opened_on date, opening_known_on date
  )`;

const post = `
  insert into direct_payment_posting (
    tenant, event_id, ledger_account, position, account_id, kind, category, pence, effective_on, known_on
  )
  select $1, p.* from jsonb_to_recordset($2::jsonb) as p (
    event_id uuid, ledger_account text, position bigint, account_id uuid, kind text, category text, pence bigint,
    effective_on date, known_on date
  )`;

const close = `
  update direct_payment_account account set closed_on = c.closed_on, closing_known_on = c.closing_known_on
    from jsonb_to_recordset($2::jsonb) as c (account_id uuid, closed_on date, closing_known_on date)
   where account.tenant = $1 and account.account_id = c.account_id`;

/** The money of all direct payments, for any pair of days. Ids, days, amounts and coded values; nothing personal. */
export const directPaymentsProjection: Projection = {
  name: 'direct-payments',
  version: 1,
  tables: ['direct_payment_account', 'direct_payment_posting'],
  types: definitions.map(({ type }) => type),
  keysAreIndependent: true,

  async apply(events: readonly StoredEvent[], transaction: ProjectionTransaction): Promise<void> {
    const rows = { opened: [] as object[], posted: [] as object[], closed: [] as object[] };
    for (const event of events) sort(event, rows);
    for (const [sql, found] of [
      [open, rows.opened],
      [post, rows.posted],
      [close, rows.closed],
    ] as const)
      if (found.length) await transaction.query(sql, [transaction.tenant, JSON.stringify(found)]);
  },
};

function sort(stored: StoredEvent, rows: Record<'opened' | 'posted' | 'closed', object[]>): void {
  const event = stored as unknown as AccountEvent;
  const { effectiveOn } = stored.metadata;
  switch (event.type) {
    case 'budgets.direct-payment-account-opened.v1': {
      const { accountId, personId, allocationId, receivedBy } = event.data;
      const ids = { account_id: accountId, person_id: personId, allocation_id: allocationId };
      rows.opened.push({ ...ids, received_by: receivedBy, opened_on: effectiveOn, opening_known_on: stored.knownOn });
      return;
    }
    case 'budgets.direct-payment-paid.v1':
      rows.posted.push(...postings(stored, 'payment', event.data));
      return;
    case 'budgets.spend-recorded.v1':
      rows.posted.push(...postings(stored, 'spend', event.data, event.data.category));
      return;
    case 'budgets.direct-payment-reclaimed.v1':
      rows.posted.push(...postings(stored, 'reclaim', event.data));
      return;
    case 'budgets.direct-payment-entry-reversed.v1':
      rows.posted.push(...postings(stored, event.data.kind, event.data, event.data.category));
      return;
    case 'budgets.direct-payment-account-closed.v1':
      rows.closed.push({
        account_id: event.data.accountId,
        closed_on: effectiveOn,
        closing_known_on: stored.knownOn,
      });
      return;
    default:
      unreachable(event);
  }
}

/** Both sides of an entry; a reversal is an entry of the kind that it takes back, with the sides exchanged. */
function postings({ id, position, metadata, knownOn }: StoredEvent, kind: EntryKind, entry: Entry, category?: string) {
  const side = (ledgerAccount: string, pence: number) => ({
    event_id: id,
    ledger_account: ledgerAccount,
    position: position.toString(),
    account_id: entry.accountId,
    kind,
    category,
    pence,
    effective_on: metadata.effectiveOn,
    known_on: knownOn,
  });
  return [side(entry.debit, entry.pence), side(entry.credit, -entry.pence)];
}
