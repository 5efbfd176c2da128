import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventStore } from '@caretrail/event-store';
import { Councils } from '@caretrail/platform';
import { SubscriptionRunner } from '@caretrail/projections';
import { type DrivenCase, SyntheticCase } from '@caretrail/simulation';
import { OTHERBURY, type Page, type TestBrowser, WRENBRIDGE, openBrowser } from '@caretrail/testing';
import { type Caller, type House, startHouse } from './house.js';

const REAL = 'E10000077';
const SHOTS = process.env['SIMULATION_SHOTS'];

interface Problem {
  readonly rule: string;
}
interface Duties {
  readonly total: number;
  readonly duties: readonly {
    readonly name: string;
    readonly days: number;
    readonly dueOn?: string;
    readonly turn: string;
  }[];
}
interface Decision {
  readonly eventId: string;
  readonly title: string;
  readonly kept: boolean;
}

describe('a simulated council on a clock that is set', () => {
  let house: House;
  let browser: TestBrowser;
  let practitioner: Caller;
  let finance: Caller;
  let safeguarding: Caller;
  let driven: DrivenCase;

  beforeAll(async () => {
    [house, browser] = await Promise.all([startHouse(), openBrowser()]);
    [practitioner, finance, safeguarding] = await Promise.all([
      house.as('practitioner'),
      house.as('finance'),
      house.as('safeguarding'),
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await house?.stop();
  });

  const drive = (seed: string, to: Parameters<SyntheticCase['drive']>[2]) =>
    house.app.get(SyntheticCase).drive(WRENBRIDGE, seed, to);
  const head = () => house.app.get(EventStore).head(WRENBRIDGE);
  /** What was just sent shows everywhere, however slow the machine is. */
  const settled = async () =>
    expect(await house.app.get(SubscriptionRunner).reached(WRENBRIDGE, await head(), 240_000)).toBe(true);
  async function signedIn(name: string, width: number, council = 'Wrenbridge'): Promise<Page> {
    const page = await browser.window(house.address, { width });
    await page.raw.goto(`${house.address}/sign-in`);
    const button = page.raw.locator('section', { hasText: council }).getByRole('button', { name });
    await Promise.all([page.raw.waitForEvent('load'), button.click()]);
    return page;
  }
  const shoot = async (page: Page, name: string): Promise<void> => {
    if (SHOTS) await page.raw.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true });
  };

  it('begins in the past, for a simulated council alone', async () => {
    const set = await practitioner.post('/api/clock', { set: '2026-03-01T09:00' });
    expect(set).toMatchObject({ status: 200, body: { set: true, now: '2026-03-01T09:00:00.000Z' } });
    expect((await (await house.as('practitioner', OTHERBURY)).get('/api/clock')).body).toMatchObject({ set: false });
    const real = { tenant: REAL, laCode: '977', name: 'Realham', simulated: false };
    await house.app.get(Councils).add(real, '2026-01-01T00:00:00.000Z');
    const refused = await (await house.as('practitioner', REAL)).post<Problem>('/api/clock', { set: '2026-03-01' });
    expect(refused).toMatchObject({ status: 422, body: { rule: 'clock-of-a-simulated-council' } });
    await expect(house.app.get(SyntheticCase).drive(REAL, 'one', 'eligible')).rejects.toMatchObject({ kind: 'rule' });
  });

  it('drives a case to a stage, through its commands, at the time of the clock', async () => {
    driven = await drive('one', 'budget-agreed');
    const { body } = await practitioner.get<{ stage: string; facts: { recordedAt: string }[] }>(
      `/api/people/${driven.personId}/case`,
    );
    expect(body.stage).toBe('budget allocated');
    expect(new Set(body.facts.map(({ recordedAt }) => recordedAt.slice(0, 16)))).toEqual(new Set(['2026-03-01T09:00']));
    const before = await head();
    expect((await drive('one', 'budget-agreed')).personId).toBe(driven.personId);
    expect(await head()).toBe(before);
    await expect(drive('not a seed', 'eligible')).rejects.toMatchObject({ kind: 'invalid' });
  });

  it('lets days pass, and the duties grow old', async () => {
    expect((await finance.post('/api/clock', { advance: '30d' })).body).toMatchObject({ today: '2026-03-31' });
    const back = await finance.post<Problem>('/api/clock', { set: '2026-02-28T09:00' });
    expect(back).toMatchObject({ status: 422, body: { rule: 'clock-never-runs-backwards' } });
    const { body } = await practitioner.get<Duties>('/api/duties?duty=plan');
    expect(body).toMatchObject({ total: 1, duties: [{ name: 'plan', days: 30, turn: 'practitioner' }] });
    await drive('one', 'plan-agreed');
    expect((await practitioner.get<Duties>('/api/duties?duty=plan')).body.total).toBe(0);
    const then = await practitioner.get<Duties>('/api/duties?duty=plan&effective=2026-03-30&known=2026-03-30');
    expect(then.body.duties).toMatchObject([{ days: 29 }]);
    const review = await practitioner.get<Duties>('/api/duties?duty=review');
    expect(review.body.duties[0]!.dueOn).toMatch(/^2026-|^2027-/);
    const { body: csv } = await practitioner.get<string>('/duties.csv');
    expect(csv).toContain('Review the plan');
    expect(csv).not.toContain('Synthetic-one');
  });

  it('shows the clock and the duties on every page, wide and narrow', async () => {
    for (const width of [1280, 390]) {
      const page = await signedIn('Nadia Rahman', width);
      expect(await page.open('/duties')).toBe(200);
      expect(await page.text()).toContain('31 March 2026, 09:00');
      await shoot(page, `duties-${width}`);
      expect(await page.open(`/people/${driven.personId}/duties`)).toBe(200);
      expect(await page.text()).toContain('Review the plan');
      expect(await page.text()).toContain('Prepare a care and support plan with the person');
      await shoot(page, `person-duties-${width}`);
      await page.raw.close();
    }
    const elsewhere = await signedIn('Nadia Rahman', 1280, 'Otherbury');
    expect(await elsewhere.text()).not.toContain('clock');
    await elsewhere.raw.close();
  });

  it('shows one history in many shoes, and keeps what a shoe does not see out of the page', async () => {
    const page = await signedIn('Nadia Rahman', 1280);
    const htmlAs = async (shoe: string): Promise<string> => {
      expect(await page.open(`/people/${driven.personId}/shoes?as=${shoe}`)).toBe(200);
      await shoot(page, `shoes-${shoe}`);
      return page.raw.content();
    };
    const ownWords = 'I like to cook with somebody.';
    const reasons = 'Talked through at home';
    const person = await htmlAs('person');
    for (const word of [ownWords, reasons, 'Synthetic-one']) expect(person).toContain(word);
    const provider = await htmlAs('provider');
    expect(provider).toContain(ownWords);
    expect(provider).not.toContain(reasons);
    expect(provider).not.toContain('Personal budget agreed');
    expect(provider).toContain('It is not needed for their work.');
    const carer = await htmlAs('carer');
    for (const word of [ownWords, reasons]) expect(carer).not.toContain(word);
    const commissioner = await htmlAs('commissioner');
    for (const word of [ownWords, reasons, 'Synthetic-one', '1 Mar 2026']) expect(commissioner).not.toContain(word);
    expect(commissioner).toContain('Mar 2026');
    await page.raw.close();
    expect((await finance.get(`/api/people/${driven.personId}/shoes`)).status).toBe(403);
    const api = await practitioner.get(`/api/people/${driven.personId}/shoes?as=commissioner`);
    expect(JSON.stringify(api.body)).not.toContain(ownWords);
  });

  it('keeps with a decision what its maker was shown, and shows it again', async () => {
    const { personId, allocationId, assessmentId } = await drive('two', 'eligible');
    expect(allocationId).toBeDefined();
    const path = `/api/allocations/${allocationId}`;
    const read = await finance.get(path);
    const shown = { 'caretrail-shown': read.headers.get('caretrail-shown')! };
    const given = {
      effectiveOn: '2026-03-31',
      documents: ['the assessment (s12(3))'],
      to: 'the person',
      format: 'easy read',
    };
    const meanwhile = await practitioner.post(`/api/assessments/${assessmentId}/writing`, given);
    expect(meanwhile.status).toBe(201);
    const budget = {
      effectiveOn: '2026-03-31',
      costPencePerWeek: 30_000,
      personPaysPencePerWeek: 0,
      councilPaysPencePerWeek: 30_000,
      reasons: 'What the hours cost here.',
    };
    const forged = { 'caretrail-shown': `${shown['caretrail-shown']}x` };
    expect((await finance.post<Problem>(`${path}/budget`, budget, forged)).body.rule).toBe(
      'what-was-shown-is-vouched-for',
    );
    expect((await finance.post(`${path}/budget`, budget, shown)).status).toBe(201);
    await settled();
    const { body } = await finance.get<{ decisions: Decision[] }>(`/api/people/${personId}/decisions`);
    const decision = body.decisions.find(({ title }) => title.startsWith('Budget allocated'))!;
    expect(decision.kept).toBe(true);
    const page = await signedIn('Colin Marsh', 390);
    expect(await page.open(`/people/${personId}/decisions`)).toBe(200);
    await page.follow('link', decision.title);
    const text = await page.text();
    expect(text).toContain(path);
    const [before, after] = [text.indexOf('Recorded after the page was drawn'), text.indexOf('What was before them')];
    expect(before).toBeGreaterThan(0);
    expect(text.slice(before, after)).toContain('Given in writing');
    expect(text.slice(after)).toContain('Assessment completed');
    expect(text.slice(after)).not.toContain('Budget allocated');
    await shoot(page, 'decision-390');
    await page.raw.close();
    const form = await finance.get<string>(`/allocations/${allocationId}/budget`);
    expect(form.status).toBe(200);
  });

  it('keeps a decision of safeguarding, and its duty, from everybody else', async () => {
    const { personId } = driven;
    const raised = await safeguarding.post<{ concernId: string }>('/api/concerns', {
      effectiveOn: '2026-03-31',
      adults: [personId],
      typesOfRisk: ['Self-Neglect'],
      sourceOfRisk: 'Other - Known to individual',
      locationOfRisk: 'Own Home',
      happenedOn: '2026-03-30',
      account: 'The cooker is under paper.',
      raisedBy: { name: 'Fire service', relation: 'Other' },
      consent: 'not asked',
      reasonToActWithoutConsent: 'Fire would reach others.',
      immediateProtection: 'A working smoke alarm was left.',
    });
    expect(raised.status).toBe(201);
    await settled();
    const read = await safeguarding.get(`/api/concerns/${raised.body.concernId}`);
    const limb = { met: true, reasons: 'Seen at the visit.' };
    const decided = await safeguarding.post(
      `/api/concerns/${raised.body.concernId}/s42-decision`,
      {
        effectiveOn: '2026-03-31',
        inArea: true,
        limbs: { careAndSupportNeeds: limb, abuseOrNeglect: limb, unableToProtect: limb },
      },
      { 'caretrail-shown': read.headers.get('caretrail-shown')!, 'idempotency-key': randomUUID() },
    );
    expect(decided.status).toBe(201);
    await settled();
    const own = await safeguarding.get<{ decisions: Decision[] }>(`/api/people/${personId}/decisions`);
    const s42 = own.body.decisions.find(({ title }) => title.startsWith('Section 42'))!;
    expect(s42.kept).toBe(true);
    const record = await safeguarding.get<{ events: { title: string }[] }>(
      `/api/people/${personId}/decisions/${s42.eventId}`,
    );
    expect(JSON.stringify(record.body.events)).toContain('Alert: Self-Neglect');
    expect((await safeguarding.get<Duties>('/api/duties?duty=enquire')).body.total).toBe(1);
    for (const caller of [practitioner, finance]) {
      const theirs = await caller.get(`/api/people/${personId}/decisions`);
      expect(JSON.stringify(theirs.body)).not.toContain('Section 42');
      expect((await caller.get(`/api/people/${personId}/decisions/${s42.eventId}`)).status).toBe(404);
      const duties = await caller.get(`/api/people/${personId}/duties`);
      expect(JSON.stringify(duties.body)).not.toMatch(/s42|s68|enquir/);
    }
    for (const shoe of ['person', 'carer', 'practitioner', 'provider', 'commissioner']) {
      const { body } = await safeguarding.get(`/api/people/${personId}/shoes?as=${shoe}`);
      expect(JSON.stringify(body)).not.toMatch(/Alert|Section 42|cooker/);
    }
  });

  it('lives now again', async () => {
    expect((await practitioner.post('/api/clock', { real: true })).body).toMatchObject({ set: false });
  });
});
