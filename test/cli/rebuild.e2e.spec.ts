import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Lease, openCluster } from '@caretrail/platform';
import { generateCldFile } from '@caretrail/returns';
import { clusterFolder } from '@caretrail/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { beginCaretrail, buildOnce, caretrail, superuserOf, until } from './built-caretrail.js';

const COUNCIL = 'E09000012';
const ROWS = 2_500;

describe('caretrail rebuild', () => {
  let dataDir: string;
  let lease: Lease;
  let database: pg.Client;
  const rebuild = (...more: readonly string[]) =>
    caretrail(dataDir, 'rebuild', 'market-position', '--council', COUNCIL, ...more);

  beforeAll(async () => {
    await buildOnce();
    dataDir = await clusterFolder();
    const file = join(dataDir, 'cld.csv');
    writeFileSync(
      file,
      [...generateCldFile({ laCode: '997', seed: 41, periodEnd: '2025-06-30', rows: ROWS })].join(''),
    );
    for (const args of [
      ['council', 'add', COUNCIL, '--la-code', '997', '--name', 'Hackleton', '--simulated'],
      ['import', 'cld', file, '--council', COUNCIL, '--json'],
    ]) {
      const { code, stderr } = await caretrail(dataDir, ...args);
      if (code !== 0) throw new Error(stderr);
    }
    // Held, so that PostgreSQL need not start and stop with each command.
    lease = await openCluster(dataDir);
    database = await superuserOf(dataDir);
  });
  afterAll(async () => {
    await database?.end();
    await lease?.close();
  });

  const asked = async <Row>(sql: string): Promise<Row> => (await database.query<Row & pg.QueryResultRow>(sql)).rows[0]!;
  const content = () =>
    asked<{ rows: number; content: string }>(
      `select count(*)::int as rows, sum(hashtextextended(m::text, 0))::text as content from market_service m`,
    );

  it('killed at any moment goes on when it is asked again, and ends with the same rows as one that was let be', async () => {
    for (const state of ["stage = 'filling'", "stage <> 'asked for'"]) {
      const running = beginCaretrail(dataDir, ['rebuild', 'market-position', '--council', COUNCIL]);
      let over = false;
      void running.finished.then(() => (over = true));
      await until('the rebuild', async () => {
        const { there } = await asked<{ there: boolean }>(
          `select exists(select from rebuild where subscription = 'market-position' and ${state}) as there`,
        );
        return there || over;
      });
      running.signal('SIGKILL');
      await running.finished;
    }
    const { code, stdout, stderr } = await rebuild('--workers', '3');
    expect({ code, stderr: code ? stderr : '' }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/market_service: [\d,]+ rows? before, [\d,]+ rows now/);
    const after = await content();
    expect(after.rows).toBeGreaterThan(0);
    expect((await rebuild()).stdout).toContain(
      `market_service: ${after.rows.toLocaleString('en-GB')} rows before, ${after.rows.toLocaleString('en-GB')} rows now, the same`,
    );
    expect(await content()).toEqual(after);
    expect(await asked('select count(*)::int as rebuilds from rebuild')).toEqual({ rebuilds: 0 });
  });

  it('goes back, removes what is kept, and says who did it', async () => {
    const before = await content();
    expect((await rebuild('--roll-back')).stdout).toContain('shows the rows of before again');
    expect(await content()).toEqual(before);
    expect((await rebuild('--drop-previous')).stdout).toContain('are removed');
    expect(await rebuild('--roll-back')).toMatchObject({
      code: 2,
      stderr: 'No rows of before are kept that could be shown again.\n',
    });
    const { decisions } = await asked<{ decisions: string[] }>(
      `select array_agg(distinct decision || ' ' || left(actor_id, 3)) as decisions from subscription_decision`,
    );
    expect(decisions).toEqual(['drop previous os:', 'rebuild os:', 'roll back os:']);
  });

  it('refuses what is no view, no number of workers, and two things at once', async () => {
    const [view, workers, two] = await Promise.all([
      caretrail(dataDir, 'rebuild', 'checkpoint', '--council', COUNCIL),
      rebuild('--workers', '9'),
      rebuild('--roll-back', '--drop-previous'),
    ]);
    expect([view.code, workers.code, two.code]).toEqual([2, 2, 2]);
    expect(view.stderr).toContain('market-position');
    expect(workers.stderr).toBe('Give --workers a number from 1 to 4.\n');
    expect(two.stderr).toBe('Give one of --roll-back and --drop-previous, not both.\n');
  });
});
