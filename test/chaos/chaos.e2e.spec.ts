import { eventStoreMigrations } from '@caretrail/event-store';
import { createTestDatabase, scratchFolder, type TestDatabase, WRENBRIDGE } from '@caretrail/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildOnce } from '../cli/built-caretrail.js';
import { chaosRun } from './chaos-run.js';
import { violationsOf } from './history.js';

const SECONDS = Number(process.env['CHAOS_SECONDS'] ?? 4);
const SEED = Number(process.env['CHAOS_SEED'] ?? Date.now() % 1_000_000);
const LIMIT_MS = 600_000 + SECONDS * 10_000;

describe(`sixteen writers in four processes that roll back, hang and are killed (CHAOS_SEED=${SEED})`, () => {
  let database: TestDatabase;
  beforeAll(async () => {
    await buildOnce();
    database = await createTestDatabase({ migrations: eventStoreMigrations });
  });
  afterAll(() => database?.drop());

  it(
    'lose nothing that was acknowledged, and readers see all of it once and in order, whatever else is open',
    async () => {
      const run = await chaosRun({ database, folder: scratchFolder(), tenant: WRENBRIDGE }, SECONDS, SEED);
      expect(violationsOf(run)).toEqual([]);
      expect(run.kills).toBeGreaterThan(0);
      expect(run.waysBack.size).toBeGreaterThan(1);
      // Positions are missing: those who rolled back had really drawn them.
      const [first, last] = [run.stored[0]!.position, run.stored.at(-1)!.position];
      expect(last - first + 1).toBeGreaterThan(run.stored.length);
      expect(run.passesFromZero).toBeGreaterThan(0);
      const followers = run.readings.filter(({ reader }) => reader.startsWith('follower'));
      expect(followers.map(({ events }) => events.length)).toEqual([run.stored.length, run.stored.length]);
      process.stderr.write(
        `chaos run, CHAOS_SEED=${SEED}: ${run.stored.length} events, ${run.told.length} answers, ${run.kills} processes killed, ${run.passesFromZero} passes from zero\n`,
      );
    },
    LIMIT_MS,
  );
});
