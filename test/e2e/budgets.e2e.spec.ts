import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Accounts, type LocalAccounts } from '@caretrail/access';
import { meaningsOfUnable, outcomes } from '@caretrail/assessment/contracts';
import { type RulebookContent, usualOrder, waysToHold } from '@caretrail/budgets/contracts';
import { addDays, londonDate } from '@caretrail/kernel';
import { type Page, type TestBrowser, WRENBRIDGE, type WindowOptions, openBrowser } from '@caretrail/testing';
import { ukDate } from '@caretrail/web';
import { type Caller, type House, startHouse } from './house.js';

const today = londonDate(new Date());
const daysAgo = (days: number): string => addDays(today, -days);
const unable = new Set<string>(['nutrition', 'personal hygiene']);

interface Problem {
  readonly rule?: string;
  readonly section?: string;
  readonly field?: string;
}
interface Working {
  readonly open: readonly string[];
  readonly reproduced?: boolean;
  readonly rulebook?: { readonly version: number };
  readonly allocation: {
    readonly indicative?: { readonly pencePerWeek: number; readonly answersFrom: readonly string[] };
    readonly budget?: object;
  };
}
interface Statement {
  readonly status: string;
  readonly number: string;
  readonly costPencePerWeek: number;
  readonly councilPencePerWeek?: number;
  readonly restsOn: readonly { readonly eventId: string; readonly what: string }[];
  readonly otherMoneyByCadence: object;
  readonly deployment?: { readonly current: boolean };
}

/** Two outcomes of the assessment, and one question that it does not ask. 30 points are £300, 45 are £450. */
const rulebook: RulebookContent = {
  name: 'A synthetic rulebook',
  synthetic: true,
  questions: [
    ...['nutrition', 'personal hygiene'].map((question) => ({
      question,
      words: `How far can you manage ${question}?`,
      domain: 'daily living',
      answers: [
        { answer: 'able', words: 'I can', points: 0 },
        ...meaningsOfUnable.map((answer) => ({ answer, words: `I cannot: ${answer}`, points: 20 })),
      ],
    })),
    {
      question: 'nights',
      words: 'Do you need help at night?',
      domain: 'nights',
      answers: [
        { answer: 'no', words: 'No', points: 0 },
        { answer: 'yes', words: 'Yes', points: 15 },
      ],
    },
  ],
  domains: [{ domain: 'daily living', cap: 30 }, { domain: 'nights' }],
  curve: [
    { points: 0, pencePerWeek: 0 },
    { points: 45, pencePerWeek: 45_000 },
  ],
  deflator: { hundredths: 9_500, words: 'what a made-up council can spend.' },
  ...usualOrder,
};

describe('a budget, from the rulebook to the letter', () => {
  let house: House;
  let browser: TestBrowser;
  let nadia: Caller;
  let colin: Caller;
  let practitioner: Page;
  let finance: Page;
  const personId = randomUUID();
  let allocationId: string;

  beforeAll(async () => {
    [house, browser] = await Promise.all([startHouse(), openBrowser()]);
    [nadia, colin] = await Promise.all([house.as('practitioner'), house.as('finance')]);
    practitioner = await signedIn('Nadia Rahman', { width: 390 });
    finance = await signedIn('Colin Marsh', { width: 1280 });
  });
  afterAll(async () => {
    await browser?.close();
    await house?.stop();
  });

  async function signedIn(name: string, options: WindowOptions): Promise<Page> {
    const page = await browser.window(house.address, options);
    await page.raw.goto(`${house.address}/sign-in`);
    const button = page.raw.locator('section', { hasText: 'Wrenbridge' }).getByRole('button', { name });
    await Promise.all([page.raw.waitForEvent('load'), button.click()]);
    return page;
  }
  /** What a process brings about is there a moment later. */
  async function until<Found>(find: () => Promise<Found | undefined>): Promise<Found> {
    for (const end = Date.now() + 240_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 100))) {
      const found = await find();
      if (found !== undefined) return found;
    }
    throw new Error('It did not come about.');
  }
  const fill = async (page: Page, values: Readonly<Record<string, string>>) => {
    for (const [name, value] of Object.entries(values)) await page.raw.locator(`[name="${name}"]`).fill(value);
  };
  const choose = (page: Page, name: string, value: string) =>
    page.raw.locator(`input[name="${name}"][value="${value}"]`).check();
  const summary = (page: Page): Promise<string> => page.raw.locator('.govuk-error-summary').innerText();
  const refused = (status: number, rule: string, field?: string) => ({
    status,
    body: { rule, ...(field && { field }) },
  });
  const working = async () => (await nadia.get<Working>(`/api/allocations/${allocationId}/working`)).body;
  const statement = async (at = '') =>
    (await colin.get<Statement>(`/api/personal-budgets/${allocationId}${at && `?at=${at}`}`)).body;

  it('publishes a rulebook as data, and says what is wrong with one', async () => {
    const { curve: _, ...rest } = rulebook;
    expect(await colin.post<Problem>('/api/rulebooks/adults/draft', rest)).toMatchObject(
      refused(400, 'input-shape', 'curve'),
    );
    expect((await nadia.post('/api/rulebooks/adults/draft', rulebook)).status).toBe(403);
    expect((await colin.post('/api/rulebooks/elsewhere/draft', rulebook)).status).toBe(404);
    const steep = { ...rulebook, curve: rulebook.curve.toReversed() };
    expect((await colin.post('/api/rulebooks/adults/draft', steep)).status).toBe(201);
    const publication = { version: 1, effectiveFrom: daysAgo(60) };
    expect(await colin.post<Problem>('/api/rulebooks/adults/publication', publication)).toMatchObject(
      refused(422, 'curve-ascends', 'curve.0.points'),
    );

    await finance.open('/rulebooks/adults?form=draft');
    expect(await finance.text()).toContain('The curve begins at 0 points.');
    await fill(finance, { content: '{ "name": ' });
    await finance.follow('button', 'Keep the draft');
    expect(await summary(finance)).toContain('This is not JSON.');
    await fill(finance, { content: JSON.stringify(rulebook) });
    await finance.follow('button', 'Keep the draft');
    await finance.follow('link', 'Publish version 1');
    await fill(finance, { effectiveFrom: ukDate(daysAgo(60)) });
    await finance.follow('button', 'Publish');
    expect(await finance.text()).toContain('Version 1 is in force');
    expect(await colin.post<Problem>('/api/rulebooks/adults/publication', publication)).toMatchObject(
      refused(422, 'draft-is-there', 'version'),
    );
    const on = async (day: string) => (await nadia.get(`/api/rulebooks/adults?on=${day}`)).body['inForce'];
    expect(await on(daysAgo(60))).toMatchObject({ version: 1, content: rulebook });
    expect(await on(daysAgo(61))).toBeUndefined();
  });

  it('takes the assessment’s findings for answers, and says which question they leave open', async () => {
    const details = { firstName: 'Synthia', lastName: 'Example' };
    await nadia.post('/api/people', { effectiveOn: daysAgo(30), personId, details });
    const assessed = await nadia.post('/api/assessments', {
      effectiveOn: daysAgo(20),
      personId,
      kind: 'Long term assessment',
      method: 'Service user only',
      startedOn: daysAgo(25),
      outcome: 'Progress to support planning or services',
      findings: outcomes.map((outcome) =>
        unable.has(outcome) ? { outcome, able: false, unable: 'cannot without help' } : { outcome, able: true },
      ),
      arisesFromImpairment: true,
      impactOnWellbeing: { significant: true, reasons: 'Being safe at home.' },
      reasons: 'Talked through at home.',
    });
    expect(assessed.status).toBe(201);
    allocationId = await until(
      async () => (await nadia.get<{ allocationId?: string }>(`/api/people/${personId}/case`)).body.allocationId,
    );
    const found = await until(async () => ((await working()).open.length === 1 ? working() : undefined));
    expect(found).toMatchObject({ open: ['nights'], rulebook: { version: 1 } });
    expect(found.allocation.indicative).toBeUndefined();
    const calculate = { effectiveOn: daysAgo(20) };
    expect(await nadia.post<Problem>(`/api/allocations/${allocationId}/indication`, calculate)).toMatchObject(
      refused(422, 'every-question-answered', 'answers.nights'),
    );
    expect(
      await nadia.post<Problem>(`/api/allocations/${allocationId}/indication`, { ...calculate, rulebook: 'carers' }),
    ).toMatchObject(refused(422, 'rulebook-is-of-their-needs', 'rulebook'));
  });

  it('asks the practitioner what is left open, and shows every point and every pound', async () => {
    await practitioner.open(`/allocations/${allocationId}/working`);
    expect(await practitioner.text()).toContain('Not answered: nights');
    await fill(practitioner, { effectiveOn: 'soon' });
    await choose(practitioner, 'answers.nights', 'yes');
    await practitioner.follow('button', 'Keep the answers');
    expect(await summary(practitioner)).toContain('Enter the day for which it is true');
    expect(await practitioner.raw.locator('input[name="answers.nights"][value="yes"]').isChecked()).toBe(true);
    await fill(practitioner, { effectiveOn: ukDate(daysAgo(19)) });
    await practitioner.follow('button', 'Keep the answers');

    const { allocation, reproduced } = await until(async () =>
      (await working()).allocation.indicative ? working() : undefined,
    );
    expect(reproduced).toBe(true);
    expect(allocation.indicative).toMatchObject({ pencePerWeek: 42_750, trace: { points: 45 } });
    expect(allocation.indicative!.answersFrom).toHaveLength(2);
    await finance.open(`/allocations/${allocationId}/working`);
    const text = await finance.text();
    for (const words of ['45 points lie at £450.00', '95% of it is given', '£427.50', 'comes out the same'])
      expect(text).toContain(words);
    expect(await finance.raw.locator('svg[role="img"]').count()).toBeGreaterThan(0);
  });

  it('needs a second person for another amount', async () => {
    const override = `/api/allocations/${allocationId}/override`;
    await practitioner.open(`/allocations/${allocationId}/working?form=override`);
    await fill(practitioner, { pencePerWeek: '450', effectiveOn: ukDate(daysAgo(18)) });
    await practitioner.follow('button', 'Propose it');
    expect(await summary(practitioner)).toContain('Say why.');
    expect(await practitioner.raw.locator('[name="pencePerWeek"]').inputValue()).toBe('450');
    await fill(practitioner, { reasons: 'Two people are needed at night.' });
    await practitioner.follow('button', 'Propose it');
    expect(await practitioner.text()).toContain('Somebody else decides on it.');
    const decision = { effectiveOn: daysAgo(17), approved: true, reasons: 'The nights are right.' };
    expect((await nadia.post(`${override}/decision`, decision)).status).toBe(403);
    await finance.open(`/allocations/${allocationId}/working`);
    await choose(finance, 'approved', 'yes');
    await fill(finance, { reasons: decision.reasons, effectiveOn: ukDate(daysAgo(17)) });
    await finance.follow('button', 'Decide');
    expect(await finance.text()).toContain('£22.50 a week more than indicated');
    const proposing = { effectiveOn: daysAgo(17), pencePerWeek: 46_000, reasons: 'More.' };
    expect((await colin.post(override, proposing)).status).toBe(201);
    expect(await colin.post<Problem>(`${override}/decision`, decision)).toMatchObject(
      refused(422, 'approver-is-another'),
    );
  });

  it('is made final by a person, within what was approved', async () => {
    const path = `/api/allocations/${allocationId}/budget`;
    const budget = (cost: number, more: object = {}) => ({
      effectiveOn: daysAgo(15),
      costPencePerWeek: cost,
      personPaysPencePerWeek: 6_480,
      councilPaysPencePerWeek: cost - 6_480,
      reasons: 'What the hours cost here.',
      ...more,
    });
    expect(await colin.post<Problem>(path, budget(45_000))).toMatchObject(refused(422, 'override-is-decided'));
    // Whoever proposed has gone home; what they proposed goes with a new indication.
    await nadia.post(`/api/allocations/${allocationId}/answers`, {
      effectiveOn: daysAgo(16),
      answers: [{ question: 'nights', answer: 'no' }],
    });
    await until(async () => ((await working()).allocation.indicative?.pencePerWeek === 28_500 ? true : undefined));
    expect(await colin.post<Problem>(path, budget(28_501))).toMatchObject(
      refused(422, 'within-the-indication', 'costPencePerWeek'),
    );
    expect((await colin.post<Problem>(path, budget(28_500, { localPrices: [] }))).status).toBe(400);
    const needed = [{ service: 'home-support', unit: 'hour', amount: 600 }];
    expect((await colin.post(path, budget(28_000, { needed }))).status).toBe(201);
    const { body } = await colin.get(`/api/allocations/${allocationId}`);
    expect(body).toMatchObject({ check: { priced: [], unpriced: needed, budgetPencePerWeek: 28_000 } });
    await finance.open(`/allocations/${allocationId}/working`);
    expect(await finance.text()).toContain('£5.00 a week less than what was indicated');
  });

  it('becomes the statement of section 26, means first', async () => {
    await until(async () => ((await statement()).status === 'drafted' ? true : undefined));
    const path = `/api/personal-budgets/${allocationId}`;
    const amounts = { costPencePerWeek: 28_000, contributionPencePerWeek: 6_480, councilPencePerWeek: 21_520 };
    const agreement = { effectiveOn: daysAgo(14), ...amounts, oneOff: [], reasons: 'As allocated.' };
    expect(await colin.post<Problem>(`${path}/agreement`, agreement)).toMatchObject(refused(422, 'means-first'));
    await finance.open(`/personal-budgets/${allocationId}?form=means`);
    await choose(finance, 'outcome', 'contribution assessed');
    await fill(finance, { contributionPencePerWeek: '64.80', reasons: 'Pension.', effectiveOn: ukDate(daysAgo(14)) });
    await finance.follow('button', 'Record it');
    await finance.follow('link', 'Agree the statement');
    await fill(finance, {
      costPencePerWeek: '280',
      contributionPencePerWeek: '64.80',
      councilPencePerWeek: '215',
      'oneOff.0.purpose': 'a raised chair',
      'oneOff.0.pence': '180',
      'oneOff.0.contributionPence': '0',
      'oneOff.0.councilPence': '180',
      reasons: 'As allocated.',
      effectiveOn: ukDate(daysAgo(14)),
    });
    await finance.follow('button', 'Agree the statement');
    expect(await summary(finance)).toMatch(/add up to £279\.80 a week, not to the cost of £280\.00/);
    await fill(finance, { councilPencePerWeek: '215.20' });
    await finance.follow('button', 'Agree the statement');
    expect(await finance.text()).toContain('£215.20');
    expect(await statement()).toMatchObject({ status: 'agreed', ...amounts });
  });

  it('lets the person choose how it is held, and keeps what was not offered and why', async () => {
    await practitioner.open(`/personal-budgets/${allocationId}/deployment`);
    for (const [at] of waysToHold.entries()) await choose(practitioner, `ways.${at}.offered`, at === 4 ? 'no' : 'yes');
    await fill(practitioner, {
      'ways.0.pencePerWeek': '200',
      'ways.1.whyNot': 'I want to decide myself.',
      'ways.2.whyNot': 'Too much trouble.',
      'ways.3.pencePerWeek': '15',
      'ways.3.holder': 'A user-led organisation',
      inTheirWords: 'I want to hold most of it.',
      effectiveOn: ukDate(daysAgo(13)),
    });
    await practitioner.follow('button', 'Keep the choice');
    const errors = await summary(practitioner);
    expect(errors).toContain('The parts add up to £215.00 a week. The council pays £215.20.');
    expect(errors).toContain('Say why “held by a provider” was not offered.');
    const link = practitioner.raw.getByRole('link', { name: /held by a provider/ });
    expect(await link.getAttribute('href')).toBe('#ways-4-notOfferedBecause');
    await practitioner.raw
      .locator('select[name="ways.4.notOfferedBecause"]')
      .selectOption('no provider here offers it');
    await fill(practitioner, { 'ways.3.pencePerWeek': '15.20' });
    await practitioner.follow('button', 'Keep the choice');
    expect(await practitioner.text()).toContain('I want to decide myself.');
    const excluded = waysToHold.map((way) => ({ way, offered: way !== 'cash direct payment', whyNot: 'No.' }));
    const answer = await nadia.post<Problem>(`/api/personal-budgets/${allocationId}/deployment`, {
      effectiveOn: daysAgo(13),
      parts: [{ way: 'held by the care manager', pencePerWeek: 21_520 }],
      ways: excluded,
    });
    expect(answer).toMatchObject(refused(422, 'exclusion-names-the-law', 'ways.0.excludedBy'));
    expect(answer.body.section).toContain('s31');
  });

  it('sets other public money beside it, by cadence, and blocks what may not be pooled', async () => {
    const path = `/api/people/${personId}/funding`;
    const add = (stream: object) =>
      nadia.post<{ fundingId: string }>(`${path}/streams`, { effectiveOn: daysAgo(12), from: daysAgo(12), ...stream });
    const work = await add({
      kind: 'Access to Work',
      cadence: 'four-weekly',
      pence: 52_000,
      permittedUses: ['support and travel to work'],
    });
    const health = await add({
      kind: 'personal health budget',
      cadence: 'monthly',
      pence: 50_000,
      permittedUses: ['health care', 'personal care'],
    });
    expect([work.status, health.status]).toEqual([201, 201]);
    expect(
      await add({ kind: 'Supporting People', cadence: 'weekly', pence: 1, permittedUses: ['housing-related support'] }),
    ).toMatchObject(refused(422, 'ended-scheme-is-history', 'from'));

    await practitioner.open(`/people/${personId}/funding?form=pool`);
    for (const { body } of [work, health]) await choose(practitioner, 'parts', body.fundingId);
    await choose(practitioner, 'use', 'personal care');
    await practitioner.follow('button', 'Pool what may be pooled');
    expect(await practitioner.text()).toContain('the kind of money may not pay for this');
    const fundingIds = [work.body.fundingId, health.body.fundingId];
    const appointment = { effectiveOn: today, step: 'review', fundingIds, on: today };
    const plan = (key: string) =>
      nadia.post<{ appointmentId: string }>(`${path}/appointments`, appointment, { 'idempotency-key': key });
    const planned = await plan('one-appointment');
    expect((await plan('one-appointment')).body).toEqual(planned.body);
    expect((await nadia.get<{ planned: object[] }>(path)).body.planned).toHaveLength(1);
    await nadia.post(`${path}/appointments/held`, {
      effectiveOn: today,
      appointmentId: planned.body.appointmentId,
      on: today,
      tookPart: ['NHS integrated care board'],
    });
    await finance.open(`/people/${personId}/funding`);
    expect(await finance.text()).toContain(`Synthia Example, record P-${personId.slice(0, 8)}`);
    expect(await finance.text()).toContain('Department for Work and Pensions');
    expect((await nadia.get(path)).body).toMatchObject({
      held: [{ absent: ['Department for Work and Pensions'] }],
      pools: [{ byCadence: { monthly: 50_000 }, blocked: [{ kind: 'Access to Work' }] }],
    });
    expect((await statement()).otherMoneyByCadence).toEqual({ 'four-weekly': 52_000, monthly: 50_000 });
  });

  it('is rebuilt by its number, to the penny, whatever comes later', async () => {
    const before = await statement();
    const path = `/api/personal-budgets/${allocationId}`;
    const list = { name: 'Fees for the year', of: 'prices of care and support', inForceFrom: daysAgo(6) };
    const { body: uprating } = await colin.post<{ upratingId: string }>('/api/upratings', {
      ...list,
      effectiveOn: daysAgo(6),
    });
    const { upratingId } = uprating;
    const revision = {
      effectiveOn: daysAgo(5),
      costPencePerWeek: 30_000,
      contributionPencePerWeek: 6_480,
      councilPencePerWeek: 23_520,
      oneOff: [],
      reasons: 'Fees rise.',
      cause: { kind: 'published uprating', upratingId },
    };
    for (const wrong of [
      { ...revision, effectiveOn: daysAgo(7) },
      { ...revision, cause: { ...revision.cause, upratingId: randomUUID() } },
    ])
      expect(await colin.post<Problem>(`${path}/revision`, wrong)).toMatchObject(
        refused(422, 'cause-is-cited', 'cause.upratingId'),
      );
    // The form of a change shows the statement as it is, its one-off sums too, and the lists that can be cited.
    await finance.open(`/personal-budgets/${allocationId}?form=revision&review=${randomUUID()}`);
    expect(await finance.raw.getByLabel('What is it for?').first().inputValue()).toBe('a raised chair');
    expect(await finance.raw.getByLabel('Review (s27)').isChecked()).toBe(true);
    expect(await finance.text()).toContain('Fees for the year');
    expect((await colin.post(`${path}/revision`, revision)).status).toBe(201);
    const after = await statement();
    expect(after).toMatchObject({ status: 'revised', councilPencePerWeek: 23_520, deployment: { current: false } });
    expect(await statement(before.number)).toEqual(before);
    for (const what of ['Answers', 'Rulebook, version 1', 'Indicative budget', 'Allocation made final', 'Agreed'])
      expect(before.restsOn.map((ground) => ground.what)).toContain(what);
    expect((await colin.get(`${path}?at=${randomUUID()}`)).status).toBe(404);

    await finance.open(`/personal-budgets/${allocationId}?at=${before.number}`);
    expect(await finance.text()).toContain('£215.20');
    await finance.follow('link', 'Letter to print');
    const letter = await finance.text();
    for (const words of ['Dear Synthia Example', '£215.20 a week', 'a raised chair', before.number])
      expect(letter).toContain(words);
  });

  it('shows the person their own, and nobody another’s', async () => {
    const accounts = house.app.get<LocalAccounts>(Accounts, { strict: false });
    accounts.registerPerson(WRENBRIDGE, personId, 'Synthia Example');
    accounts.registerPerson(WRENBRIDGE, randomUUID(), 'Another Example');
    const own = await signedIn('Synthia Example', { width: 390 });
    expect(await own.open(`/personal-budgets/${allocationId}`)).toBe(200);
    // In their own terms, and with no id but the number by which it can be asked for.
    const said = await own.text();
    expect(said).toContain('You pay');
    expect(said).not.toMatch(/The person pays|contribution assessed|Indicative budget/);
    expect(await own.open(`/personal-budgets/${allocationId}/letter`)).toBe(200);
    expect(await own.text()).toContain('£235.20');
    for (const text of [said, await own.text()])
      expect(new Set(text.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g)).size).toBe(1);
    const other = await signedIn('Another Example', { width: 390 });
    expect(await other.open(`/personal-budgets/${allocationId}`)).toBe(404);
    const elsewhere = await house.as('finance', 'E09000099');
    expect((await elsewhere.get(`/api/personal-budgets/${allocationId}`)).status).toBe(404);
    expect((await elsewhere.get('/api/rulebooks/adults')).body['published']).toEqual([]);
  });
});
