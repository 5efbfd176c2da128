import { EventStore } from '@caretrail/event-store';
import { openBrowser, OTHERBURY, type Page, type TestBrowser, WRENBRIDGE } from '@caretrail/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { type Caller, type House, startHouse } from './house.js';

interface Overview {
  readonly subscriptions: readonly {
    readonly name: string;
    readonly position: string;
    readonly head: string;
    readonly lag: { readonly events: number };
    readonly heldBy?: string;
    readonly failing?: string;
    readonly rebuilding?: { readonly stage: string };
    readonly previous?: { readonly position: string; readonly comparison?: { readonly sameExpected: boolean } };
    readonly parked: readonly { readonly key: string; readonly eventId: string }[];
  }[];
  readonly appends: {
    readonly all: Readonly<Record<'written' | 'repeated' | 'conflict' | 'failed' | 'events', number>>;
    readonly groups: readonly { readonly most: number; readonly transactions: number }[];
  };
  readonly decisions: readonly { readonly decision: string; readonly reason: string }[];
}

const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' }).format(new Date());

describe('the operations page', () => {
  let house: House;
  let browser: TestBrowser;
  let page: Page;
  let analyst: Caller;
  const stream = `people.person-${randomUUID()}`;

  beforeAll(async () => {
    [house, browser] = await Promise.all([startHouse({ atOnce: true }), openBrowser()]);
    analyst = await house.as('analyst');
    page = await browser.window(house.address);
    await page.raw.goto(`${house.address}/sign-in`);
    const button = page.raw.locator('section', { hasText: 'Wrenbridge' }).getByRole('button', { name: 'Tom Whitlock' });
    await Promise.all([page.raw.waitForEvent('load'), button.click()]);
  });
  afterAll(async () => {
    await browser?.close();
    await house?.stop();
  });

  /** What no command would have stored: an event of a type that no context published. */
  const strange = (tenant: string) =>
    house.app.get(EventStore).append({
      tenant,
      streams: [
        {
          stream,
          expected: 'any',
          events: [
            {
              id: randomUUID(),
              type: 'people.person-misplaced.v1',
              data: {},
              metadata: {
                actorId: randomUUID(),
                actorRole: 'practitioner',
                commandId: randomUUID(),
                correlationId: randomUUID(),
                effectiveOn: today,
              },
            },
          ],
        },
      ],
    });
  const overview = async (caller = analyst) => (await caller.get<Overview>('/api/operations')).body;
  const parkedKeys = async (caller?: Caller) =>
    (await overview(caller)).subscriptions.flatMap(({ name, parked }) => parked.map(({ key }) => `${name} ${key}`));
  const until = async (isSo: () => Promise<boolean>) => {
    for (const deadline = Date.now() + 240_000; !(await isSo()); await new Promise((done) => setTimeout(done, 100)))
      if (Date.now() > deadline) throw new Error('Waited in vain.');
  };
  const decide = (body: object) => analyst.post<{ field?: string; rule?: string }>('/api/operations/decisions', body);

  it('is where an analyst gets from the navigation, and says that everything goes on', async () => {
    await page.follow('link', 'Operations');
    expect(page.path()).toBe('/operations');
    // On a machine that stands still for longer than a lease, nobody holds it for a moment.
    await until(async () => {
      await page.open('/operations');
      const text = await page.text();
      const { subscriptions } = await overview();
      for (const { name } of subscriptions) expect(text).toContain(name);
      const goesOn = subscriptions.every(({ heldBy, failing }) => heldBy !== undefined && failing === undefined);
      return goesOn && text.includes('Everything goes on, and nothing is parked.');
    });
  });

  it('leads to what was sealed, which is there for other systems as well, and evidence for safeguarding alone', async () => {
    await page.follow('link', 'history-sealer');
    expect(page.path()).toBe('/sealed-history');
    expect(await page.text()).toMatch(/Wrenbridge[^]*How to check[^]*--council E09000012/);
    await page.follow('link', 'Operations');
    const { body, status } = await analyst.get<{ checkpoints: { note: string }[]; unsealed: { events: number } }>(
      '/api/sealed-history',
    );
    expect(status).toBe(200);
    expect(body.unsealed.events).toBeGreaterThanOrEqual(0);
    for (const { note } of body.checkpoints) expect(note).toMatch(`caretrail/${WRENBRIDGE}\n`);
    const evidence = `/api/people/${randomUUID()}/evidence`;
    expect((await analyst.get(evidence)).status).toBe(403);
    const safeguarding = await house.as('safeguarding');
    expect((await safeguarding.get(evidence)).status).toBe(404);
    expect((await safeguarding.get(`${evidence}?older=first`)).status).toBe(400);
  });

  it('shows how far each view and process is behind, while one cannot go on', async () => {
    const owner = new pg.Client(house.ownerUrl);
    await owner.connect();
    await house.followed();
    await owner.query('begin');
    await owner.query("select set_config('app.tenant', $1, true)", [WRENBRIDGE]);
    await owner.query("select from checkpoint where tenant = $1 and name = 'event-explorer' for update", [WRENBRIDGE]);
    const practitioner = await house.as('practitioner');
    const details = { firstName: 'Late', lastName: 'Example', dateOfBirth: '1950-02-03', postcode: 'ZZ1 1AA' };
    for (const personId of [randomUUID(), randomUUID()])
      await practitioner.post('/api/people', { effectiveOn: today, personId, details });
    const lag = async (caller?: Caller) =>
      (await overview(caller)).subscriptions.find(({ name }) => name === 'event-explorer')!.lag.events;
    expect(await lag()).toBe(2);
    expect(await lag(await house.as('analyst', OTHERBURY))).toBe(0);
    await page.open('/operations');
    const row = page.raw.locator('tr', { has: page.raw.getByRole('link', { name: 'event-explorer', exact: true }) });
    expect((await row.innerText()).split(/\s+/)).toEqual(expect.arrayContaining(['2', 'behind']));
    await owner.end();
    await until(async () => (await lag()) === 0);
  });

  it('shows what became of the appends, and how many shared a transaction, of the own council alone', async () => {
    const before = (await overview()).appends;
    const store = house.app.get(EventStore);
    const conflicting = { stream: `people.person-${randomUUID()}`, expected: 'exists', events: [] } as const;
    const refused = [WRENBRIDGE, WRENBRIDGE, OTHERBURY].map((tenant) =>
      store.append({ tenant, streams: [conflicting] }),
    );
    expect((await Promise.allSettled(refused)).map(({ status }) => status)).toEqual(Array(3).fill('rejected'));
    const { all, groups } = (await overview()).appends;
    expect(all).toEqual({ ...before.all, conflict: before.all.conflict + 2 });
    expect(all.written).toBeGreaterThanOrEqual(2);
    const transactions = (sizes: Overview['appends']['groups']) =>
      sizes.reduce((sum, { transactions: each }) => sum + each, 0);
    expect(transactions(groups)).toBeGreaterThan(transactions(before.groups));
    await page.open('/operations');
    const row = async (table: string, name: string) =>
      (await page.raw.getByRole('table', { name: table }).locator('tr', { hasText: name }).innerText()).split('\t');
    expect((await row('What became of the appends', 'conflict')).at(-2)?.trim()).toBe(String(all.conflict));
    expect((await row('Appends that shared a transaction', '2 to 4')).at(-1)?.trim()).toBe(
      String(groups.find(({ most }) => most === 4)!.transactions),
    );
  });

  it('is closed to the other roles', async () => {
    expect((await (await house.as('commissioner')).get('/api/operations')).status).toBe(403);
  });

  it('shows what is parked, of the own council alone', async () => {
    await strange(WRENBRIDGE);
    await house.followed();
    expect(new Set((await parkedKeys()).map((each) => each.split(' ')[1]))).toEqual(new Set([stream]));
    expect(await parkedKeys(await house.as('analyst', OTHERBURY))).toEqual([]);
    await page.open('/operations');
    expect(await page.text()).toMatch(/keys? waits? for somebody to release or skip/);
    // What is parked does not keep the platform from being ready.
    await until(async () => (await fetch(`${house.address}/health/ready`)).status === 200);
    expect(await parkedKeys()).not.toEqual([]);
  });

  it('asks why', async () => {
    await page.follow('button', 'Release');
    expect(await page.text()).toContain('Choose why.');
    expect((await decide({ decision: 'skip', subscription: 'events', key: stream })).body).toMatchObject({
      field: 'reason',
    });
  });

  it('says when it fails again, and keeps it', async () => {
    const before = await parkedKeys();
    await page.raw.locator('select').first().selectOption('the program was put right');
    await page.follow('button', 'Release');
    expect(await page.text()).toContain('It failed again');
    expect(await parkedKeys()).toEqual(before);
  });

  it('lets it be left out, and says who did that and why', async () => {
    for (let left = (await parkedKeys()).length; left > 0; left--) {
      await page.open('/operations');
      await page.raw.locator('select').first().selectOption('it does not matter here');
      await page.follow('button', 'Skip the first event');
      expect(await page.text()).toContain('Skipped one event.');
    }
    const text = await page.text();
    expect(text).toContain('nothing is parked');
    expect(text).toContain('Tom Whitlock');
    expect((await overview()).decisions[0]).toMatchObject({ decision: 'skip', reason: 'it does not matter here' });
  });

  describe('of one view', () => {
    const view = '/operations/views/safeguarding-concerns';
    const standing = async () => (await overview()).subscriptions.find(({ name }) => name === 'safeguarding-concerns')!;
    /** Who decides gets in line behind whoever is at work on the rows, for a few seconds; after that they are told to ask again. */
    const choose = async (id: string, button: string) => {
      let text = '';
      await until(async () => {
        await page.open(view);
        await page.raw.locator(`#${id}`).selectOption('the rows are to be checked');
        await page.follow('button', button);
        text = await page.text();
        return !text.includes('Try again in a moment.');
      });
      return text;
    };

    it('asks why before its rows are built anew', async () => {
      await page.open('/operations');
      await page.follow('link', 'safeguarding-concerns');
      expect(page.path()).toBe(view);
      expect(await page.text()).toContain('The rows can be built anew from all events');
      await page.follow('button', 'Build the rows anew');
      expect(await page.text()).toContain('Choose why.');
      const fault = {
        decision: 'rebuild',
        subscription: 'safeguarding-concerns',
        workers: '9',
        reason: 'the rows look wrong',
      };
      expect((await decide(fault)).body).toMatchObject({ field: 'workers' });
      const process = (await overview()).subscriptions.find(({ name }) => name.startsWith('when-'))!;
      expect((await decide({ ...fault, subscription: process.name, workers: '1' })).status).toBe(404);
      expect(await page.open('/operations/views/no-view')).toBe(404);
    });

    it('builds them anew, shows what was compared, goes back, and removes what is kept', async () => {
      expect(await choose('rebuild-reason', 'Build the rows anew')).toContain('Pages show those of before');
      await until(async () => (await standing()).previous !== undefined);
      expect(await standing()).toMatchObject({ previous: { comparison: { sameExpected: true } } });
      await page.open(view);
      const text = await page.text();
      expect(text).toContain('The new rows are the same as those that were shown.');
      expect(text).toContain('safeguarding_concern_decision');
      expect(await choose('roll-back-reason', 'Show these rows again')).toContain('The rows of before are shown again');
      expect(await choose('drop-reason', 'Remove them')).toContain('The rows of before are removed.');
      expect(await standing()).not.toHaveProperty('previous');
      const { decisions } = await overview();
      expect(decisions.slice(0, 3).map(({ decision }) => decision)).toEqual(['drop previous', 'roll back', 'rebuild']);
      await page.open(view);
      expect(await page.text()).toContain('Tom Whitlock');
    });
  });

  it('can be read on a narrow screen, with something parked', async () => {
    await strange(WRENBRIDGE);
    await house.followed();
    expect(await parkedKeys()).not.toEqual([]);
    await page.raw.setViewportSize({ width: 375, height: 800 });
    expect(await page.open('/operations')).toBe(200);
    expect(await page.open('/operations/views/event-explorer')).toBe(200);
  });
});
