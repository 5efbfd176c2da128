import type { LedgerAccount } from '@caretrail/budgets/contracts';
import type { PlainDate } from '@caretrail/kernel';
import { Database } from '@caretrail/platform';
import { Inject, Injectable } from '@nestjs/common';

/** What was true on the one day, as it was known by the end of the other. */
export interface DirectPaymentDays {
  readonly effectiveOn: PlainDate;
  readonly knownOn: PlainDate;
}

/** Whole pence; what was reversed is taken off. Paid − spent − reclaimed = balance. */
export interface DirectPaymentSums {
  readonly paidPence: number;
  readonly spentPence: number;
  readonly reclaimedPence: number;
  readonly balancePence: number;
}

export interface DirectPaymentTotals extends DirectPaymentSums {
  readonly openAccounts: number;
  readonly closedAccounts: number;
  /** Debits less credits of each account of the ledger; together nothing. */
  readonly ledger: readonly { readonly account: LedgerAccount; readonly pence: number }[];
  readonly spentByCategory: readonly { readonly category: string; readonly pence: number }[];
  /** How many entries the figures are made of, and the newest position among them. */
  readonly entries: number;
  readonly position: string;
}

export interface DirectPaymentAccountSums extends DirectPaymentSums {
  readonly accountId: string;
  readonly personId: string;
  readonly allocationId: string;
  readonly receivedBy: string;
  readonly openedOn: PlainDate;
  readonly closedOn?: PlainDate;
}

interface SumRow {
  readonly paid: string;
  readonly spent: string;
  readonly reclaimed: string;
  readonly balance: string;
}

const OWN = "ledger_account = 'direct payment account'";
const sums = `
  coalesce(sum(pence) filter (where ${OWN} and kind = 'payment'), 0) as paid,
  -coalesce(sum(pence) filter (where ${OWN} and kind = 'spend'), 0) as spent,
  -coalesce(sum(pence) filter (where ${OWN} and kind = 'reclaim'), 0) as reclaimed,
  coalesce(sum(pence) filter (where ${OWN}), 0) as balance`;
const standing = 'tenant = $1 and effective_on <= $2 and known_on <= $3';
const there = 'account.tenant = $1 and opened_on <= $2 and opening_known_on <= $3';
const isClosed = 'closed_on <= $2 and closing_known_on <= $3';

/** Direct payments of a council, on any pair of days. */
@Injectable()
export class DirectPaymentsQuery {
  constructor(@Inject(Database) private readonly database: Database) {}

  async totals(tenant: string, { effectiveOn, knownOn }: DirectPaymentDays): Promise<DirectPaymentTotals> {
    const days = [tenant, effectiveOn, knownOn];
    return this.database.inTenant(
      tenant,
      async (manager) => {
        const [total] = await manager.query<(SumRow & { entries: string; position: string })[]>(
          `select ${sums}, count(distinct event_id) as entries, coalesce(max(position), 0)::text as position
             from direct_payment_posting where ${standing}`,
          days,
        );
        const ledger = await manager.query<{ account: LedgerAccount; pence: string }[]>(
          `select ledger_account as account, sum(pence) as pence from direct_payment_posting where ${standing}
            group by 1 order by 1`,
          days,
        );
        const categories = await manager.query<{ category: string; pence: string }[]>(
          `select category, -sum(pence) as pence from direct_payment_posting
            where ${standing} and ${OWN} and kind = 'spend' group by 1 order by 1`,
          days,
        );
        const [accounts] = await manager.query<{ open: string; closed: string }[]>(
          `select count(*) filter (where not (${isClosed})) as open, count(*) filter (where ${isClosed}) as closed
             from direct_payment_account account where ${there}`,
          days,
        );
        return {
          ...sumsOf(total!),
          openAccounts: Number(accounts!.open),
          closedAccounts: Number(accounts!.closed),
          ledger: ledger.map(({ account, pence }) => ({ account, pence: Number(pence) })),
          spentByCategory: categories.map(({ category, pence }) => ({ category, pence: Number(pence) })),
          entries: Number(total!.entries),
          position: total!.position,
        };
      },
      { snapshot: true },
    );
  }

  /** Accounts in the order in which they were opened; page 1 is the first. */
  async accounts(
    tenant: string,
    { effectiveOn, knownOn, page, pageSize }: DirectPaymentDays & { readonly page: number; readonly pageSize: number },
  ): Promise<readonly DirectPaymentAccountSums[]> {
    const rows = await this.database.inTenant(tenant, (manager) =>
      manager.query<
        (SumRow & {
          account_id: string;
          person_id: string;
          allocation_id: string;
          received_by: string;
          opened_on: string;
          closed_on: string | null;
        })[]
      >(
        `select account_id, person_id, allocation_id, received_by, opened_on::text,
                case when ${isClosed} then closed_on::text end as closed_on, moved.*
           from direct_payment_account account
           cross join lateral (
             select ${sums} from direct_payment_posting posting
              where ${standing} and posting.account_id = account.account_id
           ) moved
          where ${there} order by account.opened_on, account_id limit $4 offset $5`,
        [tenant, effectiveOn, knownOn, pageSize, (page - 1) * pageSize],
      ),
    );
    return rows.map(({ closed_on, ...row }) => ({
      accountId: row.account_id,
      personId: row.person_id,
      allocationId: row.allocation_id,
      receivedBy: row.received_by,
      openedOn: row.opened_on,
      ...(closed_on !== null && { closedOn: closed_on }),
      ...sumsOf(row),
    }));
  }
}

const sumsOf = ({ paid, spent, reclaimed, balance }: SumRow): DirectPaymentSums => ({
  paidPence: Number(paid),
  spentPence: Number(spent),
  reclaimedPence: Number(reclaimed),
  balancePence: Number(balance),
});
