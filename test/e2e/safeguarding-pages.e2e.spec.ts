import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { readBundle, verifyBundle, VerifierKey } from '@caretrail/audit';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays, formatDate, londonDate } from '@caretrail/kernel';
import { recordNumber } from '@caretrail/people/contracts';
import type { CouncilClocks } from '@caretrail/platform';
import { type Page, type TestBrowser, WRENBRIDGE, type WindowOptions, openBrowser } from '@caretrail/testing';
import { ukDate } from '@caretrail/web';
import { type House, startHouse } from './house.js';

type BrowserRequest = Awaited<ReturnType<Page['raw']['waitForRequest']>>;

const today = londonDate(new Date());
const daysAgo = (days: number): string => addDays(today, -days);
const typedDay = (days: number): string => ukDate(daysAgo(days));

const pictures = process.env['PICTURES'];

/** On this day the council is told and gives the concern to somebody. */
const TOLD = 3;
/** On this day it decides; that is recorded a day later, so there is a day on which it was true and nobody knew. */
const DECIDED = 1;

const told = {
  sourceOfRisk: 'Service Provider',
  locationOfRisk: 'Own Home',
  'raisedBy.relation': 'Health worker',
};

describe('a concern, raised and decided on pages', () => {
  let house: House;
  let browser: TestBrowser;
  let ruth: Page;
  let nadia: Page;
  let clock: CouncilClocks;
  const [alma, bert] = [randomUUID(), randomUUID()];
  let concern: string;
  let reference: string;

  beforeAll(async () => {
    [house, browser] = await Promise.all([startHouse(), openBrowser()]);
    clock = house.app.get<CouncilClocks>('CLOCK', { strict: false });
    await clock.set(WRENBRIDGE, `${daysAgo(TOLD)}T10:00:00.000Z`);
    const practitioner = await house.as('practitioner');
    for (const [personId, firstName] of [
      [alma, 'Alma'],
      [bert, 'Bert'],
    ])
      await practitioner.post('/api/people', {
        effectiveOn: daysAgo(TOLD),
        personId,
        details: { firstName, lastName: 'Sample', dateOfBirth: '1941-02-03' },
      });
    ruth = await signedIn('Ruth Adeyemi', { width: 1280 });
    nadia = await signedIn('Nadia Rahman', { width: 390, script: false });
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

  const fill = async (page: Page, values: Readonly<Record<string, string>>) => {
    for (const [name, value] of Object.entries(values)) await page.raw.locator(`[name="${name}"]:visible`).fill(value);
  };
  const choose = async (page: Page, values: Readonly<Record<string, string>>) => {
    for (const [name, value] of Object.entries(values))
      await page.raw.locator(`input[name="${name}"][value="${value}"]:not([type=hidden])`).check();
  };
  const chosen = (page: Page, name: string) =>
    page.raw
      .locator(`input[name="${name}"]:checked`)
      .evaluateAll((inputs) => inputs.map((input) => input.getAttribute('value')));
  const valueOf = (page: Page, name: string): Promise<string> => page.raw.locator(`[name="${name}"]`).inputValue();
  const summary = (page: Page): Promise<string> => page.raw.locator('.govuk-error-summary').innerText();
  const heading = (page: Page): Promise<string> => page.raw.locator('h1').innerText();
  const answers = (page: Page) => page.raw.locator('.govuk-summary-list__value').allInnerTexts();
  const rows = (page: Page, ofTable: string) =>
    page.raw.getByRole('table', { name: ofTable }).locator('tbody tr').allInnerTexts();
  const commands = (page: Page) =>
    page.raw.locator('main').locator('button:visible, a[role=button]:visible, a[href$="/decide"]').allInnerTexts();

  const picture = async (name: string, page: Page, width?: number) => {
    if (!pictures) return;
    if (width) await page.raw.setViewportSize({ width, height: 800 });
    await page.screenshot(`${pictures}/${name}.png`);
    if (width) await page.raw.setViewportSize({ width: 1280, height: 900 });
  };

  /** Follows a button, and says what was sent. */
  async function sent(page: Page, button: string): Promise<BrowserRequest> {
    const [request] = await Promise.all([
      page.raw.waitForRequest((one) => one.method() === 'POST'),
      page.follow('button', button),
    ]);
    return request;
  }
  /** Sends the same form again, as from a page that somebody went back to. @returns where it leads */
  async function sendAgain(page: Page, request: BrowserRequest): Promise<string> {
    const answer = await page.raw.context().request.post(request.url(), {
      data: request.postData() ?? '',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: house.address },
      maxRedirects: 0,
    });
    expect(answer.status()).toBe(303);
    return answer.headers()['location'] ?? '';
  }
  /** Answers one question of the decision, and goes on. */
  async function answer(page: Page, question: string, values: { field: string; answer: string; reasons?: string }) {
    expect(await heading(page)).toContain(question);
    await choose(page, { [values.field]: values.answer });
    if (values.reasons !== undefined) await fill(page, { [values.field.replace(/met$/, 'reasons')]: values.reasons });
    await page.follow('button', 'Continue');
  }
  const inArea = { field: 'inArea', answer: 'yes' };
  const limb = (name: string, met: string, reasons: string) => ({ field: `limbs.${name}.met`, answer: met, reasons });

  it('begins with a queue on which nothing waits', async () => {
    expect(await ruth.open('/concerns')).toBe(200);
    const text = await ruth.text();
    for (const words of [
      'Section 42 decision (0)',
      'no concern is over its time',
      'no concern is due on a later day',
      'every concern has an owner',
    ])
      expect(text).toContain(words);
    expect(await commands(ruth)).not.toContain('Give');
  });

  it('says all that is missing in an alert, and keeps what was typed', async () => {
    await ruth.follow('button', 'Raise a concern');
    await ruth.follow('button', 'Raise the concern');
    expect((await summary(ruth)).split('\n').filter(Boolean)).toEqual([
      'There is a problem',
      'Enter the record number of the adult, such as P-4471c0de.',
      'Choose at least one type of risk.',
      'Choose who the risk comes from.',
      'Choose where it happened.',
      'Enter the day on which it happened, such as 14/3/2026.',
      'Say what happened, or what is feared.',
      'Say what was done to keep the adult safe now, or why nothing was needed.',
      'Enter the name of whoever told the council.',
      'Choose who they are to the adult.',
      'Choose whether the adult was asked.',
    ]);
    expect(await ruth.raw.title()).toMatch(/^Error: /);
    expect(await valueOf(ruth, 'effectiveOn')).toBe(typedDay(TOLD));

    await fill(ruth, { adults: recordNumber(alma), account: 'Bruises on both arms.', happenedOn: 'last week' });
    await choose(ruth, { typesOfRisk: 'Physical Abuse', sourceOfRisk: told.sourceOfRisk });
    await ruth.raw.locator('input[value="Neglect and Acts of Omission"]').check();
    await ruth.follow('button', 'Raise the concern');
    expect(await summary(ruth)).toContain('Enter the day on which it happened');
    expect(await valueOf(ruth, 'happenedOn')).toBe('last week');
    expect(await valueOf(ruth, 'account')).toBe('Bruises on both arms.');
    expect(await chosen(ruth, 'typesOfRisk')).toEqual(['Physical Abuse', 'Neglect and Acts of Omission']);
    expect(await chosen(ruth, 'sourceOfRisk')).toEqual([told.sourceOfRisk]);
  });

  it('refuses an alert without consent or a reason to act, and names the law', async () => {
    await fill(ruth, {
      happenedOn: typedDay(TOLD + 1),
      immediateProtection: 'A nurse stays with her.',
      'raisedBy.name': 'Ward sister',
    });
    await choose(ruth, { ...told, consent: 'asked, does not agree' });
    await ruth.follow('button', 'Raise the concern');
    expect(await summary(ruth)).toContain(
      'The duty does not wait for consent, but without it say why the council should act. (Care Act 2014 s42; Making Safeguarding Personal)',
    );
    await ruth.raw.getByRole('link', { name: /The duty does not wait/ }).click();
    expect(await ruth.raw.evaluate('document.activeElement.name')).toBe('reasonToActWithoutConsent');
  });

  it('raises the alert once, however often it is sent, and the queue has it at once', async () => {
    await fill(ruth, { reasonToActWithoutConsent: 'Others are at risk.' });
    const raising = await sent(ruth, 'Raise the concern');
    concern = ruth.path().slice('/concerns/'.length);
    expect(concern).toMatch(/^[0-9a-f-]{36}$/);
    reference = /SC-\d{4}-\d{4}/.exec(await heading(ruth))![0];
    const text = await ruth.text();
    for (const words of ['Bruises on both arms.', 'Others are at risk.', 'Ward sister', 'no owner', 'Not decided yet.'])
      expect(text).toContain(words);

    expect(await sendAgain(ruth, raising)).toBe(`/concerns/${concern}`);
    await ruth.open('/concerns');
    const [row, ...others] = await rows(ruth, 'Later: concerns that wait');
    expect(others).toEqual([]);
    expect(row).toMatch(/\d+ (days?|h|min) left/);
    for (const words of [reference, 'Alma Sample', 'Physical Abuse, Neglect and Acts of Omission', 'no owner', 'due '])
      expect(row).toContain(words);
    expect(await ruth.text()).toContain('Section 42 decision (1)');
    expect(await ruth.raw.locator('section', { hasText: 'so that none is overlooked' }).innerText()).toContain(
      reference,
    );
  });

  it('gives it to a colleague, once', async () => {
    // The box is drawn by its label, which is what a pointer meets.
    await ruth.raw.locator('label', { hasText: `Select ${reference}` }).click();
    expect(await chosen(ruth, 'concerns')).toEqual([concern]);
    await ruth.raw.getByLabel('Give the selected concerns to').selectOption({ label: 'Owen Pryce' });
    const giving = await sent(ruth, 'Give');
    expect(await rows(ruth, 'Later: concerns that wait')).toEqual([expect.stringContaining('Owen Pryce')]);
    expect(await ruth.text()).toContain('every concern has an owner');
    expect(await sendAgain(ruth, giving)).toBe('/concerns');
    await ruth.open(`/concerns/${concern}`);
    expect((await rows(ruth, 'Events of this concern')).filter((row) => row.includes('Concern given'))).toHaveLength(1);
  });

  it('asks each part of section 42(1), with reasons, and keeps the answers', async () => {
    await clock.release(WRENBRIDGE);
    await ruth.open(`/concerns/${concern}`);
    await ruth.follow('button', 'Decide under section 42');
    await ruth.follow('button', 'Continue');
    expect(await summary(ruth)).toContain('Choose yes or no.');
    await answer(ruth, 'in the council’s area?', inArea);

    await answer(ruth, 'needs for care and support?', limb('careAndSupportNeeds', 'yes', ''));
    expect(await summary(ruth)).toContain('Give the reasons for your answer.');
    expect(await chosen(ruth, 'limbs.careAndSupportNeeds.met')).toEqual(['yes']);
    await fill(ruth, { 'limbs.careAndSupportNeeds.reasons': 'Cannot walk alone.' });
    await ruth.follow('button', 'Continue');

    await fill(ruth, { 'limbs.abuseOrNeglect.reasons': 'The nurse saw the bruises.' });
    await ruth.follow('button', 'Back');
    expect(await heading(ruth)).toContain('needs for care and support?');
    expect(await chosen(ruth, 'limbs.careAndSupportNeeds.met')).toEqual(['yes']);
    expect(await valueOf(ruth, 'limbs.careAndSupportNeeds.reasons')).toBe('Cannot walk alone.');
    await ruth.follow('button', 'Continue');
    expect(await valueOf(ruth, 'limbs.abuseOrNeglect.reasons')).toBe('The nurse saw the bruises.');
    await choose(ruth, { 'limbs.abuseOrNeglect.met': 'yes' });
    await ruth.follow('button', 'Continue');

    await answer(ruth, 'unable to protect themselves?', limb('unableToProtect', 'yes', 'Cannot leave the house.'));
    expect(await ruth.text()).toContain('Question 5 of 5');
    expect(await valueOf(ruth, 'effectiveOn')).toBe(typedDay(0));
    await fill(ruth, { effectiveOn: '31/2/2026' });
    await ruth.follow('button', 'Continue');
    expect(await summary(ruth)).toContain('Enter the day of the decision');
    await fill(ruth, { effectiveOn: typedDay(TOLD + 6) });
    await ruth.follow('button', 'Continue');
    expect(await heading(ruth)).toBe('Check your answers');
    expect(await ruth.text()).toContain('the council has a duty to enquire (Care Act 2014 s42(2))');
  });

  it('has the answers checked and changed before the decision stands, once', async () => {
    await ruth.follow('button', 'Record the decision');
    expect(await summary(ruth)).toContain(
      `The alert was raised on ${formatDate(daysAgo(TOLD))}, after this decision. (Care Act 2014 s42(1))`,
    );
    await ruth.follow('button', /^Change the answer to: On which day/);
    await fill(ruth, { effectiveOn: typedDay(DECIDED) });
    await ruth.follow('button', 'Continue');
    await ruth.follow('button', /^Change the answer to: Does the adult have needs/);
    await fill(ruth, { 'limbs.careAndSupportNeeds.reasons': 'Needs two people to walk.' });
    await ruth.follow('button', 'Continue');
    expect(await answers(ruth)).toEqual([
      'Yes',
      'Yes\nNeeds two people to walk.',
      'Yes\nThe nurse saw the bruises.',
      'Yes\nCannot leave the house.',
      typedDay(DECIDED),
    ]);

    const deciding = await sent(ruth, 'Record the decision');
    expect(await sendAgain(ruth, deciding)).toBe(`/concerns/${concern}`);
    await ruth.open(`/concerns/${concern}`);
    expect(await ruth.text()).toContain(
      `The council has a duty to enquire. Decided by Ruth Adeyemi on ${formatDate(daysAgo(DECIDED))}, under Care Act 2014 s42(1).`,
    );
    expect(await rows(ruth, 'The parts of section 42(1)')).toEqual([
      expect.stringContaining('Yes'),
      expect.stringContaining('Needs two people to walk.'),
      expect.stringContaining('The nurse saw the bruises.'),
      expect.stringContaining('Cannot leave the house.'),
    ]);
    expect((await rows(ruth, 'Events of this concern')).filter((row) => row.includes('Section 42 duty'))).toHaveLength(
      1,
    );

    await ruth.open('/concerns');
    expect(await ruth.text()).toContain('Section 42 decision (0)');
    await ruth.follow('link', 'Duty to enquire (1)');
    const [row] = await rows(ruth, 'Concerns that were decided');
    for (const words of [reference, 'by Ruth Adeyemi', 'Alma Sample', 'Owen Pryce']) expect(row).toContain(words);
  });

  it('concludes the enquiry: what was found, what the adult wanted, what is done and by whom', async () => {
    await ruth.open(`/concerns/${concern}`);
    await ruth.follow('button', 'Conclude the enquiry');
    await ruth.follow('button', 'Record the conclusion');
    expect((await summary(ruth)).split('\n').filter(Boolean)).toEqual([
      'There is a problem',
      'Choose who made the enquiry.',
      'Choose what the enquiry found.',
      'Choose what the enquiry found.',
      'Choose what the enquiry found.',
      'Choose whether the adult was asked what they want.',
    ]);
    await choose(ruth, {
      madeBy: 'somebody whom the council asked',
      'findings.careAndSupportNeeds.found': 'found',
      'findings.abuseOrNeglect.found': 'found',
      'findings.unableToProtect.found': 'inconclusive',
      'wishes.0.asked': 'Yes they were asked and outcomes were expressed',
      'wishes.0.achieved': 'Partially Achieved',
    });
    await fill(ruth, {
      askedOf: 'The hospital',
      'findings.careAndSupportNeeds.reasons': 'As assessed.',
      'findings.abuseOrNeglect.reasons': 'Three nurses saw it.',
      'findings.unableToProtect.reasons': 'She was asleep.',
      'wishes.0.words': 'Not that worker again.',
      'actions.0.what': 'Another worker comes.',
      'actions.0.by': 'The provider',
    });
    await ruth.follow('button', 'Add another action');
    expect(await valueOf(ruth, 'wishes.0.words')).toBe('Not that worker again.');
    await fill(ruth, { 'actions.1.what': 'A referral to the barring service.' });
    await ruth.follow('button', 'Record the conclusion');
    expect(await summary(ruth)).toContain('Say who does it. (Care Act 2014 s42(2))');
    expect(await summary(ruth)).toContain('say what is left of the risk.');
    await fill(ruth, { 'actions.1.by': 'Safeguarding team' });
    await choose(ruth, { riskOutcome: 'Risk removed' });
    const concluding = await sent(ruth, 'Record the conclusion');
    expect(await sendAgain(ruth, concluding)).toBe(`/concerns/${concern}`);

    await ruth.open(`/concerns/${concern}`);
    expect(await ruth.text()).toContain(
      `The enquiry was concluded by Ruth Adeyemi on ${formatDate(daysAgo(0))}: risk identified and action taken; risk removed (s42(2)).`,
    );
    for (const words of ['The hospital', 'Three nurses saw it.', 'Not that worker again.', 'By: Safeguarding team'])
      expect(await ruth.text()).toContain(words);
    expect((await rows(ruth, 'Events of this concern')).filter((row) => row.includes('concluded'))).toHaveLength(1);
    await ruth.open('/concerns');
    await ruth.follow('link', 'Enquiry concluded (1)');
    expect(await rows(ruth, 'Concerns that were decided')).toEqual([expect.stringContaining('risk removed')]);
  });

  it('agrees a protection plan: what, by whom, by when, what the adult wants, under which authority', async () => {
    await ruth.open(`/concerns/${concern}`);
    expect(await ruth.text()).toMatch(/Protection plan to be agreed/);
    await ruth.follow('link', 'Agree a plan');
    await ruth.follow('button', 'Record the plan');
    expect((await summary(ruth)).split('\n').filter(Boolean)).toEqual([
      'There is a problem',
      'Choose whether the adult was asked what they want.',
      'Choose whether the adult agrees to the plan.',
      'Choose on what the plan rests.',
      'Enter the day on which the plan is reviewed, such as 14/3/2026.',
    ]);
    await choose(ruth, {
      'wishes.asked': 'Yes they were asked and outcomes were expressed',
      agreement: 'agrees',
      legalBasis: 'best interests (MCA 2005 s4–s6)',
    });
    await fill(ruth, {
      'wishes.words': 'To know who is coming.',
      'steps.0.what': 'A photograph of each worker before they come.',
      'steps.0.by': 'The provider',
      'steps.0.dueOn': typedDay(-7),
      proportionality: 'She chooses who comes; nothing else is restricted.',
      reviewOn: typedDay(-30),
    });
    await ruth.follow('button', 'Add another step');
    expect(await valueOf(ruth, 'wishes.words')).toBe('To know who is coming.');
    await fill(ruth, { 'steps.1.what': 'A call each week.', 'steps.1.dueOn': typedDay(-14) });
    await ruth.follow('button', 'Record the plan');
    await picture('protection-plan-refused', ruth);
    const problems = await summary(ruth);
    for (const words of ['Say who does it. (Care Act 2014 s42(2))', 'choose another basis. (Mental Capacity Act 2005'])
      expect(problems).toContain(words);
    await fill(ruth, { 'steps.1.by': 'Social worker' });
    await choose(ruth, { legalBasis: 'consent of the adult' });
    const agreeing = await sent(ruth, 'Record the plan');
    expect(await sendAgain(ruth, agreeing)).toBe(`/concerns/${concern}#protection`);
    const text = await ruth.text();
    for (const words of ['To know who is coming.', 'consent of the adult', formatDate(daysAgo(-30)), 'Ruth Adeyemi'])
      expect(text).toContain(words);
    expect(await rows(ruth, 'Steps of the protection plan')).toEqual([
      expect.stringContaining('The provider'),
      expect.stringContaining('Social worker'),
    ]);
  });

  it('reviews the plan step by step, and asks for it among the duties', async () => {
    await ruth.open(`/people/${alma}/duties`);
    expect(await ruth.text()).toContain('Review the protection plan');
    await ruth.open(`/concerns/${concern}`);
    await ruth.follow('link', 'Review the plan');
    await choose(ruth, {
      'steps.0.state': 'done',
      'steps.1.state': 'not done yet',
      riskOutcome: 'Risk reduced',
      next: 'the plan goes on',
    });
    await fill(ruth, { reasons: 'The calls begin next week.', 'steps.1.words': 'The worker was ill.' });
    await ruth.follow('button', 'Record the review');
    const problems = await summary(ruth);
    for (const words of ['Choose how far what the adult wants came about.', 'say on which day it is reviewed again.'])
      expect(problems).toContain(words);
    await picture('protection-review-phone', ruth, 375);
    await choose(ruth, { achieved: 'Partially Achieved' });
    await fill(ruth, { reviewOn: typedDay(-60) });
    await ruth.follow('button', 'Record the review');
    await picture('concern-protection', ruth);
    await picture('concern-protection-phone', ruth, 375);
    const text = await ruth.text();
    for (const words of ['Not done yet: The worker was ill.', 'the plan goes on', formatDate(daysAgo(-60))])
      expect(text).toContain(words);
  });

  it('refuses a second decision', async () => {
    await ruth.open(`/concerns/${concern}/decide`);
    await answer(ruth, 'in the council’s area?', inArea);
    await answer(ruth, 'needs for care and support?', limb('careAndSupportNeeds', 'yes', 'As before.'));
    await answer(ruth, 'abuse or neglect?', limb('abuseOrNeglect', 'yes', 'As before.'));
    await answer(ruth, 'unable to protect themselves?', limb('unableToProtect', 'yes', 'As before.'));
    await ruth.follow('button', 'Continue');
    await ruth.follow('button', 'Record the decision');
    expect(await summary(ruth)).toContain(
      'This was decided already. A second decision must be a correction of the first. (Care Act 2014 s42(1))',
    );
  });

  it('lets a practitioner raise a concern on a phone without script, and read none', async () => {
    expect(await nadia.open('/concerns/new')).toBe(200);
    await choose(nadia, { ...told, typesOfRisk: 'Self-Neglect', consent: 'asked, agrees' });
    await fill(nadia, {
      adults: 'P-00000000',
      account: 'No food in the house.',
      happenedOn: typedDay(0),
      immediateProtection: 'A meal was brought.',
      'raisedBy.name': 'His neighbour',
    });
    await nadia.follow('button', 'Raise the concern');
    expect(await summary(nadia)).toContain('A record number was not found.');
    expect(await valueOf(nadia, 'account')).toBe('No food in the house.');

    await fill(nadia, { adults: recordNumber(bert) });
    const raising = await sent(nadia, 'Raise the concern');
    expect(await heading(nadia)).toBe('Concern raised');
    reference = /SC-\d{4}-\d{4}/.exec(await nadia.text())![0];
    expect(await nadia.text()).not.toContain('No food in the house.');
    expect(await sendAgain(nadia, raising)).toBe(`/concerns/raised?reference=${reference}`);

    for (const path of [
      '/concerns',
      ...['', '/decide', '/conclude', `/plans/${alma}/agree`].map((step) => `/concerns/${concern}${step}`),
    ])
      expect([path, await nadia.open(path)]).toEqual([path, 403]);
    for (const path of ['owner', 'decide', 'conclude', `plans/${alma}/agree`, `plans/${alma}/review`]) {
      const { request } = nadia.raw.context();
      expect((await request.post(`${house.address}/concerns/${concern}/${path}`, { form: {} })).status()).toBe(403);
    }
    await nadia.open(`/people/${alma}/chronology`);
    expect(await nadia.text()).toContain('Person registered');
    expect(await nadia.text()).not.toMatch(/SC-\d{4}|Alert|Section 42|nquiry|rotection plan/);
  });

  it('asks what follows where a part is not met, and ends without a duty', async () => {
    await ruth.open('/concerns');
    expect(await rows(ruth, 'Later: concerns that wait')).toEqual([expect.stringContaining(reference)]);
    await ruth.follow('link', reference);
    await ruth.raw.getByLabel('Give to').selectOption({ label: 'Owen Pryce' });
    await ruth.follow('button', 'Give');
    expect(await ruth.text()).toMatch(/With\s+Owen Pryce/);
    await ruth.open('/concerns');
    await ruth.follow('link', `Decide ${reference}`);
    await answer(ruth, 'in the council’s area?', inArea);
    await answer(ruth, 'needs for care and support?', limb('careAndSupportNeeds', 'yes', 'Help with meals.'));
    await answer(ruth, 'abuse or neglect?', limb('abuseOrNeglect', 'yes', 'Eats too little.'));
    await answer(ruth, 'unable to protect themselves?', limb('unableToProtect', 'no', 'Orders food himself.'));
    expect(await heading(ruth)).toContain('What follows instead?');
    await ruth.follow('button', 'Continue');
    expect(await summary(ruth)).toContain('Choose what follows.');
    await choose(ruth, { ifNoDuty: 'other enquiry' });
    await ruth.follow('button', 'Continue');
    await ruth.follow('button', 'Continue');
    expect(await ruth.text()).toContain('there is no duty to enquire (Care Act 2014 s42(1))');
    expect(await answers(ruth)).toContain('Other enquiry');
    await ruth.follow('button', 'Record the decision');
    expect(await ruth.text()).toContain('There is no duty to enquire; what follows is: other enquiry.');

    await ruth.open('/concerns');
    await ruth.follow('link', 'No duty (1)');
    const [row] = await rows(ruth, 'Concerns that were decided');
    for (const words of [reference, 'by Ruth Adeyemi; other enquiry', 'Bert Sample']) expect(row).toContain(words);
  });

  it('leads from a record to the evidence of it, for safeguarding alone', async () => {
    await ruth.open(`/people/${alma}`);
    await ruth.follow('link', 'Evidence of this record');
    expect(ruth.path()).toBe(`/people/${alma}/evidence`);
    expect(await ruth.text()).toContain(`record ${recordNumber(alma)}`);
    const file = () => ruth.raw.context().request.get(`${house.address}/api/people/${alma}/evidence`);
    for (const patience = Date.now() + 240_000; (await file()).status() === 404 && Date.now() < patience;)
      await setTimeout(1_000);
    await ruth.open(`/people/${alma}/evidence`);
    await picture('evidence', ruth);
    await picture('evidence-phone', ruth, 375);
    expect(await ruth.raw.locator('a[download]').getAttribute('href')).toBe(`/api/people/${alma}/evidence`);
    const key = VerifierKey.parse(await ruth.raw.locator('dd code').innerText());
    const { findings, council, events } = verifyBundle(readBundle(await (await file()).text()), key);
    expect({ findings, council }).toEqual({ findings: [], council: WRENBRIDGE });
    expect(events).toBeGreaterThan(0);
    expect(await nadia.open(`/people/${alma}/evidence`)).toBe(403);
  });

  it('shows queue and concern as they stood on past days, without commands', async () => {
    const before = `effective=${daysAgo(TOLD + 1)}&known=${today}`;
    await ruth.open(`/concerns?${before}`);
    expect(await ruth.text()).toContain('Not today');
    expect(await ruth.text()).toContain('Section 42 decision (0)');
    expect(await commands(ruth)).not.toContain('Raise a concern');
    expect(await ruth.open(`/concerns/${concern}?${before}`)).toBe(404);

    // Decided by then, but not yet known to be.
    const unknown = `effective=${daysAgo(DECIDED)}&known=${daysAgo(DECIDED)}`;
    await ruth.open(`/concerns?${unknown}`);
    const text = await ruth.text();
    for (const words of ['Section 42 decision (1)', 'Duty to enquire (0)', 'Alma Sample'])
      expect(text).toContain(words);
    for (const command of ['Give', 'Raise a concern', /Decide/])
      expect(await commands(ruth)).not.toContainEqual(
        typeof command === 'string' ? command : expect.stringMatching(command),
      );
    expect(await ruth.raw.locator('main input[type=checkbox]').count()).toBe(0);
    await ruth.open(`/concerns/${concern}?${unknown}`);
    expect(await ruth.text()).toContain('Not decided yet.');
    expect(await commands(ruth)).toEqual([]);
    const links = ruth.raw.locator('main a[href^="/events?event="]');
    for (const link of await links.all()) expect(await link.getAttribute('href')).toContain(unknown);
    expect(await links.count()).toBe(2);

    await ruth.open(`/concerns?effective=${daysAgo(DECIDED)}&known=${today}`);
    expect(await ruth.text()).toContain('Duty to enquire (1)');
    expect(await ruth.text()).toContain('No duty (0)');
  });

  it('stands in the chronology of the person with who, when and under which authority', async () => {
    const happened = async (days: string) => {
      expect(await ruth.open(`/people/${alma}/chronology${days}`)).toBe(200);
      return (await rows(ruth, 'Events by the day')).map((row) => row.replaceAll(/\s+/g, ' '));
    };
    const alert = expect.stringMatching(
      /Alert: Physical Abuse.*Safeguarding Ruth Adeyemi, enquiry officer Care Act 2014 s42/,
    );
    const given = expect.stringMatching(/Concern given to a new owner.*Ruth Adeyemi/);
    const registered = expect.stringContaining('Nadia Rahman');
    expect(await happened('')).toEqual([
      registered,
      alert,
      given,
      expect.stringMatching(/Section 42 duty: yes.*Safeguarding Ruth Adeyemi, enquiry officer Care Act 2014 s42\(1\)/),
      expect.stringMatching(/Enquiry concluded: risk identified.*Ruth Adeyemi, enquiry officer Care Act 2014 s42\(2\)/),
      expect.stringMatching(/Protection plan: 2 steps; the adult agrees; consent.*Care Act 2014 s42\(2\)/),
      expect.stringMatching(/Protection plan reviewed: risk reduced; the plan goes on.*Care Act 2014 s42\(2\)/),
    ]);
    const yesterday = `?effective=${daysAgo(DECIDED)}`;
    expect(await happened(`${yesterday}&known=${daysAgo(DECIDED)}`)).toEqual([registered, alert, given]);
    expect(await happened(`${yesterday}&known=${today}`)).toHaveLength(4);
  });
});
