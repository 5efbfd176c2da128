import type { PlainDate } from '@caretrail/kernel';
import { Database } from '@caretrail/platform';
import { Inject, Injectable } from '@nestjs/common';
import { AS_A_CARER, type FactKind } from './case-facts.js';
import { type Case, type Stage, type Step, stages } from './case-stage.js';

/** The two days on which everything is looked at. */
export interface CaseDays {
  readonly effectiveOn: PlainDate;
  readonly knownOn: PlainDate;
}

export interface CaseListQuery extends CaseDays {
  readonly stage?: Stage;
  /** A record number, or how it starts: `P-4471c0de`. */
  readonly record?: string;
  /** 1 for the first. */
  readonly page: number;
  readonly pageSize: number;
}

/** Where an answer comes from: how many events, up to which position, and how many the two days leave out. */
export interface CaseSource {
  readonly events: number;
  readonly position: string;
  readonly leftOut: number;
}

export interface CaseList extends CaseSource {
  readonly cases: readonly Case[];
  /** How many fit the search and the stage. */
  readonly total: number;
  /** How many fit the search, by stage. */
  readonly byStage: Readonly<Record<Stage, number>>;
}

/** One thing that is true of a case: who recorded or decided it, and when it was recorded and known. */
export interface StandingFact {
  readonly kind: FactKind;
  readonly factId: string;
  readonly parentId?: string;
  readonly effectiveFrom: PlainDate;
  readonly knownFrom: PlainDate;
  /** False, true, or undefined where the assessment does not say. */
  readonly eligible?: boolean;
  readonly returned: boolean;
  readonly costPencePerWeek?: number;
  readonly personPaysPencePerWeek?: number;
  readonly councilPaysPencePerWeek?: number;
  readonly needs?: number;
  readonly said?: string;
  readonly eventId: string;
  readonly recordedAt: string;
  readonly actorId: string;
  readonly actorRole: string;
}

export interface PersonCase extends CaseSource {
  readonly case: Case;
  /** Of somebody who was assessed both for themselves and as a carer: the one whose assessment is older. */
  readonly other?: Case;
  /** In the order in which they were true. */
  readonly facts: readonly StandingFact[];
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

// $1 council, $2 effective day, $3 known day, $4 and $5 the first and the last person id that is asked for.
//
// The case is read along its newest assessment: its allocation, its budget, its plan. Who is assessed both for themselves
// and as a carer has two cases, one along each; a request is about the first. An earlier round stays among the facts. Windows and one grouping instead of joins: each is a pass over facts that are sorted by person, and a wrong
// estimate cannot turn it into a nested loop over all of them. A request is open until it is concluded with something other than an assessment, or an assessment follows it.
const casesSql = `
  standing as materialized (
    select * from case_fact
    where tenant = $1 and person_id between $4 and $5 and not withdrawn
      and effective_from <= $2 and effective_to > $2 and known_from <= $3 and known_to > $3
  ),
  sided as (
    select told.*, side
    from (
      select *, kind = 'assessed' and coalesce(said, '') like '${AS_A_CARER}%' as of_carer,
        bool_or(kind = 'assessed' and coalesce(said, '') like '${AS_A_CARER}%') over (partition by person_id) as has_carers,
        bool_or(kind = 'assessed' and coalesce(said, '') not like '${AS_A_CARER}%') over (partition by person_id) as has_own
      from standing
    ) told
    cross join lateral unnest(case when has_own and has_carers then array['own', 'carer']
      when has_carers then array['carer'] else array['own'] end) as side
    where (kind <> 'assessed' or of_carer = (side = 'carer'))
      and not (kind in ('requested', 'concluded') and side = 'carer' and has_own)
  ),
  ranked as (
    select *, row_number() over (
      partition by person_id, side, kind, case kind when 'budget stated' then parent_id end
      order by effective_from desc, position desc
    ) as nth
    from sided
  ),
  newest as (
    select *,
      max(fact_id::text) filter (where kind = 'requested' and nth = 1) over (partition by person_id, side) as request,
      max(fact_id::text) filter (where kind = 'assessed' and nth = 1) over (partition by person_id, side) as assessment
    from ranked
  ),
  allocated as (
    select *, max(fact_id::text) filter (where kind = 'allocation opened' and parent_id::text = assessment)
      over (partition by person_id, side) as allocation
    from newest
  ),
  planned as (
    select *, max(fact_id::text) filter (where kind = 'plan opened' and parent_id::text = allocation)
      over (partition by person_id, side) as plan
    from allocated
  ),
  grouped as (
    select person_id, side, bool_and(has_own and has_carers) as both_sides,
      coalesce(bool_and(returned) filter (where kind = 'known'), true) as known_by_return,
      min(effective_from) filter (where kind = 'known') as registered_on,
      min(effective_from) as first_on,
      max(effective_from) filter (where kind = 'died') as died_on,
      max(effective_from) filter (where kind = 'requested' and fact_id::text = request) as requested_on,
      max(said) filter (where kind = 'concluded' and fact_id::text = request) as request_outcome,
      max(assessment)::uuid as assessment_id,
      max(effective_from) filter (where kind = 'assessed' and fact_id::text = assessment) as assessed_on,
      bool_or(eligible) filter (where kind = 'assessed' and fact_id::text = assessment) as eligible,
      coalesce(bool_or(returned) filter (where kind = 'assessed' and fact_id::text = assessment), false) as returned,
      max(allocation)::uuid as allocation_id,
      coalesce(bool_or(kind = 'allocation closed' and fact_id::text = allocation), false) as not_wanted,
      max(effective_from) filter (where kind = 'budget allocated' and fact_id::text = allocation) as budget_on,
      max(effective_from) filter (where kind = 'budget stated' and parent_id::text = allocation) as stated_on,
      coalesce(max(cost_pence) filter (where kind = 'budget stated' and parent_id::text = allocation and nth = 1),
        max(cost_pence) filter (where kind = 'budget allocated' and fact_id::text = allocation)) as cost_pence,
      coalesce(max(person_pays_pence) filter (where kind = 'budget stated' and parent_id::text = allocation and nth = 1),
        max(person_pays_pence) filter (where kind = 'budget allocated' and fact_id::text = allocation)) as person_pays_pence,
      coalesce(max(council_pays_pence) filter (where kind = 'budget stated' and parent_id::text = allocation and nth = 1),
        max(council_pays_pence) filter (where kind = 'budget allocated' and fact_id::text = allocation)) as council_pays_pence,
      max(plan)::uuid as plan_id,
      max(effective_from) filter (where kind = 'plan agreed' and fact_id::text = plan) as plan_on
    from planned group by person_id, side
  ),
  joined as (
    select *,
      requested_on is not null
        and coalesce(request_outcome, 'Progress to assessment, review or reassessment') = 'Progress to assessment, review or reassessment'
        and (assessed_on is null or assessed_on < requested_on) as request_open,
      case when plan_on is not null then 'plan agreed'
           when budget_on is not null then 'budget allocated'
           when eligible then 'eligible'
           when assessed_on is not null then 'assessed'
           when requested_on is not null then 'requested'
           else 'known' end as stage,
      coalesce(plan_on, budget_on, assessed_on, requested_on, registered_on, first_on) as since
    from grouped
  ),
  cases as materialized (
    select *,
      case when died_on is not null then null
           when request_open and stage not in ('known', 'requested') then 'assess again'
           when request_open or (stage = 'known' and not known_by_return) then 'assess'
           when stage = 'eligible' and allocation_id is not null and not not_wanted then 'decide budget'
           when stage = 'budget allocated' and plan_id is not null then 'agree plan'
           when stage = 'plan agreed' then 'arrange care' end as step
    from joined
  ),
  source as (
    select count(distinct event_id) filter (where fits) as events, coalesce(max(position) filter (where fits), 0) as position,
      count(distinct event_id) filter (where not fits and not superseded) as left_out
    from (
      select event_id, position, known_to <= $3 as superseded,
        effective_from <= $2 and effective_to > $2 and known_from <= $3 and known_to > $3 as fits
      from case_fact where tenant = $1 and person_id between $4 and $5
    ) every
  )`;

const caseColumns = `
  person_id, both_sides and side = 'carer' as as_carer, stage, since::text, step, died_on::text, requested_on::text,
  assessment_id, assessed_on::text, returned,
  allocation_id, not_wanted, budget_on::text, stated_on::text, cost_pence, person_pays_pence, council_pays_pence, plan_id, plan_on::text`;

const FIRST = '00000000-0000-0000-0000-000000000000';
const LAST = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Reads where cases stand, on any effective and known day. Ids, days and amounts; names come from the directory. */
@Injectable()
export class CasesQuery {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Cases of a council: those with something to do first, and of these the longest waiting. */
  async list(tenant: string, query: CaseListQuery): Promise<CaseList> {
    const range = peopleOf(query.record);
    const empty = { cases: [], total: 0, byStage: byStage({}), events: 0, position: '0', leftOut: 0 };
    if (!range) return empty;
    const skipped = (query.page - 1) * query.pageSize;
    const [answer] = await this.database.inTenant(tenant, (manager) =>
      manager.query<ListRow[]>(
        `with ${casesSql}, page as (
           select ${caseColumns} from cases where $6::text is null or stage = $6
           order by step is null, cases.since, person_id, side offset $7 limit $8
         )
         select source.events::int, source.position::text, source.left_out::int,
           (select coalesce(jsonb_agg(page), '[]') from page) as cases,
           (select coalesce(jsonb_object_agg(stage, people), '{}')
              from (select stage, count(*) as people from cases group by stage) counted) as by_stage
         from source`,
        [tenant, query.effectiveOn, query.knownOn, ...range, query.stage ?? null, skipped, query.pageSize],
      ),
    );
    if (!answer) return empty;
    const counted = byStage(answer.by_stage);
    return {
      cases: answer.cases.map(caseOf),
      total: query.stage ? counted[query.stage] : Object.values(counted).reduce((sum, count) => sum + count, 0),
      byStage: counted,
      ...sourceOf(answer),
    };
  }

  /** One person's case and everything that stands of it; undefined for a person of whom nothing is known that day. */
  async ofPerson(tenant: string, personId: string, days: CaseDays): Promise<PersonCase | undefined> {
    if (!UUID.test(personId)) return undefined;
    const [answer] = await this.database.inTenant(tenant, (manager) =>
      manager.query<PersonRow[]>(
        `with ${casesSql}
         select source.events::int, source.position::text, source.left_out::int,
           (select coalesce(jsonb_agg(found order by found.assessed_on desc nulls last, found.as_carer), '[]')
              from (select ${caseColumns} from cases) found) as found,
           (select coalesce(jsonb_agg(fact order by fact.effective_from, fact.position), '[]') from standing fact) as facts
         from source`,
        [tenant, days.effectiveOn, days.knownOn, personId, personId],
      ),
    );
    const [found, other] = answer?.found.map(caseOf) ?? [];
    if (!answer || !found) return undefined;
    return { case: found, ...(other && { other }), facts: answer.facts.map(factOf), ...sourceOf(answer) };
  }
}

interface SourceRow {
  readonly events: number;
  readonly position: string;
  readonly left_out: number;
}
interface ListRow extends SourceRow {
  readonly cases: readonly CaseRow[];
  readonly by_stage: Readonly<Partial<Record<Stage, number>>>;
}
interface PersonRow extends SourceRow {
  readonly found: readonly CaseRow[];
  readonly facts: readonly FactRow[];
}
interface CaseRow {
  readonly person_id: string;
  readonly stage: Stage;
  readonly since: PlainDate;
  readonly step: Step | null;
  readonly died_on: PlainDate | null;
  readonly requested_on: PlainDate | null;
  readonly assessment_id: string | null;
  readonly assessed_on: PlainDate | null;
  readonly as_carer: boolean;
  readonly returned: boolean;
  readonly not_wanted: boolean;
  readonly allocation_id: string | null;
  readonly budget_on: PlainDate | null;
  readonly stated_on: PlainDate | null;
  readonly cost_pence: number | null;
  readonly person_pays_pence: number | null;
  readonly council_pays_pence: number | null;
  readonly plan_id: string | null;
  readonly plan_on: PlainDate | null;
}
interface FactRow {
  readonly kind: FactKind;
  readonly fact_id: string;
  readonly parent_id: string | null;
  readonly effective_from: PlainDate;
  readonly known_from: PlainDate;
  readonly eligible: boolean | null;
  readonly returned: boolean;
  readonly cost_pence: number | null;
  readonly person_pays_pence: number | null;
  readonly council_pays_pence: number | null;
  readonly needs: number | null;
  readonly said: string | null;
  readonly event_id: string;
  readonly recorded_at: string;
  readonly actor_id: string;
  readonly actor_role: string;
}

/** The first and the last id whose record number starts so; undefined when none can. */
function peopleOf(record: string | undefined): [string, string] | undefined {
  const digits = (record ?? '').trim().toLowerCase().replace(/^p-?/, '');
  if (!digits) return [FIRST, LAST];
  if (UUID.test(digits)) return [digits, digits];
  if (!/^[0-9a-f]{1,8}$/.test(digits)) return undefined;
  return [digits.padEnd(8, '0') + FIRST.slice(8), digits.padEnd(8, 'f') + LAST.slice(8)];
}

const byStage = (counted: Readonly<Partial<Record<Stage, number>>>): Record<Stage, number> =>
  Object.fromEntries(stages.map((stage) => [stage, counted[stage] ?? 0])) as Record<Stage, number>;

const sourceOf = ({ events, position, left_out }: SourceRow): CaseSource => ({ events, position, leftOut: left_out });

/** Leaves out what is null, so that an answer says only what is known. */
function present<Row extends Record<string, unknown>>(row: Row): { [Key in keyof Row]?: NonNullable<Row[Key]> } {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as {
    [Key in keyof Row]?: NonNullable<Row[Key]>;
  };
}

const amountsOf = (row: Pick<CaseRow, 'cost_pence' | 'person_pays_pence' | 'council_pays_pence'>) => ({
  costPencePerWeek: row.cost_pence,
  personPaysPencePerWeek: row.person_pays_pence,
  councilPaysPencePerWeek: row.council_pays_pence,
});

const caseOf = (row: CaseRow): Case => ({
  personId: row.person_id,
  stage: row.stage,
  since: row.since,
  returned: row.returned,
  ...(row.as_carer && { asCarer: true as const }),
  ...(row.not_wanted && { notWanted: true as const }),
  ...present({
    step: row.step,
    diedOn: row.died_on,
    requestedOn: row.requested_on,
    assessmentId: row.assessment_id,
    assessedOn: row.assessed_on,
    allocationId: row.allocation_id,
    budgetAllocatedOn: row.budget_on,
    budgetStatedOn: row.stated_on,
    ...amountsOf(row),
    planId: row.plan_id,
    planAgreedOn: row.plan_on,
  }),
});

const factOf = (row: FactRow): StandingFact => ({
  kind: row.kind,
  factId: row.fact_id,
  effectiveFrom: row.effective_from,
  knownFrom: row.known_from,
  returned: row.returned,
  eventId: row.event_id,
  recordedAt: row.recorded_at,
  actorId: row.actor_id,
  actorRole: row.actor_role,
  ...present({
    parentId: row.parent_id,
    eligible: row.eligible,
    ...amountsOf(row),
    needs: row.needs,
    said: row.said,
  }),
});
