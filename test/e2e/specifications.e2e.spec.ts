import { randomUUID } from 'node:crypto';
import { Accounts, type LocalAccounts } from '@caretrail/access';
import { addDays, londonDate } from '@caretrail/kernel';
import { SubjectKeys } from '@caretrail/privacy';
import { openBrowser, OTHERBURY, type Page, type TestBrowser, WRENBRIDGE } from '@caretrail/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Caller, type House, startHouse } from './house.js';

const today = londonDate(new Date());
const WORDS = 'Come when I get up, not when it suits the round.';

interface Told {
  readonly specificationId: string;
  readonly stage: string;
  readonly tookPart: readonly { readonly role: string; readonly people: number }[];
  readonly contributions: readonly {
    readonly contributionId: string;
    readonly inTheirWords?: string;
    readonly own: boolean;
  }[];
  readonly published?: { readonly version: number };
}

describe('a specification that is written together', () => {
  let house: House;
  let browser: TestBrowser;
  let dawn: Page;
  let commissioner: Caller;
  let path: string;
  const person = randomUUID();

  beforeAll(async () => {
    [house, browser] = await Promise.all([startHouse(), openBrowser()]);
    commissioner = await house.as('commissioner');
    const details = { firstName: 'Margaret', lastName: 'Sample' };
    const practitioner = await house.as('practitioner');
    await practitioner.post('/api/people', { effectiveOn: addDays(today, -60), personId: person, details });
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
  const fill = async (page: Page, values: Readonly<Record<string, string>>) => {
    for (const [name, value] of Object.entries(values)) await page.raw.locator(`[name="${name}"]`).fill(value);
  };
  const choose = (page: Page, name: string, value: string) =>
    page.raw.locator(`input[name="${name}"][value="${value}"]`).check();
  const summary = (page: Page): Promise<string> => page.raw.locator('.govuk-error-summary').innerText();
  const told = async (caller: Caller = commissioner) => (await caller.get<Told>(`/api${path}`)).body;

  it('is opened on a page that keeps what was typed', async () => {
    await dawn.follow('link', 'Specifications');
    await dawn.follow('button', 'Open a specification');
    await fill(dawn, { title: 'Home support', purpose: 'Support at home that keeps to the person’s day.' });
    await dawn.follow('button', 'Open it');
    expect(await summary(dawn)).toContain('Choose the kind of service.');
    expect(await dawn.raw.locator('[name="title"]').inputValue()).toBe('Home support');
    await dawn.raw.locator('[name="component"]').selectOption('Home support or domiciliary care');
    await dawn.follow('button', 'Open it');
    path = dawn.path();
    expect(await dawn.text()).toContain('Nobody yet.');
    expect(await told()).toMatchObject({ stage: 'being written', tookPart: [] });
  });

  it('is taken part in by the person, on a phone and without script, in words that are kept under their key', async () => {
    const me = await signedIn('Margaret Sample', { width: 375, script: false });
    await me.follow('link', 'Take part');
    await me.follow('link', 'Home support');
    await me.follow('link', 'Take part in this specification');
    await choose(me, 'role', 'people with lived experience');
    await me.follow('button', 'Record what was said');
    expect(await summary(me)).toContain('Write down what should change.');
    await fill(me, { inTheirWords: WORDS });
    await me.follow('button', 'Record what was said');
    expect(await me.text()).toContain(WORDS);
    const stored = await house.platform.database.inTenant(WRENBRIDGE, (manager) =>
      manager.query<{ data: { personId: string } }[]>(
        "select data from event where type = 'commissioning.specification-contributed.v1'",
      ),
    );
    expect(stored.map(({ data }) => data.personId)).toEqual([person]);
    expect(JSON.stringify(stored)).not.toContain('Come when');
    await me.raw.context().close();
  });

  it('keeps what others said, as what they took part and how many', async () => {
    await dawn.open(`${path}/contribution`);
    await choose(dawn, 'role', 'providers');
    await choose(dawn, 'way', 'workshop');
    await fill(dawn, { people: 'some', inTheirWords: 'Travel time must be paid.' });
    await dawn.follow('button', 'Record what was said');
    expect(await summary(dawn)).toContain('Enter how many people');
    await fill(dawn, { people: '5' });
    await dawn.follow('button', 'Record what was said');
    expect(await dawn.text()).toContain('“Travel time must be paid.”');
    expect((await told()).tookPart).toEqual([
      { role: 'people with lived experience', people: 1 },
      { role: 'providers', people: 5 },
    ]);
  });

  it('shows the words to whoever said them and to those who write, and to nobody else', async () => {
    const wordsFor = async (slug: string) =>
      (await told(await house.as(slug))).contributions.map(({ inTheirWords, own }) => [inTheirWords, own]);
    expect(await wordsFor('commissioner')).toEqual([
      [WORDS, false],
      ['Travel time must be paid.', false],
    ]);
    expect(await wordsFor(`person/${person}`)).toEqual([
      [WORDS, true],
      [undefined, false],
    ]);
    expect(await wordsFor('practitioner')).toEqual([
      [undefined, false],
      [undefined, false],
    ]);
    const self = await house.as(`person/${person}`);
    expect((await self.post(`/api${path}/versions`, { sections: [], answers: [] })).status).toBe(403);
    const claimed = { role: 'providers', people: 40, way: 'survey', inTheirWords: 'Also this.' };
    expect(await self.post(`/api${path}/contributions`, claimed, { 'idempotency-key': 'margaret-1' })).toMatchObject({
      status: 201,
    });
    expect((await told()).tookPart[0]).toEqual({ role: 'people with lived experience', people: 2 });
  });

  it('is published when each has an answer, and says who took part', async () => {
    await dawn.open(path);
    await dawn.follow('link', 'Write a version');
    await fill(dawn, { text: '# Times\nA visit begins within 15 minutes of the time agreed.' });
    const [mine, theirs, also] = (await told()).contributions.map(({ contributionId }) => contributionId);
    await choose(dawn, `takenUp-${mine}`, 'yes');
    await dawn.follow('button', 'Keep this version');
    expect(await summary(dawn)).toContain('Say what was changed, or why it was not.');
    await fill(dawn, { [`answer-${mine}`]: 'The time is agreed with the person.' });
    await dawn.follow('button', 'Keep this version');
    await dawn.follow('link', 'Publish');
    await dawn.follow('button', 'Publish the newest version');
    expect(await summary(dawn)).toContain('2 contributions have no answer.');
    const answers = [
      { contributionId: theirs, takenUp: false, answer: 'It is in the price.' },
      { contributionId: also, takenUp: true, answer: 'Said above.' },
    ];
    const sections = [{ heading: 'Times', text: 'A visit begins within 15 minutes of the time agreed.' }];
    const version = await commissioner.post(`/api${path}/versions`, { sections, answers });
    expect(version.status).toBe(201);
    await dawn.open(`${path}/publication`);
    await dawn.follow('button', 'Publish the newest version');
    const text = await dawn.text();
    for (const words of [
      'Version 2, since',
      'not taken up',
      'It is in the price. (version 2)',
      'People with lived experience',
    ])
      expect(text).toContain(words);
    expect(await told()).toMatchObject({ stage: 'published', published: { version: 2 } });
  });

  it('is refused with rule, section and field, and answers a command that is sent twice with the first result', async () => {
    const again = await commissioner.post(`/api${path}/publication`, { version: 1 });
    expect(again).toMatchObject({
      status: 422,
      body: { rule: 'newest-version-is-published', section: 'Care Act 2014 s5(1)', field: 'version' },
    });
    const opening = { title: 'Day support', component: 'Day support', purpose: 'Company.' };
    const twice = [1, 2].map(() =>
      commissioner.post('/api/specifications', opening, { 'idempotency-key': 'open-day-1' }),
    );
    const [first, second] = await Promise.all(twice);
    expect(second!.body).toEqual(first!.body);
    const elsewhere = await house.as('commissioner', OTHERBURY);
    expect((await elsewhere.get(`/api${path}`)).status).toBe(404);
    expect((await elsewhere.get<Told[]>('/api/specifications')).body).toEqual([]);
    expect((await commissioner.get<Told[]>('/api/specifications')).body).toHaveLength(2);
  });

  it('stood on another day as it stood', async () => {
    await dawn.open(`/specifications?effective=${addDays(today, -1)}`);
    expect(await dawn.text()).toContain('No specification was open.');
    expect((await commissioner.get(`/api${path}?effective=${addDays(today, -1)}`)).status).toBe(404);
  });

  it('loses a person’s words with their key, and not that they took part', async () => {
    await house.app.get(SubjectKeys).destroy(WRENBRIDGE, person);
    const after = await told();
    expect(after.contributions.map(({ inTheirWords }) => inTheirWords)).toEqual([
      '[erased]',
      'Travel time must be paid.',
      '[erased]',
    ]);
    expect(after.tookPart[0]).toEqual({ role: 'people with lived experience', people: 2 });
  });

  it('ends with a reason', async () => {
    await dawn.open(`${path}/withdrawal`);
    await fill(dawn, { reason: 'The service is brought into the council.' });
    await dawn.follow('button', 'Withdraw the specification');
    expect(await dawn.text()).toContain('The service is brought into the council.');
    expect(await dawn.raw.getByRole('link', { name: 'Write a version' }).count()).toBe(0);
  });
});
