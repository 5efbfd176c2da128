import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventStore } from '@caretrail/event-store';
import { OTHERBURY, WRENBRIDGE } from '@caretrail/testing';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import pg from 'pg';
import { type House, startHouse } from './house.js';

const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' }).format(new Date());
const PATIENCE_MS = 240_000;

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
  /** The first scrape that says all of this at once: views are followed, and leases held, beside what a test does. */
  const scrapeOf = async (lines: Readonly<Record<string, string>>): Promise<string> => {
    for (const deadline = Date.now() + PATIENCE_MS; ; await pause(100)) {
      const text = await (await scrape()).text();
      const said = Object.fromEntries(Object.keys(lines).map((line) => [line, valueOf(text, line)]));
      if (Date.now() > deadline) expect(said).toEqual(lines);
      if (isDeepStrictEqual(said, lines)) return text;
    }
  };

  it('count what is appended and handled, for each council', async () => {
    const practitioner = await house.as('practitioner');
    const personId = randomUUID();
    const details = { firstName: 'Counted', lastName: 'Example', dateOfBirth: '1950-02-03', postcode: 'ZZ1 1AA' };
    await practitioner.post('/api/people', { effectiveOn: today, personId, details });
    const explorer = (council: string) => `{council="${council}",subscription="event-explorer",kind="projection"}`;
    const text = await scrapeOf({
      [`caretrail_appends_total{council="${WRENBRIDGE}",outcome="written"}`]: '1',
      [`caretrail_events_appended_total{council="${WRENBRIDGE}"}`]: '1',
      [`caretrail_subscription_events_total${explorer(WRENBRIDGE)}`]: '1',
      [`caretrail_subscription_events_total${explorer(OTHERBURY)}`]: '0',
      ...Object.fromEntries(
        [WRENBRIDGE, OTHERBURY].flatMap((council) => [
          [`caretrail_subscription_lag_events${explorer(council)}`, '0'],
          [`caretrail_parked_keys${explorer(council)}`, '0'],
          [`caretrail_subscription_held${explorer(council)}`, '1'],
        ]),
      ),
    });
    expect(valueOf(text, `caretrail_events_appended_total{council="${OTHERBURY}"}`)).toBeUndefined();
    for (const group of ['caretrail_append_group_appends', 'caretrail_append_group_events']) {
      expect(Number(valueOf(text, `${group}_count`))).toBeGreaterThan(0);
      expect(valueOf(text, `${group}_bucket{le="64"}`)).toBe(valueOf(text, `${group}_count`));
    }
    expect(text).not.toContain('Counted');
    expect(text).not.toContain(personId);
    expect((await scrape()).headers.get('content-type')).toContain('text/plain');
  });

  it('count a conflict', async () => {
    const store = house.app.get(EventStore);
    const stream = `people.person-${randomUUID()}`;
    await expect(
      store.append({ tenant: OTHERBURY, streams: [{ stream, expected: 'exists', events: [] }] }),
    ).rejects.toThrow();
    await scrapeOf({ [`caretrail_appends_total{council="${OTHERBURY}",outcome="conflict"}`]: '1' });
  });

  it('say how far a view is behind, and how many keys are parked, for each council', async () => {
    const of = (council: string, subscription: string) =>
      `{council="${council}",subscription="${subscription}",kind="projection"}`;
    await scrapeOf({ [`caretrail_subscription_lag_events${of(WRENBRIDGE, 'event-explorer')}`]: '0' });
    const owner = new pg.Client(house.ownerUrl);
    await owner.connect();
    try {
      await owner.query('begin');
      await owner.query("select set_config('app.tenant', $1, true)", [WRENBRIDGE]);
      await owner.query("select from checkpoint where tenant = $1 and name = 'event-explorer' for update", [
        WRENBRIDGE,
      ]);
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
      await scrapeOf({
        [`caretrail_subscription_lag_events${of(WRENBRIDGE, 'event-explorer')}`]: '1',
        [`caretrail_subscription_lag_events${of(OTHERBURY, 'event-explorer')}`]: '0',
      });
    } finally {
      await owner.end();
    }
    // One transaction moves both, but a scrape asks for them one after the other, and may see one of them before it.
    await scrapeOf({
      [`caretrail_parked_keys${of(WRENBRIDGE, 'event-explorer')}`]: '1',
      [`caretrail_parked_events${of(WRENBRIDGE, 'event-explorer')}`]: '1',
      [`caretrail_parked_keys${of(OTHERBURY, 'event-explorer')}`]: '0',
      [`caretrail_subscription_lag_events${of(WRENBRIDGE, 'event-explorer')}`]: '0',
    });
  });

  it.each(['x-forwarded-for', 'forwarded', 'via'])('are not for whom a proxy brings (%s)', async (header) => {
    expect((await scrape({ [header]: '203.0.113.7' })).status).toBe(403);
  });
});
