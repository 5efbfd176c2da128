import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StoredEvent } from '@caretrail/kernel';
import { representativeAppointed, type RepresentativeAppointedData } from '@caretrail/people/contracts';
import { type Projection, transactionOf } from '@caretrail/projections';
import { type TestDatabase, WRENBRIDGE, createTestDatabase } from '@caretrail/testing';
import { platformParts, projections, upcasters } from '../../apps/platform/src/house.js';
import { goldenEvents } from './golden-events.js';

/** The golden file names its representative; one with a record of their own stands in the register by its id. */
const ofTheRegister = (event: StoredEvent): StoredEvent => {
  if (event.type !== representativeAppointed.type) return event;
  const data = event.data as RepresentativeAppointedData;
  return { ...event, data: { ...data, representative: { personId: data.representationId } } };
};
const events = goldenEvents().map(({ event }) => ofTheRegister(upcasters.upcast(event)));

describe('every event that was ever stored, in every read model', () => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await createTestDatabase(platformParts);
  });
  afterAll(() => db.drop());

  /** The rows of a read model that is built from nothing, in pages of so many events. */
  async function built(projection: Projection, size: number): Promise<string[][]> {
    const { tables, types } = projection;
    const taken = events.filter(({ type }) => !types || types.includes(type));
    return db.database.inTenant(WRENBRIDGE, async (manager) => {
      for (const table of tables) await manager.query(`delete from "${table}"`);
      for (let from = 0; from < taken.length; from += size)
        await projection.apply(taken.slice(from, from + size), transactionOf(WRENBRIDGE, manager));
      const rows: string[][] = [];
      for (const table of tables) {
        const found = await manager.query<{ row: string }[]>(`select t::text as row from "${table}" t order by 1`);
        rows.push(found.map(({ row }) => row));
      }
      return rows;
    });
  }

  it('is of one council', () => {
    expect(new Set(events.map(({ tenant }) => tenant))).toEqual(new Set([WRENBRIDGE]));
  });

  it.each(projections.map((projection) => ({ name: projection.name, projection })))(
    'has its rows in $name, the same from zero in one page and one by one',
    async ({ projection }) => {
      const whole = await built(projection, events.length);
      expect(whole.flat().length).toBeGreaterThan(0);
      expect(await built(projection, events.length)).toEqual(whole);
      expect(await built(projection, 1)).toEqual(whole);
    },
  );
});
