import { RuleViolation } from '@caretrail/kernel';
import { createTestDatabase, OTHERBURY, type TestDatabase, WRENBRIDGE } from '@caretrail/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CouncilClocks } from './council-clocks.js';
import { Councils } from './councils.js';

const REAL = 'E10000076';
const MARCH = '2026-03-01T09:00:00.000Z';

describe('the clocks of the councils', () => {
  let test: TestDatabase;
  let clocks: CouncilClocks;
  beforeAll(async () => {
    test = await createTestDatabase({ migrations: [] });
    clocks = new CouncilClocks(test.database);
    await new Councils(test.database).add(
      { tenant: REAL, laCode: '976', name: 'Real', simulated: false },
      '2026-01-01T00:00:00.000Z',
    );
  });
  afterAll(() => test.drop());

  const isNow = (instant: string) => Math.abs(Date.parse(instant) - Date.now()) < 60_000;

  it('show the time of the machine until one is set', async () => {
    await clocks.lookUp(WRENBRIDGE);
    expect(clocks.isSet(WRENBRIDGE)).toBe(false);
    expect(isNow(clocks.now(WRENBRIDGE))).toBe(true);
  });

  it('stand where they were set, for every process and after a restart, at this council alone', async () => {
    await clocks.set(WRENBRIDGE, MARCH);
    const another = new CouncilClocks(test.database);
    await another.lookUp(WRENBRIDGE);
    await another.lookUp(OTHERBURY);
    for (const each of [clocks, another]) {
      expect(each.isSet(WRENBRIDGE)).toBe(true);
      expect(each.now(WRENBRIDGE)).toBe(MARCH);
      expect(each.isSet(OTHERBURY)).toBe(false);
    }
    expect(await new Councils(test.database).get(WRENBRIDGE)).toMatchObject({ clock: MARCH });
    await another.release(WRENBRIDGE);
    await clocks.lookUp(WRENBRIDGE);
    expect(clocks.isSet(WRENBRIDGE)).toBe(false);
    expect(await new Councils(test.database).get(WRENBRIDGE)).not.toHaveProperty('clock');
  });

  it('cannot be set for a real council, by the program or behind its back', async () => {
    await clocks.lookUp(REAL);
    await expect(clocks.set(REAL, MARCH)).rejects.toMatchObject({ faults: [{ rule: 'clock-of-a-simulated-council' }] });
    await expect(test.database.query('update council set clock = $2 where tenant = $1', [REAL, MARCH])).rejects.toThrow(
      /check/,
    );
    expect(clocks.isSet(REAL)).toBe(false);
  });

  it('never stand in the future', async () => {
    await expect(clocks.set(WRENBRIDGE, '2999-01-01T00:00:00.000Z')).rejects.toThrow(RuleViolation);
    expect(clocks.isSet(WRENBRIDGE)).toBe(false);
  });
});
