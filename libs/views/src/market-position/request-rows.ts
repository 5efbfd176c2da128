import {
  type RequestConcludedData,
  type RequestCorrectedData,
  requestConcluded,
  requestCorrected,
  requestWithdrawn,
  supportRequested,
} from '@caretrail/assessment/contracts';
import { type PlainDate, type StoredEvent, unreachable } from '@caretrail/kernel';
import type { ProjectionTransaction } from '@caretrail/projections';

const types = [supportRequested.type, requestConcluded.type, requestCorrected.type, requestWithdrawn.type] as const;
type RequestEventType = (typeof types)[number];
export const requestEventTypes: readonly string[] = types;

interface RequestRow {
  readonly episode_id: string;
  readonly position: string;
  readonly kind: 'requested' | 'concluded' | 'corrected' | 'withdrawn';
  readonly effective_on: PlainDate;
  readonly known_from: PlainDate;
  readonly person_id: string;
  readonly requested_on?: PlainDate;
  readonly concluded_on?: PlainDate;
  readonly leads_nowhere: boolean;
}

/**
 * True for an outcome after which no new service is to be waited for: no further action, hospital, or the support that
 * the person has already goes on.
 */
export const leadsNowhere = (outcome: string | undefined): boolean =>
  outcome !== undefined && /^(NFA\b|Admitted to hospital|Continuation of support)/i.test(outcome);

/** Takes the requests' events of a batch into `market_request`. */
export async function applyRequests(events: readonly StoredEvent[], transaction: ProjectionTransaction): Promise<void> {
  const rows = events.filter((event) => requestEventTypes.includes(event.type)).map(rowOf);
  if (rows.length) await transaction.query(takeIn, [transaction.tenant, JSON.stringify(rows)]);
}

function rowOf(event: StoredEvent): RequestRow {
  const type = event.type as RequestEventType;
  const { episodeId, personId } = event.data as { episodeId: string; personId: string };
  const { effectiveOn } = event.metadata;
  const common = {
    episode_id: episodeId,
    position: event.position.toString(),
    effective_on: effectiveOn,
    known_from: event.knownOn,
    person_id: personId,
    leads_nowhere: false,
  };
  switch (type) {
    case 'assessment.support-requested.v1':
      return { ...common, kind: 'requested', requested_on: effectiveOn };
    case 'assessment.request-concluded.v1': {
      const { outcome } = event.data as RequestConcludedData;
      return { ...common, kind: 'concluded', concluded_on: effectiveOn, leads_nowhere: leadsNowhere(outcome) };
    }
    case 'assessment.request-corrected.v1': {
      const { requestedOn, concludedOn, outcome } = event.data as RequestCorrectedData;
      return {
        ...common,
        kind: 'corrected',
        requested_on: requestedOn,
        concluded_on: concludedOn,
        leads_nowhere: leadsNowhere(outcome),
      };
    }
    case 'assessment.request-withdrawn.v1':
      return { ...common, kind: 'withdrawn' };
    default:
      return unreachable(type);
  }
}

/** As for services: a conclusion keeps the day of asking as it was last told. */
const takeIn = `
  with incoming as (
    select * from jsonb_to_recordset($2::jsonb) as row (
      episode_id uuid, position bigint, kind text, effective_on date, known_from date, person_id uuid,
      requested_on date, concluded_on date, leads_nowhere boolean)
  ), fact as (
    select * from incoming
    union all
    select episode_id, position, kind, effective_on, known_from, person_id, requested_on, concluded_on, leads_nowhere
      from market_request
     where tenant = $1 and episode_id in (select episode_id from incoming)
  ), placed_in_order as (
    select fact.*, lead(known_from, 1, 'infinity') over known as known_to,
           count(*) filter (where kind <> 'concluded') over known as telling
      from fact window known as (partition by episode_id order by known_from, position)
  )
  insert into market_request as standing (
    tenant, episode_id, position, kind, effective_on, known_from, known_to, stands, person_id, requested_on,
    concluded_on, leads_nowhere)
  select $1, episode_id, position, kind, effective_on, known_from, known_to,
         telling > 0 and first_value(kind) over told in ('requested', 'corrected'), person_id,
         first_value(requested_on) over told, concluded_on, leads_nowhere
    from placed_in_order window told as (partition by episode_id, telling order by known_from, position)
  on conflict (tenant, episode_id, known_from, position) do update set
    known_to = excluded.known_to, stands = excluded.stands, requested_on = excluded.requested_on
  where (standing.known_to, standing.stands, standing.requested_on)
    is distinct from (excluded.known_to, excluded.stands, excluded.requested_on)`;
