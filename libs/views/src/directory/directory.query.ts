import type { DirectoryService, ServiceDirectory } from '@caretrail/assessment/contracts';
import type { DirectoryEntry } from '@caretrail/commissioning/contracts';
import type { PlainDate, Tenant } from '@caretrail/kernel';
import { Database } from '@caretrail/platform';
import { Inject, Injectable } from '@nestjs/common';

/** The two days on which the directory is read. */
export interface DirectoryDays {
  readonly effectiveOn: PlainDate;
  readonly knownOn: PlainDate;
}

export interface DirectorySearch {
  /** Words, as people type them into a search. */
  readonly words?: string | undefined;
  /** A term under which services stand. */
  readonly term?: string | undefined;
  /** A regular expression over postcodes; services without a place of their own fit every one. */
  readonly postcodes?: string | undefined;
}

/** A service that stands in the directory. */
export interface ListedService {
  readonly serviceId: string;
  readonly entry: DirectoryEntry;
  /** The day of the directory that last told of it. */
  readonly since: PlainDate;
}

export interface DirectoryFound {
  readonly services: readonly ListedService[];
  /** How many fit the search. */
  readonly total: number;
  /** How many stand at all. */
  readonly listed: number;
  /** Terms of all that stand, and how many stand under each. */
  readonly terms: readonly { readonly name: string; readonly services: number }[];
  /** How far the view has read. */
  readonly position: string;
}

/** What was told of one service, the newest first. */
export interface ServiceTelling {
  readonly on: PlainDate;
  readonly knownOn: PlainDate;
  readonly listed: boolean;
  readonly name: string;
  readonly eventId: string;
  readonly position: string;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const standing = `
  select version.* from directory_listing listing join directory_version version using (tenant, service_id, position)
  where listing.tenant = $1 and listing.effective_from <= $2 and listing.effective_to > $2
    and listing.known_from <= $3 and listing.known_to > $3`;
const columns = `service_id as "serviceId", entry, effective_on::text as since`;
const position = `coalesce((select position::text from checkpoint where tenant = $1 and name = 'directory'), '0')`;

/** Reads the directory of universal services as it stood on any effective and known day. */
@Injectable()
export class DirectoryQuery implements ServiceDirectory {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Services that fit, the best match first, else by name. `page` begins with 1. */
  async find(
    tenant: Tenant,
    { effectiveOn, knownOn }: DirectoryDays,
    { words, term, postcodes }: DirectorySearch,
    { page, pageSize }: { readonly page: number; readonly pageSize: number },
  ): Promise<DirectoryFound> {
    const [found] = await this.database.inTenant(tenant, (manager) =>
      manager.query<DirectoryFound[]>(
        `with standing as materialized (${standing}),
         fitting as (
           select *, ts_rank(words, websearch_to_tsquery('english', coalesce($4, ''))) as rank from standing
           where ($4::text is null or words @@ websearch_to_tsquery('english', $4) or strpos(lower(name), lower($4)) > 0)
             and ($5::text is null or $5 = any (terms))
             and ($6::text is null or cardinality(postcodes) = 0 or exists (select from unnest(postcodes) postcode where postcode ~ $6))
         ),
         page as (select ${columns} from fitting order by rank desc, lower(name), service_id offset $7 limit $8)
         select (select coalesce(json_agg(page), '[]') from page) as services,
           (select count(*)::int from fitting) as total, (select count(*)::int from standing) as listed,
           (select coalesce(json_agg(json_build_object('name', name, 'services', services) order by lower(name), name), '[]')
              from (select term as name, count(*)::int as services from standing, unnest(terms) term group by term) counted) as terms,
           ${position} as position`,
        [tenant, effectiveOn, knownOn, words ?? null, term ?? null, postcodes ?? null, (page - 1) * pageSize, pageSize],
      ),
    );
    return found!;
  }

  /** One service as it stood; undefined where it stood not. */
  async one(
    tenant: Tenant,
    serviceId: string,
    { effectiveOn, knownOn }: DirectoryDays,
  ): Promise<ListedService | undefined> {
    if (!UUID.test(serviceId)) return undefined;
    const [found] = await this.database.inTenant(tenant, (manager) =>
      manager.query<ListedService[]>(`select ${columns} from (${standing} and listing.service_id = $4) found`, [
        tenant,
        effectiveOn,
        knownOn,
        serviceId,
      ]),
    );
    return found;
  }

  /** What was told of a service by the known day. */
  async tellings(tenant: Tenant, serviceId: string, knownOn: PlainDate): Promise<readonly ServiceTelling[]> {
    if (!UUID.test(serviceId)) return [];
    return this.database.inTenant(tenant, (manager) =>
      manager.query<ServiceTelling[]>(
        `select effective_on::text as on, known_on::text as "knownOn", listed, name, event_id as "eventId", position::text
         from directory_version where tenant = $1 and service_id = $2 and known_on <= $3
         order by effective_on desc, known_on desc, directory_version.position desc`,
        [tenant, serviceId, knownOn],
      ),
    );
  }

  /** How far the view has read. */
  async position(tenant: Tenant): Promise<string> {
    const [row] = await this.database.inTenant(tenant, (manager) =>
      manager.query<{ position: string }[]>(`select ${position} as position`, [tenant]),
    );
    return row!.position;
  }

  async standing(tenant: Tenant, on: PlainDate, words: string, most: number): Promise<readonly DirectoryService[]> {
    const days = { effectiveOn: on, knownOn: on };
    const { services } = await this.find(tenant, days, { words: words || undefined }, { page: 1, pageSize: most });
    return services.map(named);
  }

  async named(tenant: Tenant, serviceId: string, on: PlainDate): Promise<DirectoryService | undefined> {
    const found = await this.one(tenant, serviceId, { effectiveOn: on, knownOn: on });
    return found && named(found);
  }
}

const named = ({ serviceId, entry }: ListedService): DirectoryService => ({
  serviceId,
  name: entry.name,
  organisation: entry.organisation.name,
});
