import { randomBytes } from 'node:crypto';
import type { Account } from '@caretrail/access';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MemoryEventStore } from '@caretrail/event-store';
import { EventCatalogue, type NewEvent, type StoredEvent } from '@caretrail/kernel';
import { projectionMigrations, transactionOf } from '@caretrail/projections';
import { PersonalCodec, SubjectKeys, privacyMigrations } from '@caretrail/privacy';
import { OTHERBURY, type TestDatabase, WRENBRIDGE, createTestDatabase } from '@caretrail/testing';
import { v5 as derivedUuid } from 'uuid';
import { peopleEvents } from '../contracts/index.js';
import { peopleMigrations } from '../projections/represented-people.migration.js';
import { representedPeopleProjection } from '../projections/represented-people.projection.js';
import { StoredPersonDirectory } from './stored-person-directory.js';
import { StoredRepresentatives } from './stored-representatives.js';
import { SupportAroundQuery } from './support-around.query.js';

const ADA = '4471c0de-0000-4000-8000-0000000000a1';
const BEN = 'b33fc0de-0000-4000-8000-0000000000b1';
const SISTER = '5157e600-0000-4000-8000-0000000000c1';
const of = (last: number) => `0b0f0000-0000-4000-8000-00000000000${last}`;

const asPractitioner = (tenant: string) => ({ tenant, role: 'practitioner' as const });

describe('who may speak for a person', () => {
  let test: TestDatabase;
  let codec: PersonalCodec;
  let store: MemoryEventStore;
  let representatives: StoredRepresentatives;
  let around: SupportAroundQuery;

  beforeAll(async () => {
    test = await createTestDatabase({
      migrations: [...privacyMigrations, ...projectionMigrations, ...peopleMigrations],
    });
    codec = new PersonalCodec(new SubjectKeys(test.database, randomBytes(32)), new EventCatalogue(peopleEvents));
    store = new MemoryEventStore(() => '2026-03-14T10:00:00Z');
    representatives = new StoredRepresentatives(store, codec, test.database);
    around = new SupportAroundQuery(store, codec, new StoredPersonDirectory(store, codec));

    for (const [tenant, personId, firstName] of [
      [WRENBRIDGE, ADA, 'Ada'],
      [WRENBRIDGE, BEN, 'Ben'],
      [WRENBRIDGE, SISTER, 'Joan'],
      [OTHERBURY, ADA, 'Somebody else'],
    ] as const)
      await happened(tenant, 'person', personId, 'person-registered', { simulated: true, details: { firstName } });
    await appointed(WRENBRIDGE, ADA, of(1), { personId: SISTER }, ['assessment', 'direct payment']);
    await appointed(WRENBRIDGE, ADA, of(2), { name: 'A Neighbour' }, ['reviews'], { until: '2026-02-20' });
    await appointed(WRENBRIDGE, BEN, of(3), { name: 'His Brother' }, ['safeguarding']);
    await happened(WRENBRIDGE, 'representation', ADA, 'conflict-of-interest-recorded', {
      representationId: of(1),
      conflict: { kind: 'is alleged to be a source of harm', reasons: 'x', handling: 'y' },
    });
    await happened(WRENBRIDGE, 'person', BEN, 'death-recorded', { diedOn: '2026-03-01' }, '2026-03-01');
  });
  afterAll(() => test.drop());

  let written = 0;
  async function happened(
    tenant: string,
    category: string,
    personId: string,
    type: string,
    data: object,
    effectiveOn = '2026-02-01',
  ) {
    const stream = `people.${category}-${personId}`;
    const version = (await store.readStream(tenant, stream)).length + 1;
    const event: NewEvent = {
      id: derivedUuid(`${++written}`, ADA),
      type: `people.${type}.v1`,
      data: { personId, ...data },
      metadata: {
        actorId: 'nadia',
        actorRole: 'practitioner',
        commandId: `command-${written}`,
        correlationId: 'case',
        effectiveOn,
      },
    };
    const events = await codec.seal(tenant, [{ stream, version, event }]);
    await store.append({ tenant, streams: [{ stream, expected: 'any', events }] });
  }
  const appointed = (
    tenant: string,
    personId: string,
    representationId: string,
    representative: object,
    scope: string[],
    more: object = {},
  ) =>
    happened(tenant, 'representation', personId, 'representative-appointed', {
      representationId,
      kind: 'informal',
      representative,
      evidence: { kind: 'the person’s own word', seenOn: '2026-02-01' },
      scope,
      conflicts: [],
      ...more,
    });

  it('is of one person and one council, on one day, with what a conflict leaves of the scope', async () => {
    expect(await representatives.inForce(WRENBRIDGE, ADA, '2026-02-10')).toEqual([
      { representationId: of(1), kind: 'informal', scope: ['direct payment'], personId: SISTER },
      { representationId: of(2), kind: 'informal', scope: ['reviews'], until: '2026-02-20', name: 'A Neighbour' },
    ]);
    expect(await representatives.inForce(WRENBRIDGE, ADA, '2026-02-21')).toHaveLength(1);
    expect(await representatives.inForce(WRENBRIDGE, ADA, '2026-01-31')).toEqual([]);
    expect(await representatives.inForce(OTHERBURY, ADA, '2026-02-10')).toEqual([]);
  });

  it('is nobody from the day after the person’s death', async () => {
    expect(await representatives.inForce(WRENBRIDGE, BEN, '2026-03-01')).toHaveLength(1);
    expect(await representatives.inForce(WRENBRIDGE, BEN, '2026-03-02')).toEqual([]);
  });

  it('is told with names, what stands and why another does not', async () => {
    const { representations } = await around.of(asPractitioner(WRENBRIDGE), ADA, '2026-03-14');
    expect(representations.map(({ name, standing, conflicts }) => [name, standing, conflicts.length])).toEqual([
      ['Joan', 'in force', 1],
      ['A Neighbour', 'over', 0],
    ]);
    const early = await around.of(asPractitioner(WRENBRIDGE), ADA, '2026-01-01');
    expect(early.representations.map(({ standing }) => standing)).toEqual(['not yet', 'not yet']);
    const [brother] = (await around.of(asPractitioner(WRENBRIDGE), BEN, '2026-03-14')).representations;
    expect(brother?.standing).toBe('ended with the person’s death');
    await expect(around.of(asPractitioner(OTHERBURY), BEN, '2026-03-14')).rejects.toThrow('No person with this id');
  });

  describe('with a record of their own', () => {
    const project = (tenant: string) =>
      test.database.inTenant(tenant, async (manager) => {
        const events: StoredEvent[] = [];
        for (const personId of [ADA, BEN])
          events.push(...(await store.readStream(tenant, `people.representation-${personId}`)));
        const taken = events.filter(({ type }) => representedPeopleProjection.types!.includes(type));
        await representedPeopleProjection.apply(taken, transactionOf(tenant, manager));
      });
    beforeAll(async () => {
      await appointed(WRENBRIDGE, BEN, of(4), { personId: SISTER }, ['reviews'], { until: '2026-02-20' });
      await appointed(OTHERBURY, ADA, of(5), { personId: SISTER }, ['reviews']);
      for (const tenant of [WRENBRIDGE, OTHERBURY, WRENBRIDGE]) await project(tenant);
    });
    const representedOn = async (on: string, tenant: string = WRENBRIDGE) =>
      (await representatives.representedBy(tenant, SISTER, on)).map(({ personId, scope, until }) => ({
        personId,
        scope,
        until,
      }));
    const ada = { personId: ADA, scope: ['direct payment'], until: undefined };

    it('finds for whom they may speak, in what and until when, in this council alone', async () => {
      expect(await representedOn('2026-02-10')).toEqual([
        ada,
        { personId: BEN, scope: ['reviews'], until: '2026-02-20' },
      ]);
      expect(await representedOn('2026-02-10', OTHERBURY)).toEqual([
        { personId: ADA, scope: ['reviews'], until: undefined },
      ]);
      expect(await representatives.representedBy(WRENBRIDGE, BEN, '2026-02-10')).toEqual([]);
    });

    it('finds nobody before the first day, nor after the last', async () => {
      expect(await representedOn('2026-01-31')).toEqual([]);
      expect(await representedOn('2026-02-21')).toEqual([ada]);
    });

    it('speaks within the scope, and no longer once it was revoked', async () => {
      const account = {
        id: 'joan',
        name: 'Joan',
        role: 'person',
        post: '',
        tenant: WRENBRIDGE,
        personId: SISTER,
      } as const;
      const may = (scope: string, on = '2026-02-10', of: Account = account) =>
        representatives.speaksFor(of, ADA, [scope], on);
      expect(await may('direct payment')).toBe(true);
      expect(await may('assessment')).toBe(false);
      expect(await may('direct payment', '2026-02-10', { ...account, role: 'practitioner' })).toBe(false);
      expect(await may('direct payment', '2026-02-10', { ...account, personId: BEN })).toBe(false);
      expect(await may('direct payment', '2026-02-10', { ...account, tenant: OTHERBURY })).toBe(false);
      const end = { representationId: of(1), reason: 'the person withdrew it', reasons: 'x' };
      await happened(WRENBRIDGE, 'representation', ADA, 'representative-revoked', end, '2026-03-02');
      expect(await may('direct payment', '2026-03-01')).toBe(true);
      expect(await may('direct payment', '2026-03-02')).toBe(false);
      expect(await representedOn('2026-03-02')).toEqual([]);
    });
  });
});
