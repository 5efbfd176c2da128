import type { Tenant } from '@caretrail/kernel';
import type { Database } from '@caretrail/platform';
import { isUuid } from './sealed-history.request.js';

/** Every stream in which something is about this person, in order of name; none where nothing is known of them. */
export async function streamsAbout(database: Database, tenant: Tenant, personId: string): Promise<readonly string[]> {
  if (!isUuid(personId)) return [];
  const rows = await database.inTenant(tenant, (manager) =>
    manager.query<{ stream: string }[]>(
      'select distinct stream from chronology_entry where tenant = $1 and person_id = $2 order by stream',
      [tenant, personId],
    ),
  );
  return rows.map(({ stream }) => stream);
}
