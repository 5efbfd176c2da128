import type { Instant, PlainDate, Tenant } from '@caretrail/kernel';
import { Database } from '@caretrail/platform';
import type { RiskOutcome, SequelWithoutDuty } from '@caretrail/safeguarding/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { safeguardingConcernsProjection } from './safeguarding-concerns.projection.js';

/** Where a concern stands: waiting for its decision, enquired into, enquired into and concluded, or without a duty. */
export const concernStages = ['to-decide', 'duty', 'concluded', 'no-duty'] as const;
export type ConcernStage = (typeof concernStages)[number];

/** The two days of a question: what was true on the one, as known by the end of the other. */
export interface BothDays {
  readonly effective: PlainDate;
  readonly known: PlainDate;
}

/** Exact values; `owner: 'nobody'` finds what was given to no one. */
export interface ConcernFilter {
  readonly type?: string;
  readonly location?: string;
  readonly owner?: string;
}

/** A concern as it stood. No personal data. */
export interface ConcernRow {
  readonly concernId: string;
  readonly reference: string;
  readonly adults: readonly string[];
  readonly typesOfRisk: readonly string[];
  readonly sourceOfRisk: string;
  readonly locationOfRisk: string;
  readonly relation: string;
  readonly consent: string;
  readonly happenedOn: PlainDate;
  readonly raisedOn: PlainDate;
  readonly knownOn: PlainDate;
  readonly recordedAt: Instant;
  readonly raisedById: string;
  readonly eventId: string;
  /** Account that it was given to last; null when to no one. */
  readonly ownerId: string | null;
  /** Null while it waits for the decision. */
  readonly dutyToEnquire: boolean | null;
  readonly ifNoDuty: SequelWithoutDuty | null;
  readonly decidedOn: PlainDate | null;
  readonly decidedAt: Instant | null;
  readonly decidedById: string | null;
  readonly decisionEventId: string | null;
  /** Null while the enquiry is not concluded. */
  readonly concludedOn: PlainDate | null;
  readonly concludedById: string | null;
  readonly conclusionEventId: string | null;
  /** As the Safeguarding Adults Collection has it, SG2c and SG2e. */
  readonly riskAssessmentOutcome: string | null;
  readonly riskOutcome: RiskOutcome | null;
}

/** Concerns that were raised, and that were decided, in the seven days from a Monday. */
export interface ConcernWeek {
  readonly monday: PlainDate;
  readonly raised: number;
  readonly decided: number;
}

/** What the figures of a page rest on. */
export interface ConcernEvidence {
  readonly events: number;
  /** Events that these days leave out: learnt later, or true only later. */
  readonly leftOut: number;
  readonly position: string;
}

/**
 * Every concern known by a day ($3) and true by a day ($2), with the owner, the decision and the conclusion that stood then:
 * of several the one that took effect last, and among those of one day the one that was learnt last.
 */
const standing = `
  select c.concern_id as "concernId", c.reference, c.adults, c.types_of_risk as "typesOfRisk",
    c.source_of_risk as "sourceOfRisk", c.location_of_risk as "locationOfRisk", c.relation, c.consent,
    c.happened_on::text as "happenedOn", c.effective_on::text as "raisedOn", c.known_on::text as "knownOn",
    c.recorded_at as "recordedAt", c.actor_id as "raisedById", c.event_id as "eventId",
    o.owner_id as "ownerId", d.duty_to_enquire as "dutyToEnquire", d.if_no_duty as "ifNoDuty",
    d.effective_on::text as "decidedOn", d.recorded_at as "decidedAt", d.actor_id as "decidedById",
    d.event_id as "decisionEventId", e.effective_on::text as "concludedOn", e.actor_id as "concludedById",
    e.event_id as "conclusionEventId", e.risk_assessment_outcome as "riskAssessmentOutcome", e.risk_outcome as "riskOutcome",
    case when d.duty_to_enquire is null then 'to-decide' when not d.duty_to_enquire then 'no-duty'
      when e.effective_on is null then 'duty' else 'concluded' end as stage
  from safeguarding_concern c
  left join lateral (
    select * from safeguarding_concern_owner f
    where f.tenant = c.tenant and f.concern_id = c.concern_id and f.effective_on <= $2 and f.known_on <= $3
    order by f.effective_on desc, f.known_on desc, f.position desc limit 1) o on true
  left join lateral (
    select * from safeguarding_concern_decision f
    where f.tenant = c.tenant and f.concern_id = c.concern_id and f.effective_on <= $2 and f.known_on <= $3
    order by f.effective_on desc, f.known_on desc, f.position desc limit 1) d on true
  left join lateral (
    select * from safeguarding_concern_conclusion f
    where f.tenant = c.tenant and f.concern_id = c.concern_id and f.effective_on <= $2 and f.known_on <= $3
    order by f.effective_on desc, f.known_on desc, f.position desc limit 1) e on true
  where c.tenant = $1 and c.effective_on <= $2 and c.known_on <= $3`;

const filtered = `
  with standing as (${standing})
  select * from standing where ($4::text is null or $4 = any("typesOfRisk"))
    and ($5::text is null or "locationOfRisk" = $5)
    and ($6::text is null or coalesce("ownerId", 'nobody') = $6)`;

/** Reads the queue as it stood on any day. */
@Injectable()
export class ConcernQueue {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * One stage of the queue. What waits for a decision comes in the order in which it was recorded, what is decided or
   * concluded with the newest first.
   */
  async rows(
    tenant: Tenant,
    days: BothDays,
    filter: ConcernFilter,
    stage: ConcernStage,
    page: { readonly limit: number; readonly offset: number },
  ): Promise<ConcernRow[]> {
    const rows = await this.run<StoredRow>(
      tenant,
      `with found as (${filtered}) select * from found where stage = $7
       order by "concludedOn" desc nulls first, "decidedAt" desc nulls first, "recordedAt", reference limit $8 offset $9`,
      [...parameters(tenant, days, filter), stage, page.limit, page.offset],
    );
    return rows.map(toRow);
  }

  /** How many concerns stand in each stage. */
  async counts(tenant: Tenant, days: BothDays, filter: ConcernFilter): Promise<Record<ConcernStage, number>> {
    const rows = await this.run<{ stage: ConcernStage; count: number }>(
      tenant,
      `with found as (${filtered}) select stage, count(*)::int as count from found group by stage`,
      parameters(tenant, days, filter),
    );
    const counts = { 'to-decide': 0, duty: 0, concluded: 0, 'no-duty': 0 };
    for (const { stage, count } of rows) counts[stage] = count;
    return counts;
  }

  /** One concern as it stood; undefined when it was not known or not true by then. */
  async one(tenant: Tenant, days: BothDays, concernId: string): Promise<ConcernRow | undefined> {
    const rows = await this.run<StoredRow>(tenant, `${standing} and c.concern_id = $4`, [
      tenant,
      days.effective,
      days.known,
      concernId,
    ]);
    return rows[0] && toRow(rows[0]);
  }

  /** Accounts to which any concern was given by then. */
  async owners(tenant: Tenant, days: BothDays): Promise<string[]> {
    const rows = await this.run<{ ownerId: string }>(
      tenant,
      `select distinct owner_id as "ownerId" from safeguarding_concern_owner
       where tenant = $1 and effective_on <= $2 and known_on <= $3 order by 1`,
      [tenant, days.effective, days.known],
    );
    return rows.map(({ ownerId }) => ownerId);
  }

  /** Raised and decided in each week up to the effective day, the oldest first; weeks without either are there with 0. */
  async weeks(tenant: Tenant, days: BothDays, filter: ConcernFilter, howMany: number): Promise<ConcernWeek[]> {
    return this.run<ConcernWeek>(
      tenant,
      `with found as (${filtered}),
       week as (select (date_trunc('week', $2::date)::date - 7 * n) as monday from generate_series(0, $7::int - 1) n)
       select monday::text as monday,
         (select count(*)::int from found where "raisedOn"::date >= monday and "raisedOn"::date < monday + 7) as raised,
         (select count(*)::int from found where "decidedOn"::date >= monday and "decidedOn"::date < monday + 7) as decided
       from week order by monday`,
      [...parameters(tenant, days, filter), howMany],
    );
  }

  /** How many events the queue of these days rests on, and how far the read model has read. */
  async evidence(tenant: Tenant, days: BothDays): Promise<ConcernEvidence> {
    const facts = safeguardingConcernsProjection.tables
      .map((table) => `select effective_on, known_on from ${table} where tenant = $1`)
      .join(' union all ');
    const [row] = await this.run<ConcernEvidence>(
      tenant,
      `select count(*) filter (where effective_on <= $2 and known_on <= $3)::int as events,
         count(*) filter (where effective_on > $2 or known_on > $3)::int as "leftOut",
         coalesce((select position from checkpoint where tenant = $1 and name = 'safeguarding-concerns'), 0)::text as position
       from (${facts}) fact`,
      [tenant, days.effective, days.known],
    );
    return row ?? { events: 0, leftOut: 0, position: '0' };
  }

  private run<Row>(tenant: Tenant, sql: string, values: readonly unknown[]): Promise<Row[]> {
    return this.database.inTenant(tenant, (manager) => manager.query<Row[]>(sql, [...values]));
  }
}

type StoredRow = Omit<ConcernRow, 'recordedAt' | 'decidedAt'> & {
  readonly recordedAt: Date;
  readonly decidedAt: Date | null;
};

const toRow = (row: StoredRow): ConcernRow => ({
  ...row,
  recordedAt: row.recordedAt.toISOString(),
  decidedAt: row.decidedAt?.toISOString() ?? null,
});

const parameters = (tenant: Tenant, days: BothDays, filter: ConcernFilter): unknown[] => [
  tenant,
  days.effective,
  days.known,
  filter.type ?? null,
  filter.location ?? null,
  filter.owner ?? null,
];
