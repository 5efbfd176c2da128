import { randomUUID } from 'node:crypto';
import { londonDate } from '@caretrail/kernel';
import { Database } from '@caretrail/platform';
import { clusterFolder } from '@caretrail/testing';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { buildOnce, postgresOf, until } from '../cli/built-caretrail.js';
import { audit } from './audit.js';
import type { Booked } from './clerk.js';
import { type CrashRun, crashRun } from './crash-run.js';
import { COUNCIL, inHouse } from './house-of-books.js';

const KILLS = Number(process.env['CRASH_KILLS'] ?? 5);
const SEED = Number(process.env['CRASH_SEED'] ?? Date.now() % 1_000_000);
const LIMIT_MS = 300_000 + KILLS * 20_000;
const today = londonDate(new Date());

/** The same audit, of the same house, with one thing changed each time. */
async function findsWhatIsPlanted(app: INestApplicationContext, run: CrashRun): Promise<void> {
  const { books, checkpoints } = run;
  const nth = books.findIndex(({ kind, accepted }) => kind === 'payment' && accepted);
  const [payment, refused] = [books[nth]!, { accepted: false, eventIds: [] }];
  const instead = (change: Partial<Booked>) =>
    audit(app, { ...run, books: books.with(nth, { ...payment, ...change }) });
  expect(await instead({ eventIds: [randomUUID()] })).toContainEqual(expect.stringMatching(/^acknowledged but absent/));
  expect(await instead({ pence: payment.pence + 1 })).toEqual([expect.stringMatching(/^account .* its clerk/)]);
  expect(await instead(refused)).toContainEqual(expect.stringMatching(/was told , and wrote/));
  const again = await audit(app, { ...run, books: [...books, { ...payment, key: 'never-sent' }] });
  expect(again).toContainEqual(expect.stringMatching(/^never-sent was told .* and the store says $/));
  const seen = [...checkpoints].find(([, positions]) => positions.length > 1)!;
  const back = new Map([[seen[0], [...seen[1], 0]]]);
  expect(await audit(app, { books, checkpoints: back })).toEqual([`${seen[0]} went back`]);
  await app
    .get(Database)
    .inTenant(COUNCIL, (manager) =>
      manager.query('update direct_payment_posting set pence = pence + 1 where event_id = $1', [payment.eventIds[0]]),
    );
  expect(await audit(app, run)).toEqual([expect.stringMatching(/^direct_payment_posting has .* not the same$/)]);
}

describe(`a ledger under load, while PostgreSQL, workers and the API are killed ${KILLS} times (CRASH_SEED=${SEED})`, () => {
  beforeAll(buildOnce);

  it(
    'has every command that was acknowledged once, balances, shows what a rebuild shows, and never goes back',
    async () => {
      const dataDir = await clusterFolder();
      const run = await crashRun(dataDir, KILLS, SEED, today);
      expect(run.killed.length).toBeGreaterThanOrEqual(KILLS);
      expect(new Set(run.killed)).toEqual(new Set(['postgres', 'worker', 'api']));
      expect(run.surprises).toEqual([]);
      expect(run.closedDoors).toEqual([404, 404]);
      expect(run.readinessWithoutDatabase).toEqual([503, 503, 503]);
      // The last one out stopped PostgreSQL, after all that; nobody else would.
      await until('the end of PostgreSQL', () => postgresOf(dataDir) === undefined);
      expect(run.books.filter(({ accepted }) => accepted).length).toBeGreaterThan(KILLS * 4);
      expect([...run.checkpoints.values()].some((positions) => positions.length > 1)).toBe(true);
      await inHouse(dataDir, async (app) => {
        expect(await audit(app, run)).toEqual([]);
        await findsWhatIsPlanted(app, run);
      });
      process.stderr.write(
        `crash run, CRASH_SEED=${SEED}: ${run.killed.length} kills, ${run.books.length} commands answered, ${run.askedAgain} of them asked more than once, ${run.endedByThemselves.length} processes ended by themselves\n`,
      );
    },
    LIMIT_MS,
  );
});
