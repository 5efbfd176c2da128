import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OTHERBURY, type TestDatabase, WRENBRIDGE, createTestDatabase } from '@caretrail/testing';
import { randomBytes, randomUUID } from 'node:crypto';
import { type DraftPlace, SealedDrafts, SubjectKeys, Tampered, privacyMigrations } from './index.js';

describe('drafts', () => {
  let db: TestDatabase;
  let keys: SubjectKeys;
  let drafts: SealedDrafts;
  const place: DraftPlace = { kind: 'self-assessment', id: randomUUID(), owner: 'margaret', subject: randomUUID() };
  const content = { 'what-matters': { words: 'My garden, and the cat' } };

  beforeAll(async () => {
    db = await createTestDatabase({ migrations: privacyMigrations });
    keys = new SubjectKeys(db.database, randomBytes(32));
    drafts = new SealedDrafts(db.database, keys);
    await drafts.save(WRENBRIDGE, place, { 'what-matters': { words: 'My' } });
    await drafts.save(WRENBRIDGE, place, content);
  });
  afterAll(() => db.drop());

  const rows = () =>
    db.database.inTenant(WRENBRIDGE, (manager) => manager.query<object[]>('select t::text from sealed_draft t'));

  it('are given back to their writer as they were saved last', async () => {
    expect(await drafts.find(WRENBRIDGE, place)).toEqual(content);
  });

  it('are nobody else’s: not another writer’s, not another council’s, not of another kind', async () => {
    expect(await drafts.find(WRENBRIDGE, { ...place, owner: 'nadia' })).toBeUndefined();
    expect(await drafts.find(OTHERBURY, place)).toBeUndefined();
    expect(await drafts.find(WRENBRIDGE, { ...place, kind: 'plan' })).toBeUndefined();
  });

  it('stand in the table as ciphertext, which does not open elsewhere', async () => {
    const stored = await rows();
    expect(stored).toHaveLength(1);
    expect(JSON.stringify(stored)).not.toContain(Buffer.from('garden').toString('hex'));
    expect(JSON.stringify(stored)).not.toContain('garden');
    await drafts.save(WRENBRIDGE, { ...place, owner: 'thief' }, {});
    await db.database.inTenant(WRENBRIDGE, (manager) =>
      manager.query(
        `update sealed_draft set sealed = (select sealed from sealed_draft where owner = 'margaret') where owner = 'thief'`,
      ),
    );
    await expect(drafts.find(WRENBRIDGE, { ...place, owner: 'thief' })).rejects.toThrow(Tampered);
  });

  it('go when it is sent, whoever wrote them; the others stay', async () => {
    const other = { ...place, id: randomUUID() };
    await drafts.save(WRENBRIDGE, other, content);
    await drafts.save(WRENBRIDGE, { ...other, owner: 'nadia' }, content);
    await drafts.remove(OTHERBURY, other);
    expect(await drafts.find(WRENBRIDGE, other)).toEqual(content);
    await drafts.remove(WRENBRIDGE, other);
    expect(await drafts.find(WRENBRIDGE, { ...other, owner: 'nadia' })).toBeUndefined();
    expect(await drafts.find(WRENBRIDGE, other)).toBeUndefined();
    expect(await drafts.find(WRENBRIDGE, place)).toEqual(content);
  });

  it('cannot be read, and are not kept, when the person’s key was destroyed', async () => {
    const erased = { ...place, id: randomUUID(), subject: randomUUID() };
    await drafts.save(WRENBRIDGE, erased, content);
    await keys.destroy(WRENBRIDGE, erased.subject);
    expect(await drafts.find(WRENBRIDGE, erased)).toBeUndefined();
    const before = (await rows()).length;
    await drafts.save(WRENBRIDGE, { ...erased, id: randomUUID() }, content);
    expect(await rows()).toHaveLength(before);
  });
});
