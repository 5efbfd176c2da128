import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Accounts } from '@caretrail/access';
import { addDays, londonDate } from '@caretrail/kernel';
import { PersonDirectory } from '@caretrail/people/contracts';
import { DEMONSTRATION, DemonstrationCouncil } from '@caretrail/simulation';
import { type Page, type TestBrowser, type WindowOptions, openBrowser } from '@caretrail/testing';
import { ukDate } from '@caretrail/web';
import { type Caller, type House, startHouse } from './house.js';

const WIDTHS = [390, 1280];
const today = londonDate(new Date());
const daysAgo = (days: number): string => addDays(today, -days);
const typedDay = (days: number): string => ukDate(daysAgo(days));
/** After the first return of the demonstration council, and before most of what it knows now. */
const PAST = `effective=${typedDay(200)}&known=${typedDay(190)}`;

/** Who signs in, by what they are to the council. */
const PEOPLE = {
  commissioner: 'Dawn Okafor',
  safeguarding: 'Ruth Adeyemi',
  analyst: 'Tom Whitlock',
  practitioner: 'Nadia Rahman',
  broker: 'Sam Irwin',
  finance: 'Colin Marsh',
  person: 'Margaret Hollis',
} as const;
type Who = keyof typeof PEOPLE;

interface CaseAnswer {
  readonly personId: string;
  readonly allocationId?: string;
  readonly planId?: string;
}

describe('the console', () => {
  let house: House;
  let browser: TestBrowser;
  let pagesOf: Readonly<Record<Who, readonly string[]>>;
  /** The page that each of the three people begins from, and a chronology. */
  let firstPages: readonly (readonly [Who, string])[];
  let names: readonly string[];
  let safeguardingEvent: string;
  let namedEvent: string;
  const windows = new Map<Who, Page>();

  beforeAll(async () => {
    [house, browser] = await Promise.all([startHouse({ demonstration: true }), openBrowser()]);
    const [practitioner, safeguarding, analyst] = await Promise.all([
      house.as('practitioner'),
      house.as('safeguarding'),
      house.as('analyst'),
    ]);
    const requested = await oneCase(practitioner, 'requested');
    const eligible = await oneCase(practitioner, 'eligible', ({ allocationId }) => allocationId !== undefined);
    const budgeted = await oneCase(practitioner, 'budget allocated');
    const agreed = await oneCase(practitioner, 'plan agreed');
    const concern = await oneConcern(safeguarding, 'to-decide');
    // Whose story is written out: they are known for weeks, and others for years.
    const { personId: margaret } = (await house.app.get(DemonstrationCouncil).whoSignsIn())[0]!;
    const decided = await oneConcern(safeguarding, 'duty', margaret);
    const lateConcern = await oneConcern(safeguarding, 'no-duty');
    const [file] = (await analyst.get<readonly { readonly id: string }[]>('/api/imports')).body;
    namedEvent = await oneEvent(analyst, 'people.person-registered');
    safeguardingEvent = await oneEvent(safeguarding, 'safeguarding');
    const budgetEvent = await oneEvent(analyst, 'budgets.budget-allocated');
    const chronology = `/people/${decided.people[0]}/chronology`;
    const market = ['/market-position', `/market-position?${PAST}`];
    pagesOf = {
      commissioner: [...market, '/about-figures', '/accessibility'],
      safeguarding: [
        '/concerns',
        `/concerns?${PAST}`,
        '/concerns?stage=duty',
        '/concerns?stage=no-duty',
        '/concerns?type=Modern+Slavery',
        `/concerns/${concern.id}`,
        `/concerns/${decided.id}`,
        `/concerns/${lateConcern.id}`,
        `/concerns/${concern.id}/decide`,
        '/concerns/new',
        chronology,
        `${chronology}?period=everything&show=decisions&order=learnt`,
        `/people/${agreed.personId}/chronology`,
        `/people/${agreed.personId}`,
        `/events?event=${safeguardingEvent}`,
      ],
      analyst: [
        '/events',
        `/events?${PAST}`,
        '/events?type=no.such.type',
        `/events?type=budgets&late=yes&corrections=yes&decisions=yes&who=nobody&recordedFrom=${typedDay(30)}`,
        `/events?type=budgets&event=${budgetEvent}`,
        `/events?event=${namedEvent}`,
        market[0]!,
        '/imports',
        `/imports/${file!.id}`,
      ],
      practitioner: [
        '/cases',
        '/cases?stage=eligible&page=2',
        '/cases?record=P-nobody',
        `/people/${requested.personId}`,
        `/people/${agreed.personId}?effective=${typedDay(20)}`,
        '/people/new',
        `/people/${requested.personId}/assessment`,
        `/support-plans/${budgeted.planId}/agreement`,
        `/support-plans/${agreed.planId}/agreement`,
        `/people/${agreed.personId}/chronology`,
        '/concerns/new',
      ],
      broker: ['/cases', `/people/${agreed.personId}`],
      finance: [
        `/people/${eligible.personId}`,
        `/allocations/${eligible.allocationId}/budget`,
        `/allocations/${agreed.allocationId}/budget`,
      ],
      person: ['/my-record', `/my-record?${PAST}`],
    };
    firstPages = [
      ['commissioner', '/market-position'],
      ['safeguarding', '/concerns'],
      ['safeguarding', chronology],
      ['analyst', '/events'],
    ];
    const listed = await Promise.all([1, 2].map((page) => cases(practitioner, `pageSize=100&page=${page}`)));
    const known = [...listed.flat().map(({ personId }) => personId), ...concern.people, ...decided.people];
    const labels = await house.app.get(PersonDirectory).labelsOf(DEMONSTRATION.tenant, known);
    names = [...labels.values()].flatMap(({ name }) => name ?? []);
  });
  afterAll(async () => {
    await browser?.close();
    await house?.stop();
  });

  async function cases(caller: Caller, query: string): Promise<readonly CaseAnswer[]> {
    return (await caller.get<{ cases: readonly CaseAnswer[] }>(`/api/cases?${query}`)).body.cases;
  }
  async function oneCase(caller: Caller, stage: string, fits: (one: CaseAnswer) => boolean = () => true) {
    const found = (await cases(caller, `stage=${encodeURIComponent(stage)}&pageSize=100`)).find(fits);
    if (!found) throw new Error(`The demonstration council has no case at the stage “${stage}”.`);
    return found;
  }
  async function oneConcern(caller: Caller, stage: string, about?: string) {
    const { body } = await caller.get<{ concerns: readonly { concernId: string; adults: readonly string[] }[] }>(
      `/api/concerns?stage=${stage}`,
    );
    const first = body.concerns.find(({ adults }) => about === undefined || adults.includes(about));
    if (!first) throw new Error(`The demonstration council has no concern at the stage “${stage}”.`);
    return { id: first.concernId, people: first.adults };
  }
  async function oneEvent(caller: Caller, type: string): Promise<string> {
    const { body } = await caller.get<{ events: readonly { eventId: string }[] }>(`/api/events?type=${type}`);
    if (!body.events[0]) throw new Error(`The demonstration council has no event of the type “${type}”.`);
    return body.events[0].eventId;
  }

  async function signedIn(who: Who, options: WindowOptions = {}): Promise<Page> {
    const page = await browser.window(house.address, options);
    expect(await page.open('/sign-in')).toBe(200);
    // Every council of the test has the same synthetic accounts.
    const accounts = await house.app.get(Accounts, { strict: false }).list(DEMONSTRATION.tenant);
    const account = accounts.find(({ name }) => name === PEOPLE[who]);
    const button = page.raw.locator(`button[value="${account?.id}"]`);
    await Promise.all([page.raw.waitForEvent('load'), button.click()]);
    await page.check();
    return page;
  }
  /** One window for each person, kept over the tests. */
  async function windowOf(who: Who): Promise<Page> {
    const page = windows.get(who) ?? (await signedIn(who));
    windows.set(who, page);
    return page;
  }
  const number = (text: string): number => Number(text.replaceAll(/\D/g, ''));
  const label = (page: Page, text: string) => page.raw.getByLabel(text, { exact: true });
  const personal = async (page: Page): Promise<readonly string[]> => {
    const html = await page.raw.content();
    return names.filter((name) => html.includes(name));
  };

  it('knows whose names must not be shown', () => {
    expect(new Set(names).size).toBeGreaterThan(50);
  });

  it.each(Object.keys(PEOPLE) as Who[])(
    'shows the %s each of their pages, accessible and as wide as the window',
    async (who) => {
      const page = await windowOf(who);
      const first = page.path();
      for (const path of [first, ...pagesOf[who]])
        for (const width of WIDTHS) {
          await page.raw.setViewportSize({ width, height: 900 });
          if (width === WIDTHS[0]) expect([path, await page.open(path)]).toEqual([path, 200]);
          else await page.check();
          expect([path, await page.raw.locator('h1').count()]).toEqual([path, 1]);
        }
    },
  );

  it.each(Object.keys(PEOPLE) as Who[])('leads the %s nowhere that is closed to them, or not there', async (who) => {
    const page = await windowOf(who);
    const headers = { cookie: (await page.raw.context().cookies()).map((c) => `${c.name}=${c.value}`).join('; ') };
    const kinds = new Map<string, string>();
    for (const path of pagesOf[who]) {
      await page.raw.goto(house.address + path);
      for (const href of await page.raw
        .locator('a[href^="/"]')
        .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))) {
        const url = new URL(href, house.address);
        kinds.set(url.pathname.replaceAll(/[0-9a-f-]{36}/g, ':id') + [...url.searchParams.keys()].join(), href);
      }
    }
    const answers = await Promise.all(
      [...kinds.values()].map(async (href) => [href, (await fetch(house.address + href, { headers })).status]),
    );
    expect(answers.length).toBeGreaterThan(2);
    expect(answers.filter(([, status]) => status !== 200)).toEqual([]);
  });

  // The swim lanes are a group, because each mark in them is a link of its own.
  it('draws on each first page a chart with a name, and its table', async () => {
    for (const [who, path] of firstPages) {
      const page = await windowOf(who);
      await page.raw.setViewportSize({ width: 1280, height: 900 });
      await page.raw.goto(house.address + path);
      const chart = page.raw.locator('svg:is([role="img"], .ct-lanes[role="group"]):visible').first();
      const name =
        (await chart.getAttribute('aria-label')) ?? (await chart.locator('title').first().textContent()) ?? '';
      expect([path, name.length > 10]).toEqual([path, true]);
      expect([path, (await page.raw.locator('main table tbody tr').count()) > 0]).toEqual([path, true]);
    }
  });

  it('filters the market position by service and area', async () => {
    const page = await windowOf('commissioner');
    await page.raw.goto(`${house.address}/market-position`);
    const people = () => page.raw.locator('.ct-key-figure__value').first().innerText();
    const all = number(await people());
    await label(page, 'Service').selectOption({ label: 'Home support' });
    await page.follow('button', 'Show');
    const atHome = number(await people());
    await label(page, 'Area').selectOption({ index: 1 });
    await page.follow('button', 'Show');
    expect(page.path()).toMatch(/service=[^&]+&area=[^&]+/);
    expect(atHome).toBeLessThan(all);
    expect(number(await people())).toBeLessThan(atHome);
  });

  it('puts each first page on another day, loudly, with less on it', async () => {
    const shown: Readonly<Record<string, (page: Page) => Promise<number>>> = {
      'market-position': async (page) => number(await page.raw.locator('.ct-key-figure__value').first().innerText()),
      concerns: (page) => page.raw.locator('main table a[href^="/concerns/"]').count(),
      people: (page) => page.raw.locator('main table tbody tr').count(),
      events: async (page) => number(await page.raw.locator('.ct-list-head strong').innerText()),
    };
    for (const [who, path] of firstPages) {
      const page = await windowOf(who);
      await page.raw.goto(house.address + path);
      const count = shown[path.split('/')[1]!]!;
      const now = await count(page);
      // A person must have been known by then, and is known for weeks only.
      const day = typedDay(path.endsWith('/chronology') ? 24 : 200);
      await page.raw.getByText('Look at another day').click();
      await label(page, 'What was true on').fill(day);
      await label(page, 'Known by').fill(day);
      await page.raw.locator('.ct-as-of').getByRole('button', { name: 'Show' }).click();
      await page.raw.waitForURL(/known=/);
      await page.check();
      expect([path, await page.raw.locator('.ct-as-of--past').innerText()]).toEqual([
        path,
        expect.stringContaining('Not today'),
      ]);
      expect(await page.raw.title()).toContain('as we knew it on');
      const then = await count(page);
      expect([path, then < now]).toEqual([path, true]);
      await page.follow('link', 'Back to today');
      expect([path, await count(page)]).toEqual([path, now]);
    }
  });

  it('says what is wrong with a day that does not exist, and shows today', async () => {
    for (const [who, path] of firstPages) {
      const page = await windowOf(who);
      expect(await page.open(`${path}?effective=garbage&known=31/2/2026`)).toBe(200);
      const bar = await page.raw.locator('.ct-as-of').innerText();
      expect(bar).toContain('Showing today');
      expect(bar).toContain('“What was true on” must be a real day');
      expect(bar).toContain('“Known by” must be a real day');
      expect(await label(page, 'What was true on').inputValue()).toBe('garbage');
      expect(await page.raw.title()).toMatch(/^Error: /);
    }
  });

  it.each(['commissioner', 'analyst'] as const)('shows the %s nobody’s name', async (who) => {
    const page = await windowOf(who);
    for (const path of pagesOf[who]) {
      await page.raw.goto(house.address + path);
      expect([path, await personal(page)]).toEqual([path, []]);
    }
    const practitioner = await windowOf('practitioner');
    await practitioner.raw.goto(`${house.address}/cases`);
    expect((await personal(practitioner)).length).toBeGreaterThan(5);
  });

  it('keeps safeguarding’s events and what is locked from the analyst', async () => {
    const [analyst, safeguarding] = [await windowOf('analyst'), await windowOf('safeguarding')];
    for (const [page, found] of [
      [analyst, false],
      [safeguarding, true],
    ] as const) {
      await page.raw.goto(`${house.address}/events?type=safeguarding`);
      expect((await page.raw.locator('main table.ct-table--lines tbody tr').count()) > 0).toBe(found);
      await page.raw.goto(`${house.address}/events?event=${safeguardingEvent}`);
      expect(await page.raw.getByText('There is no such event').count()).toBe(found ? 0 : 1);
    }
    await analyst.raw.goto(`${house.address}/events?event=${namedEvent}`);
    expect(await analyst.text()).toContain('Hidden, locked with the person’s own key');
    await safeguarding.raw.goto(`${house.address}/events?event=${namedEvent}`);
    expect(await safeguarding.text()).not.toContain('Hidden, locked');
  });

  it('removes one filter of the explorer at a time, and follows what is tied together', async () => {
    const page = await windowOf('analyst');
    await page.raw.setViewportSize({ width: 1280, height: 900 });
    await page.raw.goto(`${house.address}/events?type=budgets&decisions=yes`);
    const total = async () => number(await page.raw.locator('.ct-list-head strong').innerText());
    const decisions = await total();
    await page.follow('link', /^Remove this filter: Decisions/);
    expect(await total()).toBeGreaterThan(decisions);
    await page.raw.locator('.ct-table--lines a[href*="event="]').first().click();
    await page.raw.waitForURL(/event=/);
    expect(await page.raw.locator('.ct-tree__line--opened[aria-current]').count()).toBe(1);
    expect(await page.raw.locator('.ct-tree .ct-tree .ct-tree__type').count()).toBeGreaterThan(0);
    const [facts, tree] = await Promise.all(
      ['#event-heading', '#tree-heading'].map((id) => page.raw.locator(id).boundingBox()),
    );
    expect(tree!.x).toBeGreaterThan(facts!.x + 300);
  });

  it('works without script: days, filters, forms and what is wrong in them', async () => {
    const page = await signedIn('practitioner', { script: false, width: 390 });
    await page.raw.getByText('Look at another day').click();
    await label(page, 'Known by').fill(typedDay(24));
    await page.raw.locator('.ct-as-of').getByRole('button', { name: 'Show' }).click();
    await page.raw.waitForURL(/known=/);
    await page.check();
    expect(await page.text()).toContain('Not today');
    await page.follow('link', 'Back to today');
    await page.follow('button', 'Register a person');
    await page.raw.locator('[name="details.firstName"]').fill('Ines');
    await page.follow('button', 'Register');
    expect(await page.raw.locator('.govuk-error-summary').innerText()).toContain('Enter the last name.');
    expect(await page.raw.locator('[name="details.firstName"]').inputValue()).toBe('Ines');
    await page.raw.locator('[name="details.lastName"]').fill('Sample');
    await page.follow('button', 'Register');
    expect(page.path()).toMatch(/^\/people\/[0-9a-f-]{36}$/);
    expect(await page.text()).toContain('Ines Sample');
    await page.follow('button', 'Sign out');
    expect(page.path()).toBe('/sign-in');
  });

  it('answers a page that is not there or not for them with a page that says so', async () => {
    const page = await windowOf('commissioner');
    for (const [path, status] of [
      ['/nowhere', 404],
      ['/concerns', 403],
      ['/cases', 403],
      ['/my-record', 403],
      ['/events', 403],
      ['/imports', 403],
    ] as const)
      for (const width of WIDTHS) {
        await page.raw.setViewportSize({ width, height: 900 });
        expect([path, await page.open(path)]).toEqual([path, status]);
        expect(await page.raw.getByRole('link', { name: 'Go to your first page' }).count()).toBe(1);
      }
  });

  it('leads from a chronology of another day to the queue of that day', async () => {
    const safeguarding = await house.as('safeguarding');
    const chronology = pagesOf.safeguarding.find((path) => path.endsWith('/chronology'))!;
    const { body: page } = await safeguarding.get<string>(`${chronology}?effective=${typedDay(1)}`);
    expect(String(page)).toMatch(/href="\/concerns\?effective=[^"]+">Concern queue/);
  });

  it('says of an import where its warnings stand', async () => {
    const analyst = await house.as('analyst');
    const [file] = (
      await analyst.get<readonly { readonly id: string; readonly counts: { readonly warned: number } }[]>(
        '/api/imports',
      )
    ).body;
    expect(file!.counts.warned).toBeGreaterThan(0);
    const { body: page } = await analyst.get<string>(`/imports/${file!.id}`);
    expect(String(page)).toContain('Line, column and reason of each stand in the report');
  });

  it('prints the days as a boxed sentence, and neither menu nor buttons', async () => {
    const page = await windowOf('safeguarding');
    await page.raw.setViewportSize({ width: 1280, height: 900 });
    await page.raw.goto(`${house.address}/concerns?effective=${typedDay(1)}`);
    await page.raw.emulateMedia({ media: 'print' });
    try {
      for (const hidden of ['nav', 'button', 'select', 'input[type=checkbox]', '.ct-header'])
        expect([hidden, await page.raw.locator(`${hidden}:visible`).count()]).toEqual([hidden, 0]);
      const bar = page.raw.locator('.ct-as-of');
      expect(await bar.innerText()).toContain('as we know it now');
      expect(await bar.evaluate((box) => getComputedStyle(box).borderTopStyle)).toBe('solid');
    } finally {
      await page.raw.emulateMedia({ media: null });
    }
  });
});
