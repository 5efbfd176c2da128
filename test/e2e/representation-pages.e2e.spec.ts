import { randomUUID } from 'node:crypto';
import { Accounts, type LocalAccounts } from '@caretrail/access';
import { carerOutcomes, outcomes } from '@caretrail/assessment/contracts';
import { addDays, londonDate } from '@caretrail/kernel';
import { type Page, type TestBrowser, OTHERBURY, WRENBRIDGE, openBrowser } from '@caretrail/testing';
import { ukDate } from '@caretrail/web';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, type Caller, type House, startHouse } from './house.js';

const today = londonDate(new Date());
const daysAgo = (days: number): string => addDays(today, -days);
const typedDay = (days: number): string => ukDate(daysAgo(days));

interface Problem {
  readonly rule?: string;
  readonly section?: string;
  readonly field?: string;
}
interface Around {
  readonly representations: readonly { readonly representationId: string; readonly standing: string }[];
  readonly advocacy: readonly { readonly required: boolean }[];
}

describe('who speaks for a person, and who cares for them', () => {
  let house: House;
  let browser: TestBrowser;
  let nadia: Page;
  let api: Caller;
  const [margaret, joan, assessmentId, carersId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];

  beforeAll(async () => {
    [house, browser] = await Promise.all([startHouse(), openBrowser()]);
    api = await house.as('practitioner');
    for (const [personId, firstName] of [
      [margaret, 'Margaret'],
      [joan, 'Joan'],
    ])
      await post('/api/people', { effectiveOn: daysAgo(60), personId, details: { firstName, lastName: 'Sample' } });
    const accounts = house.app.get<LocalAccounts>(Accounts, { strict: false });
    accounts.registerPerson(WRENBRIDGE, joan, 'Joan Sample');
    accounts.registerPerson(WRENBRIDGE, margaret, 'Margaret Sample');
    nadia = await signedIn('Nadia Rahman');
  });
  afterAll(async () => {
    await browser?.close();
    await house?.stop();
  });

  async function signedIn(name: string): Promise<Page> {
    const page = await browser.window(house.address);
    await page.raw.goto(`${house.address}/sign-in`);
    const button = page.raw.locator('section', { hasText: 'Wrenbridge' }).getByRole('button', { name });
    await Promise.all([page.raw.waitForEvent('load'), button.click()]);
    return page;
  }
  const post = async (path: string, body: object, caller: Caller = api): Promise<Answer> => {
    const answer = await caller.post(path, body);
    if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer;
  };
  const refused = async (path: string, body: object, caller: Caller = api): Promise<Problem> => {
    const answer = await caller.post<Problem>(path, body);
    expect({ path, status: answer.status }).toEqual({ path, status: answer.status === 400 ? 400 : 422 });
    return answer.body;
  };
  const fill = async (page: Page, values: Readonly<Record<string, string>>) => {
    for (const [name, value] of Object.entries(values)) await page.raw.locator(`[name="${name}"]`).fill(value);
  };
  const choose = (page: Page, name: string, value: string) =>
    page.raw.locator(`input[name="${name}"][value="${value}"]`).check();
  const select = (page: Page, name: string, value: string) =>
    page.raw.locator(`select[name="${name}"]`).selectOption(value);
  const summary = (page: Page): Promise<string> => page.raw.locator('.govuk-error-summary').innerText();
  const around = async () => (await api.get<Around>(`/api/people/${margaret}/support-around`)).body;

  it('are appointed on a page that keeps what was typed when a rule refuses', async () => {
    await nadia.open(`/people/${margaret}/representatives`);
    expect(await nadia.text()).toContain('Nobody is in the register.');
    await nadia.follow('button', 'Appoint a representative');
    await choose(nadia, 'kind', 'informal');
    await choose(nadia, 'scope', 'assessment');
    await select(nadia, 'evidence.kind', 'registered power of attorney');
    await select(nadia, 'conflict.kind', 'is paid from the person’s budget');
    await fill(nadia, {
      'representative.personId': `${house.address}/people/${joan}`,
      'representative.relation': 'Her sister',
      'evidence.seenOn': typedDay(30),
      effectiveOn: typedDay(30),
      'conflict.reasons': 'Paid for Saturdays.',
    });
    await nadia.follow('button', 'Appoint');
    expect(await summary(nadia)).toContain('the person’s own word, or best interests decision');
    const handling = nadia.raw.getByRole('link', { name: /how the conflict is dealt with/ });
    expect(await handling.getAttribute('href')).toBe('#conflict-handling');
    expect(await nadia.raw.locator('[name="representative.relation"]').inputValue()).toBe('Her sister');
    await select(nadia, 'evidence.kind', 'the person’s own word');
    await fill(nadia, { 'conflict.handling': 'Margaret is seen alone.' });
    await nadia.follow('button', 'Appoint');
    const text = await nadia.text();
    for (const words of ['Joan Sample', 'in force', 'Her sister', 'Margaret is seen alone.'])
      expect(text).toContain(words);
  });

  it('may answer a self-assessment for the person while their scope covers it, and nobody else may', async () => {
    const offer = { effectiveOn: daysAgo(20), assessmentId, personId: margaret, subject: 'adult' };
    await post('/api/assessment-offers', offer);
    const [{ representationId } = { representationId: '' }] = (await around()).representations;
    const answers = {
      form: { id: 'adult-self-assessment', version: 1 },
      answers: [{ question: 'what-matters', words: 'Her cat' }],
      answeredBy: 'a representative',
    };
    const path = `/api/assessments/${assessmentId}/self-assessment`;
    const early = { effectiveOn: daysAgo(40), representationId, ...answers };
    expect(await refused(path, early)).toMatchObject({
      rule: 'representative-may-speak-in-this',
      field: 'representationId',
    });
    expect(await refused(path, { effectiveOn: today, ...answers })).toMatchObject({ rule: 'says-who-answered' });

    const herself = await house.as(`person/${margaret}`);
    expect(await refused(path, { effectiveOn: today, representationId, ...answers }, herself)).toMatchObject({
      rule: 'says-who-answered',
    });

    const sister = await signedIn('Joan Sample');
    await sister.open(`/self-assessments/${assessmentId}`);
    await sister.follow('button', 'Start');
    await fill(sister, { words: 'Her cat' });
    await sister.follow('button', 'Save and go on');
    await sister.open(`/self-assessments/${assessmentId}/check`);
    await sister.follow('button', 'Send the answers');
    expect(await sister.text()).toContain('Thank you.');
    const { body } = await api.get<{ state: { own: { data: object } } }>(`/api/assessments/${assessmentId}`);
    expect(body.state.own.data).toMatchObject({
      answeredBy: 'a representative',
      proxy: { representationId, kind: 'informal', scope: ['assessment'] },
    });
    const own = await house.as(`person/${joan}`);
    expect((await own.get(`/api/assessments/${assessmentId}`)).status).toBe(403);
    expect((await (await house.as('practitioner', OTHERBURY)).get(`/api/assessments/${assessmentId}`)).status).toBe(
      404,
    );
  });

  it('speak no longer when that is ended, nor after the person’s death', async () => {
    await nadia.open(`/people/${margaret}/representatives`);
    await nadia.follow('link', /End this/);
    await select(nadia, 'reason', 'conflict of interest');
    await fill(nadia, { effectiveOn: typedDay(1) });
    await nadia.raw.getByRole('radio').first().check();
    await nadia.follow('button', 'End it');
    expect(await summary(nadia)).toContain('Give the reasons for ending the representation.');
    await fill(nadia, { reasons: 'The Saturdays.' });
    await nadia.follow('button', 'End it');
    expect(await nadia.text()).toContain('revoked');
    const sister = await signedIn('Joan Sample');
    expect(await sister.open(`/self-assessments/${assessmentId}`)).toBe(403);

    const appointing = {
      effectiveOn: daysAgo(10),
      kind: 'informal',
      representative: { name: 'A Neighbour' },
      evidence: { kind: 'the person’s own word', seenOn: daysAgo(10) },
      scope: ['sharing information'],
      conflicts: [],
    };
    const { body } = await post(`/api/people/${margaret}/representatives`, appointing);
    const consent = { effectiveOn: daysAgo(5), matter: 'sharing information with the NHS', answer: 'given' };
    await post(`/api/people/${margaret}/consent`, { ...consent, representationId: body['representationId'] });
    await post(`/api/people/${margaret}/death`, { diedOn: daysAgo(3) });
    const later = {
      ...consent,
      effectiveOn: daysAgo(2),
      answer: 'withdrawn',
      representationId: body['representationId'],
    };
    expect(await refused(`/api/people/${margaret}/consent`, later)).toMatchObject({
      rule: 'representative-may-speak-in-this',
    });
    expect(
      await refused(`/api/people/${margaret}/representatives`, { ...appointing, effectiveOn: today }),
    ).toMatchObject({
      rule: 'representation-ends-with-death',
    });
    expect((await around()).representations.map(({ standing }) => standing)).toEqual([
      'revoked',
      'ended with the person’s death',
    ]);
  });

  it('are stood by: an advocate where there is nobody, capacity for one decision, best interests where it is lacking', async () => {
    const difficulty = { found: true, in: ['communicating views, wishes or feelings'], reasons: 'Few words.' };
    const nobody = { found: false, professionalOrPaid: false, reasons: 'No family.' };
    const considering = { effectiveOn: daysAgo(9), purpose: 'needs assessment', substantialDifficulty: difficulty };
    expect(await refused(`/api/people/${joan}/advocacy`, considering)).toMatchObject({
      rule: 'second-test-follows-the-first',
      section: 'Care Act 2014 s67(5), s68',
      field: 'appropriatePerson',
    });
    const { body } = await post(`/api/people/${joan}/advocacy`, { ...considering, appropriatePerson: nobody });
    const advocate = { name: 'An Advocate', organisation: 'Wrenbridge Advocacy' };
    const advocacy = `/api/people/${joan}/advocacy/${String(body['advocacyId'])}`;
    await post(`${advocacy}/advocate`, { effectiveOn: daysAgo(8), advocate });

    const capacity = {
      effectiveOn: daysAgo(7),
      matter: 'having a direct payment',
      decision: 'Whether to have a direct payment.',
      supportGiven: 'Pictures, in the morning.',
      unableTo: ['use or weigh'],
      impairment: true,
      becauseOfImpairment: true,
      reasons: 'Could not say what would be different.',
    };
    expect(await refused(`/api/people/${joan}/capacity`, { ...capacity, supportGiven: '' })).toMatchObject({
      section: 'Mental Capacity Act 2005 s1(3)',
    });
    const assessed = await post(`/api/people/${joan}/capacity`, capacity);
    const best = {
      effectiveOn: daysAgo(6),
      decided: 'The council arranges it.',
      wishesAndFeelings: 'Wants no letters.',
      consulted: 'The advocate.',
      lessRestrictive: 'A managed account was looked at.',
      canWait: false,
      reasons: 'Needed now.',
    };
    await post(`/api/people/${joan}/capacity/${String(assessed.body['capacityId'])}/best-interests`, best);
    await nadia.open(`/people/${joan}/representatives`);
    const text = await nadia.text();
    for (const words of [
      'An Advocate',
      'Whether to have a direct payment.',
      'unable to use or weigh',
      'The council arranges it.',
    ])
      expect(text).toContain(words);
    await post(`${advocacy}/end`, { effectiveOn: daysAgo(1), reason: 'the purpose is done' });
  });

  it('carers have their own assessment, by regulation 3, on a page', async () => {
    await post(`/api/people/${joan}/caring`, { effectiveOn: daysAgo(30), caresFor: [margaret] });
    await post('/api/assessment-offers', {
      effectiveOn: daysAgo(20),
      assessmentId: carersId,
      personId: joan,
      subject: 'carer',
      caresFor: [margaret],
    });
    await nadia.open(`/assessments/${carersId}`);
    await nadia.follow('button', 'Complete the carer’s assessment');
    await nadia.follow('button', 'Complete the carer’s assessment');
    expect(await summary(nadia)).toContain('Say whether the carer is willing to go on.');
    for (const [at] of carerOutcomes.entries())
      await choose(nadia, `findings.${at}`, at === 7 ? 'cannot without help' : 'able');
    for (const [name, value] of Object.entries({
      arisesFromCaring: 'yes',
      able: 'partly',
      willing: 'yes',
      healthAtRisk: 'no',
      'impactOnWellbeing.significant': 'yes',
      'impactOnWellbeing.areas': 'control over day-to-day life',
    }))
      await choose(nadia, name, value);
    await select(nadia, 'outcome', 'Progress to support planning or services');
    await fill(nadia, {
      startedOn: typedDay(19),
      effectiveOn: typedDay(12),
      'impactOnWellbeing.reasons': 'No evening of her own.',
      reasons: 'One outcome is enough.',
    });
    await nadia.follow('button', 'Complete the carer’s assessment');
    expect(await nadia.text()).toContain('eligible needs identified');
  });

  it('whoever is not eligible gets written advice and a signpost, and whose need is urgent is helped first', async () => {
    const urgent = {
      effectiveOn: daysAgo(15),
      personId: joan,
      needs: ['nutrition'],
      provided: 'Meals from tonight.',
      reasons: 'A fall this morning.',
      leftForLater: ['assessment of needs'],
      lookAgainOn: daysAgo(8),
    };
    expect(await refused('/api/urgent-needs', { ...urgent, leftForLater: [] })).toMatchObject({
      section: 'Care Act 2014 s19(3)',
      field: 'leftForLater',
    });
    const met = await post('/api/urgent-needs', urgent);
    const requested = await post('/api/requests', {
      effectiveOn: daysAgo(16),
      personId: joan,
      route: 'Community / Other route',
    });
    await post(`/api/requests/${String(requested.body['episodeId'])}/conclusion`, {
      effectiveOn: daysAgo(14),
      personId: joan,
      outcome: 'Progress to assessment, review or reassessment',
    });
    const completed = await post('/api/assessments', {
      effectiveOn: daysAgo(8),
      personId: joan,
      kind: 'Long term assessment',
      method: 'Service user only',
      startedOn: daysAgo(12),
      outcome: 'NFA: Information and advice or signposting',
      findings: outcomes.map((outcome, at) =>
        at ? { outcome, able: true } : { outcome, able: false, unable: 'takes much longer' },
      ),
      arisesFromImpairment: true,
      impactOnWellbeing: { significant: false, reasons: 'She manages.' },
      reasons: 'One outcome.',
    });
    const own = `/api/assessments/${String(completed.body['assessmentId'])}`;
    expect(
      await refused(`${own}/wishes`, { effectiveOn: today, wantsMet: 'all of them', needs: [], couldBeDone: 'x' }),
    ).toMatchObject({ rule: 'some-needs-are-eligible', section: 'Care Act 2014 s13(3), (4)' });
    const about = ['meeting or reducing the needs', 'preventing or delaying further needs'];
    await post(`${own}/advice`, { effectiveOn: daysAgo(7), about, words: 'A kettle tipper, and the falls class.' });
    await post(`${own}/signposts`, {
      effectiveOn: daysAgo(7),
      kind: 'health and exercise',
      service: 'Castle Hill Falls Class',
      alternatives: [],
    });
    await post(`/api/urgent-needs/${String(met.body['urgentNeedId'])}/end`, {
      effectiveOn: daysAgo(7),
      personId: joan,
      reason: 'the assessment is complete',
    });
    await nadia.open(own.replace('/api', ''));
    for (const words of [
      'non-eligible needs identified',
      'A kettle tipper, and the falls class.',
      'Castle Hill Falls Class',
    ])
      expect(await nadia.text()).toContain(words);
  });
});
