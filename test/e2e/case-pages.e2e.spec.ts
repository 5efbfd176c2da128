import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { outcomes } from '@caretrail/assessment/contracts';
import { Accounts, type LocalAccounts } from '@caretrail/access';
import { addDays, londonDate } from '@caretrail/kernel';
import {
  OTHERBURY,
  type Page,
  type TestBrowser,
  WRENBRIDGE,
  type WindowOptions,
  openBrowser,
} from '@caretrail/testing';
import { ukDate } from '@caretrail/web';
import { type Caller, type House, startHouse } from './house.js';

const today = londonDate(new Date());
const daysAgo = (days: number): string => addDays(today, -days);
const typedDay = (days: number): string => ukDate(daysAgo(days));

interface CaseAnswer {
  readonly stage: string;
  readonly allocationId: string;
  readonly planId: string;
  readonly facts: readonly { readonly kind: string }[];
}
interface Problem {
  readonly rule?: string;
  readonly field?: string;
}

describe('a case, walked on pages', () => {
  let house: House;
  let browser: TestBrowser;
  let practitioner: Page;
  let finance: Page;
  let personId: string;

  beforeAll(async () => {
    [house, browser] = await Promise.all([startHouse(), openBrowser()]);
    practitioner = await signedIn('Nadia Rahman', { width: 1280 });
    finance = await signedIn('Colin Marsh', { width: 390, script: false });
  });
  afterAll(async () => {
    await browser?.close();
    await house?.stop();
  });

  async function signedIn(name: string, options: WindowOptions): Promise<Page> {
    const page = await browser.window(house.address, options);
    await page.raw.goto(`${house.address}/sign-in`);
    // Both councils have the same synthetic accounts.
    const button = page.raw.locator('section', { hasText: 'Wrenbridge' }).getByRole('button', { name });
    await Promise.all([page.raw.waitForEvent('load'), button.click()]);
    return page;
  }

  /** Where there is no script there is no axe either: the same pages are checked in the other windows. */
  const withoutScript = async (page: Page, role: 'link' | 'button', name: string) => {
    await Promise.all([page.raw.waitForEvent('load'), page.raw.getByRole(role, { name }).first().click()]);
  };
  const visit = async (page: Page, path: string): Promise<number | undefined> =>
    (await page.raw.goto(house.address + path))?.status();
  const fill = async (page: Page, values: Readonly<Record<string, string>>) => {
    for (const [name, value] of Object.entries(values)) await page.raw.locator(`[name="${name}"]`).fill(value);
  };
  const choose = (page: Page, name: string, value: string) =>
    page.raw.locator(`input[name="${name}"][value="${value}"]`).check();
  const select = (page: Page, name: string, value: string) =>
    page.raw.locator(`select[name="${name}"]`).selectOption(value);
  const summary = async (page: Page): Promise<string> => page.raw.locator('.govuk-error-summary').innerText();
  const valueOf = (page: Page, name: string): Promise<string> => page.raw.locator(`[name="${name}"]`).inputValue();

  it('registers a person, who is simulated where the council is', async () => {
    await practitioner.follow('button', 'Register a person');
    await fill(practitioner, {
      'details.firstName': 'Edith',
      'details.dateOfBirth': '3/2/1941',
      effectiveOn: typedDay(40),
    });
    await practitioner.follow('button', 'Register');
    expect(await summary(practitioner)).toContain('Enter the last name.');
    expect(await valueOf(practitioner, 'details.firstName')).toBe('Edith');

    await fill(practitioner, { 'details.lastName': 'Sample' });
    await practitioner.follow('button', 'Register');
    expect(practitioner.path()).toMatch(/^\/people\/[0-9a-f-]{36}$/);
    personId = practitioner.path().slice('/people/'.length);
    expect(await practitioner.text()).toContain('Edith Sample');
    const { body } = await (await house.as('practitioner')).get(`/api/people/${personId}`);
    expect(body).toMatchObject({ name: 'Edith Sample', simulated: true });
  });

  it('completes an assessment, the ten outcomes one by one, and keeps what was typed when it is refused', async () => {
    await practitioner.follow('button', 'Complete an assessment');
    await practitioner.follow('button', 'Complete the assessment');
    expect(await summary(practitioner)).toContain('Getting out: choose one of the answers. (Elig Regs reg 2(2))');

    const unable = ['cannot without help', 'takes much longer'];
    for (const [at] of outcomes.entries()) await choose(practitioner, `findings.${at}`, unable[at] ?? 'able');
    await choose(practitioner, 'method', 'Service user only');
    await choose(practitioner, 'arisesFromImpairment', 'yes');
    await choose(practitioner, 'impactOnWellbeing.significant', 'yes');
    await select(practitioner, 'outcome', 'Progress to support planning or services');
    await fill(practitioner, {
      startedOn: typedDay(25),
      effectiveOn: typedDay(20),
      'findings.0.words': 'I forget to drink.',
      'impactOnWellbeing.reasons': 'She goes without meals.',
    });
    await practitioner.follow('button', 'Complete the assessment');
    expect(await summary(practitioner)).toContain(
      'Give the reasons for the decision on eligibility. (Care Act 2014 s13(2))',
    );
    expect(await valueOf(practitioner, 'findings.0.words')).toBe('I forget to drink.');

    await fill(practitioner, { reasons: 'Two outcomes cannot be achieved.' });
    await practitioner.follow('button', 'Complete the assessment');
    expect(await practitioner.text()).toContain('Next: Decide the budget (finance)');
  });

  it('decides the budget in pounds, on a phone without script', async () => {
    await visit(finance, `/people/${personId}`);
    await withoutScript(finance, 'button', 'Decide the budget');
    await fill(finance, {
      costPencePerWeek: '448.10',
      personPaysPencePerWeek: '64.80',
      councilPaysPencePerWeek: '£300',
      reasons: 'Two calls a day.',
      effectiveOn: typedDay(30),
    });
    await withoutScript(finance, 'button', 'Allocate the budget');
    expect(await summary(finance)).toMatch(
      /add up to £364\.80 a week, not to the cost of £448\.10\. \(Care Act 2014 s26\(1\)\)/,
    );
    expect(await summary(finance)).toContain('before the assessment');

    await fill(finance, { councilPaysPencePerWeek: '383.30', effectiveOn: typedDay(15) });
    await withoutScript(finance, 'button', 'Allocate the budget');
    expect(await finance.text()).toContain('£448.10 a week, of which the person pays £64.80');
  });

  it('signs the plan off when each need is met, or lawfully not', async () => {
    await practitioner.open(`/people/${personId}`);
    await practitioner.follow('button', 'Make the plan');
    await practitioner.follow('button', 'Add a line');
    await fill(practitioner, { 'line.action': 'A hot meal at noon', 'line.weeklyPence': '200' });
    await select(practitioner, 'line.need', 'nutrition');
    await select(practitioner, 'line.contributor', 'front-line worker');
    await choose(practitioner, 'line.writtenBy', 'carer');
    await practitioner.follow('button', 'Save the line');
    await practitioner.follow('link', 'Check and sign');
    await choose(practitioner, 'agreement', 'dissents');
    await fill(practitioner, { effectiveOn: typedDay(10) });
    await practitioner.follow('button', 'Sign the plan off');
    expect(await summary(practitioner)).toContain('An open duty: “personal hygiene”');
    expect(await summary(practitioner)).toContain('(Care Act 2014 s25(5))');
    const openDuty = practitioner.raw.getByRole('link', { name: /An open duty/ });
    expect(await openDuty.getAttribute('href')).toBe('#lines');

    await practitioner.follow('link', 'Back to the plan');
    await practitioner.follow('link', 'A need that is not met');
    await select(practitioner, 'need', 'personal hygiene');
    await choose(practitioner, 'reason', 'the person declined');
    await practitioner.follow('button', 'Record the need as not met');
    await practitioner.follow('link', 'Check and sign');
    await choose(practitioner, 'agreement', 'dissents');
    await fill(practitioner, {
      stepsToAgree: 'We met three times.',
      inTheirWords: 'I want my daughter to help.',
      effectiveOn: typedDay(10),
    });
    await practitioner.follow('button', 'Sign the plan off');
    await practitioner.follow('link', 'Back to the case');
    expect(await practitioner.text()).toContain('over the dissent of the person');
  });

  it('shows the case as it was true on a past day, loudly, and offers no form there', async () => {
    await practitioner.open(`/people/${personId}?effective=${daysAgo(16)}&known=${today}`);
    const text = await practitioner.text();
    expect(text).toContain('Not today');
    expect(text).toContain('Eligible since');
    expect(text).not.toContain('448.10');
    expect(await practitioner.raw.getByRole('button', { name: 'Complete' }).count()).toBe(0);
    expect(await practitioner.open(`/people/${personId}?effective=${daysAgo(60)}&known=${today}`)).toBe(404);
  });

  it('finds the case by stage and by record number, with its name', async () => {
    await visit(finance, `/cases?stage=plan+agreed&record=P-${personId.slice(0, 8)}`);
    expect(await finance.text()).toContain('Edith Sample');
    await visit(finance, '/cases?stage=requested');
    expect(await finance.text()).toContain('No case fits.');
    expect(await finance.text()).not.toContain('Edith Sample');
  });

  it('shows the person their own record in plain words, and nobody else', async () => {
    const accounts = house.app.get<LocalAccounts>(Accounts, { strict: false });
    accounts.registerPerson(WRENBRIDGE, personId, 'Edith Sample');
    const edith = await signedIn('Edith Sample', { width: 390 });
    await edith.check();
    const text = await edith.text();
    for (const words of [
      'It says that you need care and support',
      'I forget to drink.',
      'You can, but it takes you much longer than it should.',
      '£64.80',
      'Two calls a day.',
      'A hot meal at noon',
      'You told us that you do not want help with this.',
      'I want my daughter to help.',
      'We met three times.',
    ])
      expect(text).toContain(words);
    expect(await edith.open(`/people/${personId}`)).toBe(403);
    expect(await edith.open('/cases')).toBe(403);
    expect(await visit(finance, '/my-record')).toBe(403);
  });

  it('has one effect when a form is sent twice', async () => {
    const nadia = await house.as('practitioner');
    const form = new URLSearchParams({
      personId: randomUUID(),
      'details.firstName': 'Once',
      'details.lastName': 'Only',
      effectiveOn: typedDay(1),
    });
    const send = () =>
      fetch(`${house.address}/people/new`, {
        method: 'POST',
        body: form,
        redirect: 'manual',
        headers: { authorization: `Bearer ${nadia.token}` },
      });
    const answers = [await send(), await send()];
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    expect(answers[1]!.headers.get('caretrail-position')).toBe(answers[0]!.headers.get('caretrail-position'));
    expect((await nadia.get(`/api/people/${form.get('personId')}`)).status).toBe(200);
  });

  describe('and over the API', () => {
    let callers: Readonly<Record<'practitioner' | 'finance' | 'elsewhere', Caller>>;
    beforeAll(async () => {
      const [nadia, colin, elsewhere] = await Promise.all([
        house.as('practitioner'),
        house.as('finance'),
        house.as('finance', OTHERBURY),
      ]);
      callers = { practitioner: nadia, finance: colin, elsewhere };
    });
    // Whoever wrote reads their own writes; others may be a moment behind.
    const found = async (reader = callers.finance) =>
      (await reader.get<CaseAnswer>(`/api/people/${personId}/case`)).body;

    it('reads allocation and plan with the ids of the case', async () => {
      const { allocationId, planId, stage } = await found();
      expect(stage).toBe('plan agreed');
      expect((await callers.finance.get(`/api/allocations/${allocationId}`)).body).toMatchObject({
        personId,
        budget: { costPencePerWeek: 44_810, allocatedOn: daysAgo(15), reasons: 'Two calls a day.' },
      });
      expect((await callers.finance.get(`/api/support-plans/${planId}`)).body).toMatchObject({
        signedOff: { agreement: 'dissents', lines: [{ need: 'nutrition', weeklyPence: 20_000 }] },
      });
    });

    it('knows the case on any two days, and refuses a day that does not exist', async () => {
      const on = (query: string) =>
        callers.practitioner.get<CaseAnswer & Problem>(`/api/people/${personId}/case?${query}`);
      expect((await on(`effective=${daysAgo(20)}&known=${today}`)).body.stage).toBe('eligible');
      expect((await on(`effective=${today}&known=${daysAgo(1)}`)).status).toBe(404);
      expect(await on('effective=2026-02-31')).toMatchObject({ status: 400, body: { field: 'effective' } });
      expect(await on(`known=${addDays(today, 2)}`)).toMatchObject({ status: 400, body: { field: 'known' } });
    });

    it('finds nothing under an unknown id, or that of another council', async () => {
      const { allocationId, planId } = await found();
      for (const path of [`allocations/${randomUUID()}`, `support-plans/${randomUUID()}`, 'allocations/1'])
        expect((await callers.finance.get(`/api/${path}`)).status).toBe(404);
      for (const path of [`allocations/${allocationId}`, `support-plans/${planId}`, `people/${personId}/case`])
        expect((await callers.elsewhere.get(`/api/${path}`)).status).toBe(404);
      const budget = {
        effectiveOn: today,
        costPencePerWeek: 2,
        personPaysPencePerWeek: 1,
        councilPaysPencePerWeek: 1,
        reasons: 'Reasons.',
      };
      expect((await callers.elsewhere.post(`/api/allocations/${allocationId}/budget`, budget)).status).toBe(404);
      expect((await callers.finance.post(`/api/allocations/${randomUUID()}/budget`, budget)).status).toBe(404);
    });

    it('refuses an id in the body that is not that of the address', async () => {
      const { allocationId, planId } = await found();
      const budget = {
        effectiveOn: today,
        costPencePerWeek: 2,
        personPaysPencePerWeek: 1,
        councilPaysPencePerWeek: 1,
        reasons: 'Reasons.',
      };
      const plan = { effectiveOn: today, lines: [], notMet: [], agreement: 'agreed' };
      expect(
        await callers.finance.post(`/api/allocations/${allocationId}/budget`, { ...budget, allocationId: planId }),
      ).toMatchObject({ status: 400, body: { rule: 'one-allocation', field: 'allocationId' } });
      expect(
        await callers.practitioner.post(`/api/support-plans/${planId}/agreement`, { ...plan, planId: allocationId }),
      ).toMatchObject({ status: 400, body: { rule: 'one-plan', field: 'planId' } });
    });

    it('assesses nobody who is not registered', async () => {
      const assessment = {
        effectiveOn: today,
        personId: randomUUID(),
        kind: 'Long term assessment',
        method: 'Service user only',
        startedOn: today,
        outcome: 'NFA: Other',
        findings: outcomes.map((outcome) => ({ outcome, able: true })),
        arisesFromImpairment: false,
        impactOnWellbeing: { significant: false, reasons: 'None.' },
        reasons: 'No needs.',
      };
      expect((await callers.practitioner.post('/api/assessments', assessment)).status).toBe(404);
      const answer = await callers.practitioner.post('/api/assessments', { ...assessment, personId });
      expect(answer).toMatchObject({ status: 201, body: { personId, assessmentId: expect.any(String) } });
      expect((await found(callers.practitioner)).stage).toBe('assessed');
    });

    it('lists cases by stage, page by page, without names', async () => {
      const list = await callers.practitioner.get('/api/cases?stage=assessed&pageSize=1');
      expect(list.body).toMatchObject({ total: 1, cases: [{ personId, record: `P-${personId.slice(0, 8)}` }] });
      expect(JSON.stringify(list.body)).not.toContain('Edith');
      expect((await callers.finance.get('/api/cases?stage=sideways')).status).toBe(400);
      expect((await (await house.as('commissioner')).get('/api/cases')).status).toBe(403);
    });
  });
});
