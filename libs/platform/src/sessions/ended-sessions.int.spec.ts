import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, OTHERBURY, type TestDatabase, WRENBRIDGE } from '@caretrail/testing';
import { platformMigrations } from '../councils/councils.migration.js';
import { StoredEndedSessions } from './ended-sessions.js';

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000);

describe('sessions that were signed out of', () => {
  let test: TestDatabase;
  let ended: StoredEndedSessions;
  beforeAll(async () => {
    test = await createTestDatabase({ migrations: platformMigrations });
    ended = new StoredEndedSessions(test.database);
  });
  afterAll(() => test?.drop());

  it('have ended, at their council, and the others have not', async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    await ended.end(WRENBRIDGE, one, inHours(12));
    await ended.end(WRENBRIDGE, one, inHours(12));
    expect(await ended.hasEnded(WRENBRIDGE, one)).toBe(true);
    expect(await ended.hasEnded(WRENBRIDGE, other)).toBe(false);
    expect(await ended.hasEnded(OTHERBURY, one)).toBe(false);
  });

  it('are forgotten when their time is over, at the next one that ends', async () => {
    const [over, running] = [randomUUID(), randomUUID()];
    await ended.end(WRENBRIDGE, over, inHours(-1));
    await ended.end(WRENBRIDGE, running, inHours(1));
    expect(await ended.hasEnded(WRENBRIDGE, over)).toBe(false);
    expect(await ended.hasEnded(WRENBRIDGE, running)).toBe(true);
  });
});
