import { randomUUID } from 'node:crypto';
import { Accounts, type LocalAccounts } from '@caretrail/access';
import { currentForm, outcomes, questionOfOutcome } from '@caretrail/assessment/contracts';
import { addDays, londonDate } from '@caretrail/kernel';
import { type Page, type TestBrowser, WRENBRIDGE, type WindowOptions, openBrowser } from '@caretrail/testing';
import { ukDate } from '@caretrail/web';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Caller, type House, startHouse } from './house.js';

const today = londonDate(new Date());
const daysAgo = (days: number): string => addDays(today, -days);
const typedDay = (days: number): string => ukDate(daysAgo(days));

interface Assessed {
  readonly state: {
    readonly progress: string;
    readonly own?: { readonly data: { readonly answeredBy: string; readonly answers: readonly object[] } };
    readonly differences?: Readonly<Record<string, object>>;
  };
  readonly decision?: string;
  readonly history: readonly { readonly type: string }[];
}

describe('an assessment from both sides, on pages', () => {
  let house: House;
  let browser: TestBrowser;
  let nadia: Page;
  let api: Caller;
  const [personId, assessmentId] = [randomUUID(), randomUUID()];
  const self = `/self-assessments/${assessmentId}`;

  beforeAll(async () => {
    [house, browser] = await Promise.all([startHouse(), openBrowser()]);
    api = await house.as('practitioner');
    const details = { firstName: 'Edith', lastName: 'Sample' };
    expect((await api.post('/api/people', { effectiveOn: daysAgo(40), personId, details })).status).toBe(201);
    house.app.get<LocalAccounts>(Accounts, { strict: false }).registerPerson(WRENBRIDGE, personId, 'Edith Sample');
    nadia = await signedIn('Nadia Rahman', {});
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
  /** Without script there is no axe either: pages that others check are only visited. */
  const press = async (page: Page, name: string) => {
    await Promise.all([page.raw.waitForEvent('load'), page.raw.getByRole('button', { name }).first().click()]);
  };
  const fill = async (page: Page, values: Readonly<Record<string, string>>) => {
    for (const [name, value] of Object.entries(values)) await page.raw.locator(`[name="${name}"]`).fill(value);
  };
  const choose = (page: Page, name: string, value: string) =>
    page.raw.locator(`input[name="${name}"][value="${value}"]`).check();
  const summary = (page: Page): Promise<string> => page.raw.locator('.govuk-error-summary').innerText();
  const stored = async () => (await api.get<Assessed>(`/api/assessments/${assessmentId}`)).body;

  it('is offered, and keeps what was typed when something is missing', async () => {
    await nadia.open(`/people/${personId}`);
    await nadia.follow('link', 'Offer an assessment');
    await choose(nadia, 'selfAssessmentOffered', 'no');
    await choose(nadia, 'subject', 'adult');
    await fill(nadia, { effectiveOn: typedDay(20) });
    const id = nadia.raw.locator('[name="assessmentId"]');
    await id.evaluate((field, value) => field.setAttribute('value', value), assessmentId);
    await nadia.follow('button', 'Offer the assessment');
    expect(await summary(nadia)).toContain('Say why it is not offered here. (SI 2014/2827 reg 2)');
    await choose(nadia, 'selfAssessmentOffered', 'yes');
    await nadia.follow('button', 'Offer the assessment');
    expect(nadia.path()).toBe(`/assessments/${assessmentId}`);
    expect(await nadia.text()).toContain('Assessment offered, with a supported self-assessment');
  });

  it('is answered by the person, one question on a page, on a phone without script: saved, left, and taken up again', async () => {
    const edith = await signedIn('Edith Sample', { width: 390, script: false });
    await edith.follow('link', 'answer the questions');
    expect(edith.path()).toBe(self);
    await edith.follow('button', 'Start');
    await fill(edith, { words: 'My garden, and my sister' });
    await press(edith, 'Save and go on');
    expect(edith.path()).toBe(`${self}/question?q=nutrition`);
    await fill(edith, { words: 'I forget to drink.' });
    await edith.follow('button', 'Save and go on');
    expect(await summary(edith)).toContain('You can choose “I would rather not say”');
    expect(await edith.raw.locator('[name="words"]').inputValue()).toBe('I forget to drink.');
    await choose(edith, 'answer', 'cannot without help');
    await press(edith, 'Save and come back later');
    expect(await edith.text()).toContain('2 of 15 answered');

    const again = await signedIn('Edith Sample', { width: 390, script: false });
    await again.raw.goto(house.address + self);
    await press(again, 'Go on');
    expect(again.path()).toBe(`${self}/question?q=personal-hygiene`);
    for (const outcome of outcomes.slice(1)) {
      expect(again.path()).toBe(`${self}/question?q=${questionOfOutcome[outcome]}`);
      await choose(again, 'answer', outcome === 'personal hygiene' ? 'takes much longer' : 'able');
      await press(again, 'Save and go on');
    }
    await choose(again, 'answer', 'changes from day to day');
    await press(again, 'Save and go on');
    await choose(again, 'answer', 'prefer not to say');
    await press(again, 'Save and go on');
    await press(again, 'Save and go on');
    await press(again, 'Save and go on');
    expect(again.path()).toBe(`${self}/check`);
  });

  it('is nobody else’s before it is sent', async () => {
    await nadia.open(self);
    expect(await nadia.text()).toContain('0 of 15 answered');
    expect(await nadia.text()).not.toContain('My garden');
    expect((await stored()).state.own).toBeUndefined();
  });

  it('is checked, changed and sent; sent twice it is sent once', async () => {
    const edith = await signedIn('Edith Sample', { width: 390 });
    await edith.open(`${self}/check`);
    expect(await edith.text()).toContain('I forget to drink.');
    await edith.follow('button', 'Send the answers');
    expect(await summary(edith)).toContain('Say who gave the answers.');
    await edith.follow('link', /Change the answer to: What would you like to be different/);
    await fill(edith, { words: 'Somebody at noon' });
    await edith.follow('button', 'Save and go on');
    expect(edith.path()).toBe(`${self}/check`);
    await choose(edith, 'answeredBy', 'the person, with support');
    await edith.follow('button', 'Send the answers');
    expect(await summary(edith)).toContain('Say who supported the person.');
    await fill(edith, { supportedBy: 'My sister' });
    const form = { answeredBy: 'the person, with support', supportedBy: 'My sister' };
    await edith.follow('button', 'Send the answers');
    expect(await edith.text()).toContain('Thank you. Your answers were sent');
    const twice = await edith.raw.request.post(`${house.address}${self}/submit`, { form });
    expect(twice.url()).toBe(house.address + self);
    const { state, history } = await stored();
    expect(state.own?.data).toMatchObject({ answeredBy: 'the person, with support' });
    expect(state.own?.data.answers).toHaveLength(15);
    expect(history.filter(({ type }) => type === 'assessment.self-assessment-submitted.v1')).toHaveLength(1);
    expect(await edith.open(`/assessments/${assessmentId}`)).toBe(403);
    expect(await edith.open(`/self-assessments/${randomUUID()}`)).toBe(404);
  });

  it('has the assessor’s answers beside it, with reasons where they differ', async () => {
    await nadia.open(`/assessments/${assessmentId}/answers`);
    for (const { id, choices } of currentForm('adult').questions)
      if (choices.length) await choose(nadia, `answers.${id}`, choices[0]!.value);
    await choose(nadia, 'answers.nutrition', 'cannot without help');
    await nadia.follow('button', 'Record your answers');
    expect(await summary(nadia)).toContain('say why you see it differently. (SI 2014/2827 reg 2)');
    await fill(nadia, {
      'differences.personal-hygiene': 'She washed at the sink while I was there.',
      'persons.personal-hygiene': 'That was a good day.',
      'differences.good-and-bad-days': 'Her sister sees no change.',
    });
    await nadia.follow('button', 'Record your answers');
    expect(nadia.path()).toBe(`/assessments/${assessmentId}`);
    const text = await nadia.text();
    for (const words of [
      'She washed at the sink',
      'That was a good day.',
      'differs',
      'answered by the person, with support',
    ])
      expect(text).toContain(words);
    expect(Object.keys((await stored()).state.differences ?? {}).sort()).toEqual([
      'good-and-bad-days',
      'personal-hygiene',
    ]);

    const edith = await signedIn('Edith Sample', { width: 390 });
    await edith.open(self);
    expect(await edith.text()).toContain('Her sister sees no change.');
    const answering = edith.raw.locator('form', { has: edith.raw.locator('[name="persons.good-and-bad-days"]') });
    const send = async () => {
      await Promise.all([edith.raw.waitForEvent('load'), answering.getByRole('button').click()]);
      await edith.check();
    };
    await send();
    expect(await summary(edith)).toContain('Write what is said to it.');
    await fill(edith, { 'persons.good-and-bad-days': 'She comes on my good days.' });
    await send();
    await nadia.open(`/assessments/${assessmentId}`);
    expect(await nadia.text()).toContain('The person: She comes on my good days.');
  });

  it('is handed in, given back by somebody else, handed in again and approved', async () => {
    await nadia.open(`/assessments/${assessmentId}/step?take=start`);
    await fill(nadia, { effectiveOn: typedDay(18) });
    await nadia.follow('button', 'Start');
    const handIn = async () => {
      await nadia.open(`/people/${personId}/assessment?assessment=${assessmentId}`);
      expect(await nadia.raw.locator('input[name="findings.0"]:checked').inputValue()).toBe('cannot without help');
      await choose(nadia, 'findings.1', 'takes much longer');
      for (const name of ['arisesFromImpairment', 'impactOnWellbeing.significant', 'fluctuation.fluctuates'])
        await choose(nadia, name, 'yes');
      await choose(nadia, 'impactOnWellbeing.areas', 'personal dignity');
      await choose(nadia, 'method', 'Service user only');
      await nadia.raw.locator('select[name="outcome"]').selectOption('Progress to support planning or services');
      await fill(nadia, {
        effectiveOn: typedDay(10),
        'fluctuation.from': typedDay(60),
        'fluctuation.to': typedDay(11),
        'impactOnWellbeing.reasons': 'She goes without meals.',
        reasons: 'Two outcomes cannot be achieved.',
      });
      await nadia.follow('button', 'Hand in for approval');
      expect(await nadia.text()).toContain('Waits for approval');
    };
    await handIn();
    await nadia.open(`/assessments/${assessmentId}/step?take=approval`);
    await nadia.follow('button', 'Approve and complete');
    expect(await summary(nadia)).toContain('Somebody other than its author');

    const grace = await signedIn('Grace Bello', {});
    await grace.open(`/assessments/${assessmentId}/step?take=return`);
    await fill(grace, { reasons: 'Say more about her nights.' });
    await grace.follow('button', 'Give it back');
    expect(await grace.text()).toContain('Given back to its author: Say more about her nights.');
    await handIn();
    await grace.open(`/assessments/${assessmentId}/step?take=approval`);
    await grace.follow('button', 'Approve and complete');
    expect(await grace.text()).toContain('eligible needs identified');
    expect((await stored()).history.map(({ type }) => type)).toContain('assessment.assessment-approved.v1');
  });

  it('is followed by wishes, residence and the decision in writing, and by no advice for the ineligible', async () => {
    const take = async (step: string, fields: () => Promise<void>, button: string) => {
      await nadia.open(`/assessments/${assessmentId}/step?take=${step}`);
      await fields();
      await nadia.follow('button', button);
    };
    await take(
      'wishes',
      async () => {
        await choose(nadia, 'wantsMet', 'some of them');
        await choose(nadia, 'needs', 'nutrition');
        await fill(nadia, { couldBeDone: 'Meals at noon, or her sister comes.' });
      },
      'Record the wishes',
    );
    await take(
      'residence',
      async () => {
        await choose(nadia, 'resident', 'in this council’s area');
        await choose(nadia, 'ground', 'no settled residence (s18(1)(a), s20(1))');
        await fill(nadia, { reasons: 'Her own house.' });
      },
      'Record the residence',
    );
    expect(await summary(nadia)).toContain('(Care Act 2014 s39)');
    expect(await nadia.raw.locator('[name="reasons"]').inputValue()).toBe('Her own house.');
    await choose(nadia, 'ground', 'chosen and settled there (the ordinary meaning)');
    await nadia.follow('button', 'Record the residence');
    await take(
      'writing',
      async () => {
        await choose(nadia, 'documents', 'the decision on eligibility, with reasons (s13(2))');
        await choose(nadia, 'to', 'the person');
        await choose(nadia, 'format', 'easy read');
      },
      'Record what was given',
    );
    const text = await nadia.text();
    for (const words of ['Wants some of them met by the council', 'in this council’s area', 'easy read'])
      expect(text).toContain(words);
    await nadia.open(`/assessments/${assessmentId}/step?take=advice`);
    await nadia.follow('button', 'Give the advice');
    expect(await summary(nadia)).toContain('Some needs are eligible');
  });
});
