import { setTimeout as pause } from 'node:timers/promises';
import { Accounts, type LocalAccounts } from '@caretrail/access';
import { currentForm, outcomes, questionOfOutcome } from '@caretrail/assessment/contracts';
import { EventStore } from '@caretrail/event-store';
import { addDays, londonDate } from '@caretrail/kernel';
import { openBrowser, type Page, type TestBrowser, WRENBRIDGE, type WindowOptions } from '@caretrail/testing';
import { ukDate } from '@caretrail/web';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type House, startHouse } from './house.js';

const today = londonDate(new Date());
const typedDay = (days: number): string => ukDate(addDays(today, -days));
const PATIENCE_MS = 240_000;

/**
 * Cases walked from the request to their end by nothing but the forms of the pages, each by whom it is for: practitioner,
 * person, somebody who approves, finance.
 */
describe('a case that is walked by pages alone', () => {
  let house: House;
  let browser: TestBrowser;
  let nadia: Page;
  let grace: Page;
  let colin: Page;

  beforeAll(async () => {
    [house, browser] = await Promise.all([startHouse(), openBrowser()]);
    [nadia, grace, colin] = await Promise.all([
      signedIn('Nadia Rahman'),
      signedIn('Grace Bello'),
      signedIn('Colin Marsh'),
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await house?.stop();
  });

  async function signedIn(name: string, options: WindowOptions = {}): Promise<Page> {
    const page = await browser.window(house.address, options);
    await page.raw.goto(`${house.address}/sign-in`);
    const button = page.raw.locator('section', { hasText: 'Wrenbridge' }).getByRole('button', { name });
    await Promise.all([page.raw.waitForEvent('load'), button.click()]);
    return page;
  }
  const fill = async (page: Page, values: Readonly<Record<string, string>>) => {
    for (const [name, value] of Object.entries(values)) await page.raw.locator(`[name="${name}"]`).fill(value);
  };
  const choose = async (page: Page, values: Readonly<Record<string, string>>) => {
    for (const [name, value] of Object.entries(values))
      await page.raw.locator(`input[name="${name}"][value="${value}"]`).check();
  };
  const select = async (page: Page, values: Readonly<Record<string, string>>) => {
    for (const [name, value] of Object.entries(values))
      await page.raw.locator(`select[name="${name}"]`).selectOption(value);
  };
  const summary = (page: Page): Promise<string> => page.raw.locator('.govuk-error-summary').innerText();
  /** What a process has to open first is there a moment later. */
  const opens = async (page: Page, path: string, words: string) => {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end;) {
      await page.raw.goto(house.address + path);
      if ((await page.text()).includes(words)) return page.check();
      await pause(50);
    }
    throw new Error(`${path} does not say “${words}”.`);
  };
  /** Registers somebody, and keeps what came of their request. */
  const asked = async (firstName: string): Promise<string> => {
    await nadia.open('/people/new');
    await fill(nadia, { 'details.firstName': firstName, 'details.lastName': 'Journey', effectiveOn: typedDay(60) });
    await nadia.follow('button', 'Register');
    const personId = nadia.path().slice('/people/'.length);
    house.app
      .get<LocalAccounts>(Accounts, { strict: false })
      .registerPerson(WRENBRIDGE, personId, `${firstName} Journey`);
    await nadia.follow('link', 'Record a request for support');
    await fill(nadia, { effectiveOn: typedDay(50) });
    await nadia.follow('button', 'Record the request');
    expect(await summary(nadia)).toContain('Say how the request came.');
    await choose(nadia, { route: 'Community / Other route' });
    await nadia.follow('button', 'Record the request');
    expect(await nadia.text()).toContain('Not said yet');
    await fill(nadia, { effectiveOn: typedDay(51) });
    await select(nadia, { outcome: 'Progress to assessment, review or reassessment' });
    await nadia.follow('button', 'Conclude the request');
    expect(await summary(nadia)).toMatch(/before|earlier|not end/);
    await fill(nadia, { effectiveOn: typedDay(48) });
    await nadia.follow('button', 'Conclude the request');
    expect(nadia.path()).toBe(`/people/${personId}`);
    return personId;
  };
  const offered = async (): Promise<string> => {
    await nadia.follow('link', 'Offer an assessment');
    await choose(nadia, { subject: 'adult', selfAssessmentOffered: 'yes' });
    await fill(nadia, { effectiveOn: typedDay(45) });
    await nadia.follow('button', 'Offer the assessment');
    return nadia.path().slice('/assessments/'.length);
  };
  const findings = async (unable: readonly string[], significant: 'yes' | 'no') => {
    for (const [at, outcome] of outcomes.entries())
      await choose(nadia, { [`findings.${at}`]: unable.includes(outcome) ? 'cannot without help' : 'able' });
    await choose(nadia, {
      method: 'Service user only',
      arisesFromImpairment: 'yes',
      'impactOnWellbeing.significant': significant,
    });
  };
  const take = async (assessmentId: string, step: string, button: string, fields: () => Promise<void>) => {
    await nadia.open(`/assessments/${assessmentId}/step?take=${step}`);
    await fields();
    await nadia.follow('button', button);
    expect(nadia.path()).toBe(`/assessments/${assessmentId}`);
  };

  describe('to an agreed plan', () => {
    const unable = ['nutrition', 'personal hygiene'];
    let personId: string;
    let assessmentId: string;
    let edith: Page;

    it('is asked for, and an assessment is offered', async () => {
      personId = await asked('Edith');
      assessmentId = await offered();
      expect(await nadia.text()).toContain('with a supported self-assessment');
    });

    it('is answered by the person, on a phone without script', async () => {
      edith = await signedIn('Edith Journey', { width: 375, script: false });
      await edith.follow('link', 'answer the questions');
      await edith.follow('button', 'Start');
      const answers = Object.fromEntries(
        outcomes.map((outcome) => [
          questionOfOutcome[outcome],
          unable.includes(outcome) ? 'cannot without help' : 'able',
        ]),
      );
      for (const { id, choices } of currentForm('adult').questions) {
        expect(edith.raw.url()).toContain(`/self-assessments/${assessmentId}/question`);
        if (choices.length) await choose(edith, { answer: answers[id] ?? choices[0]!.value });
        await Promise.all([
          edith.raw.waitForEvent('load'),
          edith.raw.getByRole('button', { name: 'Save and go on' }).click(),
        ]);
      }
      await edith.check();
      await choose(edith, { answeredBy: 'the person' });
      await edith.follow('button', 'Send the answers');
      expect(await edith.text()).toContain('Thank you. Your answers were sent');
    });

    it('is assessed beside it, handed in, and approved by somebody else', async () => {
      await nadia.open(`/assessments/${assessmentId}/step?take=start`);
      await fill(nadia, { effectiveOn: typedDay(44) });
      await nadia.follow('button', 'Start');
      await nadia.open(`/assessments/${assessmentId}/answers`);
      for (const { id, choices } of currentForm('adult').questions)
        if (choices.length) {
          const outcome = outcomes.find((each) => questionOfOutcome[each] === id);
          const value = outcome && unable.includes(outcome) ? 'cannot without help' : choices[0]!.value;
          await choose(nadia, { [`answers.${id}`]: value });
        }
      await nadia.follow('button', 'Record your answers');
      await nadia.follow('button', 'Complete the assessment');
      await findings(unable, 'yes');
      await select(nadia, { outcome: 'Progress to support planning or services' });
      await fill(nadia, { effectiveOn: typedDay(40), 'impactOnWellbeing.reasons': 'She goes without meals.' });
      await nadia.follow('button', 'Hand in for approval');
      expect(await summary(nadia)).toContain('(Care Act 2014 s13(2))');
      await fill(nadia, { reasons: 'Two outcomes cannot be achieved.' });
      await nadia.follow('button', 'Hand in for approval');
      await grace.open(`/assessments/${assessmentId}`);
      await grace.follow('link', 'Approve the assessment');
      await grace.follow('button', 'Approve and complete');
      expect(await grace.text()).toContain('eligible needs identified');
    });

    it('is followed by wishes, residence and the decision in writing', async () => {
      await take(assessmentId, 'wishes', 'Record the wishes', async () => {
        await choose(nadia, { wantsMet: 'all of them' });
        await fill(nadia, { couldBeDone: 'Meals at noon.', effectiveOn: typedDay(38) });
      });
      await take(assessmentId, 'residence', 'Record the residence', async () => {
        await choose(nadia, {
          resident: 'in this council’s area',
          ground: 'chosen and settled there (the ordinary meaning)',
        });
        await fill(nadia, { reasons: 'Her own house.', effectiveOn: typedDay(38) });
      });
      await take(assessmentId, 'writing', 'Record what was given', async () => {
        for (const document of ['the assessment (s12(3))', 'the decision on eligibility, with reasons (s13(2))'])
          await choose(nadia, { documents: document });
        await choose(nadia, { to: 'the person', format: 'easy read' });
        await fill(nadia, { effectiveOn: typedDay(37) });
      });
    });

    it('gets a budget: the amount, the means, the statement, and how it is held', async () => {
      await opens(colin, `/people/${personId}`, 'Decide the budget');
      await colin.follow('button', 'Decide the budget');
      await fill(colin, {
        costPencePerWeek: '280',
        personPaysPencePerWeek: '64.80',
        councilPaysPencePerWeek: '215.20',
        reasons: 'Two calls a day.',
        effectiveOn: typedDay(35),
      });
      await colin.follow('button', 'Allocate the budget');
      await opens(colin, `/people/${personId}`, 'The statement of the personal budget');
      await colin.follow('link', 'The statement of the personal budget');
      const statement = colin.path();
      await opens(colin, `${statement}?form=means`, 'What did it find?');
      await choose(colin, { outcome: 'contribution assessed' });
      await fill(colin, { contributionPencePerWeek: '64.80', reasons: 'Pension.', effectiveOn: typedDay(34) });
      await colin.follow('button', 'Record it');
      await colin.follow('link', 'Agree the statement');
      await fill(colin, {
        costPencePerWeek: '280',
        contributionPencePerWeek: '64.80',
        councilPencePerWeek: '215.20',
        reasons: 'As allocated.',
        effectiveOn: typedDay(34),
      });
      await colin.follow('button', 'Agree the statement');
      await nadia.open(`${statement}/deployment`);
      await choose(nadia, Object.fromEntries([0, 1, 2, 3, 4].map((at) => [`ways.${at}.offered`, 'yes'])));
      await fill(nadia, {
        'ways.1.pencePerWeek': '215.20',
        ...Object.fromEntries([0, 2, 3, 4].map((at) => [`ways.${at}.whyNot`, 'I do not want to keep accounts.'])),
        inTheirWords: 'You do it, please.',
        effectiveOn: typedDay(33),
      });
      await nadia.follow('button', 'Keep the choice');
      expect(await nadia.text()).toContain('You do it, please.');
    });

    it('gets a plan: her own line, another, both signatures, a copy, and a beginning', async () => {
      await opens(edith, '/my-record', 'Make the plan with us');
      await edith.follow('link', 'Make the plan with us');
      const plan = edith.path();
      await edith.follow('button', 'Add a line of my own');
      await select(edith, { 'line.need': 'nutrition', 'line.contributor': 'front-line worker' });
      await fill(edith, {
        'line.inOwnWords': 'I want to cook on Sundays.',
        'line.action': 'A worker cooks with me',
        'line.weeklyPence': '140',
      });
      await edith.follow('button', 'Save the line');
      await nadia.open(`/people/${personId}`);
      await nadia.follow('button', 'Make the plan');
      await nadia.follow('button', 'Add a line');
      await select(nadia, { 'line.need': 'personal hygiene', 'line.contributor': 'front-line worker' });
      await choose(nadia, { 'line.writtenBy': 'front-line worker' });
      await fill(nadia, { 'line.action': 'Help in the bath twice a week', 'line.weeklyPence': '140' });
      await nadia.follow('button', 'Save the line');
      await edith.open(`${plan}/signature`);
      await edith.follow('button', 'Sign the plan');
      await nadia.follow('link', 'Check and sign');
      expect(await nadia.text()).toContain('Nothing stands in the way.');
      await choose(nadia, { agreement: 'agreed' });
      await fill(nadia, { effectiveOn: typedDay(0) });
      await nadia.follow('button', 'Sign the plan off');
      expect(await nadia.text()).toContain('co-signed');
      await nadia.open(`${plan}/copy`);
      await choose(nadia, { to: 'the person' });
      await select(nadia, { format: 'letter' });
      await nadia.follow('button', 'Record the copy');
      await nadia.open(`${plan}/start`);
      await nadia.follow('button', 'Support begins');
    });

    it('stands for everybody as it was walked', async () => {
      await nadia.open(`/people/${personId}`);
      const text = await nadia.text();
      for (const words of ['Plan agreed', 'the person agrees', '£280.00 a week', 'Next: Arrange'])
        expect(text.toLowerCase()).toContain(words.toLowerCase());
      await edith.open('/my-record');
      for (const words of ['You agreed to this plan', 'A worker cooks with me', '£215.20'])
        expect(await edith.text()).toContain(words);
      await edith.follow('link', 'What the council still has to do for me');
      const [owed] = (await edith.text()).split('What we have done');
      expect(owed).toContain('We must look at your plan again with you.');
      for (const done of ['make a plan', 'budget', 'needs are met', 'in writing', 'what you can pay'])
        expect(owed).not.toContain(done);
    });
  });

  describe('to a no', () => {
    it('is not eligible, and gets written advice and a signpost; nothing is owed beyond that', async () => {
      const personId = await asked('Walter');
      const assessmentId = await offered();
      await nadia.follow('button', 'Complete the assessment');
      await findings(['nutrition'], 'no');
      await select(nadia, { outcome: 'NFA: Information and advice or signposting' });
      await fill(nadia, {
        startedOn: typedDay(44),
        effectiveOn: typedDay(40),
        'impactOnWellbeing.reasons': 'He manages with frozen meals.',
        reasons: 'One outcome is not enough.',
      });
      await nadia.follow('button', 'Complete the assessment');
      await nadia.open(`/assessments/${assessmentId}`);
      expect(await nadia.text()).toContain('non-eligible needs identified');

      const walter = await signedIn('Walter Journey', { width: 375 });
      expect(await walter.text()).toContain('the law does not make us arrange care and support for you');
      await walter.follow('link', 'What the council still has to do for me');
      expect(await walter.text()).toContain('We must give you written advice on what else can help.');

      await nadia.open(`/assessments/${assessmentId}/step?take=advice`);
      await choose(nadia, { about: 'meeting or reducing the needs' });
      await fill(nadia, { words: 'The lunch club has a bus.', effectiveOn: typedDay(39) });
      await nadia.follow('button', 'Give the advice');
      expect(await summary(nadia)).toContain('(Care Act 2014 s13(5)');
      expect(await nadia.raw.locator('[name="words"]').last().inputValue()).toBe('The lunch club has a bus.');
      await choose(nadia, { about: 'preventing or delaying further needs' });
      await nadia.follow('button', 'Give the advice');
      await take(assessmentId, 'signpost', 'Record the signpost', async () => {
        await choose(nadia, { kind: 'befriending and social groups' });
        await fill(nadia, {
          service: 'Canal Street Lunch Club',
          alternatives: 'Castle Hill Kitchen\nMeals on the Move',
          effectiveOn: typedDay(39),
        });
      });
      await take(assessmentId, 'writing', 'Record what was given', async () => {
        for (const document of ['the assessment (s12(3))', 'the decision on eligibility, with reasons (s13(2))'])
          await choose(nadia, { documents: document });
        await choose(nadia, { to: 'the person', format: 'letter' });
        await fill(nadia, { effectiveOn: typedDay(38) });
      });
      const text = await nadia.text();
      for (const words of ['The lunch club has a bus.', 'Canal Street Lunch Club']) expect(text).toContain(words);

      await walter.open('/my-record/duties');
      expect(await walter.text()).toContain('There is nothing that the law asks us to do for you now.');
      await nadia.open(`/people/${personId}`);
      expect(await nadia.raw.getByRole('button', { name: 'Decide the budget' }).count()).toBe(0);
    });

    it('may have an urgent need met first, which ends none of the duties', async () => {
      const personId = await asked('Winnie');
      await nadia.follow('link', 'Meet an urgent need first');
      await fill(nadia, { reasons: 'A fall this morning.', lookAgainOn: typedDay(30), effectiveOn: typedDay(40) });
      await nadia.follow('button', 'Meet the need');
      expect(await summary(nadia)).toContain('Say which steps of the law are left for later.');
      expect(await nadia.raw.locator('[name="reasons"]').inputValue()).toBe('A fall this morning.');
      await choose(nadia, { leftForLater: 'assessment of needs', needs: 'nutrition' });
      await fill(nadia, { provided: 'Meals from tonight.' });
      await nadia.follow('button', 'Meet the need');
      expect(nadia.path()).toMatch(/^\/urgent-needs\/[0-9a-f-]{36}$/);
      expect(await nadia.text()).toContain('Help goes on since');
      await nadia.follow('button', 'End urgent help');
      expect(await summary(nadia)).toContain('Say why it ends.');
      await choose(nadia, { reason: 'no longer urgent' });
      await nadia.follow('button', 'End urgent help');
      expect(await nadia.text()).toContain('no longer urgent');
      await nadia.open(`/people/${personId}/duties`);
      expect(await nadia.text()).toContain('Assess the needs for care and support');
    });
  });

  describe('by somebody who is refused first', () => {
    const shownOf = (page: Page): Promise<string> => page.raw.locator('form input[name="shown"]').first().inputValue();

    it('keeps what its maker was shown, however often the form comes back', async () => {
      const personId = await asked('Ida');
      const assessmentId = await offered();
      await nadia.follow('button', 'Complete the assessment');
      expect(await shownOf(nadia)).toContain('.');
      await findings([], 'no');
      await select(nadia, { outcome: 'NFA: Other' });
      await fill(nadia, { startedOn: typedDay(44), effectiveOn: typedDay(40) });
      for (const times of [1, 2]) {
        await nadia.follow('button', 'Complete the assessment');
        expect({ times, refused: await summary(nadia) }).toMatchObject({
          refused: expect.stringContaining('Give the reasons'),
        });
        expect(await shownOf(nadia)).not.toBe('');
      }
      await fill(nadia, { reasons: 'Nothing is out of reach.', 'impactOnWellbeing.reasons': 'None.' });
      await nadia.follow('button', 'Complete the assessment');

      const stored = await house.app
        .get<EventStore>(EventStore, { strict: false })
        .readStream(WRENBRIDGE, `assessment.assessment-${assessmentId}`);
      const [completed] = stored.filter(({ type }) => type === 'assessment.assessment-completed.v1');
      const shown = new URLSearchParams(completed?.metadata.shown);
      expect(shown.get('page')).toBe(`/people/${personId}/assessment`);
      expect(Number(shown.get('position'))).toBeGreaterThan(0);
      await nadia.open(`/people/${personId}/decisions`);
      await nadia.follow('link', /Assessment completed/);
      expect(await nadia.text()).toMatch(/was shown|were shown|had before them/);
    });

    it('is refused when somebody else’s token, or a changed one, stands in the form', async () => {
      const personId = await asked('Ivo');
      await grace.open(`/people/${personId}/capacity`);
      const hers = await shownOf(grace);
      await nadia.open(`/people/${personId}/capacity`);
      const decision = {
        decision: 'Whether to have a key safe.',
        supportGiven: 'Pictures.',
        reasons: 'Said what would be different.',
      };
      const send = async (shown: string) => {
        await fill(nadia, decision);
        await select(nadia, { matter: 'care and support' });
        await choose(nadia, { impairment: 'no', becauseOfImpairment: 'no' });
        await nadia.raw
          .locator('input[name="shown"]')
          .evaluate((field, value) => field.setAttribute('value', value), shown);
        await Promise.all([
          nadia.raw.waitForEvent('load'),
          nadia.raw.getByRole('button', { name: 'Save the assessment' }).click(),
        ]);
      };
      await send(hers);
      expect(await nadia.text()).toContain('did not come from this system');
      await nadia.open(`/people/${personId}/capacity`);
      await send(await shownOf(nadia));
      expect(nadia.path()).toBe(`/people/${personId}/representatives`);
    });
  });
});
