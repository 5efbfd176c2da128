import {
  type Element,
  type ElementCorrectedData,
  type ElementPlacedData,
  elementCorrected,
  elementEnded,
  elementPlaced,
  elementWithdrawn,
  weeklyHours,
  weeklyPence,
} from '@caretrail/commissioning/contracts';
import { addDays, type PlainDate, type StoredEvent, unreachable } from '@caretrail/kernel';
import type { ProjectionTransaction } from '@caretrail/projections';
import { serviceGroupOf } from './service-group.js';

const types = [elementPlaced.type, elementEnded.type, elementCorrected.type, elementWithdrawn.type] as const;
type ServiceEventType = (typeof types)[number];
export const serviceEventTypes: readonly string[] = types;

interface ServiceRow {
  readonly package_id: string;
  readonly position: string;
  readonly kind: 'placed' | 'ended' | 'corrected' | 'withdrawn';
  readonly effective_on: PlainDate;
  readonly known_from: PlainDate;
  readonly person_id: string;
  readonly service?: string;
  readonly service_type?: string;
  readonly component?: string;
  readonly provider_location_id?: string;
  readonly weekly_hours?: number;
  readonly weekly_pence?: number;
  readonly hourly_pence?: number;
  readonly effective_from?: PlainDate;
  /** First day on which it is no longer true (the last day of the service is still a day of it), or `infinity`. */
  readonly effective_to: string;
}

/** Takes the packages' events of a batch into `market_service`. */
export async function applyServices(events: readonly StoredEvent[], transaction: ProjectionTransaction): Promise<void> {
  const rows = events.filter((event) => serviceEventTypes.includes(event.type)).map(rowOf);
  if (rows.length) await transaction.query(takeIn, [transaction.tenant, JSON.stringify(rows)]);
}

function rowOf(event: StoredEvent): ServiceRow {
  const type = event.type as ServiceEventType;
  const { packageId, personId } = event.data as { packageId: string; personId: string };
  const { effectiveOn } = event.metadata;
  const common = {
    package_id: packageId,
    position: event.position.toString(),
    effective_on: effectiveOn,
    known_from: event.knownOn,
    person_id: personId,
  };
  switch (type) {
    case 'commissioning.element-placed.v1': {
      const { element } = event.data as ElementPlacedData;
      return { ...common, kind: 'placed', ...told(element), effective_from: effectiveOn, effective_to: 'infinity' };
    }
    case 'commissioning.element-corrected.v1': {
      const { element, startedOn, endedOn } = event.data as ElementCorrectedData;
      return {
        ...common,
        kind: 'corrected',
        ...told(element),
        effective_from: startedOn,
        effective_to: after(endedOn),
      };
    }
    case 'commissioning.element-ended.v1':
      return { ...common, kind: 'ended', effective_to: after(effectiveOn) };
    case 'commissioning.element-withdrawn.v1':
      return { ...common, kind: 'withdrawn', effective_to: 'infinity' };
    default:
      return unreachable(type);
  }
}

const after = (last: PlainDate | undefined): string => (last ? addDays(last, 1) : 'infinity');

function told({ serviceType, component, providerLocationId, rate, plannedUnitsPerWeek }: Element) {
  return {
    service: serviceGroupOf(serviceType, component),
    service_type: serviceType,
    component,
    provider_location_id: providerLocationId,
    weekly_hours: weeklyHours(rate, plannedUnitsPerWeek),
    weekly_pence: weeklyPence(rate, plannedUnitsPerWeek),
    hourly_pence: rate?.per === 'Hourly' && rate.pence ? Math.abs(rate.pence) : undefined,
  };
}

/**
 * Puts the events of each package that the batch touches in the order in which they became known, and writes again what
 * each of them left standing: an end keeps the service as it was last told, and changes its last day alone. An older
 * return that is loaded later falls into its place before the newer one.
 */
const takeIn = `
  with incoming as (
    select * from jsonb_to_recordset($2::jsonb) as row (
      package_id uuid, position bigint, kind text, effective_on date, known_from date, person_id uuid, service text,
      service_type text, component text, provider_location_id text, weekly_hours numeric, weekly_pence bigint,
      hourly_pence bigint, effective_from date, effective_to date)
  ), fact as (
    select * from incoming
    union all
    select package_id, position, kind, effective_on, known_from, person_id, service, service_type, component,
           provider_location_id, weekly_hours, weekly_pence, hourly_pence, effective_from, effective_to
      from market_service
     where tenant = $1 and package_id in (select package_id from incoming)
  ), placed_in_order as (
    select fact.*, lead(known_from, 1, 'infinity') over known as known_to,
           count(*) filter (where kind <> 'ended') over known as telling
      from fact window known as (partition by package_id order by known_from, position)
  )
  insert into market_service as standing (
    tenant, package_id, position, kind, effective_on, known_from, known_to, stands, person_id, service, service_type,
    component, provider_location_id, weekly_hours, weekly_pence, hourly_pence, effective_from, effective_to)
  select $1, package_id, position, kind, effective_on, known_from, known_to,
         telling > 0 and first_value(kind) over told in ('placed', 'corrected'), person_id,
         first_value(service) over told, first_value(service_type) over told, first_value(component) over told,
         first_value(provider_location_id) over told, first_value(weekly_hours) over told,
         first_value(weekly_pence) over told, first_value(hourly_pence) over told,
         first_value(effective_from) over told, effective_to
    from placed_in_order window told as (partition by package_id, telling order by known_from, position)
  on conflict (tenant, package_id, known_from, position) do update set
    known_to = excluded.known_to, stands = excluded.stands, service = excluded.service,
    service_type = excluded.service_type, component = excluded.component,
    provider_location_id = excluded.provider_location_id, weekly_hours = excluded.weekly_hours,
    weekly_pence = excluded.weekly_pence, hourly_pence = excluded.hourly_pence,
    effective_from = excluded.effective_from
  where (standing.known_to, standing.stands, standing.service, standing.service_type, standing.component,
         standing.provider_location_id, standing.weekly_hours, standing.weekly_pence, standing.hourly_pence,
         standing.effective_from)
    is distinct from (excluded.known_to, excluded.stands, excluded.service, excluded.service_type, excluded.component,
         excluded.provider_location_id, excluded.weekly_hours, excluded.weekly_pence, excluded.hourly_pence,
         excluded.effective_from)`;
