import { londonDate } from '@caretrail/kernel';
import { scratchFolder } from '@caretrail/testing';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { buildOnce, postgresOf } from '../cli/built-caretrail.js';
import { audit } from './audit.js';
import { crashRun } from './crash-run.js';
import { inHouse } from './house-of-books.js';

const KILLS = Number(process.env['CRASH_KILLS'] ?? 5);
const SEED = Number(process.env['CRASH_SEED'] ?? Date.now() % 1_000_000);
const LIMIT_MS = 300_000 + KILLS * 20_000;
const today = londonDate(new Date());

describe(`a ledger under load, while PostgreSQL, workers and the API are killed ${KILLS} times (CRASH_SEED=${SEED})`, () => {
  beforeAll(buildOnce, 240_000);

  it(
    'has every command that was acknowledged once, balances, shows what a rebuild shows, and never goes back',
    async () => {
      const dataDir = scratchFolder();
      const run = await crashRun(dataDir, KILLS, SEED, today);
      expect(run.killed.length).toBeGreaterThanOrEqual(KILLS);
      expect(new Set(run.killed)).toEqual(new Set(['postgres', 'worker', 'api']));
      expect(run.surprises).toEqual([]);
      // The last one out stopped PostgreSQL, after all that.
      expect(postgresOf(dataDir)).toBeUndefined();
      expect(run.books.filter(({ accepted }) => accepted).length).toBeGreaterThan(KILLS * 4);
      expect([...run.checkpoints.values()].some((positions) => positions.length > 1)).toBe(true);
      expect(await inHouse(dataDir, (app) => audit(app, run))).toEqual([]);
      process.stderr.write(
        `crash run, CRASH_SEED=${SEED}: ${run.killed.length} kills, ${run.books.length} commands answered, ${run.askedAgain} of them asked more than once, ${run.endedByThemselves.length} processes ended by themselves\n`,
      );
    },
    LIMIT_MS,
  );
});
