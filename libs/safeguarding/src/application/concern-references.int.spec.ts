import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, OTHERBURY, type TestDatabase, WRENBRIDGE } from '@caretrail/testing';
import { randomUUID } from 'node:crypto';
import { ConcernReferences } from './concern-references.js';
import { safeguardingMigrations } from './safeguarding-reference.migration.js';

describe('the references of concerns', () => {
  let test: TestDatabase;
  let references: ConcernReferences;
  beforeAll(async () => {
    test = await createTestDatabase({ migrations: safeguardingMigrations });
    references = new ConcernReferences(test.database);
  });
  afterAll(() => test.drop());

  it('count up within a council and year', async () => {
    expect(await references.of(WRENBRIDGE, randomUUID(), 2026)).toBe('SC-2026-0001');
    expect(await references.of(WRENBRIDGE, randomUUID(), 2026)).toBe('SC-2026-0002');
    expect(await references.of(OTHERBURY, randomUUID(), 2026)).toBe('SC-2026-0001');
    expect(await references.of(WRENBRIDGE, randomUUID(), 2027)).toBe('SC-2027-0001');
  });

  it('stay with their concern when asked again', async () => {
    const concern = randomUUID();
    const first = await references.of(WRENBRIDGE, concern, 2025);
    expect(await references.of(WRENBRIDGE, concern, 2025)).toBe(first);
    expect(await references.of(WRENBRIDGE, concern, 2026)).toBe(first);
  });

  it('are never given twice to those who ask at once', async () => {
    const given = await Promise.all(Array.from({ length: 12 }, () => references.of(OTHERBURY, randomUUID(), 2030)));
    expect(new Set(given).size).toBe(12);
  });
});
