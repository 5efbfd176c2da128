import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { StoredEvent } from '@caretrail/kernel';
import { projectionMigrations, transactionOf } from '@caretrail/projections';
import { createTestDatabase, OTHERBURY, type TestDatabase, WRENBRIDGE } from '@caretrail/testing';
import { ConcernQueue, type ConcernStage } from './concern-queue.query.js';
import { safeguardingConcernsMigrations } from './index.js';
import { safeguardingConcernsProjection } from './safeguarding-concerns.projection.js';

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const PAGE = { limit: 50, offset: 0 };

let position = 0;
function stored(tenant: string, concern: number, type: string, data: object, on: string, knownOn = on): StoredEvent {
  position += 1;
  return {
    id: uuid(1_000 + position),
    type,
    data: { concernId: uuid(concern), adults: [uuid(500 + concern)], ...data },
    tenant,
    stream: `safeguarding.concern-${uuid(concern)}`,
    version: 1,
    position: BigInt(position),
    recordedAt: `${on}T10:00:00.000Z`,
    knownOn,
    metadata: { actorId: 'ruth', actorRole: 'safeguarding', commandId: 'c', correlationId: 'c', effectiveOn: on },
  };
}

const alert = (
  tenant: string,
  concern: number,
  on: string,
  type = 'Physical Abuse',
  location = 'Own Home',
  knownOn = on,
) =>
  stored(
    tenant,
    concern,
    'safeguarding.alert-raised.v1',
    {
      reference: `SC-2026-${String(concern).padStart(4, '0')}`,
      typesOfRisk: [type],
      sourceOfRisk: 'Service Provider',
      locationOfRisk: location,
      happenedOn: '2026-03-01',
      account: { $enc: 'x' },
      raisedBy: { name: { $enc: 'x' }, relation: 'Police' },
      consent: 'not asked',
      immediateProtection: { $enc: 'x' },
    },
    on,
    knownOn,
  );
const given = (tenant: string, concern: number, to: string, on: string, knownOn = on) =>
  stored(tenant, concern, 'safeguarding.concern-given.v1', { to: { id: to } }, on, knownOn);
const decided = (tenant: string, concern: number, duty: boolean, on: string, knownOn = on) =>
  stored(
    tenant,
    concern,
    'safeguarding.s42-criteria-decided.v1',
    { limbs: {}, inArea: true, dutyToEnquire: duty, ...(!duty && { ifNoDuty: 'no further action' }) },
    on,
    knownOn,
  );
const concluded = (tenant: string, concern: number, on: string, knownOn = on) =>
  stored(
    tenant,
    concern,
    'safeguarding.enquiry-concluded.v1',
    {
      findings: { abuseOrNeglect: { found: 'found' } },
      actions: [{ what: { $enc: 'x' }, by: { $enc: 'x' } }],
      riskOutcome: 'Risk reduced',
    },
    on,
    knownOn,
  );

describe('the concern queue', () => {
  let test: TestDatabase;
  let queue: ConcernQueue;

  beforeAll(async () => {
    test = await createTestDatabase({ migrations: [...projectionMigrations, ...safeguardingConcernsMigrations] });
    queue = new ConcernQueue(test.database);
  });
  afterAll(() => test.drop());
  beforeEach(async () => {
    position = 0;
    for (const tenant of [WRENBRIDGE, OTHERBURY])
      await test.database.inTenant(tenant, async (manager) => {
        for (const table of safeguardingConcernsProjection.tables) await manager.query(`delete from ${table}`);
      });
  });

  async function project(events: readonly StoredEvent[], batch = events.length): Promise<void> {
    for (const tenant of [WRENBRIDGE, OTHERBURY]) {
      const own = events.filter((event) => event.tenant === tenant);
      for (let from = 0; from < own.length; from += batch)
        await test.database.inTenant(tenant, (manager) =>
          safeguardingConcernsProjection.apply(own.slice(from, from + batch), transactionOf(tenant, manager)),
        );
    }
  }
  const references = async (tenant: string, effective: string, known: string, stage: ConcernStage, filter = {}) =>
    (await queue.rows(tenant, { effective, known }, filter, stage, PAGE)).map(({ reference }) => reference);

  const history = () => [
    alert(WRENBRIDGE, 1, '2026-03-02'),
    alert(OTHERBURY, 2, '2026-03-02'),
    given(WRENBRIDGE, 1, 'ruth', '2026-03-03'),
    alert(WRENBRIDGE, 3, '2026-03-03', 'Domestic Abuse', 'Other'),
    decided(WRENBRIDGE, 1, true, '2026-03-04'),
    given(OTHERBURY, 2, 'owen', '2026-03-04'),
    decided(OTHERBURY, 2, false, '2026-03-05'),
    given(WRENBRIDGE, 1, 'priya', '2026-03-06'),
  ];

  it.each([1, 2, 3, 100])('says the same, council by council, in batches of %i', async (batch) => {
    await project(history(), batch);
    const days = { effective: '2026-04-01', known: '2026-04-01' };
    expect(await references(WRENBRIDGE, days.effective, days.known, 'to-decide')).toEqual(['SC-2026-0003']);
    expect(await references(WRENBRIDGE, days.effective, days.known, 'duty')).toEqual(['SC-2026-0001']);
    expect(await queue.counts(OTHERBURY, days, {})).toEqual({ 'to-decide': 0, duty: 0, concluded: 0, 'no-duty': 1 });
    expect(await queue.one(WRENBRIDGE, days, uuid(1))).toMatchObject({
      ownerId: 'priya',
      adults: [uuid(501)],
      dutyToEnquire: true,
      decidedOn: '2026-03-04',
      recordedAt: '2026-03-02T10:00:00.000Z',
      happenedOn: '2026-03-01',
    });
    expect(await queue.one(OTHERBURY, days, uuid(1))).toBeUndefined();
    expect(await queue.evidence(WRENBRIDGE, days)).toEqual({ events: 5, leftOut: 0, position: '0' });
    const earlier = { effective: '2026-03-03', known: '2026-03-03' };
    expect(await queue.evidence(WRENBRIDGE, earlier)).toMatchObject({ events: 3, leftOut: 2 });
  });

  it('is the queue of a past day: what was decided later waits, and the owner is the one of that day', async () => {
    await project(history());
    expect(await references(WRENBRIDGE, '2026-03-03', '2026-03-03', 'to-decide')).toEqual([
      'SC-2026-0001',
      'SC-2026-0003',
    ]);
    const then = await queue.one(WRENBRIDGE, { effective: '2026-03-03', known: '2026-03-03' }, uuid(1));
    expect(then).toMatchObject({ ownerId: 'ruth', dutyToEnquire: null, decidedById: null });
    expect(await queue.counts(WRENBRIDGE, { effective: '2026-03-01', known: '2026-03-01' }, {})).toEqual({
      'to-decide': 0,
      duty: 0,
      concluded: 0,
      'no-duty': 0,
    });
  });

  it.each([1, 100])(
    'tells concluded enquiries from those that go on, as known on a day, in batches of %i',
    async (batch) => {
      await project(
        [
          ...history(),
          decided(WRENBRIDGE, 3, true, '2026-03-05'),
          // Concluded on 10 March, typed in on 12 March.
          concluded(WRENBRIDGE, 1, '2026-03-10', '2026-03-12'),
          concluded(OTHERBURY, 2, '2026-03-10'),
        ],
        batch,
      );
      const on = (known: string) => ({ effective: '2026-03-20', known });
      expect(await queue.counts(WRENBRIDGE, on('2026-03-11'), {})).toMatchObject({ duty: 2, concluded: 0 });
      expect(await queue.counts(WRENBRIDGE, on('2026-03-12'), {})).toMatchObject({ duty: 1, concluded: 1 });
      expect(await references(WRENBRIDGE, '2026-03-20', '2026-03-12', 'concluded')).toEqual(['SC-2026-0001']);
      expect(await queue.one(WRENBRIDGE, on('2026-03-12'), uuid(1))).toMatchObject({
        concludedOn: '2026-03-10',
        concludedById: 'ruth',
        riskAssessmentOutcome: 'Risk identified and action taken',
        riskOutcome: 'Risk reduced',
      });
      expect(await queue.one(WRENBRIDGE, on('2026-03-12'), uuid(3))).toMatchObject({ concludedOn: null });
      // Where it stands that there is no duty, a conclusion changes nothing.
      expect(await queue.counts(OTHERBURY, on('2026-03-12'), {})).toMatchObject({ concluded: 0, 'no-duty': 1 });
    },
  );

  it('tells what was known apart from what was true', async () => {
    await project([
      alert(WRENBRIDGE, 1, '2026-03-02'),
      // Decided on 3 March, typed in on 10 March.
      decided(WRENBRIDGE, 1, true, '2026-03-03', '2026-03-10'),
    ]);
    expect(await references(WRENBRIDGE, '2026-03-05', '2026-03-05', 'to-decide')).toEqual(['SC-2026-0001']);
    expect(await references(WRENBRIDGE, '2026-03-05', '2026-03-10', 'duty')).toEqual(['SC-2026-0001']);
  });

  it.each([1, 3])(
    'keeps the owner who took over last when an older handover is learnt later, in batches of %i',
    async (batch) => {
      await project(
        [
          alert(WRENBRIDGE, 1, '2026-03-02'),
          given(WRENBRIDGE, 1, 'priya', '2026-03-06'),
          given(WRENBRIDGE, 1, 'ruth', '2026-03-03', '2026-03-20'),
        ],
        batch,
      );
      const owner = async (effective: string, known: string) =>
        (await queue.one(WRENBRIDGE, { effective, known }, uuid(1)))?.ownerId;
      expect(await owner('2026-03-25', '2026-03-25')).toBe('priya');
      expect(await owner('2026-03-04', '2026-03-25')).toBe('ruth');
      expect(await owner('2026-03-04', '2026-03-10')).toBeNull();
    },
  );

  it('filters by type of risk, place and owner, and finds what nobody has', async () => {
    await project(history());
    const find = (filter: object) => references(WRENBRIDGE, '2026-03-03', '2026-03-03', 'to-decide', filter);
    expect(await find({ type: 'Domestic Abuse' })).toEqual(['SC-2026-0003']);
    expect(await find({ location: 'Own Home' })).toEqual(['SC-2026-0001']);
    expect(await find({ owner: 'ruth' })).toEqual(['SC-2026-0001']);
    expect(await find({ owner: 'nobody' })).toEqual(['SC-2026-0003']);
    expect(await find({ type: 'Domestic Abuse', location: 'Own Home' })).toEqual([]);
  });

  it('counts raised and decided by week, empty weeks included', async () => {
    await project([...history(), alert(WRENBRIDGE, 4, '2026-03-16')]);
    expect(await queue.weeks(WRENBRIDGE, { effective: '2026-03-18', known: '2026-03-18' }, {}, 3)).toEqual([
      { monday: '2026-03-02', raised: 2, decided: 1 },
      { monday: '2026-03-09', raised: 0, decided: 0 },
      { monday: '2026-03-16', raised: 1, decided: 0 },
    ]);
  });

  it('shows nothing without a council', async () => {
    await project(history());
    expect(await test.database.query('select * from safeguarding_concern')).toEqual([]);
  });
});
