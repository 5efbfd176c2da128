import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { defineEvent, EventCatalogue, type StoredEvent } from '@caretrail/kernel';
import { projectionMigrations, transactionOf } from '@caretrail/projections';
import { createTestDatabase, OTHERBURY, type TestDatabase, WRENBRIDGE } from '@caretrail/testing';
import { z } from 'zod';
import { Chronology } from './chronology.query.js';
import { SafeguardingChronology1764300002000 } from './safeguarding-chronology.migration.js';
import { SafeguardingChronologyProjection } from './safeguarding-chronology.projection.js';

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const about = z.strictObject({ people: z.array(z.uuid()) });
const catalogue = new EventCatalogue([
  defineEvent({
    type: 'assessment.assessment-completed.v1',
    schema: about,
    people: (data) => data.people,
    title: () => 'Assessment completed',
    authority: 'Care Act 2014 s9',
  }),
  defineEvent({
    type: 'safeguarding.s42-criteria-decided.v1',
    schema: about,
    people: (data) => data.people,
    title: () => 'Section 42 duty: yes',
    authority: 'Care Act 2014 s42(1)',
    decision: true,
    needToKnow: () => true,
  }),
]);

const ANNE = uuid(1);
const BEN = uuid(2);
let position = 0;
function stored(
  tenant: string,
  type: string,
  people: readonly string[],
  effectiveOn: string,
  given: { knownOn?: string; corrects?: string; legalBasis?: string } = {},
): StoredEvent {
  position += 1;
  const { knownOn = effectiveOn, ...metadata } = given;
  return {
    id: uuid(1_000 + position),
    type,
    data: { people },
    tenant,
    stream: `${type.split('.')[0]}.thing-${uuid(9)}`,
    version: 1,
    position: BigInt(position),
    recordedAt: `${knownOn}T10:00:00.000Z`,
    knownOn,
    metadata: {
      actorId: 'ruth',
      actorRole: 'safeguarding',
      commandId: 'c',
      correlationId: 'c',
      effectiveOn,
      ...metadata,
    },
  };
}
const assessed = 'assessment.assessment-completed.v1';
const decided = 'safeguarding.s42-criteria-decided.v1';

describe('the chronology', () => {
  const projection = new SafeguardingChronologyProjection(catalogue);
  let test: TestDatabase;
  let chronology: Chronology;

  beforeAll(async () => {
    test = await createTestDatabase({ migrations: [...projectionMigrations, SafeguardingChronology1764300002000] });
    chronology = new Chronology(test.database);
  });
  afterAll(() => test.drop());
  beforeEach(async () => {
    position = 0;
    for (const tenant of [WRENBRIDGE, OTHERBURY])
      await test.database.inTenant(tenant, (manager) => manager.query('delete from chronology_entry'));
  });

  async function project(events: readonly StoredEvent[], batch = events.length): Promise<void> {
    for (const tenant of [WRENBRIDGE, OTHERBURY]) {
      const own = events.filter((event) => event.tenant === tenant);
      for (let from = 0; from < own.length; from += batch)
        await test.database.inTenant(tenant, (manager) =>
          projection.apply(own.slice(from, from + batch), transactionOf(tenant, manager)),
        );
    }
  }
  const reader = (tenant: string, day = '2026-12-31', needToKnow = true) => ({
    tenant,
    needToKnow,
    effective: day,
    known: day,
  });

  it.each([1, 2, 100])(
    'has each event under everyone whom it is about, council by council, in batches of %i',
    async (batch) => {
      await project(
        [
          stored(WRENBRIDGE, assessed, [ANNE], '2026-01-10'),
          stored(OTHERBURY, assessed, [ANNE], '2026-01-11'),
          stored(WRENBRIDGE, decided, [ANNE, BEN, BEN], '2026-02-01'),
          stored(WRENBRIDGE, assessed, [], '2026-02-02'),
        ],
        batch,
      );
      const anne = await chronology.of(reader(WRENBRIDGE), ANNE);
      expect(anne.map(({ position: at, context, decision, authority }) => [at, context, decision, authority])).toEqual([
        ['1', 'assessment', false, 'Care Act 2014 s9'],
        ['3', 'safeguarding', true, 'Care Act 2014 s42(1)'],
      ]);
      expect((await chronology.of(reader(WRENBRIDGE), BEN)).map((entry) => entry.position)).toEqual(['3']);
      expect((await chronology.of(reader(OTHERBURY), ANNE)).map((entry) => entry.position)).toEqual(['2']);
    },
  );

  it('does not have what is kept to safeguarding for those without that need, counts included', async () => {
    await project([
      stored(WRENBRIDGE, assessed, [ANNE], '2026-01-10'),
      stored(WRENBRIDGE, decided, [ANNE], '2026-02-01'),
    ]);
    const practitioner = reader(WRENBRIDGE, '2026-12-31', false);
    expect((await chronology.of(practitioner, ANNE)).map((entry) => entry.type)).toEqual([assessed]);
    expect(await chronology.leftOut({ ...practitioner, effective: '2026-01-20', known: '2026-01-20' }, ANNE)).toBe(0);
  });

  it('is the one of a past day, by either clock, and counts what it leaves out', async () => {
    await project([
      stored(WRENBRIDGE, assessed, [ANNE], '2026-01-10', { knownOn: '2026-03-01' }),
      stored(WRENBRIDGE, assessed, [ANNE], '2026-01-12'),
      // Learnt before the first one, though it is stored after it.
      stored(WRENBRIDGE, assessed, [ANNE], '2026-02-20', { knownOn: '2026-02-25', corrects: uuid(1_002) }),
    ]);
    const of = async (effective: string, known: string) =>
      (await chronology.of({ ...reader(WRENBRIDGE), effective, known }, ANNE)).map((entry) => entry.position);
    expect(await of('2026-12-31', '2026-12-31')).toEqual(['1', '2', '3']);
    expect(await of('2026-12-31', '2026-02-26')).toEqual(['2', '3']);
    expect(await of('2026-01-31', '2026-12-31')).toEqual(['1', '2']);
    expect(
      await chronology.leftOut({ ...reader(WRENBRIDGE), effective: '2026-01-31', known: '2026-01-31' }, ANNE),
    ).toBe(2);
  });

  it('names the authority of the event before that of its type, and what it corrects', async () => {
    await project([
      stored(WRENBRIDGE, assessed, [ANNE], '2026-01-10'),
      stored(WRENBRIDGE, assessed, [ANNE], '2026-01-11', { legalBasis: 'Care Act 2014 s11(2)', corrects: uuid(1_001) }),
    ]);
    expect((await chronology.of(reader(WRENBRIDGE), ANNE))[1]).toMatchObject({
      authority: 'Care Act 2014 s11(2)',
      corrects: uuid(1_001),
      recordedAt: '2026-01-11T10:00:00.000Z',
    });
  });
});
