import { randomUUID } from 'node:crypto';
import { Accounts, type LocalAccounts } from '@caretrail/access';
import { addDays, londonDate } from '@caretrail/kernel';
import { type DrivenCase, SyntheticCase } from '@caretrail/simulation';
import { OTHERBURY, openBrowser, type Page, type TestBrowser, WRENBRIDGE } from '@caretrail/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Caller, type House, startHouse } from './house.js';

const today = londonDate(new Date());
const daysAgo = (days: number): string => addDays(today, -days);
const pictures = process.env['PICTURES'];

describe('my record', () => {
  let house: House;
  let browser: TestBrowser;
  let nadia: Caller;
  let driven: DrivenCase;
  const joan = randomUUID();

  beforeAll(async () => {
    [house, browser] = await Promise.all([startHouse(), openBrowser()]);
    nadia = await house.as('practitioner');
    driven = await house.app.get(SyntheticCase, { strict: false }).drive(WRENBRIDGE, 'my-record', 'plan-agreed');
    const known = { effectiveOn: daysAgo(60), personId: joan, details: { firstName: 'Joan', lastName: 'Sample' } };
    expect((await nadia.post('/api/people', known)).status).toBe(201);
    const accounts = house.app.get<LocalAccounts>(Accounts, { strict: false });
    accounts.registerPerson(WRENBRIDGE, driven.personId, 'Edith Driven');
    accounts.registerPerson(WRENBRIDGE, joan, 'Joan Sample');
    accounts.registerPerson(OTHERBURY, joan, 'Joan Elsewhere');
  });
  afterAll(async () => {
    await browser?.close();
    await house?.stop();
  });

  async function signedIn(name: string, width = 1280, script = true): Promise<Page> {
    const page = await browser.window(house.address, { width, script });
    await page.raw.goto(`${house.address}/sign-in`);
    const button = page.raw.getByRole('button', { name });
    await Promise.all([page.raw.waitForEvent('load'), button.click()]);
    return page;
  }
  const picture = async (page: Page, name: string) => {
    if (pictures) await page.screenshot(`${pictures}/${name}.png`);
  };
  const appoint = async (scope: readonly string[], more: object = {}): Promise<string> => {
    const answer = await nadia.post(`/api/people/${driven.personId}/representatives`, {
      effectiveOn: daysAgo(5),
      kind: 'informal',
      representative: { personId: joan },
      evidence: { kind: 'the person’s own word', seenOn: daysAgo(5) },
      scope,
      conflicts: [],
      ...more,
    });
    expect(answer.status).toBe(201);
    return String(answer.body['representationId']);
  };

  describe('of the person', () => {
    it('leads to the answers, the statement, the letter, the plan and its reviews, on a phone without script', async () => {
      const edith = await signedIn('Edith Driven', 375, false);
      await picture(edith, 'my-record-phone');
      for (const [link, path, words] of [
        ['My own answers, and where we saw it differently', '/self-assessments/', 'Your answers were sent'],
        ['The statement of my budget', '/personal-budgets/', 'section 26'],
        ['The letter about it, to print', '/personal-budgets/', 'Your personal budget is the money'],
        ['See the whole plan, and ask for a review', '/support-plans/', 'My support plan'],
        ['The plan, to print', '/support-plans/', 'plan'],
      ] as const) {
        await edith.open('/my-record');
        await edith.follow('link', link);
        expect(edith.path()).toContain(path);
        expect(await edith.text()).toContain(words);
      }
      await edith.open('/my-record');
      const reviews = edith.raw.getByRole('link', { name: 'Reviews of my plan' });
      expect(await reviews.getAttribute('href')).toMatch(/#reviews$/);
    });

    it('shows what the statement in force says, and what was decided at first as history only', async () => {
      const colin = await house.as('finance');
      const list = { name: 'Fees', of: 'prices of care and support', inForceFrom: today, effectiveOn: today };
      const { body } = await colin.post<{ upratingId: string }>('/api/upratings', list);
      const revised = await colin.post(`/api/personal-budgets/${driven.budgetId}/revision`, {
        effectiveOn: today,
        costPencePerWeek: 31_000,
        contributionPencePerWeek: 6_480,
        councilPencePerWeek: 24_520,
        oneOff: [],
        reasons: 'What an hour costs has risen.',
        cause: { kind: 'published uprating', upratingId: body.upratingId },
      });
      expect(revised).toMatchObject({ status: 201 });
      const [statement] = revised.body['eventIds'] as string[];
      const me = await house.as(`person/${driven.personId}`);
      // Whoever wrote waits until the view has it; then the others may look.
      const seen = await colin.get(`/api/people/${driven.personId}/case`);
      expect(seen.body).toMatchObject({ budgetStatedOn: today, costPencePerWeek: 31_000 });
      const edith = await signedIn('Edith Driven');
      const section = edith.raw.getByRole('region', { name: 'My budget' });
      expect(await section.locator('.ct-key-figures').innerText()).toContain('£310.00');
      expect(await section.innerText()).toContain('What an hour costs has risen.');
      expect(await section.locator('details').textContent()).toContain('your care costs £298.10 a week');
      const answer = await me.get('/api/my-record');
      expect(answer.body).toMatchObject({
        record: { budget: { costPencePerWeek: 31_000, statement, first: { costPencePerWeek: 29_810 } } },
      });
      const page = `/personal-budgets/${driven.budgetId}?at=${statement}`;
      expect((await nadia.get<string>(`/people/${driven.personId}`)).body).toContain(`href="${page}"`);
      expect((await nadia.get<string>(page)).body).toContain('£310.00');
      await picture(edith, 'my-record-statement');
    });

    it('says in plain words what the council still owes, and nothing of safeguarding', async () => {
      const alert = {
        effectiveOn: today,
        adults: [driven.personId],
        typesOfRisk: ['Neglect and Acts of Omission'],
        sourceOfRisk: 'Other - Known to individual',
        locationOfRisk: 'Own Home',
        happenedOn: today,
        account: 'Meals left out of reach.',
        raisedBy: { name: 'A sister', relation: 'Other' },
        consent: 'not asked',
        reasonToActWithoutConsent: 'Hunger.',
        immediateProtection: 'A worker went at once.',
      };
      const raised = await (await house.as('safeguarding')).post('/api/concerns', alert);
      expect({ status: raised.status, body: raised.status === 201 ? '' : raised.body }).toEqual({
        status: 201,
        body: '',
      });
      await nadia.post(`/api/support-plans/${driven.planId}/review-requests`, {
        by: 'a carer',
        words: 'Too few days.',
      });
      const edith = await signedIn('Edith Driven');
      await edith.follow('link', 'What the council still has to do for me');
      const text = await edith.text();
      expect(text).toContain('We must look at your plan again with you.');
      expect(text).toContain('Care Act 2014 s27(1)(a)');
      expect(text).toContain('somebody for you, asked for your plan to be looked at again');
      expect(text).not.toMatch(/enquir|s42|harm/i);
      await picture(edith, 'my-duties');
      expect(await edith.open('/my-record/duties?effective=2020-01-01')).toBe(200);
      expect(await edith.text()).toContain('There was nothing that the law asked us to do for you.');
    });

    it('shows their history as they may see it, what is kept from them and why, and no trace of the rest', async () => {
      const refused = await nadia.post(`/api/people/${driven.personId}/capacity`, {
        effectiveOn: daysAgo(3),
        matter: 'care and support',
        decision: 'Whether to have a key safe.',
        supportGiven: 'Pictures.',
        unableTo: ['retain'],
        impairment: true,
        becauseOfImpairment: true,
        reasons: 'Could not keep it in mind.',
      });
      const best = {
        effectiveOn: daysAgo(2),
        decided: 'A key safe.',
        wishesAndFeelings: 'Likes to open herself.',
        consulted: 'Her neighbour, who said …',
        lessRestrictive: 'A bell was tried.',
        canWait: false,
        reasons: 'Falls at night.',
      };
      const capacity = `/api/people/${driven.personId}/capacity/${String(refused.body['capacityId'])}`;
      expect((await nadia.post(`${capacity}/best-interests`, best)).status).toBe(201);
      const edith = await signedIn('Edith Driven');
      await edith.follow('link', 'My history');
      const text = await edith.raw.locator('body').textContent();
      for (const words of [
        'Decided in the person’s best interests',
        'It is about somebody else.',
        'A key safe.',
        'Caretrail, by rule',
      ])
        expect(text).toContain(words);
      expect(text).not.toContain('Her neighbour');
      expect(text).not.toMatch(/Meals left|concern|safeguarding|alert/i);
      await picture(edith, 'my-history');
      const phone = await signedIn('Edith Driven', 375, false);
      await phone.open('/my-record/history');
      await picture(phone, 'my-history-phone');
    });

    it('is answered to their own page the same way', async () => {
      const me = await house.as(`person/${driven.personId}`);
      const record = await me.get('/api/my-record');
      expect(record.body).toMatchObject({
        personId: driven.personId,
        record: { budgetId: driven.budgetId, planId: driven.planId, assessmentId: driven.assessmentId },
        maySpeakFor: [],
      });
      expect((await me.get('/api/my-record?effective=2020-01-01&known=2020-01-01')).body).not.toHaveProperty('record');
      const duties = await me.get<{ duties: { name: string; toYou: string; dischargedOn?: string }[] }>(
        '/api/my-record/duties',
      );
      expect(duties.body.duties).toContainEqual(
        expect.objectContaining({ name: 'review', toYou: 'We must look at your plan again with you.' }),
      );
      const history = await me.get<{ events: { title: string }[]; kept: { reason: string }[] }>(
        '/api/my-record/history',
      );
      expect(history.body.kept).toContainEqual(expect.objectContaining({ reason: 'It is about somebody else.' }));
      expect(JSON.stringify([duties.body, history.body])).not.toMatch(/Meals left|Her neighbour|s42/);
    });

    it('takes a request to be erased, in their own words, and puts it in the duty queue of whoever answers', async () => {
      const edith = await signedIn('Edith Driven', 375, false);
      await edith.follow('link', 'Ask for your record to be erased');
      for (const words of ['within one month', 'while we still owe you', 'the law makes us keep the record'])
        expect(await edith.text()).toContain(words);
      await picture(edith, 'my-erasure-phone');
      await edith.raw.getByLabel('What do you want to tell us?').fill('I do not want to be in your files.');
      await edith.follow('button', 'Ask the council');
      expect(await edith.raw.locator('.govuk-error-summary').innerText()).toContain('Choose one of the answers.');
      expect(await edith.raw.getByLabel('What do you want to tell us?').inputValue()).toContain('your files');
      await edith.raw.getByLabel('I do not want you to use it').check();
      await edith.follow('button', 'Ask the council');
      expect(edith.path()).toBe('/my-record/erasure');
      expect(await edith.text()).toContain('We must answer you by');
      expect(await edith.text()).toContain('I do not want to be in your files.');
      await picture(edith, 'my-erasure-asked-phone');

      // Of nobody else: the id is that of the account, and a second request waits for the answer to the first.
      const said = { ground: 'it was processed unlawfully (d)', words: 'Again.' };
      const me = await house.as(`person/${driven.personId}`);
      expect((await me.post('/api/my-record/erasures', said)).body).toMatchObject({ rule: 'one-request-at-a-time' });
      const other = await house.as(`person/${joan}`);
      expect((await other.post('/api/my-record/erasures', { ...said, personId: driven.personId })).status).toBe(400);
      expect((await other.post('/api/my-record/erasures', { ...said, words: ' ' })).body).toMatchObject({
        rule: 'said-in-words',
      });
      const send = () => other.post('/api/my-record/erasures', said, { 'idempotency-key': 'joan-asks' });
      const asked = await send();
      expect(asked.status).toBe(201);
      expect((await send()).body).toEqual(asked.body);
      expect((await nadia.post('/api/my-record/erasures', said)).status).toBe(403);

      // Joan, who wrote last, waits until the ledger has it; then it stands in the queue.
      await other.get('/api/my-record/duties');
      const safeguarding = await house.as('safeguarding');
      const queue = await safeguarding.get<{ duties: { personId: string }[] }>(
        '/api/duties?duty=answer-erasure-request',
      );
      expect(queue.body.duties.map(({ personId }) => personId).sort()).toEqual([driven.personId, joan].sort());
      expect((await safeguarding.get<string>(`/people/${driven.personId}/erasure`)).body).toContain('in your files');
    });

    it('is nobody else’s', async () => {
      for (const path of ['', '/duties', '/history'].flatMap((end) => [`/my-record${end}`, `/api/my-record${end}`]))
        expect((await nadia.get(path)).status).toBe(403);
      const other = await signedIn('Joan Sample');
      await other.open('/my-record');
      expect(await other.text()).not.toContain('key safe');
      for (const path of [`/support-plans/${driven.planId}`, `/personal-budgets/${driven.budgetId}`])
        expect(await other.open(path)).toBe(404);
    });
  });

  describe('of a representative', () => {
    it('shows for whom they may speak, in what and until when, and opens what the scope covers', async () => {
      const until = addDays(today, 30);
      const representationId = await appoint(['support planning'], { until });
      const page = await signedIn('Joan Sample', 375, false);
      const text = await page.text();
      for (const words of ['People for whom I may speak', 'support planning', 'Until']) expect(text).toContain(words);
      expect(await page.raw.getByRole('link', { name: /Read the statement/ }).count()).toBe(0);
      await picture(page, 'my-record-representative-phone');
      await page.follow('link', /^Read the plan/);
      expect(await page.text()).toContain('Support plan');
      expect(await page.raw.getByRole('navigation', { name: 'What can be done' }).count()).toBe(0);
      expect(await page.open(`/personal-budgets/${driven.budgetId}`)).toBe(404);
      const api = await house.as(`person/${joan}`);
      expect((await api.get(`/api/support-plans/${driven.planId}`)).status).toBe(200);
      const written = await api.post(`/api/support-plans/${driven.planId}/signatures`, {
        signatory: 'person',
        how: 'online',
      });
      expect(written.status).toBe(404);

      const ending = { effectiveOn: today, reason: 'the person withdrew it', reasons: 'She said so.' };
      const revoke = `/api/people/${driven.personId}/representatives/${representationId}/revocation`;
      expect((await nadia.post(revoke, ending)).status).toBe(201);
      expect(await page.open(`/support-plans/${driven.planId}`)).toBe(404);
      await page.open('/my-record');
      expect(await page.text()).not.toContain('People for whom I may speak');
    });

    it('opens the self-assessment for one who speaks in an assessment, and the statement for one in money', async () => {
      const offer = { effectiveOn: today, personId: driven.personId, subject: 'adult' };
      const offered = await nadia.post('/api/assessment-offers', offer);
      expect(offered.status).toBe(201);
      await appoint(['assessment', 'financial assessment']);
      const page = await signedIn('Joan Sample');
      await page.follow('link', /^Answer the questions/);
      expect(page.path()).toBe(`/self-assessments/${String(offered.body['assessmentId'])}`);
      await page.open('/my-record');
      expect(await page.raw.getByRole('link', { name: /Read the plan/ }).count()).toBe(0);
      await page.follow('link', /^Read the statement/);
      expect(await page.text()).toContain('section 26');
      expect(await page.raw.getByRole('link', { name: /offered, and what was chosen/ }).count()).toBe(0);
      expect(await page.open(`/support-plans/${driven.planId}`)).toBe(404);
      expect(await page.open(`/people/${driven.personId}`)).toBe(403);
    });

    it('does not speak in another council, nor for a harm that they are alleged to have done', async () => {
      const elsewhere = await signedIn('Joan Elsewhere');
      expect(await elsewhere.text()).not.toContain('People for whom I may speak');
      const planning = await appoint(['reviews', 'direct payment']);
      const page = await signedIn('Joan Sample');
      expect(await page.open(`/support-plans/${driven.planId}`)).toBe(200);
      const conflict = { kind: 'is alleged to be a source of harm', reasons: 'Said so.', handling: 'Seen alone.' };
      const path = `/api/people/${driven.personId}/representatives/${planning}/conflicts`;
      expect((await nadia.post(path, { effectiveOn: today, conflict })).status).toBe(201);
      expect(await page.open(`/support-plans/${driven.planId}`)).toBe(404);
    });
  });
});
