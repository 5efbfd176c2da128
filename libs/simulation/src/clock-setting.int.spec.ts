import { randomUUID } from 'node:crypto';
import { MemoryEventStore } from '@caretrail/event-store';
import { streamName } from '@caretrail/kernel';
import { type Configuration, CouncilClocks, Councils } from '@caretrail/platform';
import { createTestDatabase, OTHERBURY, type TestDatabase, WRENBRIDGE } from '@caretrail/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ClockSetting } from './clock-setting.js';

const settings = (environment: 'production' | 'test') => ({ environment }) as Configuration;

describe('setting a clock', () => {
  let test: TestDatabase;
  let store: MemoryEventStore;
  let setting: ClockSetting;
  let inProduction: ClockSetting;
  beforeAll(async () => {
    test = await createTestDatabase({ migrations: [] });
    store = new MemoryEventStore(undefined, () => true);
    const parts = [new Councils(test.database), store] as const;
    const clocks = new CouncilClocks(test.database);
    setting = new ClockSetting(...parts, settings('test'), clocks);
    inProduction = new ClockSetting(...parts, settings('production'), clocks);
  });
  afterAll(() => test.drop());

  const record = (tenant: string, recordedAt: string) =>
    store.append({
      tenant,
      recordedAt,
      streams: [
        {
          stream: streamName('testing.thing', randomUUID()),
          expected: 'none',
          events: [
            {
              id: randomUUID(),
              type: 'testing.thing-done.v1',
              data: {},
              metadata: { actorId: 'a', actorRole: 'b', commandId: 'c', correlationId: 'd', effectiveOn: '2026-03-01' },
            },
          ],
        },
      ],
    });

  it('reads London time, and lets London days pass: nine in the morning stays nine', async () => {
    const set = await setting.change(WRENBRIDGE, { set: '2026-03-01T09:00' });
    expect(set).toEqual({ council: WRENBRIDGE, set: true, now: '2026-03-01T09:00:00.000Z', today: '2026-03-01' });
    expect(await setting.change(WRENBRIDGE, { advance: '30d' })).toMatchObject({ now: '2026-03-31T08:00:00.000Z' });
    expect(await setting.change(WRENBRIDGE, { advance: '12h' })).toMatchObject({ now: '2026-03-31T20:00:00.000Z' });
    expect(await setting.change(WRENBRIDGE, { advance: '1w' })).toMatchObject({ today: '2026-04-07' });
    expect(await setting.change(WRENBRIDGE, { set: '2026-01-31' })).toMatchObject({ today: '2026-01-31' });
    expect(await setting.change(WRENBRIDGE, { advance: '1m' })).toMatchObject({ today: '2026-02-28' });
    expect(await setting.read(OTHERBURY)).toMatchObject({ set: false });
  });

  it('never runs back behind the last event of the council', async () => {
    await setting.change(WRENBRIDGE, { set: '2026-03-01T09:00' });
    await record(WRENBRIDGE, '2026-03-01T09:00:00.000Z');
    await record(OTHERBURY, '2026-05-01T09:00:00.000Z');
    await expect(setting.change(WRENBRIDGE, { set: '2026-03-01T08:59' })).rejects.toMatchObject({
      faults: [{ rule: 'clock-never-runs-backwards', field: 'set' }],
    });
    await expect(setting.change(WRENBRIDGE, { set: '2026-03-01T08:59' })).rejects.toThrow('1 March 2026 at 09:00:00');
    expect(await setting.change(WRENBRIDGE, { set: '2026-03-01T09:00' })).toMatchObject({ set: true });
  });

  it('is let go again', async () => {
    expect(await setting.change(WRENBRIDGE, { real: true })).toMatchObject({ set: false });
    await expect(setting.change(WRENBRIDGE, { advance: '1d' })).rejects.toMatchObject({
      faults: [{ rule: 'clock-is-not-ahead' }],
    });
  });

  it('does not exist in production', async () => {
    await expect(inProduction.change(WRENBRIDGE, { set: '2026-03-02' })).rejects.toMatchObject({
      faults: [{ rule: 'no-set-clock-in-production' }],
    });
  });

  it.each([
    ['set', '2026-02-30T09:00'],
    ['set', '2026-03-29T01:30'],
    ['set', 'yesterday'],
    ['advance', '0d'],
    ['advance', '3y'],
  ])('refuses to %s by %j', async (field, value) => {
    await expect(setting.change(WRENBRIDGE, { [field]: value } as never)).rejects.toMatchObject({
      kind: 'invalid',
      faults: [{ field }],
    });
  });
});
