import 'reflect-metadata';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AccessModule, EndedSessionsHere, LocalAccounts, localAccountId } from '@caretrail/access';
import { addDays, type Clock, type StoredEvent, type Tenant } from '@caretrail/kernel';
import { Database } from '@caretrail/platform';
import { transactionOf } from '@caretrail/projections';
import {
  createTestDatabase,
  openBrowser,
  OTHERBURY,
  type TestBrowser,
  type TestDatabase,
  WRENBRIDGE,
} from '@caretrail/testing';
import { compileStyles, type CouncilDirectory, setUpWeb, StyleSheet, WebModule } from '@caretrail/web';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Global, Module } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { homeSupport, MarketHistory, residential } from './market-history.fixture.js';
import { marketPositionMigrations } from './market-position.migration.js';
import { MarketPositionModule } from './market-position.module.js';
import { marketPositionProjection } from './market-position.projection.js';

const NOW = '2026-04-21T09:14:00Z';
const SHOTS = process.env['MARKET_SHOTS'];
const WARDS = ['Northgate', 'Eastfield', 'Holloway Green', 'Brackendale', 'Fennside', 'Abbey'];
const clock: Clock = { lookUp: () => Promise.resolve(), now: () => NOW, isSet: () => true };
const councils: CouncilDirectory = {
  list: async () => [await councils.get(WRENBRIDGE), await councils.get(OTHERBURY)],
  get: (tenant) =>
    Promise.resolve({ tenant, name: tenant === WRENBRIDGE ? 'Wrenbridge Council' : 'Otherbury', simulated: true }),
};

/** Some 300 people in six wards, a third of them in a care home; two live in Abbey. */
function history(): MarketHistory {
  const told = new MarketHistory(WRENBRIDGE);
  for (let number = 0; number < 300; number++) {
    const ward = number < 2 ? 5 : Math.floor(Math.sqrt(number * 1.3)) % 5;
    const asked = addDays('2024-05-01', (number * 37) % 700);
    const started = addDays(asked, (number * 7) % 61);
    told.person(number, `WB${ward + 1} 1`).requested(number, number, asked);
    if (number % 11 === 0) continue;
    const element = number % 3 ? homeSupport(2_050 + ((number * 17) % 40) * 20, 5 + (number % 12)) : residential();
    told.placed(number, number, element, started);
    if (number % 5 === 0) told.ended(number, number, addDays(started, 200));
  }
  // What the council learnt after 14 April about March.
  for (let number = 300; number < 330; number++)
    told.person(number, 'WB1 1').placed(number, number, homeSupport(), '2026-03-01', '2026-04-20');
  return told;
}

describe('the page of the market position, in a browser', () => {
  let test: TestDatabase;
  let app: NestFastifyApplication;
  let browser: TestBrowser;
  let base: string;

  beforeAll(async () => {
    test = await createTestDatabase({ migrations: marketPositionMigrations });
    await project(WRENBRIDGE, history().events);
    await test.database.inTenant(WRENBRIDGE, async (manager) => {
      for (const [index, ward] of WARDS.entries())
        await manager.query('insert into council_area (tenant, postcode_prefix, area) values ($1, $2, $3)', [
          WRENBRIDGE,
          `WB${index + 1}`,
          ward,
        ]);
    });
    @Global()
    @Module({
      providers: [
        { provide: Database, useValue: test.database },
        { provide: 'CLOCK', useValue: clock },
      ],
      exports: [Database, 'CLOCK'],
    })
    class HouseModule {}
    const module = await Test.createTestingModule({
      imports: [
        HouseModule,
        AccessModule.forRoot({
          secret: 'a secret of at least thirty-two characters',
          accounts: new LocalAccounts('test'),
          ended: new EndedSessionsHere(),
        }),
        WebModule.forRoot({ councils, styles: new StyleSheet(await compileStyles()) }),
        MarketPositionModule,
      ],
    }).compile();
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
    await setUpWeb(app);
    await app.listen(0, '127.0.0.1');
    base = (await app.getUrl()).replace('[::1]', '127.0.0.1');
    browser = await openBrowser();
    if (SHOTS) mkdirSync(SHOTS, { recursive: true });
  });
  afterAll(async () => {
    await browser?.close();
    // A browser that was closed in the middle of a request may leave its connection open for ever.
    app?.getHttpServer().closeAllConnections();
    await app?.close();
    await test?.drop();
  });

  const project = (tenant: Tenant, events: readonly StoredEvent[]) =>
    test.database.inTenant(tenant, (manager) => marketPositionProjection.apply(events, transactionOf(tenant, manager)));

  async function signedIn(options: { width?: number; script?: boolean; role?: string } = {}) {
    const page = await browser.window(base, options);
    await page.raw.goto(`${base}/sign-in?next=%2Fmarket-position`);
    await Promise.all([
      page.raw.waitForURL('**/market-position'),
      page.raw.locator(`button[value="${localAccountId(WRENBRIDGE, options.role ?? 'commissioner')}"]`).click(),
    ]);
    return page;
  }

  async function ask(path: string, slug = 'commissioner', tenant = WRENBRIDGE) {
    const session = await fetch(`${base}/api/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account: localAccountId(tenant, slug) }),
    });
    const { token } = (await session.json()) as { token: string };
    return fetch(`${base}${path}`, { headers: { authorization: `Bearer ${token}` } });
  }

  it.each([1280, 390])('answers first, then shows figures, charts and tables, at %d px', async (width) => {
    const page = await signedIn({ width });
    await page.check();
    const words = await page.text();
    expect(words).toMatch(
      /On 21 April 2026, \d+ people had a service: [\d,]+ hours and \d+ beds, for £[\d,]+ a week\./,
    );
    for (const heading of ['By area', 'By service', 'Prices of an hour', 'Waits from request to service'])
      expect(words).toContain(heading);
    expect(words).toMatch(
      /From \d+ package events and \d+ request events, up to position [\d,]+\. True on 21 April 2026/,
    );
    expect(await page.raw.locator('svg[role=img]').count()).toBe(6);
    expect(words).toContain('The median of the packages’ prices');
    if (SHOTS) await page.screenshot(join(SHOTS, `today-${width}.png`));
  });

  it('narrows to a service and an area, on the same day, without script', async () => {
    const page = await signedIn({ script: false });
    await page.raw.goto(`${base}/market-position?effective=31/3/2026&known=14/4/2026`);
    await page.raw.getByLabel('Service', { exact: true }).selectOption('home-support');
    await page.raw.getByLabel('Area', { exact: true }).selectOption('Fennside');
    await Promise.all([
      page.raw.waitForURL('**/market-position?*service=home-support*'),
      page.raw.locator('.ct-filters button').click(),
    ]);
    expect(page.path()).toContain('effective=2026-03-31&known=2026-04-14&service=home-support&area=Fennside');
    expect(await page.text()).toMatch(/On 31 March 2026, \d+ people in Fennside had home support/);
    expect(await page.text()).toContain('Prices of an hour');
  });

  it('hides on the page of one ward and service what would give the one person of Abbey away', async () => {
    const days = 'effective=2026-03-31&known=2026-04-14';
    const shown = async (filter: string) => {
      const answer = await ask(`/api/market-position?${days}&${filter}`);
      return (await answer.json()) as { total: { people: unknown }; areas: { name: string; people: unknown }[] };
    };
    const wards = (await shown('service=home-support')).areas;
    const hidden = wards.filter(({ people }) => people === '*').map(({ name }) => name);
    expect(hidden).toContain('Abbey');
    expect(hidden.length).toBeGreaterThan(1);
    for (const { name, people } of wards)
      expect((await shown(`service=home-support&area=${encodeURIComponent(name)}`)).total.people).toBe(people);
  });

  it.each([
    ['analyst', true],
    ['commissioner', false],
  ])('leads an analyst to the events, and no commissioner (%s)', async (role, leads) => {
    const page = await signedIn({ role });
    await page.open('/market-position?effective=31/3/2026&known=14/4/2026');
    const links = await page.raw
      .locator('a[href^="/events"]')
      .evaluateAll((found) => found.map((link) => link.getAttribute('href') ?? ''));
    expect(
      links.some((href) => href.endsWith('type=commissioning.element&effective=2026-03-31&known=2026-04-14')),
    ).toBe(leads);
    expect(links.some((href) => href.includes('type=request&'))).toBe(leads);
    await page.check();
  });

  it('says what was left out on a past day, and which figures would change', async () => {
    const page = await signedIn();
    await page.open('/market-position?effective=31/3/2026&known=14/4/2026&service=home-support');
    const words = await page.text();
    expect(words).toContain('Not today');
    expect(words).toMatch(/30 events recorded later are left out; [1-9] figures would change/);
    expect(words).toMatch(/\d+ as known now/);
    if (SHOTS) await page.screenshot(join(SHOTS, 'past-1280.png'));
  });

  it('hides the two people of Abbey, and with them a second ward', async () => {
    const report = (await (await ask('/api/market-position')).json()) as { areas: { name: string; people: unknown }[] };
    const hidden = report.areas.filter(({ people }) => people === '*').map(({ name }) => name);
    expect(hidden).toContain('Abbey');
    expect(hidden).toHaveLength(2);
  });

  it.each([
    ['areas', 'Area,People,Hours a week', /^"?Northgate/m],
    ['services', 'Service,People,Hours a week', /^Home support/m],
    ['waits', 'Twelve months,up to 7 days', /^to the day/m],
    ['prices', 'Price of an hour,People', /^£21 to £22/m],
  ])('gives the table %s as CSV, with its days', async (table, header, row) => {
    const answer = await ask(`/market-position.csv?table=${table}&effective=2026-03-31&known=2026-04-14`);
    expect(answer.headers.get('content-type')).toContain('text/csv');
    const text = await answer.text();
    expect(text).toContain(header);
    expect(text).toMatch(row);
    expect(text).toContain('2026-03-31,2026-04-14');
  });

  it('answers programs with the figures of the page, and describes the answer', async () => {
    const answer = await ask('/api/market-position?service=residential&effective=2026-03-31', 'analyst');
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ effectiveOn: '2026-03-31', service: 'residential', unit: 'bed' });
    const described = (await (await fetch(`${base}/api/openapi.json`)).json()) as {
      paths: Record<string, { get?: { parameters?: { name: string }[] } }>;
    };
    const parameters = described.paths['/api/market-position']?.get?.parameters?.map(({ name }) => name);
    expect(parameters?.sort()).toEqual(['area', 'effective', 'known', 'service']);
  });

  it('refuses what it cannot answer, and who has no business here', async () => {
    const wrong = await ask('/api/market-position?service=weather&effective=31/2/2026');
    expect(wrong.status).toBe(400);
    expect(await wrong.json()).toMatchObject({ faults: [{ field: 'service' }, { field: 'effective' }] });
    expect((await ask('/market-position.csv?table=people')).status).toBe(404);
    expect((await ask('/api/market-position', 'practitioner')).status).toBe(403);
  });

  it('says so when nothing is known yet', async () => {
    const page = await signedIn();
    await page.open('/market-position?effective=1/1/2020&known=1/1/2020');
    expect(await page.text()).toContain('Nothing was known of services or requests by this day');
    const other = (await (await ask('/api/market-position', 'commissioner', OTHERBURY)).json()) as { areas: unknown[] };
    expect(other.areas).toEqual([]);
  });
});
