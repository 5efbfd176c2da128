import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type EventDefinition,
  type EventMetadata,
  type StoredEvent,
  EventCatalogue,
  defineEvent,
} from '@caretrail/kernel';
import { OTHERBURY, type TestDatabase, WRENBRIDGE, createTestDatabase } from '@caretrail/testing';
import { randomBytes, randomUUID } from 'node:crypto';
import {
  ERASED,
  PersonalCodec,
  SubjectIndex,
  SubjectKeys,
  SubjectWasErased,
  Tampered,
  privacyMigrations,
} from './index.js';

interface Noted {
  personId: string;
  name?: string;
  answers: { words?: string; points: number }[];
}
const noted: EventDefinition<string, Noted> = defineEvent({
  type: 'people.noted.v1',
  schema: { parse: (data) => data as Noted },
  personal: ['name', 'answers.*.words'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: () => 'Noted',
  authority: 'none',
});
const metadata: EventMetadata = {
  actorId: 'a',
  actorRole: 'practitioner',
  commandId: 'c',
  correlationId: 'c',
  effectiveOn: '2026-01-05',
};

describe('personal fields', () => {
  let db: TestDatabase;
  let keys: SubjectKeys;
  let codec: PersonalCodec;
  const person = randomUUID();
  const neighbour = randomUUID();
  const data: Noted = {
    personId: person,
    name: 'Margaret Example',
    answers: [{ words: 'I cannot wash without help', points: 7 }, { points: 2 }],
  };

  beforeAll(async () => {
    db = await createTestDatabase({ migrations: privacyMigrations });
    keys = new SubjectKeys(db.database, randomBytes(32));
    codec = new PersonalCodec(keys, new EventCatalogue([noted]));
  });
  afterAll(() => db.drop());

  async function stored(version = 1, tenant = WRENBRIDGE, of = data): Promise<StoredEvent<Noted>> {
    const stream = `people.person-${of.personId}`;
    const event = { id: randomUUID(), type: noted.type, data: of, metadata };
    const [sealed] = await codec.seal(tenant, [{ stream, version, event }]);
    const rest = {
      tenant,
      stream,
      version,
      position: 1n,
      recordedAt: '2026-01-05T10:00:00.000Z',
      knownOn: '2026-01-05',
    };
    return JSON.parse(JSON.stringify({ ...sealed, ...rest, position: undefined })) as StoredEvent<Noted>;
  }

  it('are ciphertext in what is stored, and clear when opened; what is not personal stays readable', async () => {
    const event = await stored();
    expect(JSON.stringify(event)).not.toMatch(/Margaret|wash/);
    expect(event.data.answers.map(({ points }) => points)).toEqual([7, 2]);
    const [opened] = await codec.open([event]);
    expect(opened!.data).toEqual(data);
  });

  it('are locked to their place: moved to another version, stream or field they are tampered with', async () => {
    const event = await stored(3);
    for (const moved of [
      { ...event, version: 4 },
      { ...event, stream: `people.person-${neighbour}` },
      { ...event, id: randomUUID() },
      { ...event, data: { ...event.data, name: event.data.answers[0]!.words as string } },
    ])
      await expect(codec.open([moved])).rejects.toBeInstanceOf(Tampered);
  });

  it('of one council do not open in another', async () => {
    const event = await stored(1, WRENBRIDGE);
    await keys.findOrCreate(OTHERBURY, [person]);
    await expect(codec.open([{ ...event, tenant: OTHERBURY }])).rejects.toBeInstanceOf(Tampered);
  });

  it('are gone when the key is destroyed, which is not the same as tampering, and nothing can be added', async () => {
    const erased = { ...data, personId: randomUUID() };
    const event = await stored(1, WRENBRIDGE, erased);
    const other = await stored();
    await keys.destroy(WRENBRIDGE, erased.personId);
    const [opened, untouched] = await codec.open([event, other]);
    expect(opened!.data).toEqual({ ...erased, name: ERASED, answers: [{ words: ERASED, points: 7 }, { points: 2 }] });
    expect(untouched!.data.name).toBe('Margaret Example');
    await expect(stored(2, WRENBRIDGE, erased)).rejects.toBeInstanceOf(SubjectWasErased);
  });

  it('get one key when two ask for it at once', async () => {
    const subject = randomUUID();
    const both = await Promise.all([
      keys.findOrCreate(WRENBRIDGE, [subject]),
      keys.findOrCreate(WRENBRIDGE, [subject]),
    ]);
    expect(both[0].get(subject)).toEqual(both[1].get(subject));
  });

  it('do not open with another master key', async () => {
    const subject = randomUUID();
    await keys.findOrCreate(WRENBRIDGE, [subject]);
    const other = new SubjectKeys(db.database, randomBytes(32));
    await expect(other.find(WRENBRIDGE, [subject])).rejects.toBeInstanceOf(Tampered);
  });

  it('are found by identifiers of which only keyed digests are kept, council by council', async () => {
    const index = new SubjectIndex(db.database, randomBytes(32));
    const [first, second, again] = await index.claim(WRENBRIDGE, 'local-id', ['A-100', 'A-200', 'A-100']);
    expect(again).toBe(first);
    expect(second).not.toBe(first);
    expect(await index.find(WRENBRIDGE, 'local-id', ['A-200', 'A-300'])).toEqual([second, undefined]);
    expect(await index.find(OTHERBURY, 'local-id', ['A-100'])).toEqual([undefined]);
    expect(await index.find(WRENBRIDGE, 'nhs-number', ['A-100'])).toEqual([undefined]);
    const [one, other] = await Promise.all([
      index.claim(WRENBRIDGE, 'local-id', ['A-900']),
      index.claim(WRENBRIDGE, 'local-id', ['A-900']),
    ]);
    expect(one).toEqual(other);
    const rows = await db.database.inTenant(WRENBRIDGE, (manager) =>
      manager.query<object[]>('select * from subject_index'),
    );
    expect(JSON.stringify(rows)).not.toContain('A-100');
  });
});
