import { localAccountId, Sessions } from '@caretrail/access';
import { type Lease, openCluster } from '@caretrail/platform';
import { clusterFolder } from '@caretrail/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asked, beginCaretrail, buildOnce, caretrail, type Finished, startPlatform } from './built-caretrail.js';

const SIMULATED = 'E10000077';
const REAL = 'E09000012';
const SESSION_SECRET = 'a secret that this test alone knows, and no person';

// Each test starts the program several times.
describe('a simulated council on the command line', () => {
  let dataDir: string;
  // So that PostgreSQL is not started and stopped for each.
  let lease: Lease;
  const clock = (...more: readonly string[]) => caretrail(dataDir, 'clock', '--council', SIMULATED, ...more);
  const drive = (to: string, ...more: readonly string[]) =>
    caretrail(dataDir, 'case', '--to', to, '--council', SIMULATED, ...more);
  const said = ({ code, stdout, stderr }: Finished): string => {
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return stdout;
  };
  /** A sentence on stderr, exit code 2, and nothing else anywhere. */
  const refusal = ({ code, stdout, stderr }: Finished): string => {
    expect({ code, stdout, stderr }).toMatchObject({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^[^\n]+[.!]\n$/);
    return stderr;
  };
  /** Types of the council’s events in the order in which they were stored. */
  const events = async (): Promise<string[]> => {
    const sql = 'select type from event where tenant = $1 order by position';
    return (await asked<{ type: string }>(dataDir, sql, [SIMULATED])).map(({ type }) => type);
  };

  beforeAll(async () => {
    await buildOnce();
    dataDir = await clusterFolder();
    said(
      await caretrail(dataDir, 'council', 'add', SIMULATED, '--la-code', '977', '--name', 'Fenmarsh', '--simulated'),
    );
    lease = await openCluster(dataDir);
    said(await caretrail(dataDir, 'council', 'add', REAL, '--la-code', '997', '--name', 'Realham'));
  });
  afterAll(() => lease?.close());

  it('lives now until its clock is set, and then stands where it was set', async () => {
    expect(said(await clock())).toMatch(/^E10000077: \d+ \w+ \d{4}, \d\d:\d\d, now\n$/);
    const set = 'E10000077: 1 March 2026, 09:00, where the clock was set\n';
    expect(said(await clock('--set', '2026-03-01T09:00'))).toBe(set);
    expect(said(await clock())).toBe(set);
  });

  it('goes on by hours, days, weeks and months', async () => {
    expect(said(await clock('--advance', '12h'))).toContain('1 March 2026, 21:00');
    expect(said(await clock('--advance', '30d'))).toContain('31 March 2026, 21:00');
    expect(said(await clock('--advance', '1w'))).toContain('7 April 2026, 21:00');
    expect(said(await clock('--advance', '1m'))).toContain('7 May 2026, 21:00');
  });

  it('has no clock of several changes, of no time, of no span, or of nowhere', async () => {
    expect(refusal(await clock('--set', '2026-06-01', '--real'))).toContain('not several');
    expect(refusal(await clock('--set', 'noon'))).toContain('not a time in London');
    expect(refusal(await clock('--advance', 'a while'))).toContain('not a span of time');
    expect(refusal(await caretrail(dataDir, 'clock', '--council', 'E09000033'))).toContain('E09000033');
    expect(said(await clock())).toContain('7 May 2026, 21:00');
  });

  it('is driven to each stage in turn, and no step is taken twice', async () => {
    const stages = [
      ['assessment-completed', 'assessment.assessment-completed.v1'],
      ['eligible', 'assessment.ordinary-residence-established.v1'],
      ['budget-allocated', 'budgets.budget-allocated.v1'],
      ['budget-agreed', 'budgets.personal-budget-agreed.v1'],
      ['plan-agreed', 'planning.support-plan-agreed.v1'],
    ] as const;
    for (const [index, [stage, reached]] of stages.entries()) {
      const told = said(await drive(stage));
      expect(told).toContain(`The synthetic case “one” of ${SIMULATED} is at the stage ${stage}.`);
      expect(told).toMatch(/Case {14}http:\/\/127\.0\.0\.1:\d+\/people\/[\da-f-]{36}\n/);
      // Its plan is opened by a process, once the budget is allocated.
      if (index !== 2) expect(told.includes('/support-plans/')).toBe(index > 2);
      const stored = await events();
      expect({ stage, stored }).toEqual({ stage, stored: expect.arrayContaining([reached]) });
      for (const [, later] of stages.slice(index + 1)) expect(stored).not.toContain(later);
    }
    const before = await events();
    said(await drive('plan-agreed'));
    expect(await events()).toEqual(before);
    const when = `select distinct to_char(recorded_at at time zone 'Europe/London', 'YYYY-MM-DD HH24:MI') as at
      from event where tenant = $1`;
    expect(await asked(dataDir, when, [SIMULATED])).toEqual([{ at: '2026-05-07 21:00' }]);
  });

  it('is another case with another seed, in one go', async () => {
    const before = (await events()).length;
    expect(said(await drive('eligible', '--seed', 'two'))).toContain('The synthetic case “two”');
    expect((await events()).length).toBeGreaterThan(before);
    expect(refusal(await drive('eligible', '--seed', 'no seed!'))).toContain('1 to 40 letters');
    expect((await drive('the-moon')).code).toBe(2);
  });

  it('is the only kind of council that has such cases and clocks', async () => {
    expect(refusal(await caretrail(dataDir, 'clock', '--council', REAL, '--set', '2026-03-01'))).toContain('simulated');
    expect(refusal(await caretrail(dataDir, 'case', '--to', 'eligible', '--council', REAL))).toContain(
      'this one is real',
    );
  });

  it('never goes back before its last event', async () => {
    expect(refusal(await clock('--set', '2026-05-07T20:00'))).toContain('Set the clock to that moment or later');
    expect(said(await clock('--advance', '1d'))).toContain('8 May 2026, 21:00');
  });

  it('has no clock to set in production, on the command line or over the API', async () => {
    const [MASTER_KEY, SEALING_KEY] = ['master', 'sealing'].map((name) =>
      readFileSync(join(dataDir, 'secrets', `${name}.key`), 'utf8').trim(),
    ) as [string, string];
    const production = { NODE_ENV: 'production', MASTER_KEY, SEALING_KEY, SESSION_SECRET };
    const args = ['clock', '--council', SIMULATED, '--advance', '1d'];
    expect(refusal(await beginCaretrail(dataDir, args, production).finished)).toContain(
      'In production no clock can be set',
    );
    const platform = await startPlatform(dataDir, production);
    try {
      // Signed with the right secret, for an account that another environment has: in production nobody has one.
      const account = { id: localAccountId(SIMULATED, 'practitioner'), tenant: SIMULATED };
      const token = await new Sessions(SESSION_SECRET, { get: () => undefined } as never).issue(account);
      const ask = (headers: Record<string, string>) =>
        fetch(`${platform.address}/api/clock`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify({ advance: '1d' }),
        });
      expect((await ask({})).status).toBe(401);
      expect((await ask({ authorization: `Bearer ${token}` })).status).toBe(401);
    } finally {
      platform.signal('SIGTERM');
      await platform.finished;
    }
    expect(said(await clock())).toContain('8 May 2026, 21:00');
  });

  it('lives now again when it is told to', async () => {
    expect(said(await clock('--real'))).toContain(', now');
    expect(said(await clock())).toContain(', now');
  });
});
