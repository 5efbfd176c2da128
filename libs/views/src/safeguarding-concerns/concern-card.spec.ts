import { describe, expect, it } from '@jest/globals';
import { concernCard } from './concern-card.js';
import type { ConcernRow } from './concern-queue.query.js';

const ANNE = '4471c0de-0000-4000-8000-000000000001';
const row: ConcernRow = {
  concernId: '00000000-0000-4000-8000-000000000001',
  reference: 'SC-2026-0402',
  adults: [ANNE],
  typesOfRisk: ['Physical Abuse'],
  sourceOfRisk: 'Service Provider',
  locationOfRisk: 'Own Home',
  relation: 'Police',
  consent: 'not asked',
  happenedOn: '2026-04-02',
  raisedOn: '2026-04-20',
  knownOn: '2026-04-20',
  recordedAt: '2026-04-20T09:00:00.000Z',
  raisedById: 'nadia',
  eventId: '00000000-0000-4000-8000-000000000002',
  ownerId: 'ruth',
  dutyToEnquire: null,
  ifNoDuty: null,
  decidedOn: null,
  decidedAt: null,
  decidedById: null,
  decisionEventId: null,
  concludedOn: null,
  concludedById: null,
  conclusionEventId: null,
  riskAssessmentOutcome: null,
  riskOutcome: null,
};
const setting = {
  labels: new Map([
    [ANNE, { id: ANNE, record: 'P-4471c0de', name: 'Irene Castle', dateOfBirth: '1934-05-03', simulated: true }],
  ]),
  accounts: new Map([['ruth', 'Ruth Adeyemi']]),
  day: '2026-04-21',
  now: '2026-04-21T08:00:00.000Z',
};

describe('a concern in the queue', () => {
  it('says who, how old on that day, whose it is, and how late it was learnt', () => {
    expect(concernCard(row, setting)).toMatchObject({
      people: [{ label: 'Irene Castle', age: 91, record: 'P-4471c0de' }],
      owner: 'Ruth Adeyemi',
      happened: '2 Apr',
      learnt: 'recorded 20 Apr',
      lateDays: 18,
      clock: { group: 'today' },
    });
  });

  it('is not late when it was recorded within two days, and says when it was the same day', () => {
    expect(concernCard({ ...row, happenedOn: '2026-04-18' }, setting)).not.toHaveProperty('lateDays');
    expect(concernCard({ ...row, happenedOn: '2026-04-20' }, setting).learnt).toBe('recorded same day');
  });

  it('has the record number where no name is known, and no owner where nobody has it', () => {
    const card = concernCard({ ...row, ownerId: null }, { ...setting, labels: new Map() });
    expect(card.people).toEqual([{ id: ANNE, label: 'P-4471c0de', record: 'P-4471c0de' }]);
    expect(card).not.toHaveProperty('owner');
  });

  it('has no clock once it is decided', () => {
    expect(concernCard({ ...row, dutyToEnquire: true, decidedById: 'ruth' }, setting)).not.toHaveProperty('clock');
  });
});
