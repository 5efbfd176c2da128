import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  AccessModule,
  Allow,
  EndedSessionsHere,
  LocalAccounts,
  localAccountId,
  type SignedInRequest,
} from '@caretrail/access';
import { formatDate, InvalidInput, NotFound, RuleViolation } from '@caretrail/kernel';
import { openBrowser, type TestBrowser } from '@caretrail/testing';
import {
  asOfFrom,
  asOfSource,
  columns,
  compileStyles,
  type CouncilDirectory,
  formState,
  histogram,
  PageRenderer,
  parseUkDate,
  registerTemplates,
  setUpWeb,
  unreadableAddresses,
  stackedBars,
  StyleSheet,
  WebModule,
} from '@caretrail/web';
import { Body, Controller, Get, Header, Inject, Post, Query, Req } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { GUESSES_A_MINUTE } from './session/sign-in-desk.js';

const TENANT = 'E09000012';
const TODAY = '2026-04-21';
const SHOTS = process.env['WEB_SHOTS'];
const LONG =
  'The Right Reverend Bartholomew-Featherstonehaugh of Llanfairpwllgwyngyll and his sister, Concern SC-2026-0411';
registerTemplates(join(import.meta.dirname, '../spec-pages'));

/** As a table that cannot be asked for a while. */
const ended = new (class extends EndedSessionsHere {
  away = false;
  override hasEnded(...asked: Parameters<EndedSessionsHere['hasEnded']>): Promise<boolean> {
    if (this.away) return Promise.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }));
    return super.hasEnded(...asked);
  }
})();

const councils: CouncilDirectory = {
  list: () => Promise.resolve([{ tenant: TENANT, name: 'Wrenbridge Council', simulated: true }]),
  get: () => Promise.resolve({ tenant: TENANT, name: 'Wrenbridge Council', simulated: true }),
};

const wards: [string, number, number, number | '*'][] = [
  ['Northgate', 2310, 1930, 20],
  ['Eastfield', 2150, 1840, 15],
  ['Holloway Green with Upper Holloway', 2040, 1820, 15],
  ['Greyfriars', 1650, 1690, 5],
  ['Priors Marsh', 930, 1040, '*'],
  ['Abbey', 1610, 1760, '*'],
];

const order = z.strictObject({ pence: z.int({ error: 'Give whole pence' }), day: z.iso.date() });

@Controller()
class EveryPartController {
  constructor(@Inject(PageRenderer) private readonly pages: PageRenderer) {}

  @Allow()
  @Get(['market-position', 'concerns', 'every-part'])
  @Header('content-type', 'text/html; charset=utf-8')
  page(@Req() request: FastifyRequest & SignedInRequest, @Query() query: unknown) {
    return this.render(request, query, formState({}));
  }

  @Allow('commissioner')
  @Post('every-part')
  @Header('content-type', 'text/html; charset=utf-8')
  send(@Req() request: FastifyRequest & SignedInRequest, @Body() body: Record<string, string>) {
    const faults = [
      ...(body['name'] ? [] : [{ rule: 'name', field: 'name', message: 'Enter your name' }]),
      ...(parseUkDate(body['day'] ?? '') ? [] : [{ rule: 'day', field: 'day', message: 'Enter a real day' }]),
      ...(body['agreed'] ? [] : [{ rule: 'agreed', field: 'agreed', message: 'Say whether they agree' }]),
    ];
    return this.render(request, {}, formState(body, new InvalidInput(faults)));
  }

  @Allow('commissioner')
  @Post('api/orders')
  order(@Body({ schema: order }) body: z.infer<typeof order>) {
    if (body.pence < 0)
      throw new RuleViolation([
        { rule: 'positive', section: 'Care Act 2014 s26', field: 'pence', message: 'Too little.' },
      ]);
    return body;
  }

  @Allow('commissioner')
  @Get('api/orders/broken')
  broken() {
    throw new Error('duplicate key (name)=(Mary Sample)');
  }

  @Allow('commissioner')
  @Get('gone')
  gone() {
    throw new NotFound('This record does not exist.');
  }

  @Get('undeclared')
  undeclared() {
    return 'open';
  }

  private render(request: FastifyRequest & SignedInRequest, query: unknown, form: ReturnType<typeof formState>) {
    const asOf = asOfFrom(query, TODAY);
    const source = {
      from: '4,918 package events',
      position: 2214507,
      asOf: asOfSource(asOf),
      csv: '#csv',
      events: '#events',
    };
    return this.pages.render(
      'every-part.njk',
      {
        title: 'Market position: home care',
        asOf,
        form,
        longName: LONG,
        leftOut: { events: 128, figures: 3 },
        figures: [
          { label: 'People with home care', value: '1,285', change: 'up 40 (3%)', events: 4918, eventsHref: '#f1' },
          {
            label: 'Hours on offer each week',
            value: '18,150',
            change: 'down 240 (1%)',
            events: 612,
            knownNow: '17,940',
          },
          { label: 'Typical fee for one hour', value: '£23.80', events: 853 },
          { label: 'Typical wait, first visit', value: '11', unit: 'days', edge: 'over' },
          { label: 'Handed back', value: '*', unit: 'contracts' },
        ],
        wards: {
          id: 'wards',
          title: 'Supply and demand by ward',
          answer: 'Providers offer 18,150 hours against 19,400 needed. Eight wards are short.',
          legend: [
            { text: 'needed and on offer', kind: 'own' },
            { text: 'needed, not on offer', kind: 'short' },
            { text: 'on offer, not needed', kind: 'spare' },
          ],
          chart: stackedBars({
            id: 'wards',
            title: 'Northgate is short of 380 hours a week, Abbey has 150 to spare',
            unit: 'hours a week',
            rows: wards.map(([label, needed, onOffer]) => ({ label, needed, onOffer })),
          }),
          table: {
            caption: 'Supply and demand by ward',
            columns: [
              { text: 'Ward' },
              { text: 'Hours needed', numeric: true },
              { text: 'Hours on offer', numeric: true },
              { text: 'Gap', numeric: true, sort: { href: '?sort=gap', now: 'ascending' } },
              { text: 'People waiting', numeric: true },
            ],
            rows: wards.map(([label, needed, onOffer, waiting]) => ({
              cells: [label, needed, onOffer, { text: onOffer - needed, gap: onOffer < needed }, waiting],
            })),
            total: ['Wrenbridge', 10690, 10080, -610, 100],
          },
          note: '* Between 1 and 4 people. Other counts of people are to the nearest 5.',
          source,
        },
        fees: {
          id: 'fees',
          title: 'Fees against the council’s cost line',
          legend: [
            { text: 'below the line, 66%', kind: 'own' },
            { text: 'at the line or above, 34%', kind: 'others' },
          ],
          legendLead: 'Hours a week:',
          chart: histogram({
            id: 'fees',
            title: 'Two thirds of hours are bought below the cost line of £24.50',
            unit: 'fee for one hour',
            bins: [20, 20.5, 21, 21.5, 22, 22.5, 23, 23.5, 24, 24.5, 25, 25.5, 26].map((from, index) => ({
              from,
              to: from + 0.5,
              count: 300 + 2000 * Math.exp(-((index - 7) ** 2) / 9),
            })),
            write: (value) => (Number.isInteger(value) ? `£${value}` : `£${value.toFixed(2)}`),
            line: { at: 24.5, label: 'Council’s cost line £24.50' },
          }),
          table: {
            caption: 'Fees',
            columns: [{ text: 'How bought' }, { text: 'Hours', numeric: true }],
            rows: [{ cells: ['Framework', 9870] }],
          },
          source,
        },
        waits: {
          id: 'waits',
          title: 'Waits for a first visit',
          legend: [
            { text: 'this quarter', kind: 'own' },
            { text: 'year before', kind: 'others' },
          ],
          chart: columns({
            id: 'waits',
            title: 'Most people wait less than a fortnight',
            unit: 'days from request to first visit',
            categories: ['up to 7', '8 to 14', '15 to 28', '29 to 56', '57 to 84', '85 or more'],
            series: [
              { name: 'this quarter', own: true, values: [105, 110, 65, 30, 10, '*'] },
              { name: 'year before', own: false, values: [120, 95, 50, 20, 5, 0] },
            ],
          }),
          table: { caption: 'Waits', columns: [{ text: 'Days waited' }, { text: 'People', numeric: true }], rows: [] },
          source,
        },
        many: Array.from({ length: 40 }, (_, index) => ({
          cells: [
            2149902 - index,
            { text: 'commissioning.package-approved.v1', href: `#e${index}` },
            `commissioning.care-package-19f4b7c0-6a52-4f0e-9c0e-2f7a3f6f2d${10 + index}`,
          ],
        })),
      },
      request,
    );
  }
}

describe('the console’s frame, in a browser', () => {
  let app: NestFastifyApplication;
  let browser: TestBrowser;
  let base: string;

  beforeAll(async () => {
    const accounts = new LocalAccounts('test');
    accounts.registerPerson(TENANT, '6f9619ff-8b86-4d01-b42d-00cf4fc964ff', 'Mary Sample');
    const module = await Test.createTestingModule({
      imports: [
        AccessModule.forRoot({
          secret: 'a secret of at least thirty-two characters',
          accounts,
          ended,
        }),
        WebModule.forRoot({ councils, styles: new StyleSheet(await compileStyles()) }),
      ],
      controllers: [EveryPartController],
    }).compile();
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(unreadableAddresses), {
      logger: false,
    });
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
  });

  it('says that the database is away, to whoever is signed in, too', async () => {
    const cookie = `caretrail_session=${await token()}`;
    ended.away = true;
    try {
      const answer = await fetch(`${base}/market-position`, { headers: { cookie, accept: 'text/html' } });
      expect(answer.status).toBe(503);
      expect(await answer.text()).toContain('This does not work at the moment');
    } finally {
      ended.away = false;
    }
  });

  const token = async (slug = 'commissioner') => {
    const answer = await fetch(`${base}/api/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account: localAccountId(TENANT, slug) }),
    });
    expect(answer.status).toBe(201);
    return ((await answer.json()) as { token: string }).token;
  };

  it.each([1280, 390])('shows every part, today and on a past day, at %d px', async (width) => {
    const page = await browser.window(base, { width });
    await page.open('/market-position?service=home');
    expect(page.path()).toBe('/sign-in?next=%2Fmarket-position%3Fservice%3Dhome');
    if (SHOTS) await page.screenshot(join(SHOTS, `sign-in-${width}.png`));
    await page.follow('button', /Dawn Okafor/);
    expect(page.path()).toBe('/market-position?service=home');
    expect(await page.text()).toContain('Simulated people');
    expect(await page.text()).toContain(`Showing today, ${formatDate(TODAY)}`);
    if (SHOTS) await page.screenshot(join(SHOTS, `today-${width}.png`));

    await page.raw.getByText('Look at another day').click();
    await page.raw.getByLabel('What was true on').fill('31/3/2026');
    await page.raw.getByLabel('Known by').fill('14/4/2026');
    await Promise.all([page.raw.waitForEvent('load'), page.raw.locator('.ct-as-of__form button').click()]);
    await page.check();
    expect(page.path()).toBe('/market-position?service=home&effective=31%2F3%2F2026&known=14%2F4%2F2026');
    expect(await page.raw.title()).toContain('31 March 2026, as we knew it on 14 April 2026');
    expect(await page.text()).toMatch(/Not today[\s\S]*128 events recorded later are left out; 3 figures would change/);
    expect(await page.raw.getByRole('button', { name: 'Agree' }).count()).toBe(0);
    if (SHOTS) await page.screenshot(join(SHOTS, `past-${width}.png`));
    await page.follow('link', 'Back to today');
    expect(page.path()).toBe('/market-position?service=home');

    await page.open('/market-position?effective=31/2/2026');
    expect(await page.text()).toContain('must be a real day');
    await page.open('/accessibility');
    await page.open('/about-figures');
    if (SHOTS) await page.screenshot(join(SHOTS, `about-${width}.png`));
    expect(await page.open('/gone')).toBe(404);
    expect(await page.text()).toContain('This record does not exist.');
    expect(await page.open('/no-such-page')).toBe(404);
    expect(await page.open('/undeclared')).toBe(403);
    if (SHOTS) await page.screenshot(join(SHOTS, `refused-${width}.png`));
  });

  it('sends a form back with what was typed and links to what is wrong', async () => {
    const page = await browser.window(base);
    await page.open('/sign-in');
    await page.follow('button', /Dawn Okafor/);
    await page.raw.getByLabel('In their own words').fill('two people to lift me');
    await page.raw.getByLabel('When was it agreed?').fill('31/2/2026');
    await page.follow('button', 'Agree');
    expect(await page.raw.title()).toMatch(/^Error: /);
    expect(await page.raw.getByLabel('In their own words').inputValue()).toBe('two people to lift me');
    expect(await page.raw.getByLabel('When was it agreed?').inputValue()).toBe('31/2/2026');
    await page.raw.getByRole('link', { name: 'Say whether they agree' }).click();
    expect(await page.raw.evaluate('document.activeElement.id')).toBe('agreed');
    if (SHOTS) await page.screenshot(join(SHOTS, 'errors-1280.png'));
  });

  it('works without script', async () => {
    const page = await browser.window(base, { width: 390, script: false });
    await page.raw.goto(`${base}/sign-in`);
    await page.raw.getByRole('button', { name: /Ruth Adeyemi/ }).click();
    await page.raw.waitForURL('**/concerns');
    expect(await page.raw.getByRole('link', { name: 'Concern queue' }).isVisible()).toBe(true);
    await page.raw.getByRole('button', { name: 'Sign out' }).click();
    await page.raw.waitForURL('**/sign-in');
    await page.raw.goto(`${base}/concerns`);
    expect(page.path()).toBe('/sign-in?next=%2Fconcerns');
  });

  it('answers programs with problem details', async () => {
    const headers = { authorization: `Bearer ${await token()}`, 'content-type': 'application/json' };
    const post = async (body: unknown) => {
      const answer = await fetch(`${base}/api/orders`, { method: 'POST', headers, body: JSON.stringify(body) });
      return { status: answer.status, type: answer.headers.get('content-type'), body: (await answer.json()) as object };
    };
    expect(await post({ pence: -1, day: '2026-03-14' })).toMatchObject({
      status: 422,
      type: 'application/problem+json; charset=utf-8',
      body: { rule: 'positive', section: 'Care Act 2014 s26', field: 'pence', faults: [{ message: 'Too little.' }] },
    });
    expect(await post({ pence: 'x', day: '2026-03-14' })).toMatchObject({
      status: 400,
      body: { rule: 'input-shape', field: 'pence', detail: 'Give whole pence' },
    });
    expect(await post({ pence: 1, day: '2026-03-14' })).toMatchObject({ status: 201, body: { pence: 1 } });
    const broken = await fetch(`${base}/api/orders/broken`, { headers });
    expect(broken.status).toBe(500);
    expect(await broken.text()).not.toContain('Mary');
    expect((await fetch(`${base}/api/orders/broken`)).status).toBe(401);
    const analyst = { authorization: `Bearer ${await token('analyst')}` };
    expect((await fetch(`${base}/api/orders/broken`, { headers: analyst })).status).toBe(403);
    expect((await fetch(`${base}/api/nothing`)).status).toBe(404);
  });

  it('answers an address that cannot be read with what is wrong with it, and quotes nothing of it', async () => {
    for (const address of ['/%', '/%zz', '/gone/%00']) {
      const answer = await fetch(`${base}${address}`);
      expect(answer.status).toBe(400);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      const problem = (await answer.json()) as { rule: string; detail: string };
      expect(problem.rule).toBe('address-is-text');
      expect(problem.detail).not.toContain('zz');
    }
  });

  it('refuses a form that another site sends', async () => {
    const answer = await fetch(`${base}/sign-in`, {
      method: 'POST',
      headers: { origin: 'http://elsewhere.example', 'content-type': 'application/x-www-form-urlencoded' },
      body: `account=${localAccountId(TENANT, 'analyst')}`,
      redirect: 'manual',
    });
    expect(answer.status).toBe(403);
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  it('never leads to another site after signing in', async () => {
    for (const next of ['https://elsewhere.example/', '//elsewhere.example', '/\\elsewhere.example']) {
      const answer = await fetch(`${base}/sign-in`, {
        method: 'POST',
        body: new URLSearchParams({ account: localAccountId(TENANT, 'analyst'), next }),
        redirect: 'manual',
      });
      expect(answer.headers.get('location')).toBe('/events');
      expect(answer.headers.get('set-cookie')).toMatch(/^caretrail_session=[^;]+;.*HttpOnly; SameSite=Lax/);
    }
  });

  it('ends the session with the sign-out, for whoever kept a copy of it, and no other', async () => {
    const current = async (bearer: string) =>
      (await fetch(`${base}/api/sessions/current`, { headers: { authorization: `Bearer ${bearer}` } })).status;
    const [left, ended, kept] = await Promise.all([token(), token(), token()]);
    const signedOut = await fetch(`${base}/sign-out`, {
      method: 'POST',
      headers: { cookie: `caretrail_session=${left}` },
      redirect: 'manual',
    });
    expect(signedOut.headers.get('set-cookie')).toMatch(/^caretrail_session=;/);
    const deleted = await fetch(`${base}/api/sessions/current`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${ended}` },
    });
    expect(deleted.status).toBe(204);
    expect(await Promise.all([left, ended, kept].map(current))).toEqual([401, 401, 200]);
  });

  it('describes its API, bodies included, and no page', async () => {
    const document = (await (await fetch(`${base}/api/openapi.json`)).json()) as {
      paths: Record<string, { post?: { requestBody?: { content: Record<string, { schema: unknown }> } } }>;
    };
    expect(Object.keys(document.paths).sort()).toEqual([
      '/api/orders',
      '/api/orders/broken',
      '/api/sessions',
      '/api/sessions/current',
    ]);
    expect(document.paths['/api/orders']?.post?.requestBody?.content['application/json']?.schema).toMatchObject({
      required: ['pence', 'day'],
    });
  });

  it('lets styles and fonts be kept, pages not, and runs nothing inline', async () => {
    const page = await fetch(`${base}/sign-in`);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('content-security-policy')).not.toContain('unsafe');
    for (const path of [
      '/assets/caretrail.css',
      '/assets/caretrail.js',
      '/assets/fonts/source-sans-3-latin-600-normal.woff2',
    ]) {
      const asset = await fetch(base + path);
      expect([path, asset.status, asset.headers.get('cache-control')]).toEqual([
        path,
        200,
        expect.stringContaining('immutable'),
      ]);
    }
    expect((await fetch(`${base}/assets/fonts/source-sans-3-latin-700-normal.woff2`)).status).toBe(404);
  });

  // The last: whoever signs in from here is refused for the rest of the minute.
  it('slows down whoever guesses accounts, and says for how long', async () => {
    const guess = (path: string, headers: Record<string, string> = {}) =>
      fetch(base + path, { method: 'POST', body: new URLSearchParams({ account: randomUUID() }), headers });
    const answers = await Promise.all(Array.from({ length: GUESSES_A_MINUTE }, () => guess('/sign-in')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([400]));
    const refused = await guess('/api/sessions');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({
      title: 'Too many tries',
      detail: expect.stringMatching(/in \d+ seconds/),
    });
    const page = await guess('/sign-in', { accept: 'text/html' });
    expect([page.status, (await page.text()).includes('Too many tries')]).toEqual([429, true]);
  });
});
