import type { PlainDate, Tenant } from '@caretrail/kernel';
import { Database } from '@caretrail/platform';
import { Inject, Injectable } from '@nestjs/common';

/** Within so many days of a signpost a new request or assessment counts as coming back. */
export const RETURN_DAYS = 90;

export interface SignpostingDays {
  readonly effectiveOn: PlainDate;
  readonly knownOn: PlainDate;
}

/** Counts of signposts: a person who was pointed to two services counts at both. */
export interface SignpostCounts {
  /** Whose 90 days are over, whatever came of it. */
  readonly over: number;
  /** Of them: a new request or assessment came within the 90 days. */
  readonly returned: number;
  /** Of them: the person died within the 90 days, and had not come back. */
  readonly died: number;
  /** Whose 90 days are not over yet: nothing can be said of them. */
  readonly waiting: number;
}

export interface ServiceCounts extends SignpostCounts {
  /** Left out of a service that was named in words alone. */
  readonly serviceId?: string;
  readonly service: string;
}

/** One signpost of a person, and what came of it by the day looked at. */
export interface PersonSignpost {
  readonly eventId: string;
  readonly on: PlainDate;
  readonly service: string;
  readonly serviceId?: string;
  /** The last of the 90 days. */
  readonly until: PlainDate;
  readonly outcome: 'came back' | 'died' | 'did not come back' | 'not over yet';
  readonly cameBackOn?: PlainDate;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

// $2 the effective day, $3 the known day. A request of the day itself is the one that the signpost answers, and so is the
// assessment that it came from.
const outcomes = `
  with standing as (
    select * from signposting_mark
    where tenant = $1 and effective_on <= $2 and known_from <= $3 and known_to > $3 and kind <> 'withdrawn'
  ),
  followed as (
    select signpost.person_id, signpost.fact, signpost.effective_on, signpost.service, signpost.service_id,
      signpost.effective_on + ${RETURN_DAYS} as until,
      (select min(came.effective_on) from standing came
        where came.person_id = signpost.person_id and came.kind in ('request', 'assessment')
          and came.fact <> signpost.assessment_id
          and came.effective_on > signpost.effective_on and came.effective_on <= signpost.effective_on + ${RETURN_DAYS}) as returned_on,
      exists (select from standing died
        where died.person_id = signpost.person_id and died.kind = 'death'
          and died.effective_on <= signpost.effective_on + ${RETURN_DAYS}) as died
    from standing signpost where signpost.kind = 'signpost'
  )`;

/** Reads what came of signposts on any effective and known day. */
@Injectable()
export class SignpostingQuery {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** By service, those with most signposts first. Counts as they are: whoever shows them hides the small ones. */
  async byService(tenant: Tenant, { effectiveOn, knownOn }: SignpostingDays): Promise<readonly ServiceCounts[]> {
    const rows = await this.database.inTenant(tenant, (manager) =>
      manager.query<(Omit<ServiceCounts, 'serviceId'> & { serviceId: string | null })[]>(
        `${outcomes}
         select service_id as "serviceId", (array_agg(service order by effective_on desc, fact))[1] as service,
           count(*) filter (where until < $2)::int as over,
           count(*) filter (where until < $2 and returned_on is not null)::int as returned,
           count(*) filter (where until < $2 and returned_on is null and died)::int as died,
           count(*) filter (where until >= $2)::int as waiting
         from followed group by service_id, case when service_id is null then lower(service) end
         order by count(*) desc, 2`,
        [tenant, effectiveOn, knownOn],
      ),
    );
    return rows.map(({ serviceId, ...counts }) => ({ ...counts, ...(serviceId !== null && { serviceId }) }));
  }

  /** The signposts of one person, the newest first. */
  async ofPerson(
    tenant: Tenant,
    personId: string,
    { effectiveOn, knownOn }: SignpostingDays,
  ): Promise<readonly PersonSignpost[]> {
    if (!UUID.test(personId)) return [];
    const rows = await this.database.inTenant(tenant, (manager) =>
      manager.query<
        (Omit<PersonSignpost, 'serviceId' | 'cameBackOn'> & { serviceId: string | null; cameBackOn: string | null })[]
      >(
        `${outcomes.replace('where tenant = $1', 'where tenant = $1 and person_id = $4')}
         select fact as "eventId", effective_on::text as on, service, service_id as "serviceId", until::text,
           returned_on::text as "cameBackOn",
           case when returned_on is not null then 'came back' when died then 'died'
             when until < $2 then 'did not come back' else 'not over yet' end as outcome
         from followed order by effective_on desc, fact`,
        [tenant, effectiveOn, knownOn, personId],
      ),
    );
    return rows.map(({ serviceId, cameBackOn, ...row }) => ({
      ...row,
      ...(serviceId !== null && { serviceId }),
      ...(cameBackOn !== null && { cameBackOn }),
    }));
  }

  /** How far the view has read. */
  async position(tenant: Tenant): Promise<string> {
    const [row] = await this.database.inTenant(tenant, (manager) =>
      manager.query<{ position: string }[]>(
        `select coalesce((select position::text from checkpoint where tenant = $1 and name = 'signposting'), '0') as position`,
        [tenant],
      ),
    );
    return row!.position;
  }
}
