import { randomUUID } from 'node:crypto';
import { Accounts, type LocalAccounts } from '@caretrail/access';
import { addDays, londonDate } from '@caretrail/kernel';
import { OTHERBURY, WRENBRIDGE } from '@caretrail/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Caller, type House, startHouse } from './house.js';

const today = londonDate(new Date());
const daysAgo = (days: number): string => addDays(today, -days);

describe('what is made over the API of people and assessment', () => {
  let house: House;
  let nadia: Caller;
  let personId: string;

  beforeAll(async () => {
    house = await startHouse();
    nadia = await house.as('practitioner');
    const details = { firstName: 'Edith', lastName: 'Sample' };
    personId = String((await nadia.post('/api/people', { effectiveOn: daysAgo(40), details })).body['personId']);
  });
  afterAll(() => house?.stop());

  const difficulty = { found: true, in: ['retaining that information'], reasons: 'Forgets.' };
  const urgent = () => ({
    effectiveOn: daysAgo(15),
    personId,
    needs: ['nutrition'],
    provided: 'Meals from tonight.',
    reasons: 'A fall this morning.',
    leftForLater: ['assessment of needs'],
    lookAgainOn: daysAgo(8),
  });

  it.each<[string, string, () => object]>([
    ['/api/people', 'personId', () => ({ effectiveOn: daysAgo(3), details: { firstName: 'Once', lastName: 'Only' } })],
    ['/api/requests', 'episodeId', () => ({ effectiveOn: daysAgo(9), personId, route: 'Community / Other route' })],
    ['/api/assessment-offers', 'assessmentId', () => ({ effectiveOn: daysAgo(9), personId, subject: 'adult' })],
    ['/api/urgent-needs', 'urgentNeedId', urgent],
    [
      '/api/people/:id/representatives',
      'representationId',
      () => ({
        effectiveOn: daysAgo(9),
        kind: 'informal',
        representative: { name: 'A Neighbour' },
        evidence: { kind: 'the person’s own word', seenOn: daysAgo(9) },
        scope: ['assessment'],
        conflicts: [],
      }),
    ],
    [
      '/api/people/:id/advocacy',
      'advocacyId',
      () => ({
        effectiveOn: daysAgo(9),
        purpose: 'needs assessment',
        substantialDifficulty: difficulty,
        appropriatePerson: { found: false, professionalOrPaid: false, reasons: 'No family.' },
      }),
    ],
    [
      '/api/people/:id/capacity',
      'capacityId',
      () => ({
        effectiveOn: daysAgo(9),
        matter: 'care and support',
        decision: 'Whether to have a key safe.',
        supportGiven: 'Pictures.',
        unableTo: [],
        impairment: false,
        becauseOfImpairment: false,
        reasons: 'Said what would be different.',
      }),
    ],
  ])('at %s is made once when it is sent twice, under one %s', async (route, field, body) => {
    const path = route.replace(':id', personId);
    const key = { 'Idempotency-Key': `twice-${field}` };
    const first = await nadia.post(path, body(), key);
    const again = await nadia.post(path, body(), key);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    const another = await nadia.post(path, body(), { 'Idempotency-Key': `another-${field}` });
    expect(another.status).toBe(201);
    expect(another.body[field]).not.toBe(first.body[field]);
  });

  it('is not another sender’s, who may choose the same key', async () => {
    const body = { effectiveOn: daysAgo(3), details: { firstName: 'Same', lastName: 'Key' } };
    const key = { 'Idempotency-Key': 'same-key-for-both' };
    const grace = await house.as('practitioner-2');
    const [mine, hers] = [await nadia.post('/api/people', body, key), await grace.post('/api/people', body, key)];
    expect(hers.body['personId']).not.toBe(mine.body['personId']);
  });

  it('can be read: a request and what came of it', async () => {
    const asked = { effectiveOn: daysAgo(9), personId, route: 'Community / Other route' };
    const path = `/api/requests/${String((await nadia.post('/api/requests', asked)).body['episodeId'])}`;
    expect((await nadia.get(path)).body).toEqual({
      episodeId: path.slice(-36),
      personId,
      route: asked.route,
      requestedOn: daysAgo(9),
      withdrawn: false,
    });
    const outcome = 'NFA: Information and advice or signposting';
    await nadia.post(`${path}/conclusion`, { effectiveOn: daysAgo(7), personId, outcome });
    expect((await nadia.get(path)).body).toMatchObject({ concludedOn: daysAgo(7), outcome });
  });

  it('can be read: an urgent need, and whether help goes on', async () => {
    const path = `/api/urgent-needs/${String((await nadia.post('/api/urgent-needs', urgent())).body['urgentNeedId'])}`;
    const { body } = await nadia.get(path);
    expect(body).toMatchObject({ personId, provided: 'Meals from tonight.', metOn: daysAgo(15) });
    expect(body).not.toHaveProperty('ended');
    await nadia.post(`${path}/end`, { effectiveOn: daysAgo(7), personId, reason: 'the assessment is complete' });
    expect((await nadia.get(path)).body).toMatchObject({
      ended: { on: daysAgo(7), reason: 'the assessment is complete' },
    });
  });

  it('is read by whom it is about and whoever works with them, and by nobody else', async () => {
    const accounts = house.app.get<LocalAccounts>(Accounts, { strict: false });
    const other = randomUUID();
    accounts.registerPerson(WRENBRIDGE, personId, 'Edith Sample');
    accounts.registerPerson(WRENBRIDGE, other, 'Somebody Else');
    const asked = { effectiveOn: daysAgo(9), personId, route: 'Community / Other route' };
    const request = `/api/requests/${String((await nadia.post('/api/requests', asked)).body['episodeId'])}`;
    const need = `/api/urgent-needs/${String((await nadia.post('/api/urgent-needs', urgent())).body['urgentNeedId'])}`;
    for (const path of [request, need]) {
      expect((await (await house.as(`person/${personId}`)).get(path)).status).toBe(200);
      expect((await (await house.as(`person/${other}`)).get(path)).status).toBe(403);
      expect((await (await house.as('commissioner')).get(path)).status).toBe(403);
      expect((await (await house.as('practitioner', OTHERBURY)).get(path)).status).toBe(404);
      expect((await nadia.get(`${path.slice(0, -36)}${randomUUID()}`)).status).toBe(404);
    }
  });
});
