import type { StoredEvent } from '@caretrail/kernel';
import type { Projection, ProjectionTransaction } from '@caretrail/projections';
import { representativeAppointed, type RepresentativeAppointedData } from '../contracts/index.js';

/**
 * Whom somebody with a record of their own was ever appointed to speak for. It finds the people; whether it still stands,
 * and in what, is asked of the register, so that an end needs no row here. Ids alone.
 */
export const representedPeopleProjection: Projection = {
  name: 'represented-people',
  version: 1,
  tables: ['represented_person'],
  types: [representativeAppointed.type],
  keysAreIndependent: true,

  async apply(events: readonly StoredEvent[], { tenant, query }: ProjectionTransaction): Promise<void> {
    const appointed = (events as readonly StoredEvent<RepresentativeAppointedData>[]).flatMap(
      ({ data: { personId, representative } }) =>
        representative.personId ? [{ personId, representativeId: representative.personId }] : [],
    );
    if (!appointed.length) return;
    await query(
      `insert into represented_person (tenant, representative_id, person_id)
       select distinct $1, * from unnest($2::uuid[], $3::uuid[]) on conflict do nothing`,
      [tenant, appointed.map(({ representativeId }) => representativeId), appointed.map(({ personId }) => personId)],
    );
  },
};
