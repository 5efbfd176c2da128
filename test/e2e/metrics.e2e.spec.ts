import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventStore } from '@caretrail/event-store';
import { OTHERBURY, WRENBRIDGE } from '@caretrail/testing';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { type House, startHouse } from './house.js';

const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' }).format(new Date());

describe('the metrics', () => {
  let house: House;
  beforeAll(async () => {
    house = await startHouse();
  });
  afterAll(() => house?.stop());

  const scrape = (headers: Record<string, string> = {}) => fetch(`${house.address}/metrics`, { headers });
  /** The value of a line: its name and labels as they stand. */
  const valueOf = (text: string, line: string) =>
    text
      .split('\n')
      .find((each) => each.startsWith(`${line} `))
      ?.slice(line.length + 1);

  it('count what is appended and handled, for each council', async () => {
    const practitioner = await house.as('practitioner');
    const personId = randomUUID();
    const details = { firstName: 'Counted', lastName: 'Example', dateOfBirth: '1950-02-03', postcode: 'ZZ1 1AA' };
    await practitioner.post('/api/people', { effectiveOn: today, personId, details });
    await practitioner.get(`/api/people/${personId}`);
    const answer = await scrape();
    expect(answer.headers.get('content-type')).toContain('text/plain');
    const text = await answer.text();
    expect(valueOf(text, `caretrail_appends_total{council="${WRENBRIDGE}",outcome="written"}`)).toBe('1');
    expect(valueOf(text, `caretrail_events_appended_total{council="${WRENBRIDGE}"}`)).toBe('1');
    expect(valueOf(text, `caretrail_events_appended_total{council="${OTHERBURY}"}`)).toBeUndefined();
    for (const group of ['caretrail_append_group_appends', 'caretrail_append_group_events']) {
      expect(Number(valueOf(text, `${group}_count`))).toBeGreaterThan(0);
      expect(valueOf(text, `${group}_bucket{le="64"}`)).toBe(valueOf(text, `${group}_count`));
    }
    const explorer = (council: string) => `{council="${council}",subscription="event-explorer",kind="projection"}`;
    expect(valueOf(text, `caretrail_subscription_events_total${explorer(WRENBRIDGE)}`)).toBe('1');
    expect(valueOf(text, `caretrail_subscription_events_total${explorer(OTHERBURY)}`)).toBe('0');
    for (const council of [WRENBRIDGE, OTHERBURY]) {
      expect(valueOf(text, `caretrail_subscription_lag_events${explorer(council)}`)).toBe('0');
      expect(valueOf(text, `caretrail_parked_keys${explorer(council)}`)).toBe('0');
      expect(valueOf(text, `caretrail_subscription_held${explorer(council)}`)).toBe('1');
    }
    expect(text).not.toContain('Counted');
    expect(text).not.toContain(personId);
  });

  it('count a conflict', async () => {
    const store = house.app.get(EventStore);
    const stream = `people.person-${randomUUID()}`;
    await expect(
      store.append({ tenant: OTHERBURY, streams: [{ stream, expected: 'exists', events: [] }] }),
    ).rejects.toThrow();
    const text = await (await scrape()).text();
    expect(valueOf(text, `caretrail_appends_total{council="${OTHERBURY}",outcome="conflict"}`)).toBe('1');
  });

  it('say how far a view is behind, and how many keys are parked, for each council', async () => {
    const of = (council: string, subscription: string) =>
      `{council="${council}",subscription="${subscription}",kind="projection"}`;
    const owner = new pg.Client(house.ownerUrl);
    await owner.connect();
    await owner.query('begin');
    await owner.query("select set_config('app.tenant', $1, true)", [WRENBRIDGE]);
    await owner.query("select from checkpoint where tenant = $1 and name = 'event-explorer' for update", [WRENBRIDGE]);
    const metadata = {
      actorId: randomUUID(),
      actorRole: 'practitioner',
      commandId: randomUUID(),
      correlationId: randomUUID(),
      effectiveOn: today,
    };
    // What no command would have stored: nobody knows its type, so that the explorer has to leave it aside.
    const events = [{ id: randomUUID(), type: 'people.person-misplaced.v1', data: {}, metadata }];
    await house.app.get(EventStore).append({
      tenant: WRENBRIDGE,
      streams: [{ stream: `people.person-${randomUUID()}`, expected: 'none', events }],
    });
    const behind = await (await scrape()).text();
    expect(valueOf(behind, `caretrail_subscription_lag_events${of(WRENBRIDGE, 'event-explorer')}`)).toBe('1');
    expect(valueOf(behind, `caretrail_subscription_lag_events${of(OTHERBURY, 'event-explorer')}`)).toBe('0');
    await owner.end();
    const parked = `caretrail_parked_keys${of(WRENBRIDGE, 'event-explorer')}`;
    let text = '';
    while (valueOf((text = await (await scrape()).text()), parked) !== '1')
      await new Promise((resolve) => setTimeout(resolve, 100));
    expect(valueOf(text, `caretrail_parked_events${of(WRENBRIDGE, 'event-explorer')}`)).toBe('1');
    expect(valueOf(text, `caretrail_parked_keys${of(OTHERBURY, 'event-explorer')}`)).toBe('0');
    expect(valueOf(text, `caretrail_subscription_lag_events${of(WRENBRIDGE, 'event-explorer')}`)).toBe('0');
  });

  it.each(['x-forwarded-for', 'forwarded', 'via'])('are not for whom a proxy brings (%s)', async (header) => {
    expect((await scrape({ [header]: '203.0.113.7' })).status).toBe(403);
  });
});
