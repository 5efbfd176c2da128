import { addMonths, londonDate } from '@caretrail/kernel';
import { clusterFolder } from '@caretrail/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { councilLife } from '../../libs/simulation/src/life/council-life.js';
import { DEMONSTRATION, demonstrationSizes, YEARS } from '../../libs/simulation/src/demonstration-council.js';
import { DEMONSTRATION_SEED } from '../../libs/simulation/src/life/life-step.js';
import { asked, beginPlatform, buildOnce, type Running, startPlatform, until } from './built-caretrail.js';

interface Recorded {
  readonly command: string;
  readonly events: number;
}

describe('a first start that is killed in the middle of two years', () => {
  let dataDir: string;
  const running: Running[] = [];
  beforeAll(buildOnce);
  afterAll(async () => {
    for (const platform of running) {
      platform.signal('SIGTERM');
      await platform.finished;
    }
  });

  /** How many events each command of the demonstration left. */
  const recorded = async (): Promise<ReadonlyMap<string, number>> => {
    const rows = await asked<Recorded>(
      dataDir,
      `select metadata->>'commandId' as command, count(*)::int as events from event
        where tenant = $1 and metadata->>'commandId' like 'demonstration/%' group by 1`,
      [DEMONSTRATION.tenant],
    );
    return new Map(rows.map(({ command, events }) => [command, events]));
  };

  it('goes on where it stopped, leaves nothing out, and does nothing twice', async () => {
    // Again in another folder where this process was kept waiting for so long that the two years were over.
    for (let killed: Running | undefined; !killed || killed.stdout().includes('Caretrail is ready');) {
      dataDir = await clusterFolder();
      killed = beginPlatform(dataDir);
      running.push(killed);
      await until('the second quarter', () => killed.stdout().split('lived up to').length > 2);
      killed.signal('SIGKILL');
      await killed.finished;
    }
    const before = await recorded();

    const again = await startPlatform(dataDir);
    running.push(again);
    expect(again.stdout()).toContain('Making the demonstration council');
    expect(again.stdout()).not.toContain('was refused');
    const after = await recorded();
    const [council] = await asked<{ readonly added: Date; readonly clock: Date | null }>(
      dataDir,
      'select added_at as added, clock from council where tenant = $1',
      [DEMONSTRATION.tenant],
    );
    expect(council!.clock).toBeNull();
    const madeOn = londonDate(council!.added);
    const { askers, supportedBefore } = demonstrationSizes.small;
    const { steps } = councilLife({
      seed: DEMONSTRATION_SEED,
      from: addMonths(madeOn, -12 * YEARS),
      until: madeOn,
      askers,
      supportedBefore,
    });
    expect(before.size).toBeGreaterThan(5);
    expect(before.size).toBeLessThan(steps.length);
    expect(steps.filter(({ id }) => !after.has(`demonstration/${id}`)).map(({ id }) => id)).toEqual([]);
    for (const [command, events] of before) expect([command, after.get(command)]).toEqual([command, events]);
  }, 600_000);
});
