import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StoredEvent } from '@caretrail/kernel';
import { transactionOf } from '@caretrail/projections';
import { createTestDatabase, type TestDatabase, WRENBRIDGE } from '@caretrail/testing';
import { casesMigrations } from '../../cases/cases.migration.js';
import { casesProjection } from '../../cases/cases.projection.js';
import { CasesQuery } from '../../cases/cases.query.js';
import { databaseAsShown, drawnAsOf } from './as-shown.js';

const id = (last: number): string => `10000000-0000-4000-8000-${String(last).padStart(12, '0')}`;
const [ADA, EPISODE, OTHER_EPISODE] = [id(1), id(2), id(3)];
const row = { file: id(9), lineNumber: 1, columns: [] };
const days = { effectiveOn: '2026-12-31', knownOn: '2026-12-31' };

/** What was learnt of one person: twice on one day, and once by a return that was loaded later and knew it earlier. */
const told: readonly StoredEvent[] = (
  [
    ['people.person-registered.v1', '2026-01-02', '2026-01-02', { personId: ADA, simulated: true, details: {} }],
    [
      'assessment.support-requested.v1',
      '2026-01-10',
      '2026-01-10',
      { episodeId: EPISODE, personId: ADA, route: 'Prison' },
    ],
    [
      'assessment.support-requested.v1',
      '2026-01-04',
      '2026-01-10',
      { episodeId: OTHER_EPISODE, personId: ADA, route: 'Prison', row },
    ],
    [
      'assessment.request-concluded.v1',
      '2026-01-10',
      '2026-01-10',
      { episodeId: EPISODE, personId: ADA, outcome: 'NFA: Support declined' },
    ],
    [
      'assessment.request-withdrawn.v1',
      '2026-01-04',
      '2026-01-10',
      { episodeId: OTHER_EPISODE, personId: ADA, reason: 'an error' },
    ],
    ['people.death-recorded.v1', '2026-03-01', '2026-02-28', { personId: ADA, diedOn: '2026-02-27' }],
    ['people.death-recorded.v1', '2026-03-01', '2026-02-20', { personId: ADA, diedOn: '2026-02-26' }],
  ] as const
).map(([type, on, known, data], nth) => ({
  id: id(100 + nth),
  type,
  data,
  tenant: WRENBRIDGE,
  stream: `some.stream-${EPISODE}`,
  version: nth + 1,
  position: BigInt(2 * nth + 1),
  recordedAt: `${known}T12:00:00.000Z`,
  knownOn: known,
  metadata: {
    actorId: 'nadia',
    actorRole: 'practitioner',
    commandId: `command-${nth}`,
    correlationId: 'case',
    effectiveOn: on,
  },
}));

describe('a read model, in a page that is drawn as it was shown', () => {
  let whole: TestDatabase;
  let growing: TestDatabase;
  beforeAll(async () => {
    [whole, growing] = await Promise.all([
      createTestDatabase({ migrations: casesMigrations }),
      createTestDatabase({ migrations: casesMigrations }),
    ]);
  });
  afterAll(() => Promise.all([whole?.drop(), growing?.drop()]));

  it('holds what it held at that position, and nothing of what was learnt later on the same day', async () => {
    const take = ({ database }: TestDatabase, events: readonly StoredEvent[]) =>
      database.inTenant(WRENBRIDGE, (manager) => casesProjection.apply(events, transactionOf(WRENBRIDGE, manager)));
    const shown = new CasesQuery(databaseAsShown(whole.database));
    const then = new CasesQuery(growing.database);
    await take(whole, told);
    for (const event of told) {
      await take(growing, [event]);
      const drawn = { position: event.position, at: event.recordedAt };
      expect(await drawnAsOf(drawn, () => shown.ofPerson(WRENBRIDGE, ADA, days))).toEqual(
        await then.ofPerson(WRENBRIDGE, ADA, days),
      );
    }
    // The next page is as it is, on the same connection too.
    expect(await shown.ofPerson(WRENBRIDGE, ADA, days)).toEqual(await then.ofPerson(WRENBRIDGE, ADA, days));
  });
});
