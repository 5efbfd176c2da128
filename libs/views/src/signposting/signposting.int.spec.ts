import { assessmentEvents } from '@caretrail/assessment/contracts';
import { EventCatalogue, type PlainDate, type StoredEvent } from '@caretrail/kernel';
import { peopleEvents } from '@caretrail/people/contracts';
import { projectionMigrations, transactionOf } from '@caretrail/projections';
import { createTestDatabase, OTHERBURY, type TestDatabase, WRENBRIDGE } from '@caretrail/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { markedTypes } from './marks.js';
import { signpostingMigrations } from './signposting.migration.js';
import { signpostingProjection } from './signposting.projection.js';
import { SignpostingQuery } from './signposting.query.js';

const catalogue = new EventCatalogue([...peopleEvents, ...assessmentEvents]);
const id = (last: number): string => `30000000-0000-4000-8000-${String(last).padStart(12, '0')}`;
const LUNCH = id(1);
let made = 100;
const another = (): string => id(++made);

/** Of an event only what the view reads. */
function event(type: string, on: PlainDate, data: object, knownOn: PlainDate = on): StoredEvent {
  const position = BigInt(++made);
  return {
    id: id(made),
    type: `assessment.${type}.v1`,
    data,
    tenant: WRENBRIDGE,
    stream: `assessment.x-${id(made)}`,
    version: 1,
    position,
    recordedAt: `${knownOn}T12:00:00.000Z`,
    knownOn,
    metadata: { actorId: 'a', actorRole: 'practitioner', commandId: 'c', correlationId: 'c', effectiveOn: on },
  };
}
const signposted = (personId: string, on: PlainDate, more: object = {}) =>
  event('signposted-to-universal-service', on, {
    personId,
    assessmentId: id(2),
    service: 'Lunch club',
    serviceId: LUNCH,
    ...more,
  });
const requested = (personId: string, on: PlainDate, episodeId = another(), knownOn = on) =>
  event('support-requested', on, { personId, episodeId }, knownOn);
const offered = (personId: string, on: PlainDate, assessmentId = another()) =>
  event('assessment-offered', on, { personId, assessmentId });
const died = (personId: string, on: PlainDate) => ({
  ...event('', on, { personId }),
  type: 'people.death-recorded.v1',
});

describe('what came of signposting', () => {
  let test: TestDatabase;
  let query: SignpostingQuery;
  beforeAll(async () => {
    test = await createTestDatabase({ migrations: [...projectionMigrations, ...signpostingMigrations] });
    query = new SignpostingQuery(test.database);
  });
  afterAll(() => test?.drop());
  const apply = (tenant: string, events: readonly StoredEvent[]) =>
    test.database.inTenant(tenant, (manager) => signpostingProjection.apply(events, transactionOf(tenant, manager)));
  /** One after the other, as they came in; the other council hears of the first alone. */
  async function tell(...events: readonly StoredEvent[]): Promise<void> {
    for (const each of events) await apply(WRENBRIDGE, [each]);
    if (events[0]) await apply(OTHERBURY, [{ ...events[0], tenant: OTHERBURY }]);
  }
  beforeEach(async () => {
    for (const tenant of [WRENBRIDGE, OTHERBURY])
      await test.database.inTenant(tenant, (manager) => manager.query('delete from signposting_mark'));
  });
  const days = (on: PlainDate, knownOn = '2030-01-01') => ({ effectiveOn: on, knownOn });
  const outcomesOf = async (personId: string, on: PlainDate, knownOn?: PlainDate, tenant = WRENBRIDGE) =>
    (await query.ofPerson(tenant, personId, days(on, knownOn))).map(({ outcome }) => outcome);

  it('names only events that there are', () => {
    for (const type of markedTypes) expect(catalogue.get(type).type).toBe(type);
  });

  it('is open for 90 days, and then over', async () => {
    const ada = another();
    await tell(signposted(ada, '2026-01-01'));
    expect(await outcomesOf(ada, '2025-12-31')).toEqual([]);
    expect(await outcomesOf(ada, '2026-04-01')).toEqual(['not over yet']);
    expect(await outcomesOf(ada, '2026-04-02')).toEqual(['did not come back']);
    expect(await query.ofPerson(WRENBRIDGE, ada, days('2026-04-02'))).toMatchObject([
      { on: '2026-01-01', until: '2026-04-01', service: 'Lunch club', serviceId: LUNCH },
    ]);
  });

  it('is a coming back from the day after to the ninetieth', async () => {
    const came = async (on: PlainDate) => {
      const person = another();
      await tell(signposted(person, '2026-01-01'), requested(person, on));
      return (await outcomesOf(person, '2026-12-31'))[0];
    };
    expect(await came('2026-01-01')).toBe('did not come back');
    expect(await came('2026-01-02')).toBe('came back');
    expect(await came('2026-04-01')).toBe('came back');
    expect(await came('2026-04-02')).toBe('did not come back');
    expect(await came('2025-12-31')).toBe('did not come back');
  });

  it('is a coming back by a new assessment, and not by going on with the one it came from', async () => {
    const [ben, cat] = [another(), another()];
    await tell(signposted(ben, '2026-01-01'), offered(ben, '2026-01-10', id(2)));
    await tell(signposted(cat, '2026-01-01'), offered(cat, '2026-01-10'));
    expect(await outcomesOf(ben, '2026-12-31')).toEqual(['did not come back']);
    expect(await query.ofPerson(WRENBRIDGE, cat, days('2026-12-31'))).toMatchObject([{ cameBackOn: '2026-01-10' }]);
  });

  it('counts an assessment from its beginning, however it is told', async () => {
    const dan = another();
    const assessmentId = another();
    const data = { personId: dan, assessmentId, startedOn: '2026-03-31' };
    await tell(signposted(dan, '2026-01-01'), event('assessment-completed', '2026-05-20', data));
    expect(await outcomesOf(dan, '2026-12-31')).toEqual(['came back']);
    await tell(event('assessment-corrected', '2026-05-20', { ...data, startedOn: '2026-05-01' }, '2026-06-01'));
    expect(await outcomesOf(dan, '2026-12-31')).toEqual(['did not come back']);
    expect(await outcomesOf(dan, '2026-12-31', '2026-05-31')).toEqual(['came back']);
  });

  it('knows what was known: what is told late, corrected and withdrawn', async () => {
    const eve = another();
    const episode = another();
    await tell(signposted(eve, '2026-01-01'), requested(eve, '2026-02-01', episode, '2026-06-01'));
    expect(await outcomesOf(eve, '2026-12-31', '2026-05-31')).toEqual(['did not come back']);
    expect(await outcomesOf(eve, '2026-12-31', '2026-06-01')).toEqual(['came back']);
    const corrected = { personId: eve, episodeId: episode, requestedOn: '2026-11-01' };
    await tell(event('request-corrected', '2026-11-01', corrected, '2026-07-01'));
    expect(await outcomesOf(eve, '2026-12-31', '2026-07-01')).toEqual(['did not come back']);
    await tell(event('request-corrected', '2026-01-20', { ...corrected, requestedOn: '2026-01-20' }, '2026-08-01'));
    expect(await outcomesOf(eve, '2026-12-31', '2026-08-01')).toEqual(['came back']);
    await tell(event('request-withdrawn', '2026-01-20', { personId: eve, episodeId: episode }, '2026-09-01'));
    expect(await outcomesOf(eve, '2026-12-31', '2026-09-01')).toEqual(['did not come back']);
    expect(await outcomesOf(eve, '2026-12-31', '2026-08-31')).toEqual(['came back']);
  });

  it('takes its place in the order of knowing, also when it is recorded later', async () => {
    const fay = another();
    const episode = another();
    const corrected = { personId: fay, episodeId: episode, requestedOn: '2026-11-01' };
    await tell(signposted(fay, '2026-01-01'), event('request-corrected', '2026-11-01', corrected, '2026-07-01'));
    await tell(requested(fay, '2026-02-01', episode, '2026-02-05'));
    expect(await outcomesOf(fay, '2026-12-31', '2026-06-30')).toEqual(['came back']);
    expect(await outcomesOf(fay, '2026-12-31')).toEqual(['did not come back']);
  });

  it('tells those who died apart, unless they had come back', async () => {
    const [gil, hal] = [another(), another()];
    await tell(signposted(gil, '2026-01-01'), died(gil, '2026-02-01'));
    await tell(signposted(hal, '2026-01-01'), requested(hal, '2026-01-10'), died(hal, '2026-02-01'));
    expect(await outcomesOf(gil, '2026-12-31')).toEqual(['died']);
    expect(await outcomesOf(hal, '2026-12-31')).toEqual(['came back']);
    const late = another();
    await tell(signposted(late, '2026-01-01'), died(late, '2026-04-02'));
    expect(await outcomesOf(late, '2026-12-31')).toEqual(['did not come back']);
  });

  it('is counted by service and council, by id or by the words alone', async () => {
    const [ivy, jon, kay, leo] = [another(), another(), another(), another()];
    await tell(signposted(ivy, '2026-01-01'), requested(ivy, '2026-01-10'));
    await tell(signposted(jon, '2026-01-01', { service: 'Lunch and games' }), died(jon, '2026-01-10'));
    await tell(signposted(kay, '2026-10-01'));
    await tell(signposted(leo, '2026-01-01', { service: 'Homes First', serviceId: undefined }));
    await tell(signposted(kay, '2026-01-01', { service: 'homes first', serviceId: undefined }));
    const counted = await query.byService(WRENBRIDGE, days('2026-12-01'));
    expect(counted).toEqual([
      { serviceId: LUNCH, service: 'Lunch club', over: 2, returned: 1, died: 1, waiting: 1 },
      { service: expect.stringMatching(/homes first/i), over: 2, returned: 0, died: 0, waiting: 0 },
    ]);
    const elsewhere = await query.byService(OTHERBURY, days('2026-12-01'));
    expect(elsewhere.map(({ returned }) => returned)).toEqual([0, 0]);
    expect(await outcomesOf('it is none', '2026-12-01')).toEqual([]);
  });
});
