import { type Account, maySeeNeedToKnow } from '@caretrail/access';
import type { PlainDate } from '@caretrail/kernel';
import { Database } from '@caretrail/platform';
import { Inject, Injectable } from '@nestjs/common';
import { duties } from './duties.js';
import type { Duty } from './duty.js';

/** The two days on which the ledger is read. */
export interface LedgerDays {
  readonly effectiveOn: PlainDate;
  readonly knownOn: PlainDate;
}

export interface DutyFilter {
  readonly duty?: string | undefined;
  readonly turn?: string | undefined;
  /** Only those whose day has passed. */
  readonly overdue?: boolean | undefined;
}

/** One duty towards one person, open or discharged on the day looked at. */
export interface OwedDuty {
  readonly personId: string;
  readonly duty: string;
  readonly scope: string;
  readonly openedOn: PlainDate;
  readonly dueOn?: PlainDate;
  /** Id of the event that opened it. */
  readonly openedBy: string;
  readonly dischargedOn?: PlainDate;
  readonly dischargedBy?: string;
}

export interface DutyQueue {
  readonly duties: readonly OwedDuty[];
  readonly total: number;
  /** How many fit the filter but for the duty, by duty. */
  readonly byDuty: Readonly<Record<string, number>>;
  readonly overdue: number;
  readonly position: string;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The duties that exist for somebody: those of safeguarding for safeguarding alone. */
export const dutiesFor = (account: Pick<Account, 'role'>): readonly Duty[] =>
  duties.filter(({ needToKnow }) => !needToKnow || maySeeNeedToKnow(account));

const columns = `person_id as "personId", duty, scope, opened_on::text as "openedOn", due_on::text as "dueOn",
  opened_by as "openedBy", effective_to::text as until, discharged_by as "dischargedBy"`;
const position = `coalesce((select position::text from checkpoint where tenant = $1 and name = 'duty-ledger'), '0')`;

/** Reads which duties were open, towards whom and since when, on any effective and known day. */
@Injectable()
export class DutyLedgerQuery {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Open duties of a council: those whose day has passed first, then the oldest. `page` begins with 1. */
  async queue(
    account: Account,
    days: LedgerDays,
    filter: DutyFilter,
    { page, pageSize }: { readonly page: number; readonly pageSize: number },
  ): Promise<DutyQueue> {
    const ofTurn = dutiesFor(account).filter(({ turn }) => !filter.turn || turn === filter.turn);
    const [answer] = await this.database.inTenant(account.tenant, (manager) =>
      manager.query<QueueRow[]>(
        `with open as materialized (
           select *, coalesce(due_on < $2, false) as overdue from duty
           where tenant = $1 and effective_from <= $2 and effective_to > $2 and known_from <= $3 and known_to > $3
             and duty = any ($4)
         ),
         fitting as (select * from open where ($5::text is null or duty = $5) and (not $6 or overdue)),
         page as (
           select ${columns} from fitting order by overdue desc, opened_on, person_id, duty, scope offset $7 limit $8
         )
         select (select coalesce(jsonb_agg(page), '[]') from page) as duties, (select count(*)::int from fitting) as total,
           (select coalesce(jsonb_object_agg(duty, owed), '{}')
              from (select duty, count(*) as owed from open where not $6 or overdue group by duty) counted) as "byDuty",
           (select count(*)::int from open where overdue and ($5::text is null or duty = $5)) as overdue,
           ${position} as position`,
        [
          account.tenant,
          days.effectiveOn,
          days.knownOn,
          ofTurn.map(({ name }) => name),
          filter.duty ?? null,
          filter.overdue ?? false,
          (page - 1) * pageSize,
          pageSize,
        ],
      ),
    );
    return { ...answer!, duties: answer!.duties.map(owedOf) };
  }

  /** All duties towards one person that had arisen by the day: the open ones, oldest first, then the discharged ones. */
  async ofPerson(
    account: Pick<Account, 'tenant' | 'role'>,
    personId: string,
    days: LedgerDays,
  ): Promise<readonly OwedDuty[]> {
    if (!UUID.test(personId)) return [];
    const rows = await this.database.inTenant(account.tenant, (manager) =>
      manager.query<DutyRow[]>(
        `select ${columns.replace('effective_to::text', 'case when effective_to <= $2 then effective_to::text end')}
         from duty
         where tenant = $1 and person_id = $4 and effective_from <= $2 and known_from <= $3 and known_to > $3
           and (effective_to > $2 or discharged_by is not null) and duty = any ($5)
         order by effective_to <= $2, opened_on, duty, scope, position`,
        [account.tenant, days.effectiveOn, days.knownOn, personId, dutiesFor(account).map(({ name }) => name)],
      ),
    );
    return rows.map((row) => (row.until ? owedOf(row, row.until) : owedOf(row)));
  }

  /** How far the ledger has read. */
  async position(tenant: string): Promise<string> {
    const [row] = await this.database.inTenant(tenant, (manager) =>
      manager.query<{ position: string }[]>(`select ${position} as position`, [tenant]),
    );
    return row!.position;
  }
}

interface DutyRow {
  readonly personId: string;
  readonly duty: string;
  readonly scope: string;
  readonly openedOn: PlainDate;
  readonly dueOn: PlainDate | null;
  readonly openedBy: string;
  readonly until: string | null;
  readonly dischargedBy: string | null;
}
interface QueueRow extends Omit<DutyQueue, 'duties'> {
  readonly duties: readonly DutyRow[];
}

/** @param dischargedOn left out of a duty that is open on the day looked at, whatever came after that day */
function owedOf({ until: _, dischargedBy, dueOn, ...row }: DutyRow, dischargedOn?: unknown): OwedDuty {
  return {
    ...row,
    ...(dueOn !== null && { dueOn }),
    ...(typeof dischargedOn === 'string' && { dischargedOn, ...(dischargedBy !== null && { dischargedBy }) }),
  };
}
