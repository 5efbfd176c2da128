import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Accounts, type LocalAccounts } from '@caretrail/access';
import { CommandBus } from '@nestjs/cqrs';
import { addDays, addMonths, londonDate } from '@caretrail/kernel';
import { fivePoints, OpenSupportPlan } from '@caretrail/planning/contracts';
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
const pictures = process.env['PICTURES'];

interface Plan {
  readonly stage: string;
  readonly version: number;
  readonly lines: readonly { readonly lineId: string; readonly protection?: { readonly beneficiaryName: string } }[];
  readonly coProduction: { readonly share?: number };
  readonly versions: readonly {
    readonly version: number;
    readonly signature?: object;
    readonly lines: readonly object[];
  }[];
  readonly reviewDue?: { readonly dueOn: string };
  readonly reviews: readonly { readonly reviewId: string }[];
}
interface Problem {
  readonly rule: string;
  readonly section?: string;
  readonly field?: string;
}

describe('a support plan that is made together', () => {
  let house: House;
  let browser: TestBrowser;
  let nadia: Caller;
  let person: Caller;

  beforeAll(async () => {
    [house, browser] = await Promise.all([startHouse(), openBrowser()]);
    nadia = await house.as('practitioner');
  });
  afterAll(async () => {
    await browser?.close();
    await house?.stop();
  });

  /** A plan as the process opens it: £448.10 a week for two needs, since forty days. */
  async function opened(personId = randomUUID(), tenant = WRENBRIDGE): Promise<{ planId: string; personId: string }> {
    const planId = randomUUID();
    const budget = { costPencePerWeek: 44_810, personPaysPencePerWeek: 6_480, councilPaysPencePerWeek: 38_330 };
    const needs = ['nutrition', 'personal hygiene'];
    const opening = { planId, personId, allocationId: randomUUID(), allocatedOn: daysAgo(40), ...budget, needs };
    const actor = { id: 'process:test', role: 'process' };
    const meta = { tenant, commandId: randomUUID(), actor, effectiveOn: daysAgo(40) };
    await house.app.get(CommandBus, { strict: false }).execute(new OpenSupportPlan(opening, meta));
    return { planId, personId };
  }
  const readPlan = async (planId: string, reader = nadia) =>
    (await reader.get<Plan>(`/api/support-plans/${planId}`)).body;
  const line = (changes: object = {}) => ({
    line: {
      need: 'nutrition',
      action: 'Lunch at the club on weekdays',
      contributor: 'community',
      writtenBy: 'person',
      inOwnWords: 'I like to eat with people.',
      weeklyPence: 4_000,
      purpose: 'benefit',
      ...changes,
    },
  });

  describe('over the API', () => {
    let planId: string;
    let path: string;
    let personId: string;
    beforeAll(async () => {
      ({ planId, personId } = await opened());
      path = `/api/support-plans/${planId}`;
      house.app.get<LocalAccounts>(Accounts, { strict: false }).registerPerson(WRENBRIDGE, personId, 'Edith Sample');
      person = await house.as(`person/${personId}`);
    });
    const refused = async (what: string, body: object, caller = nadia) => {
      const answer = await caller.post<Problem>(`${path}/${what}`, body);
      return { status: answer.status, rule: answer.body.rule, section: answer.body.section, field: answer.body.field };
    };

    it('lets the person write lines of their own, in their own words, and no others', async () => {
      expect(await refused('lines', line({ inOwnWords: ' ' }), person)).toMatchObject({
        status: 422,
        rule: 'own-lines-in-own-words',
        section: 'Care Act 2014 s25(3)',
        field: 'line.inOwnWords',
      });
      expect(await refused('lines', line({ writtenBy: 'family' }), person)).toMatchObject({
        rule: 'person-writes-own-lines',
      });
      const send = () => person.post(`${path}/lines`, line(), { 'idempotency-key': 'a-line-of-mine' });
      const written = await send();
      expect(written).toMatchObject({ status: 201, body: { planId, personId, lineId: expect.any(String) } });
      expect((await send()).body).toEqual(written.body);
      expect((await readPlan(planId)).lines).toHaveLength(1);
    });

    it('keeps a plan from everybody whose it is not', async () => {
      const other = await opened();
      expect((await person.get(`/api/support-plans/${other.planId}`)).status).toBe(404);
      expect((await person.post(`/api/support-plans/${other.planId}/lines`, line())).status).toBe(404);
      const elsewhere = await house.as('practitioner', OTHERBURY);
      expect((await elsewhere.post(`${path}/lines`, line())).status).toBe(404);
      expect((await (await house.as('finance')).post(`${path}/lines`, line())).status).toBe(403);
    });

    it('holds a restriction to its ground and its end, and keeps a third party from the person’s eyes', async () => {
      const restriction = {
        need: 'personal hygiene',
        action: 'The side gate is kept locked at night',
        contributor: 'front-line worker',
        writtenBy: 'front-line worker',
        inOwnWords: undefined,
        weeklyPence: 0,
        purpose: 'protection',
      };
      expect(await refused('lines', line(restriction))).toMatchObject({
        rule: 'protection-has-its-ground',
        field: 'line.protection.legalBasis',
      });
      const protection = {
        legalBasis: 'best interests (MCA 2005 s4–s6)',
        beneficiary: 'another adult',
        beneficiaryName: 'The neighbour at number 7',
        proportionality: 'A bell did not wake anybody.',
        dissent: 'I want to go out.',
        expiresOn: addMonths(today, 13),
      };
      expect(await refused('lines', line({ ...restriction, protection }))).toMatchObject({ rule: 'protection-ends' });
      const held = { ...restriction, protection: { ...protection, expiresOn: addMonths(today, 6) } };
      expect((await nadia.post(`${path}/lines`, line(held))).status).toBe(201);
      const seen = JSON.stringify(await readPlan(planId, person));
      expect(seen).toContain('The side gate');
      expect(seen).not.toContain('number 7');
      expect(JSON.stringify(await readPlan(planId))).toContain('number 7');
    });

    it('records an open duty, and lets nobody sign over it', async () => {
      const need = { need: 'personal hygiene', openBecause: 'no provider found yet' };
      expect((await nadia.post(`${path}/unmet-needs`, need)).status).toBe(201);
      expect(await refused('signatures', { signatory: 'person', how: 'online' }, person)).toMatchObject({
        rule: 'every-need-met-or-lawfully-not',
      });
      const check = await nadia.get<{ bars: Problem[]; missing: string[] }>(`${path}/check`);
      expect(check.body.bars).toEqual([expect.objectContaining({ rule: 'every-need-met-or-lawfully-not' })]);
      expect(check.body.missing.join()).toContain('contingency');
      expect((await nadia.post(`${path}/unmet-needs/withdrawal`, { need: 'personal hygiene' })).status).toBe(201);
      expect((await nadia.get<{ bars: Problem[] }>(`${path}/check`)).body.bars).toEqual([]);
    });

    it('is signed by both sides, and a change makes the first signature void', async () => {
      const signature = { signatory: 'person', how: 'online' };
      expect((await person.post(`${path}/signatures`, signature)).status).toBe(201);
      const [{ lineId }] = (await readPlan(planId)).lines as [{ lineId: string }];
      const { line: changed } = line({ weeklyPence: 4_200 });
      expect((await nadia.post(`${path}/lines/${lineId}`, { line: changed })).status).toBe(201);
      expect(await readPlan(planId)).not.toHaveProperty('signature');
      expect((await person.post(`${path}/signatures`, signature)).status).toBe(201);
      const brought = { effectiveOn: daysAgo(20), agreement: 'agreed', lines: [], notMet: [] };
      expect(await refused('agreement', brought)).toMatchObject({ rule: 'one-draft', field: 'lines' });
      expect((await nadia.post(`${path}/agreement`, { effectiveOn: daysAgo(20), agreement: 'agreed' })).status).toBe(
        201,
      );
      const plan = await readPlan(planId);
      expect(plan).toMatchObject({ stage: 'agreed', version: 1, reviewDue: { dueOn: daysAgo(20 - 56) } });
      expect(plan.versions).toMatchObject([{ version: 1, signature: { signatory: 'person' }, lines: [{}, {}] }]);
      expect(plan.coProduction.share).toBe(0.5);
      expect(await refused('lines', line())).toMatchObject({ rule: 'change-needs-a-review' });
    });

    it('is given, begins, is measured, reviewed and revised, and its versions are kept', async () => {
      const done = async (what: string, body: object) =>
        expect(await nadia.post(`${path}/${what}`, body)).toMatchObject({ status: 201 });
      await done('copies', { to: 'the person', format: 'easy read', effectiveOn: daysAgo(19) });
      const { instruments } = (
        await nadia.get<{ instruments: { name: string; version: string; domains: string[] }[] }>(
          '/api/outcome-instruments',
        )
      ).body;
      const [life] = instruments;
      const measure = (moment: string, level: number, effectiveOn: string) => ({
        moment,
        instrument: life!.name,
        instrumentVersion: life!.version,
        answeredBy: 'the person',
        levels: life!.domains.map((domain) => ({ domain, level })),
        effectiveOn,
      });
      await done('measures', measure('before', 1, daysAgo(19)));
      await done('start', { effectiveOn: daysAgo(18) });
      expect(
        (await person.post(`${path}/review-requests`, { by: 'the person', words: 'Two days are not enough.' })).status,
      ).toBe(201);
      const review = {
        reason: 'Unplanned: Other reason',
        method: 'Service user only',
        startedOn: daysAgo(3),
        effectiveOn: daysAgo(2),
        outcome: 'Progress to support planning or services',
        outcomesAchieved: 'Partially met',
        whatChanged: 'The daughter moved away.',
        consequence: 'the plan and the budget are revised',
        nextReviewInMonths: 13,
      };
      expect(await refused('reviews', review)).toMatchObject({
        rule: 'review-at-least-yearly',
        field: 'nextReviewInMonths',
      });
      const answer = await nadia.post<{ reviewId: string }>(`${path}/reviews`, { ...review, nextReviewInMonths: 6 });
      const { reviewId } = answer.body;
      expect((await readPlan(planId)).reviewDue?.dueOn).toBe(addMonths(daysAgo(2), 6));
      await done('measures', { ...measure('after', 2, today), reviewId });
      const budget = { costPencePerWeek: 50_000, personPaysPencePerWeek: 6_480, councilPaysPencePerWeek: 43_520 };
      expect(await refused('revisions', { reviewId })).toMatchObject({
        rule: 'budget-with-its-review',
        section: 'Care Act 2014 s26, s27(4)',
      });
      await done('revisions', { reviewId, budget });
      await done('lines', line({ action: 'Lunch on Saturdays too', weeklyPence: 45_000 }));
      const details = { firstName: 'Edith', lastName: 'Sample' };
      await nadia.post('/api/people', { effectiveOn: daysAgo(50), personId, details });
      const register = `/api/people/${personId}/representatives`;
      const appoint = async (scope: string[]) => {
        const answer = await nadia.post<{ representationId: string }>(register, {
          effectiveOn: daysAgo(30),
          representative: { name: 'Example Attorney' },
          kind: 'informal',
          evidence: { kind: 'the person’s own word', seenOn: daysAgo(30) },
          scope,
          conflicts: [],
        });
        expect(answer.status).toBe(201);
        return answer.body.representationId;
      };
      const signing = (representationId: string, effectiveOn: string) => ({
        agreement: 'agreed',
        effectiveOn,
        signature: { signatory: 'representative', how: 'on paper', representative: { representationId } },
      });
      const field = 'signature.representative.representationId';
      expect(await refused('agreement', signing(randomUUID(), today))).toMatchObject({
        rule: 'representative-by-authority',
        field,
      });
      expect(await refused('agreement', signing(await appoint(['financial assessment']), today))).toMatchObject({
        rule: 'representative-may-speak-in-this',
        section: expect.stringContaining('s25'),
        field,
      });
      const revoked = await appoint(['support planning']);
      const revocation = await nadia.post(`${register}/${revoked}/revocation`, {
        effectiveOn: daysAgo(10),
        reason: 'the representative stepped back',
        reasons: 'Moves abroad.',
      });
      expect(revocation.status).toBe(201);
      expect(await refused('agreement', signing(revoked, today))).toMatchObject({
        rule: 'representative-by-authority',
      });
      await done('agreement', signing(await appoint(['support planning']), today));
      const plan = await readPlan(planId);
      expect(plan).toMatchObject({ stage: 'active', version: 2 });
      expect(plan.versions.at(-1)?.signature).toMatchObject({
        representative: { kind: 'informal', name: 'Example Attorney' },
      });
      expect(plan.versions.map(({ lines }) => lines.length)).toEqual([2, 3]);
      const then = await nadia.get<Plan>(`${path}?effective=${daysAgo(19)}&known=${today}`);
      expect(then.body.versions).toHaveLength(1);
      expect((await nadia.get(`${path}?effective=${daysAgo(50)}&known=${today}`)).status).toBe(404);
      await done('closure', { reason: 'another plan takes its place', words: 'A new assessment.' });
      expect(await refused('review-requests', { by: 'a carer', words: 'Again.' })).toMatchObject({
        rule: 'plan-is-not-closed',
      });
    });
  });

  describe('on pages', () => {
    let planId: string;
    let personId: string;
    let here: string;
    let staff: Page;
    let me: Page;
    beforeAll(async () => {
      ({ planId, personId } = await opened());
      here = `/support-plans/${planId}`;
      house.app.get<LocalAccounts>(Accounts, { strict: false }).registerPerson(WRENBRIDGE, personId, 'Pat Sample');
      staff = await signedIn('Nadia Rahman', { width: 1280 });
      me = await signedIn('Pat Sample', { width: 390, script: false });
    });

    async function signedIn(name: string, options: WindowOptions): Promise<Page> {
      const page = await browser.window(house.address, options);
      await page.raw.goto(`${house.address}/sign-in`);
      const button = page.raw.locator('section', { hasText: 'Wrenbridge' }).getByRole('button', { name });
      await Promise.all([page.raw.waitForEvent('load'), button.click()]);
      return page;
    }
    const fill = async (page: Page, values: Readonly<Record<string, string>>) => {
      for (const [name, value] of Object.entries(values)) await page.raw.locator(`[name="${name}"]`).fill(value);
    };
    const select = async (page: Page, values: Readonly<Record<string, string>>) => {
      for (const [name, value] of Object.entries(values))
        await page.raw.locator(`select[name="${name}"]`).selectOption(value);
    };
    const choose = async (page: Page, values: Readonly<Record<string, string>>) => {
      for (const [name, value] of Object.entries(values))
        await page.raw.locator(`input[name="${name}"][value="${value}"]`).check();
    };
    const summary = (page: Page): Promise<string> => page.raw.locator('.govuk-error-summary').innerText();
    const valueOf = (page: Page, name: string): Promise<string> => page.raw.locator(`[name="${name}"]`).inputValue();
    const picture = async (page: Page, name: string) => {
      if (pictures) await page.screenshot(`${pictures}/${name}.png`);
    };

    it('says whose plan it is, for print too, however long the name is; the record number alone where none is known', async () => {
      const record = `P-${personId.slice(0, 8)}`;
      const caption = (page: Page) => page.raw.locator('.ct-heading__caption').innerText();
      await staff.open(here);
      expect(await caption(staff)).toBe(`Record ${record}`);
      await staff.open(`${here}/print`);
      expect(await staff.text()).toContain(`Record ${record}`);
      const [firstName, lastName] = ['Pat', 'Samplesampledottir'.repeat(4)];
      const known = { effectiveOn: daysAgo(50), personId, details: { firstName, lastName } };
      expect((await nadia.post('/api/people', known)).status).toBe(201);
      for (const page of [staff, me])
        for (const path of ['', '/about', '/print']) {
          // Opening a page checks that it is no wider than the window.
          await page.open(here + path);
          expect(await page.text()).toContain(`${firstName} ${lastName}, record ${record}`);
          if (pictures) await page.raw.emulateMedia({ media: path === '/print' ? 'print' : 'screen' });
          await picture(page, `named${path.replace('/', '-')}-${page === me ? 'phone' : 'desktop'}`);
          if (pictures) await page.raw.emulateMedia({ media: 'screen' });
        }
      const elsewhere = await house.as('practitioner', OTHERBURY);
      expect((await elsewhere.get(here)).status).toBe(404);
    });

    it('takes a line of the person’s own on a phone without script, and keeps what was typed when it is refused', async () => {
      await me.open(here);
      expect(await me.text()).toContain('Nothing is said yet of: Eating and drinking; Washing and keeping clean');
      await me.follow('button', 'Add a line of my own');
      await fill(me, { 'line.inOwnWords': 'I want to cook on Sundays.', 'line.action': 'A worker cooks with me' });
      await select(me, { 'line.need': 'nutrition' });
      await me.follow('button', 'Save the line');
      expect(await summary(me)).toContain('Choose who gives this support.');
      expect(await valueOf(me, 'line.inOwnWords')).toBe('I want to cook on Sundays.');
      await picture(me, 'line-refused-phone');
      await select(me, { 'line.contributor': 'front-line worker' });
      await fill(me, { 'line.weeklyPence': '60' });
      await me.follow('button', 'Save the line');
      expect(me.path()).toBe(here);
      expect(await me.text()).toMatch(/I want to cook on Sundays\./);
      await picture(me, 'my-plan-phone');
    });

    it('lets staff change, add and withdraw lines, and see who wrote what', async () => {
      await staff.open(here);
      await staff.follow('button', 'Add a line');
      await select(staff, {
        'line.need': 'personal hygiene',
        'line.contributor': 'family',
        'line.protection.legalBasis': 'consent of the person',
        'line.protection.beneficiary': 'the person',
      });
      await choose(staff, { 'line.writtenBy': 'carer', 'line.purpose': 'protection' });
      await fill(staff, {
        'line.action': 'The boiler is set to 43 degrees',
        'line.outcome': 'Washing without fear of scalds',
        'line.protection.beneficiaryName': 'Pat',
        'line.protection.proportionality': 'A sign did not help.',
        'line.protection.dissent': 'I like it hot.',
        'line.protection.expiresOn': ukDate(addMonths(today, 3)),
      });
      await staff.follow('button', 'Save the line');
      expect(await summary(staff)).toContain('does not rest on their consent');
      await picture(staff, 'line-refused');
      await select(staff, { 'line.protection.legalBasis': 'best interests (MCA 2005 s4–s6)' });
      await staff.follow('button', 'Save the line');
      const text = await staff.text();
      expect(text).toContain('for protection');
      expect(text).toContain('Carer');
      expect(text).toContain('entered by Pat Sample');
      await staff.follow('link', /Change line 2/);
      expect(await valueOf(staff, 'line.action')).toBe('The boiler is set to 43 degrees');
      await fill(staff, { 'line.weeklyPence': '400' });
      await staff.follow('button', 'Save the line');
      await staff.follow('link', /Withdraw line 2/);
      await staff.open(here);
    });

    it('writes down the person, the options and the dissent', async () => {
      await staff.open(`${here}/about`);
      await fill(staff, {
        whatMatters: 'Cooking for friends.',
        strengths: 'Knows every recipe.',
        'circle.0.who': 'A cousin',
        'circle.0.how': 'Comes on Mondays',
        contingency: 'The cousin is called first.',
        'independentLiving.0.outcome': 'To stay in this flat.',
      });
      await staff.follow('button', 'Save');
      await staff.open(`${here}/options`);
      await select(staff, {
        need: 'nutrition',
        'options.0.way': 'a direct payment',
        'options.1.way': 'a service that the council arranges',
      });
      await choose(staff, { 'options.0.chosen': 'yes', 'options.1.chosen': 'no' });
      await staff.follow('button', 'Save the choice');
      expect(await summary(staff)).toContain(
        'Say why the person did not choose “a service that the council arranges”.',
      );
      await fill(staff, { 'options.1.whyNot': 'Another worker every day.' });
      await staff.follow('button', 'Save the choice');
      expect(await staff.text()).toContain('Another worker every day.');
      await me.open(`${here}/dissent`);
      await fill(me, { words: 'I like the water hot.' });
      await me.follow('button', 'Save');
      expect(await me.text()).toContain('I like the water hot.');
    });

    it('shows what stands in the way of a signature, and signs', async () => {
      await staff.open(here);
      for (const words of ['Before anybody signs', 'The lines cost £460.00 a week, the budget is £448.10.'])
        expect(await staff.text()).toContain(words);
      expect(await staff.text()).toContain('Not required for a signature');
      await picture(staff, 'plan-check');
      await me.open(here);
      expect(await me.text()).toContain('Before anybody signs');
      expect(await me.text()).not.toContain('Not required for a signature');
      await staff.open(`${here}/agreement`);
      expect(await staff.text()).toContain('The lines cost £460.00 a week, the budget is £448.10.');
      await picture(staff, 'agreement-barred');
      await choose(staff, { agreement: 'agreed', 'signature.signatory': '' });
      await staff.raw.locator('[name="signature.how"]').selectOption('on paper');
      await staff.follow('button', 'Sign the plan off');
      expect(await summary(staff)).toContain('Say who signs, or leave the signature empty.');
      await staff.raw.locator('[name="signature.how"]').selectOption('');
      await staff.follow('button', 'Sign the plan off');
      expect(await summary(staff)).toContain('(Care Act 2014 s25(1)(e), s26)');
      expect(await summary(staff)).toContain('Their dissent from this plan is recorded.');
      await staff.open(here);
      await staff.follow('link', /Change line 2/);
      await fill(staff, { 'line.weeklyPence': '380' });
      await staff.follow('button', 'Save the line');
      await me.open(`${here}/signature`);
      await picture(me, 'signature-phone');
      await me.follow('button', 'Sign the plan');
      await staff.open(`${here}/agreement`);
      expect(await staff.text()).toContain('Nothing stands in the way.');
      await choose(staff, { agreement: 'agreed' });
      await fill(staff, { inTheirWords: 'Good enough for now.' });
      await staff.follow('button', 'Sign the plan off');
      expect(await staff.text()).toContain('co-signed');
    });

    it('follows the plan through checks, measures and a review to a revision', async () => {
      await staff.open(`${here}/copy`);
      await choose(staff, { to: 'the person' });
      await select(staff, { format: 'letter' });
      await staff.follow('button', 'Record the copy');
      await staff.open(`${here}/five-point-check`);
      for (const at of [0, 1, 2, 3, 4]) {
        await choose(staff, { [`points.${at}.holds`]: at === 3 ? 'no' : 'yes' });
        await fill(staff, { [`points.${at}.reasons`]: 'Talked through at home.' });
      }
      await select(staff, { answeredBy: 'person' });
      await staff.follow('button', 'Save the check');
      expect(await staff.text()).toContain('4 of 5');
      expect(await staff.raw.locator('#five-points svg').count()).toBe(0);
      const points = fivePoints.map((point) => ({ point, holds: 'yes', reasons: 'As it began.' }));
      const earlier = { points, answeredBy: 'person', effectiveOn: daysAgo(30) };
      expect((await nadia.post(`/api${here}/five-point-checks`, earlier)).status).toBe(201);
      for (const page of [staff, me]) {
        await page.open(here);
        expect(await page.text()).toContain('4 points hold; 5 did at the first check.');
      }
      expect(await staff.raw.locator('#five-points table').count()).toBe(1);
      await picture(staff, 'five-points');
      await picture(me, 'five-points-phone');
      await staff.open(`${here}/measure`);
      for (let at = 0; at < 8; at++) await choose(staff, { [`levels.${at}.level`]: at === 0 ? '1' : '2' });
      await choose(staff, { answeredBy: 'the person' });
      await picture(staff, 'measure');
      await staff.follow('button', 'Save the answers');
      await staff.open(`${here}/start`);
      await staff.follow('button', 'Support begins');
      await me.open(`${here}/review-request`);
      await fill(me, { words: 'I do not fit into the club bus.' });
      await me.follow('button', 'Ask for a review');
      await staff.open(`${here}/review`);
      await staff.raw.locator('select[name="reviewId"]').selectOption({ index: 1 });
      await select(staff, { reason: 'Unplanned: Other reason', outcome: 'Continuation of support or services' });
      await choose(staff, {
        method: 'Service user only',
        outcomesAchieved: 'Partially met',
        consequence: 'the plan is revised',
      });
      await fill(staff, { whatChanged: 'The bus is too small for the chair.' });
      await picture(staff, 'review');
      await staff.follow('button', 'Complete the review');
      expect(await staff.text()).toContain('The bus is too small for the chair.');
      await staff.follow('button', 'Open the plan for revision');
      await staff.raw.locator('select[name="reviewId"]').selectOption({ index: 1 });
      await staff.follow('button', 'Open the plan for revision');
      expect(await staff.text()).toContain('version 2 is in the making, version 1 stands');
      await picture(staff, 'plan');
      await me.open(`${here}/print`);
      expect(await me.text()).toContain('Knows every recipe.');
      await picture(me, 'print-phone');
    });
  });
});
