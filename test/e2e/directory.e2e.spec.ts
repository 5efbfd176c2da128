import { randomUUID } from 'node:crypto';
import { Accounts, type LocalAccounts } from '@caretrail/access';
import { addDays, londonDate } from '@caretrail/kernel';
import { openBrowser, OTHERBURY, type Page, type TestBrowser, WRENBRIDGE } from '@caretrail/testing';
import { ukDate } from '@caretrail/web';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, type Caller, type House, startHouse } from './house.js';

const today = londonDate(new Date());
const daysAgo = (days: number): string => addDays(today, -days);

const service = (name: string, term: string, postcode: string | undefined, more: object = {}) => ({
  id: randomUUID(),
  name,
  status: 'active',
  description: `${name} is there for everybody.`,
  organization: { id: randomUUID(), name: 'Age Together' },
  attributes: [{ id: randomUUID(), taxonomy_term: { id: randomUUID(), name: term } }],
  ...(postcode && {
    service_at_locations: [
      {
        id: randomUUID(),
        location: { name: 'Mill Hall', addresses: [{ address_1: '1 Mill Lane', postal_code: postcode }] },
      },
    ],
  }),
  ...more,
});
const lunch = service('Kettle and Company lunch club', 'Company', 'ZZ1 4AB', {
  cost_options: [{ id: randomUUID(), option: 'A meal', amount: 4.5 }],
  schedules: [{ id: randomUUID(), freq: 'WEEKLY', byday: 'TU', opens_at: '12:00', closes_at: '14:00' }],
  url: 'https://lunch.example/',
  phones: [{ number: '01632 960123' }],
});
const falls = service('Castle Hill falls class', 'Exercise', 'ZZ2 1AA');
const helpline = service('Benefits helpline', 'Money', undefined);
const others = Array.from({ length: 16 }, (_, at) =>
  service(`Walking group ${String(at + 1).padStart(2, '0')}`, 'Exercise', 'ZZ3 1AA'),
);

interface Found {
  readonly total: number;
  readonly services: readonly { readonly serviceId: string; readonly name: string }[];
}
interface Returns {
  readonly signposts: readonly { readonly service: string; readonly serviceId?: string; readonly outcome: string }[];
}

describe('the directory of services', () => {
  let house: House;
  let browser: TestBrowser;
  let dawn: Page;
  let commissioner: Caller;
  let practitioner: Caller;
  const [person, assessmentId] = [randomUUID(), randomUUID()];

  beforeAll(async () => {
    [house, browser] = await Promise.all([startHouse(), openBrowser()]);
    [commissioner, practitioner] = [await house.as('commissioner'), await house.as('practitioner')];
    const details = { firstName: 'Margaret', lastName: 'Sample' };
    await post('/api/people', { effectiveOn: daysAgo(200), personId: person, details }, practitioner);
    house.app.get<LocalAccounts>(Accounts, { strict: false }).registerPerson(WRENBRIDGE, person, 'Margaret Sample');
    dawn = await signedIn('Dawn Okafor');
  });
  afterAll(async () => {
    await browser?.close();
    await house?.stop();
  });

  async function signedIn(name: string, options: { width?: number; script?: boolean } = {}): Promise<Page> {
    const page = await browser.window(house.address, options);
    await page.raw.goto(`${house.address}/sign-in`);
    const button = page.raw.locator('section', { hasText: 'Wrenbridge' }).getByRole('button', { name });
    await Promise.all([page.raw.waitForEvent('load'), button.click()]);
    return page;
  }
  const post = async (path: string, body: object, caller: Caller): Promise<Answer> => {
    const answer = await caller.post(path, body);
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer;
  };
  const take = (directory: unknown, publishedOn: string, more: object = {}) =>
    post('/api/directory-imports', { name: 'services.json', directory, publishedOn, ...more }, commissioner);
  const find = async (query: string, caller = commissioner) =>
    (await caller.get<Found>(`/api/directory?${query}`)).body;

  it('is empty, and says so, before a file was taken in', async () => {
    await dawn.follow('link', 'Directory');
    expect(await dawn.text()).toContain('No directory was taken in yet.');
    await dawn.follow('link', 'Files of the directory');
    expect(await dawn.text()).toContain('No file was taken in yet.');
  });

  it('is taken in over the API, and shows what became of each record', async () => {
    const wrong = { ...service('', 'Company', undefined), contacts: [{ name: 'Ann Persona' }] };
    const odd = { ...falls, minimum_age: 'sixty' };
    const { body } = await take({ contents: [lunch, odd, helpline, wrong, ...others] }, daysAgo(150));
    expect(body).toMatchObject({ records: 20, accepted: 19, warned: 1, rejected: 1, listed: 19 });
    const again = await take({ contents: [lunch, odd, helpline, wrong, ...others] }, daysAgo(150));
    expect(again.body).toMatchObject({ unchanged: 19, events: 0 });
    await dawn.open('/directory-imports');
    await dawn.follow('link', 'services.json');
    const text = await dawn.text();
    for (const words of ['contents[3].name', 'The name of the service is missing.', 'contents[1].minimum_age'])
      expect(text).toContain(words);
    expect(text).not.toContain('Ann Persona');
    const shown = await commissioner.get(`/api/directory-imports/${String(body['fileId'])}`);
    expect(shown.body).toMatchObject({ rejectedRecords: [{ place: 'contents[3]' }] });
  });

  it('is refused with a sentence where it is no directory, or of a day that has not come', async () => {
    const none = await commissioner.post('/api/directory-imports', { directory: { name: 'x' } });
    expect(none).toMatchObject({ status: 400, body: { rule: 'directory-is-open-referral' } });
    const early = await commissioner.post('/api/directory-imports', { directory: [], publishedOn: addDays(today, 2) });
    expect(early).toMatchObject({ status: 400, body: { rule: 'published-by-today', field: 'publishedOn' } });
    expect((await practitioner.post('/api/directory-imports', { directory: [] })).status).toBe(403);
  });

  it('is searched by words, need and place, on a phone and without script', async () => {
    const me = await signedIn('Margaret Sample', { width: 375, script: false });
    await me.follow('link', 'Find a service');
    expect(await me.text()).toContain('19 of 19 services');
    await me.raw.locator('[name="words"]').fill('lunch');
    await me.follow('button', 'Show');
    expect(await me.text()).toContain('1 of 19 services');
    await me.follow('link', 'Kettle and Company lunch club');
    const text = await me.text();
    for (const words of ['A meal: £4.50', 'Tuesday, 12:00 to 14:00', 'Mill Hall, 1 Mill Lane, ZZ1 4AB', '01632 960123'])
      expect(text).toContain(words);
    await me.open('/directory?place=nowhere+at+all');
    expect(await me.text()).toContain('beginning of a postcode');
    expect(await me.raw.locator('#place').inputValue()).toBe('nowhere at all');
    await me.open('/directory?term=Exercise&place=zz3');
    expect(await me.text()).toContain('16 of 19 services');
    await me.follow('link', 'Next');
    expect(await me.raw.locator('.ct-results__item').count()).toBe(1);
    await me.raw.context().close();
  });

  it('gives the same over the API, to everybody at the council and nobody else', async () => {
    const self = await house.as(`person/${person}`);
    expect(await find('words=lunch', self)).toMatchObject({ total: 1, services: [{ serviceId: lunch.id }] });
    expect((await find('place=ZZ2', self)).services.map(({ name }) => name)).toEqual([helpline.name, falls.name]);
    expect((await commissioner.get('/api/directory?place=nowhere')).status).toBe(400);
    expect((await commissioner.get(`/api/directory/${randomUUID()}`)).status).toBe(404);
    const elsewhere = await house.as('commissioner', OTHERBURY);
    expect(await find('', elsewhere)).toMatchObject({ total: 0 });
    expect((await elsewhere.get(`/api/directory/${lunch.id}`)).status).toBe(404);
  });

  it('shows any day as it was known: what was changed, and what was delisted', async () => {
    await take([{ ...lunch, name: 'Kettle and Company' }, falls, ...others], daysAgo(10), { whole: true });
    await dawn.open(`/directory?words=kettle&effective=${daysAgo(20)}`);
    expect(await dawn.text()).toContain('Kettle and Company lunch club');
    await dawn.open(`/directory/${helpline.id}`);
    expect(await dawn.text()).toContain('does not stand in the directory');
    expect(await dawn.text()).toContain('Delisted');
    await dawn.open(`/directory/${lunch.id}`);
    expect(await dawn.raw.locator('h1').innerText()).toBe('Kettle and Company');
    expect(await commissioner.get(`/api/directory/${helpline.id}?effective=${daysAgo(20)}`)).toMatchObject({
      body: { listed: true, name: helpline.name, tellings: [{ listed: false }, { listed: true }] },
    });
  });

  it('is what somebody is signposted from, as it stood on the day', async () => {
    const offer = { effectiveOn: daysAgo(120), assessmentId, personId: person, subject: 'adult' };
    await post('/api/assessment-offers', offer, practitioner);
    const nadia = await signedIn('Nadia Rahman');
    await nadia.open(`/assessments/${assessmentId}/step?take=signpost`);
    await nadia.raw.locator('[name="words"]:visible').fill('kettle');
    await nadia.follow('button', 'Look');
    await nadia.raw.getByLabel('Kettle and Company').check();
    await nadia.follow('button', 'Record the signpost');
    expect(await nadia.raw.locator('.govuk-error-summary').innerText()).toContain('Choose one of the answers.');
    expect(await nadia.raw.getByLabel('Kettle and Company').isChecked()).toBe(true);
    await nadia.raw.locator('input[name="kind"][value="befriending and social groups"]').check();
    await nadia.raw.locator('[name="effectiveOn"]').fill(ukDate(daysAgo(100)));
    await nadia.raw.locator('[name="alternatives"]').fill('Castle Hill falls class');
    await nadia.follow('button', 'Record the signpost');
    // The name is that of the day, 100 days ago.
    expect(await nadia.text()).toContain('Kettle and Company lunch club');
    await nadia.raw.context().close();
  });

  it('is not the only place to signpost to, but what is said to be of it must stand in it', async () => {
    const path = `/api/assessments/${assessmentId}/signposts`;
    const pointing = { effectiveOn: daysAgo(5), kind: 'money and benefits', alternatives: [] };
    const gone = await practitioner.post(path, { ...pointing, serviceId: helpline.id });
    expect(gone).toMatchObject({ status: 400, body: { rule: 'service-stands-in-the-directory', field: 'serviceId' } });
    const nothing = await practitioner.post(path, pointing);
    expect(nothing).toMatchObject({ status: 400, body: { rule: 'service-is-named', field: 'service' } });
    await post(path, { ...pointing, service: 'A neighbour’s advice' }, practitioner);
    await post(path, { ...pointing, effectiveOn: daysAgo(20), serviceId: helpline.id }, practitioner);
  });

  it('is measured by who came back within 90 days', async () => {
    const outcomes = async () => {
      const { body } = await practitioner.get<Returns>(`/api/people/${person}/signposts`);
      return body.signposts.map(({ service: name, outcome }) => [name, outcome]);
    };
    expect(await outcomes()).toEqual([
      ['A neighbour’s advice', 'not over yet'],
      [helpline.name, 'not over yet'],
      [lunch.name, 'did not come back'],
    ]);
    await post(
      '/api/requests',
      { effectiveOn: daysAgo(30), personId: person, route: 'Community / Other route' },
      practitioner,
    );
    expect((await outcomes())[2]).toEqual([lunch.name, 'came back']);
    await dawn.open('/directory');
    await dawn.follow('link', 'What came of signposting');
    for (const words of ['Kettle and Company lunch club', 'A neighbour’s advice', '90 days over'])
      expect(await dawn.text()).toContain(words);
    expect(await dawn.raw.locator('abbr[title="between 1 and 4"]').count()).toBeGreaterThan(3);
    const { body } = await commissioner.get<{ all: object }>('/api/signposting');
    expect(body.all).toEqual({ over: '*', returned: '*', died: 0, waiting: '*' });
    expect((await commissioner.get(`/api/people/${person}/signposts`)).status).toBe(403);
    const elsewhere = await house.as('practitioner', OTHERBURY);
    expect((await elsewhere.get(`/api/people/${person}/signposts`)).status).toBe(404);
    const csv = await commissioner.get<string>('/signposting.csv');
    expect(csv.status).toBe(200);
    expect(String(csv.body)).toContain('All services,,*,*');
  });
});
