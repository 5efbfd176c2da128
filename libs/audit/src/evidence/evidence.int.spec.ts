import { type EventDefinition, defineEvent, EventCatalogue, InvalidInput, RuleViolation } from '@caretrail/kernel';
import { PersonalCodec, privacyMigrations, SubjectKeys } from '@caretrail/privacy';
import { createTestDatabase, OTHERBURY, type TestDatabase, WRENBRIDGE } from '@caretrail/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes, randomUUID } from 'node:crypto';
import { Evidence, type EvidenceBundle, readBundle, signed, type StoredCheckpoint, verifyBundle } from '../index.js';
import { keyOf, noted, type SealedStore, sealedMigrations, sealedStore, someStream } from '../sealed-store.fixture.js';

const NOW = '2026-03-14T10:00:00.000Z';
const person = randomUUID();
const named: EventDefinition<string, { personId: string; name: string }> = defineEvent({
  type: 'people.named.v1',
  schema: { parse: (data) => data as { personId: string; name: string } },
  personal: ['name'],
  subject: (data) => data.personId,
  people: (data) => [data.personId],
  title: () => 'Named',
  authority: 'none',
});

describe('an evidence bundle', () => {
  let test: TestDatabase;
  let sealed: SealedStore;
  let evidence: Evidence;
  let keys: SubjectKeys;
  let older: StoredCheckpoint;
  const key = keyOf(WRENBRIDGE).verifier;
  const [stream, beside] = [`people.person-${person}`, someStream()];
  const asked = (more: object = {}) => ({ streams: [stream, beside], about: 'two streams', now: NOW, ...more });
  const bundle = (more: object = {}) => evidence.bundle(WRENBRIDGE, asked(more));
  /** As somebody has it who was sent the file. */
  const sent = async (more: object = {}): Promise<EvidenceBundle> => readBundle(JSON.stringify(await bundle(more)));
  const findings = (given: EvidenceBundle, kept?: string) => verifyBundle(given, key, kept).findings;

  beforeAll(async () => {
    test = await createTestDatabase({ migrations: [...sealedMigrations, ...privacyMigrations] });
    sealed = await sealedStore(test);
    evidence = new Evidence(sealed.store, sealed.history);
    keys = new SubjectKeys(sealed.database, randomBytes(32));
    const codec = new PersonalCodec(keys, new EventCatalogue([named]));
    const locked = await codec.seal(WRENBRIDGE, [
      {
        stream,
        version: 1,
        event: { ...noted({ personId: person, name: 'Margaret Example' }), type: 'people.named.v1' },
      },
    ] as never);
    await sealed.append(WRENBRIDGE, stream, ...locked);
    await sealed.append(WRENBRIDGE, someStream(), ...Array.from({ length: 300 }, () => noted()));
    await sealed.seal(WRENBRIDGE);
    older = (await sealed.history.newest(WRENBRIDGE))!;
    await sealed.append(WRENBRIDGE, beside, noted({ b: 1.5e-7, a: 'é “x”' }), noted(), noted());
    await sealed.append(WRENBRIDGE, stream, noted());
    await sealed.append(OTHERBURY, beside, noted());
    await sealed.seal(WRENBRIDGE);
    await sealed.append(WRENBRIDGE, beside, noted());
  });
  afterAll(async () => {
    await sealed?.intruder.end();
    await test?.drop();
  });

  it('proves its events to who has nothing but the file and the public key', async () => {
    expect(verifyBundle(await sent(), key)).toEqual({
      council: WRENBRIDGE,
      about: 'two streams',
      events: 5,
      streams: [
        { stream, events: 2 },
        { stream: beside, events: 3 },
      ],
      size: 305,
      sealedAt: (await sealed.history.newest(WRENBRIDGE))!.sealedAt,
      findings: [],
    });
    expect((await bundle()).notSealedYet).toBe(1);
  });

  it('holds no clear name, no key, and nothing of another council', async () => {
    const text = JSON.stringify(await bundle());
    expect(text).toContain('"name":');
    expect(text).not.toContain('Margaret');
    expect(text).not.toContain(OTHERBURY);
  });

  it('proves that the history goes on from a checkpoint that was kept', async () => {
    const given = await sent({ older: older.note });
    expect(verifyBundle(given, key, older.note)).toMatchObject({ goesOnFrom: older.sealedAt, findings: [] });
    expect(verifyBundle(given, key)).toMatchObject({ goesOnFrom: older.sealedAt, findings: [] });
    expect(findings(await sent(), older.note)).toEqual([expect.stringContaining('does not show')]);
    const fork = signed({ ...older, root: randomBytes(32) }, keyOf(WRENBRIDGE));
    expect(findings(given, fork.note)).toEqual([expect.stringContaining('another history')]);
    const beyond = signed({ ...older, size: 400 }, keyOf(WRENBRIDGE));
    expect(findings(given, beyond.note)).toEqual([expect.stringContaining('cut off, or set back')]);
    await expect(bundle({ older: beyond.note })).rejects.toThrow(InvalidInput);
  });

  it('proves the same after a person was erased', async () => {
    const before = await sent();
    await keys.destroy(WRENBRIDGE, person);
    expect(findings(before)).toEqual([]);
    const after = await sent();
    expect(after.events).toEqual(before.events);
    expect(findings(after)).toEqual([]);
    expect((await sealed.verify(WRENBRIDGE, { anchors: [older.note] })).findings).toEqual([]);
  });

  it.each<[string, (given: EvidenceBundle) => void, RegExp]>([
    ['content', ({ events }) => (events[1]!.event.data = { note: 'm' }), /is not the event that was sealed/],
    ['time', ({ events }) => (events[1]!.event.recordedAt = NOW), /is not the event that was sealed/],
    ['actor', ({ events }) => (events[1]!.event.metadata['actorId'] = 'x'), /is not the event that was sealed/],
    ['place', ({ events }) => (events[1]!.index -= 1), /is not the event that was sealed/],
    ['proof', ({ events }) => (events[1]!.proof[0] = events[1]!.proof[1]!), /is not the event that was sealed/],
    ['council', (given) => (given.council = OTHERBURY), /is not signed for E09000099/],
    ['checkpoint', (given) => (given.checkpoint = given.checkpoint.replace('\n305\n', '\n306\n')), /is not signed/],
    ['events, one left out', ({ events }) => void events.splice(2, 1), /version \d was left out of the bundle/],
    ['events, one said twice', ({ events }) => void events.push(events[0]!), /does not stand where it says/],
  ])('does not prove another %s', async (_, alter, told) => {
    const given = await sent();
    alter(given);
    expect(findings(given).join('\n')).toMatch(told);
  });

  it('is not believed under another key', async () => {
    const { verifier } = keyOf(WRENBRIDGE, Buffer.alloc(32, 66));
    expect(verifyBundle(await sent(), verifier).findings).toEqual([expect.stringContaining('is not signed')]);
  });

  it('is refused with the field that is wrong where it cannot be read', async () => {
    const given = await sent();
    expect(() => readBundle('{')).toThrow(/not JSON/);
    expect(() => readBundle(JSON.stringify({ ...given, format: 'other' }))).toThrow(/format is not as a bundle has it/);
    const short = { ...given, events: [{ ...given.events[0], proof: ['AAAA'] }] };
    expect(() => readBundle(JSON.stringify(short))).toThrow(/events\.0\.proof\.0/);
  });

  it('is not made of an event that is not the one that was sealed, nor of streams that are not there', async () => {
    await expect(bundle({ streams: [someStream()] })).rejects.toThrow(/There is no stream/);
    await expect(evidence.bundle(OTHERBURY, asked())).rejects.toThrow(/Nothing is sealed yet/);
    await sealed.intruder.query(`update event set data = '{"x":1}' where tenant = $1 and stream = $2 and version = 2`, [
      WRENBRIDGE,
      beside,
    ]);
    await expect(bundle()).rejects.toThrow(RuleViolation);
    await expect(bundle()).rejects.toThrow(/is not the event that was sealed/);
  });
});
