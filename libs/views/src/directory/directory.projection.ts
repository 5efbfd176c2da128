import {
  type DirectoryEntry,
  serviceDelisted,
  serviceListed,
  serviceListingChanged,
} from '@caretrail/commissioning/contracts';
import type { StoredEvent } from '@caretrail/kernel';
import type { Projection, ProjectionTransaction } from '@caretrail/projections';

interface Told {
  readonly serviceId: string;
  /** Left out where the service is delisted. */
  readonly entry?: DirectoryEntry;
}

const insert = `
  insert into directory_version (tenant, service_id, position, event_id, effective_on, known_on, listed, name, entry, terms, postcodes, said)
  select $1, service_id, position, event_id, effective_on, known_on, listed, name, entry,
    array(select jsonb_array_elements_text(terms)), array(select jsonb_array_elements_text(postcodes)), said
  from jsonb_to_recordset($2::jsonb) as told (service_id uuid, position bigint, event_id uuid, effective_on date,
    known_on date, listed boolean, name text, entry jsonb, terms jsonb, postcodes jsonb, said text)`;

const forget = 'delete from directory_listing where tenant = $1 and service_id = any ($2::uuid[])';

// For each day on which something became known: what had been told by then, in the order in which it took effect. Each
// lasts until the next; of several that take effect on one day the last stands.
const restate = `
  with versions as (
    select * from directory_version where tenant = $1 and service_id = any ($2::uuid[])
  ),
  days as (
    select service_id, known_on as known,
      coalesce(lead(known_on) over (partition by service_id order by known_on), 'infinity') as known_until
    from (select distinct service_id, known_on from versions) each
  ),
  standing as (
    select day.service_id, day.known, day.known_until, version.position, version.listed, version.effective_on,
      coalesce(lead(version.effective_on) over (partition by day.service_id, day.known
        order by version.effective_on, version.known_on, version.position), 'infinity') as until
    from days day join versions version on version.service_id = day.service_id and version.known_on <= day.known
  )
  insert into directory_listing (tenant, service_id, position, effective_from, effective_to, known_from, known_to)
  select $1, service_id, position, effective_on, until, known, known_until
  from standing where listed and effective_on < until`;

/** What somebody may look for, in the order of its weight. */
const saidOf = ({
  name,
  organisation,
  description,
  eligibility,
  alert,
  terms,
  areas,
  places,
  languages,
}: DirectoryEntry) =>
  [
    name,
    organisation.name,
    ...terms.map((term) => term.name),
    description,
    eligibility,
    alert,
    ...areas,
    ...places.flatMap((place) => [place.name, place.address]),
    ...languages,
  ]
    .filter((words) => words)
    .join('\n');

/** The directory of universal services as it stood on any pair of days. Published words; nothing personal. */
export const directoryProjection: Projection = {
  name: 'directory',
  version: 1,
  tables: ['directory_listing', 'directory_version'],
  types: [serviceListed.type, serviceListingChanged.type, serviceDelisted.type],
  keysAreIndependent: true,

  async apply(events: readonly StoredEvent[], { tenant, query }: ProjectionTransaction): Promise<void> {
    if (!events.length) return;
    const rows = events.map((event) => {
      const { serviceId, entry } = event.data as Told;
      return {
        service_id: serviceId,
        position: event.position.toString(),
        event_id: event.id,
        effective_on: event.metadata.effectiveOn,
        known_on: event.knownOn,
        listed: entry !== undefined,
        name: entry?.name ?? '',
        entry,
        terms: entry?.terms.map(({ name }) => name) ?? [],
        postcodes: [...new Set(entry?.places.flatMap(({ postcode }) => postcode ?? []))],
        said: entry ? saidOf(entry) : '',
      };
    });
    const services = [tenant, [...new Set(rows.map(({ service_id }) => service_id))]];
    await query(insert, [tenant, JSON.stringify(rows)]);
    await query(forget, services);
    await query(restate, services);
  },
};
