import { randomUUID } from 'node:crypto';
import { addDays, addMonths, formatDate, londonDate } from '@caretrail/kernel';
import { recordNumber } from '@caretrail/people/contracts';
import { OTHERBURY, openBrowser, type Page, type TestBrowser } from '@caretrail/testing';
import { ukDate } from '@caretrail/web';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Caller, type House, startHouse } from './house.js';

const today = londonDate(new Date());
const daysAgo = (days: number): string => addDays(today, -days);
const typedDay = (days: number): string => ukDate(daysAgo(days));
const pictures = process.env['PICTURES'];

interface Around {
  readonly advocacy: readonly { readonly considered: { readonly purpose: string }; readonly stands: string }[];
  readonly capacity: readonly { readonly bestInterests?: object }[];
  readonly consent: readonly { readonly answer: string; readonly representation?: { readonly kind: string } }[];
  readonly caring?: { readonly caresFor: readonly string[] };
  readonly representations: readonly { readonly conflicts: readonly object[]; readonly standing: string }[];
}

describe('what is known around a person, on pages', () => {
  let house: House;
  let browser: TestBrowser;
  let nadia: Page;
  let api: Caller;
  const [margaret, joan, ida] = [randomUUID(), randomUUID(), randomUUID()];
  const path = (form: string): string => `/people/${margaret}/${form}`;

  beforeAll(async () => {
    [house, browser] = await Promise.all([startHouse(), openBrowser()]);
    api = await house.as('practitioner');
    for (const [personId, firstName] of [
      [margaret, 'Margaret'],
      [joan, 'Joan'],
      [ida, 'Ida'],
    ]) {
      const known = { effectiveOn: daysAgo(60), personId, details: { firstName, lastName: 'Sample' } };
      expect((await api.post('/api/people', known)).status).toBe(201);
    }
    const appointing = {
      effectiveOn: daysAgo(50),
      kind: 'informal',
      representative: { personId: joan },
      evidence: { kind: 'the person’s own word', seenOn: daysAgo(50) },
      scope: ['assessment', 'sharing information'],
      conflicts: [],
    };
    expect((await api.post(`/api/people/${margaret}/representatives`, appointing)).status).toBe(201);
    nadia = await signedIn('Nadia Rahman');
  });
  afterAll(async () => {
    await browser?.close();
    await house?.stop();
  });

  async function signedIn(name: string, width = 1280, script = true): Promise<Page> {
    const page = await browser.window(house.address, { width, script });
    await page.raw.goto(`${house.address}/sign-in`);
    const button = page.raw.locator('section', { hasText: 'Wrenbridge' }).getByRole('button', { name });
    await Promise.all([page.raw.waitForEvent('load'), button.click()]);
    return page;
  }
  const fill = async (values: Readonly<Record<string, string>>, page = nadia) => {
    for (const [name, value] of Object.entries(values)) await page.raw.locator(`[name="${name}"]`).fill(value);
  };
  const choose = async (values: Readonly<Record<string, string>>, page = nadia) => {
    for (const [name, value] of Object.entries(values))
      await page.raw.locator(`input[name="${name}"][value="${value}"]`).check();
  };
  const only = (name: string) => nadia.raw.locator(`input[name="${name}"]`).first().check();
  const select = (name: string, value: string) => nadia.raw.locator(`select[name="${name}"]`).selectOption(value);
  const typedIn = (name: string): Promise<string> => nadia.raw.locator(`[name="${name}"]`).inputValue();
  const summary = (page = nadia): Promise<string> => page.raw.locator('.govuk-error-summary').innerText();
  const around = async (caller = api) => (await caller.get<Around>(`/api/people/${margaret}/support-around`)).body;
  const picture = async (name: string, page = nadia) => {
    if (pictures) await page.screenshot(`${pictures}/${name}.png`);
  };

  it('asks for an erasure, and safeguarding answers; there is nothing to carry out without an agreement', async () => {
    await nadia.open(`/people/${joan}`);
    await nadia.follow('link', 'Requests to be erased');
    expect(await nadia.text()).toContain('Nobody has asked the council to erase this person.');
    await nadia.follow('button', 'Record a request');
    await nadia.follow('button', 'Save the request');
    expect(await summary()).toContain('Choose one of the answers.');
    await choose({
      ground: 'the person objects, and nothing overrides it (c)',
      representationId: 'the person',
      identity: 'known to the worker',
    });
    await nadia.follow('button', 'Save the request');
    expect(await summary()).toContain('Write down what was asked. (UK GDPR Article 17(1))');
    await fill({ words: 'Take me off your lists.' });
    await nadia.follow('button', 'Save the request');
    expect(await nadia.text()).toContain('Take me off your lists.');
    expect(await nadia.text()).toContain('The safeguarding team answers');
    await picture('erasure-requested');
    for (const form of ['extension', 'refusal', 'agreement', 'carry-out'])
      expect(await nadia.open(`/people/${joan}/erasure/${form}`)).toBe(403);

    const ruth = await signedIn('Ruth Adeyemi', 375, false);
    await ruth.open('/duties?duty=answer-erasure-request');
    expect(await ruth.text()).toContain('Answer the request to be erased');
    await ruth.open(`/people/${joan}/erasure/carry-out`);
    expect(await ruth.text()).toContain('Nobody has agreed to erase this person');
    await ruth.open(`/people/${joan}/erasure`);
    await picture('erasure-phone', ruth);
    await ruth.follow('link', 'Take more time');
    await ruth.follow('button', 'Take more time');
    expect(await summary(ruth)).toContain('Choose one of the answers.');
    await choose({ because: 'the request is complex' }, ruth);
    await fill({ reasons: 'Her papers are in four places.', effectiveOn: typedDay(0) }, ruth);
    await ruth.follow('button', 'Take more time');
    expect(await ruth.text()).toContain('the request is complex. Her papers are in four places.');
    expect(await ruth.text()).toContain(formatDate(addMonths(today, 3)));
    await picture('erasure-extended-phone', ruth);
    await ruth.open(`/people/${joan}/erasure/extension`);
    expect(await ruth.text()).toContain('More time was taken already');
    await ruth.open(`/people/${joan}/erasure`);
    await ruth.follow('link', 'Agree');
    await choose({ ground: 'the person objects, and nothing overrides it (c)' }, ruth);
    await fill({ reasons: 'She has not been with us since.' }, ruth);
    await ruth.follow('button', 'Agree');
    expect(await summary(ruth)).toContain('Say on which day the time ended for which the council keeps such records.');
    await ruth.open(`/people/${joan}/erasure/refusal`);
    await choose({ because: 'the law obliges the council to keep it (Article 17(3)(b))' }, ruth);
    await fill({ reasons: 'The case closed last year.' }, ruth);
    await ruth.follow('button', 'Refuse');
    expect(await ruth.text()).toContain('the law obliges the council to keep it (Article 17(3)(b)). The case closed');
    await ruth.raw.close();
  });

  it('erases somebody: one agrees once the time of keeping is over, and another carries it out', async () => {
    const ground = 'no longer needed for what it was collected for (a)';
    const asked = { effectiveOn: daysAgo(20), ground, identity: 'documents seen', words: 'I moved away long ago.' };
    expect((await api.post(`/api/people/${ida}/erasures`, asked)).status).toBe(201);
    const ruth = await signedIn('Ruth Adeyemi', 1280, false);
    await ruth.open(`/people/${ida}/erasure`);
    await ruth.follow('link', 'Agree');
    await choose({ ground }, ruth);
    await fill({ retentionEndedOn: typedDay(-1), reasons: 'Nothing since 2015.' }, ruth);
    await ruth.follow('button', 'Agree');
    expect(await summary(ruth)).toContain('refuse until then. (UK GDPR Article 5(1)(e), 17(3)(b))');
    await picture('erasure-agreement-refused', ruth);
    await fill({ retentionEndedOn: typedDay(30) }, ruth);
    await ruth.follow('button', 'Agree');
    expect(await ruth.text()).toContain('agreed, not carried out');
    await picture('erasure-agreed', ruth);
    await ruth.follow('link', 'Carry it out');
    await fill({ recordNumber: recordNumber(ida) }, ruth);
    await ruth.follow('button', 'Erase the person for ever');
    expect(await summary(ruth)).toContain('so somebody else has to carry it out. (UK GDPR Article 5(1)(f), 5(2))');
    await ruth.raw.close();

    const owen = await signedIn('Owen Pryce', 375, false);
    await owen.open(`/people/${ida}/erasure/carry-out`);
    await fill({ recordNumber: recordNumber(joan) }, owen);
    await owen.follow('button', 'Erase the person for ever');
    expect(await summary(owen)).toContain('record');
    await picture('erasure-carry-out-phone', owen);
    await fill({ recordNumber: recordNumber(ida) }, owen);
    await owen.follow('button', 'Erase the person for ever');
    expect(await owen.text()).toContain('This person was erased');
    await picture('erasure-done-phone', owen);
    await owen.raw.close();
  });

  it('puts right what is known, and keeps what is typed when it cannot be understood', async () => {
    await nadia.open(`/people/${joan}`);
    await nadia.follow('link', 'Correct the details');
    expect(await typedIn('details.firstName')).toBe('Joan');
    await fill({ 'details.firstName': 'Joanna', 'details.postcode': 'nowhere' });
    await nadia.follow('button', 'Save the details');
    expect(await summary()).toContain('The postcode must be a full one');
    expect(await typedIn('details.firstName')).toBe('Joanna');
    await fill({ 'details.firstName': 'Joan', 'details.postcode': 'ZZ1 4AB', 'details.dateOfBirth': '3/2/1941' });
    await nadia.follow('button', 'Save the details');
    expect(await nadia.raw.locator('h1').innerText()).toBe('Joan Sample');
    expect(await nadia.text()).toContain('lives in ZZ1 4');
  });

  it('shows on the case that urgent help goes on, and what came of signposts', async () => {
    const urgent = {
      effectiveOn: daysAgo(8),
      personId: joan,
      needs: ['nutrition'],
      provided: 'Meals from tonight.',
      reasons: 'Her carer is in hospital.',
      leftForLater: ['assessment of needs'],
      lookAgainOn: daysAgo(1),
    };
    expect((await api.post('/api/urgent-needs', urgent)).status).toBe(201);
    await nadia.open(`/people/${joan}`);
    expect(await nadia.text()).toMatch(/Urgent help goes on since .* looked at again by .* overdue/i);
    await picture('case-urgent');
    await nadia.follow('link', 'What came of signposting');
    expect(await nadia.text()).toContain('Nobody pointed this person to a service.');
    await nadia.open(`/people/${joan}`);
    await nadia.follow('link', 'Open the urgent need');
    expect(nadia.path()).toMatch(/^\/urgent-needs\//);
  });

  it('has nothing to fill in where nothing is open', async () => {
    for (const form of ['advocacy/advocate', 'advocacy/end', 'capacity/best-interests']) {
      expect(await nadia.open(path(form))).toBe(200);
      expect(await nadia.raw.getByRole('button', { name: /the|it/i }).count()).toBe(0);
    }
    expect(await nadia.text()).toContain('nothing that the person was found unable to decide');
  });

  it('considers an advocate: both tests, and keeps what was typed when a rule refuses', async () => {
    await nadia.open(`/people/${margaret}`);
    await nadia.follow('link', /Who speaks for the person/);
    await nadia.follow('link', 'Consider an independent advocate');
    const purposes = await nadia.raw.locator('input[name="purpose"]').count();
    expect(purposes).toBe(5);
    await choose({ purpose: 'needs assessment', 'substantialDifficulty.found': 'yes' });
    await fill({ 'substantialDifficulty.reasons': 'Few words.', effectiveOn: typedDay(9) });
    await nadia.follow('button', 'Save the answers');
    expect(await summary()).toContain('(Care Act 2014 s67(4), s68)');
    expect(await summary()).toContain('Say whether somebody appropriate can represent and support the person.');
    const link = nadia.raw.getByRole('link', { name: /somebody appropriate can represent/ });
    expect(await link.getAttribute('href')).toBe('#appropriatePerson-found');
    expect(await typedIn('substantialDifficulty.reasons')).toBe('Few words.');
    await picture('advocacy-refused');
    await choose({
      'substantialDifficulty.in': 'communicating views, wishes or feelings',
      'appropriatePerson.found': 'yes',
      'appropriatePerson.agreedBy': 'the person',
    });
    await nadia.follow('button', 'Save the answers');
    expect(await summary()).toContain('as a professional, or for pay');
    await choose({ 'appropriatePerson.professionalOrPaid': 'yes' });
    await fill({ 'appropriatePerson.reasons': 'The day centre.' });
    await nadia.follow('button', 'Save the answers');
    expect(await summary()).toContain('is not appropriate. (Care Act 2014 s67(5)(b), s68)');
    await choose({ 'appropriatePerson.found': 'no' });
    await nadia.follow('button', 'Save the answers');
    expect(nadia.path()).toBe(path('representatives'));
    expect(await nadia.text()).toContain('to be arranged');
    expect(await around()).toMatchObject({
      advocacy: [{ considered: { purpose: 'needs assessment' }, stands: 'offered' }],
    });
  });

  it('says who the advocate is, and that another takes over', async () => {
    await nadia.follow('link', 'Say who the advocate is');
    await only('advocacyId');
    await fill({ 'advocate.organisation': 'Wrenbridge Advocacy', effectiveOn: typedDay(8) });
    await nadia.follow('button', 'Appoint the advocate');
    expect(await summary()).toContain('Enter the name of the advocate.');
    expect(await typedIn('advocate.organisation')).toBe('Wrenbridge Advocacy');
    await fill({ 'advocate.name': 'An Advocate' });
    await nadia.follow('button', 'Appoint the advocate');
    expect(await nadia.text()).toContain('An Advocate, Wrenbridge Advocacy');
    await nadia.follow('link', 'The advocate acts no longer');
    await nadia.follow('button', 'End it');
    expect(await summary()).toContain('Choose one of the answers.');
    await only('advocacyId');
    await choose({ reason: 'another advocate takes over' });
    await nadia.follow('button', 'End it');
    expect((await around()).advocacy).toMatchObject([{ stands: 'offered' }]);
  });

  it('considers one for an enquiry in the safeguarding team alone, and shows it to nobody else', async () => {
    const ruth = await signedIn('Ruth Adeyemi');
    await ruth.open(path('advocacy'));
    await choose({ purpose: 'safeguarding enquiry', 'substantialDifficulty.found': 'no' }, ruth);
    await fill({ 'substantialDifficulty.reasons': 'Follows it all.' }, ruth);
    await ruth.follow('button', 'Save the answers');
    expect(await ruth.text()).toContain('safeguarding enquiry');
    await nadia.open(path('representatives'));
    expect(await nadia.text()).not.toContain('safeguarding enquiry');
    expect((await around()).advocacy).toHaveLength(1);
    expect((await around(await house.as('safeguarding'))).advocacy).toHaveLength(2);
    const considering = {
      effectiveOn: daysAgo(2),
      purpose: 'safeguarding enquiry',
      substantialDifficulty: { found: false, in: [], reasons: 'None.' },
    };
    expect((await api.post(`/api/people/${margaret}/advocacy`, considering)).status).toBe(403);
    const hidden = { ...considering, advocacyId: randomUUID() };
    expect((await (await house.as('safeguarding')).post(`/api/people/${margaret}/advocacy`, hidden)).status).toBe(201);
    const end = { effectiveOn: daysAgo(1), reason: 'the purpose is done' };
    const ending = `/api/people/${margaret}/advocacy/${hidden.advocacyId}/end`;
    expect((await api.post(ending, end)).status).toBe(404);
    expect((await (await house.as('safeguarding')).post(ending, end)).status).toBe(422);
  });

  it('assesses capacity for one decision, and decides in best interests only where it is lacking', async () => {
    await nadia.open(path('representatives'));
    await nadia.follow('link', 'Assess capacity for one decision');
    await fill({ decision: 'Whether to have a direct payment.', reasons: 'Could not say what would be different.' });
    await select('matter', 'having a direct payment');
    await choose({ unableTo: 'use or weigh', impairment: 'no', becauseOfImpairment: 'yes' });
    await nadia.follow('button', 'Save the assessment');
    expect(await summary()).toContain('(Mental Capacity Act 2005 s1(3))');
    expect(await summary()).toContain('only be because of an impairment where there is one');
    expect(await typedIn('decision')).toBe('Whether to have a direct payment.');
    expect(await nadia.raw.locator('input[value="use or weigh"]').isChecked()).toBe(true);
    await choose({ impairment: 'yes' });
    await fill({ supportGiven: 'Pictures, in the morning.', effectiveOn: typedDay(7), lookAgainOn: 'soon' });
    await nadia.follow('button', 'Save the assessment');
    expect(await summary()).toContain('This must be a real day');
    await fill({ lookAgainOn: '' });
    await nadia.follow('button', 'Save the assessment');
    expect(await nadia.text()).toContain('cannot decide: unable to use or weigh');

    await nadia.follow('link', 'Decide in the person’s best interests');
    await picture('best-interests');
    await only('capacityId');
    await choose({ canWait: 'no' });
    await fill({ decided: 'The council arranges it.', effectiveOn: typedDay(6) });
    await nadia.follow('button', 'Save the decision');
    expect(await summary()).toContain('Say who was asked, and what they said');
    expect(await typedIn('decided')).toBe('The council arranges it.');
    await fill({
      wishesAndFeelings: 'Wants no letters.',
      consulted: 'Her sister.',
      lessRestrictive: 'A managed account was looked at.',
      reasons: 'Needed now.',
    });
    await nadia.follow('button', 'Save the decision');
    expect(await nadia.text()).toContain('The council arranges it.');
    expect((await around()).capacity).toMatchObject([{ bestInterests: { canWait: false } }]);
    expect(await nadia.raw.getByRole('link', { name: 'Decide in the person’s best interests' }).count()).toBe(0);
  });

  it('records consent of the person or of a representative, withdrawn only where it was given', async () => {
    await nadia.follow('link', /request for consent/);
    await choose({ matter: 'sharing information with the NHS', answer: 'withdrawn', representationId: 'the person' });
    await fill({ words: 'No more.' });
    await nadia.follow('button', 'Save the answer');
    expect(await summary()).toContain('Only consent that was given can be withdrawn. (UK GDPR Article 7(3))');
    expect(await typedIn('words')).toBe('No more.');
    await choose({ answer: 'given' });
    await nadia.raw.getByRole('radio', { name: /Joan Sample, informal/ }).check();
    await fill({ effectiveOn: typedDay(55) });
    await nadia.follow('button', 'Save the answer');
    expect(await summary()).toContain('On this day no such representative may speak for the person');
    await fill({ effectiveOn: typedDay(5), words: '' });
    await nadia.follow('button', 'Save the answer');
    expect((await around()).consent).toMatchObject([{ answer: 'given', representation: { kind: 'informal' } }]);
  });

  it('records a conflict that came to light, and for whom somebody cares', async () => {
    await nadia.follow('link', /^Conflict of interest/);
    expect(await nadia.raw.locator('input[name="representationId"]').first().isChecked()).toBe(true);
    await choose({ 'conflict.kind': 'is paid from the person’s budget' });
    await fill({ 'conflict.reasons': 'Paid for Saturdays.' });
    await nadia.follow('button', 'Save');
    expect(await summary()).toContain('Say how the conflict is dealt with.');
    await fill({ 'conflict.handling': 'Margaret is seen alone.' });
    await nadia.follow('button', 'Save');
    expect(await nadia.text()).toContain('Margaret is seen alone.');

    await nadia.follow('link', 'Record that the person cares for somebody');
    await fill({ caresFor: randomUUID(), adultsCaredFor: 'two' });
    await nadia.follow('button', 'Save');
    expect(await summary()).toContain('Enter a whole number');
    await fill({ adultsCaredFor: '1' });
    await nadia.follow('button', 'Save');
    expect(await summary()).toContain('No person with this id is known here.');
    await fill({ caresFor: `${house.address}/people/${joan}`, effectiveOn: typedDay(4) });
    await select('hoursCaredBand', '20-49 hours per week');
    await nadia.follow('button', 'Save');
    for (const words of ['Joan Sample', '20-49 hours per week']) expect(await nadia.text()).toContain(words);
    expect((await around()).caring?.caresFor).toEqual([joan]);
    await picture('around-person');
  });

  it('fits a phone, and works without script', async () => {
    const phone = await signedIn('Grace Bello', 375, false);
    for (const form of ['advocacy', 'capacity', 'consent', 'caring', 'representatives/conflict', 'death']) {
      expect(await phone.open(path(form))).toBe(200);
      await picture(`${form.replace('/', '-')}-phone`, phone);
    }
    await fill({ effectiveOn: ukDate(addDays(today, 2)) }, phone);
    await phone.follow('button', 'Record the death');
    expect(await summary(phone)).toContain('A death cannot be recorded before it happened.');
    await fill({ effectiveOn: typedDay(1) }, phone);
    await phone.follow('button', 'Record the death');
    expect(phone.path()).toBe(`/people/${margaret}`);
    expect((await around()).representations).toMatchObject([{ standing: 'ended with the person’s death' }]);
  });

  it('is nobody’s whose it is not', async () => {
    const ruth = await signedIn('Ruth Adeyemi');
    expect(await ruth.open(path('caring'))).toBe(403);
    const dawn = await house.as('commissioner');
    const elsewhere = await house.as('practitioner', OTHERBURY);
    for (const form of ['advocacy', 'capacity', 'consent', 'caring']) {
      expect((await dawn.get(path(form))).status).toBe(403);
      expect((await elsewhere.get(path(form))).status).toBe(404);
      expect((await elsewhere.post(path(form), { effectiveOn: ukDate(today) })).status).toBe(404);
    }
  });
});
