import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MemoryEventStore } from '@caretrail/event-store';
import { EventCatalogue, type NewEvent } from '@caretrail/kernel';
import { PersonalCodec, SubjectKeys, privacyMigrations } from '@caretrail/privacy';
import { OTHERBURY, type TestDatabase, WRENBRIDGE, createTestDatabase } from '@caretrail/testing';
import { v5 as derivedUuid } from 'uuid';
import { peopleEvents } from '../contracts/index.js';
import { StoredPersonDirectory } from './stored-person-directory.js';

const ADA = '4471c0de-0000-4000-8000-00000000000a';
const BEN = 'b33fc0de-0000-4000-8000-00000000000b';
const NOBODY = '00000000-0000-4000-8000-00000000000c';

describe('the stored person directory', () => {
  let test: TestDatabase;
  let keys: SubjectKeys;
  let codec: PersonalCodec;
  let store: MemoryEventStore;
  let directory: StoredPersonDirectory;

  beforeAll(async () => {
    test = await createTestDatabase({ migrations: privacyMigrations });
  });
  afterAll(() => test.drop());
  beforeEach(() => {
    keys = new SubjectKeys(test.database, randomBytes(32));
    codec = new PersonalCodec(keys, new EventCatalogue(peopleEvents));
    store = new MemoryEventStore(() => '2026-03-14T10:00:00Z');
    directory = new StoredPersonDirectory(store, codec);
  });

  let written = 0;
  /** Seals and stores one event of a person, as the command executor does. */
  async function happened(tenant: string, personId: string, type: string, data: object, knownOn?: string) {
    const stream = `people.person-${personId}`;
    const version = (await store.readStream(tenant, stream)).length + 1;
    const event: NewEvent = {
      id: derivedUuid(`${++written}`, NOBODY),
      type,
      data: { personId, ...data },
      metadata: {
        actorId: 'nadia',
        actorRole: 'practitioner',
        commandId: `command-${written}`,
        correlationId: 'case',
        effectiveOn: '2026-03-01',
        ...(knownOn && { knownOn }),
      },
    };
    const events = await codec.seal(tenant, [{ stream, version, event }]);
    await store.append({ tenant, streams: [{ stream, expected: 'any', events }] });
  }
  const registered = (tenant: string, personId: string, details: object, knownOn?: string) =>
    happened(tenant, personId, 'people.person-registered.v1', { simulated: true, details }, knownOn);

  // Keys are made once for a person and council, under the master key of the first test: each test has people of its own.
  const person = (id: string, test: number): string => id.slice(0, -2) + String(test).padStart(2, '0');

  it('names people of one council by what was registered', async () => {
    const [ada, ben] = [person(ADA, 1), person(BEN, 1)];
    await registered(WRENBRIDGE, ada, {
      firstName: 'Ada',
      lastName: 'Okoro',
      dateOfBirth: '1941-02-03',
      postcodeSector: 'ZZ1 4',
    });
    await registered(WRENBRIDGE, ben, { gender: 'Male' });
    await registered(OTHERBURY, ada, { firstName: 'Somebody', lastName: 'Else' });

    const labels = await directory.labelsOf(WRENBRIDGE, [ada, ben, NOBODY, ada]);

    expect([...labels.keys()].sort()).toEqual([ada, ben].sort());
    expect(labels.get(ada)).toEqual({
      id: ada,
      record: 'P-4471c0de',
      name: 'Ada Okoro',
      dateOfBirth: '1941-02-03',
      postcodeSector: 'ZZ1 4',
      simulated: true,
    });
    expect(labels.get(ben)).toEqual({ id: ben, record: 'P-b33fc0de', simulated: true });
  });

  it('takes the corrected details, the death, and passes over what says nothing of a name', async () => {
    const ada = person(ADA, 2);
    await registered(WRENBRIDGE, ada, { firstName: 'Ada', postcodeSector: 'ZZ1 4' });
    await happened(WRENBRIDGE, ada, 'people.details-corrected.v1', {
      details: { firstName: 'Adaeze', lastName: 'Okoro' },
    });
    await happened(WRENBRIDGE, ada, 'people.carer-identified.v1', { caresFor: [] });
    await happened(WRENBRIDGE, ada, 'people.death-recorded.v1', { diedOn: '2026-03-01' });

    expect((await directory.labelsOf(WRENBRIDGE, [ada])).get(ada)).toEqual({
      id: ada,
      record: 'P-4471c0de',
      name: 'Adaeze Okoro',
      diedOn: '2026-03-01',
      simulated: true,
    });
  });

  it('answers as known by a day, whatever came into the store first', async () => {
    const ada = person(ADA, 3);
    await registered(WRENBRIDGE, ada, { firstName: 'Ada' }, '2025-04-30');
    await happened(WRENBRIDGE, ada, 'people.details-corrected.v1', { details: { firstName: 'Third' } }, '2025-10-31');
    await happened(WRENBRIDGE, ada, 'people.details-corrected.v1', { details: { firstName: 'Second' } }, '2025-07-31');
    const nameOn = async (day?: string) => (await directory.labelsOf(WRENBRIDGE, [ada], day)).get(ada)?.name;

    expect(await nameOn('2025-04-29')).toBeUndefined();
    expect(await nameOn('2025-04-30')).toBe('Ada');
    expect(await nameOn('2025-07-31')).toBe('Second');
    expect(await nameOn()).toBe('Third');
  });

  it('says that a name was erased, and shows no remains of it', async () => {
    const ada = person(ADA, 4);
    await registered(WRENBRIDGE, ada, { firstName: 'Ada', lastName: 'Okoro', dateOfBirth: '1941-02-03' });
    await keys.destroy(WRENBRIDGE, ada);

    expect((await directory.labelsOf(WRENBRIDGE, [ada])).get(ada)).toEqual({
      id: ada,
      record: 'P-4471c0de',
      name: '[erased]',
      simulated: true,
    });
  });

  it('asks nothing for nobody', async () => {
    expect(await directory.labelsOf(WRENBRIDGE, [])).toEqual(new Map());
  });
});
