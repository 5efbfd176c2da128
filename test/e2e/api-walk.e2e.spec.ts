import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { outcomes } from '@caretrail/assessment/contracts';
import { randomUUID } from 'node:crypto';
import { type Caller, type House, startHouse } from './house.js';

interface Case {
  allocationId?: string;
  planId?: string;
}
interface Account {
  accountId: string;
  eventIds: string[];
}
interface Problem {
  status: number;
  rule: string;
  section?: string;
  field?: string;
  detail: string;
}

const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' }).format(new Date());
const unable = new Set<string>(['nutrition', 'personal hygiene']);

describe('a council’s own system walks a case over the API', () => {
  let house: House;
  let practitioner: Caller;
  let finance: Caller;
  let safeguarding: Caller;
  const personId = randomUUID();
  let concernId: string;

  beforeAll(async () => {
    house = await startHouse();
    [practitioner, finance, safeguarding] = await Promise.all([
      house.as('practitioner'),
      house.as('finance'),
      house.as('safeguarding'),
    ]);
  });
  afterAll(() => house?.stop());

  const assessment = (changes: object = {}) => ({
    effectiveOn: today,
    assessmentId: randomUUID(),
    personId,
    kind: 'Long term assessment',
    method: 'Service user only',
    startedOn: today,
    outcome: 'Progress to support planning or services',
    findings: outcomes.map((outcome) =>
      unable.has(outcome) ? { outcome, able: false, unable: 'cannot without help' } : { outcome, able: true },
    ),
    arisesFromImpairment: true,
    impactOnWellbeing: { significant: true, reasons: 'Being safe at home.' },
    reasons: 'Talked through at home.',
    ...changes,
  });

  it('registers a person', async () => {
    const details = { firstName: 'Walking', lastName: 'Example', dateOfBirth: '1950-02-03', postcode: 'ZZ1 1AA' };
    const answer = await practitioner.post('/api/people', { effectiveOn: today, personId, details });
    expect(answer).toMatchObject({ status: 201 });
    expect((await practitioner.get(`/api/people/${personId}`)).status).toBe(200);
  });

  it('owes no budget to somebody who wants none of the needs met, until they do', async () => {
    const other = randomUUID();
    const known = { effectiveOn: today, personId: other, details: { firstName: 'Wanting', lastName: 'Nothing' } };
    expect((await practitioner.post('/api/people', known)).status).toBe(201);
    const assessed = assessment({ personId: other });
    expect((await practitioner.post('/api/assessments', assessed)).status).toBe(201);
    const wish = async (wantsMet: string) => {
      const wishes = { effectiveOn: today, wantsMet, needs: [], couldBeDone: 'Help in the mornings.' };
      const answer = await practitioner.post(`/api/assessments/${assessed.assessmentId}/wishes`, wishes);
      expect(answer.status).toBe(201);
    };
    const stands = async () => {
      const { body } = await practitioner.get<Case & { nextStep: string }>(`/api/people/${other}/case`);
      const ledger = await practitioner.get<{ duties: { name: string; dischargedOn?: string }[] }>(
        `/api/people/${other}/duties`,
      );
      const owed = ledger.body.duties.some(({ name, dischargedOn }) => name === 'decide-budget' && !dischargedOn);
      return { allocationId: body.allocationId, toDecide: body.nextStep === 'Decide the budget', owed };
    };
    await wish('none of them');
    const { allocationId, ...without } = await stands();
    expect(without).toEqual({ toDecide: false, owed: false });
    const budget = {
      effectiveOn: today,
      costPencePerWeek: 10_000,
      personPaysPencePerWeek: 0,
      councilPaysPencePerWeek: 10_000,
      reasons: 'None.',
    };
    const refused = await finance.post<Problem>(`/api/allocations/${allocationId}/budget`, budget);
    expect([refused.status, refused.body.rule]).toEqual([422, 'needs-are-wanted-met']);
    await wish('all of them');
    expect(await stands()).toMatchObject({ toDecide: true, owed: true });
  });

  it('is told which rule and which section refuse an assessment', async () => {
    const answer = await practitioner.post<Problem>('/api/assessments', assessment({ findings: [] }));
    expect(answer.status).toBe(422);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body).toMatchObject({
      rule: 'every-outcome-answered-once',
      section: expect.stringMatching(/reg 2|s13|s9/),
    });
  });

  it('is told which field is not of the expected form', async () => {
    const answer = await practitioner.post<Problem>('/api/assessments', assessment({ kind: 'Sideways' }));
    expect(answer.status).toBe(400);
    expect(answer.body.field).toContain('kind');
  });

  it('completes the assessment, and a process opens the allocation', async () => {
    expect((await practitioner.post('/api/assessments', assessment())).status).toBe(201);
    const { body } = await practitioner.get<Case>(`/api/people/${personId}/case`);
    expect(body.allocationId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('sends a command twice and has one effect', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const registered = await practitioner.post<{ personId: string }>('/api/people', {
      effectiveOn: today,
      details: { firstName: 'Twice', lastName: 'Example' },
    });
    const body = assessment({ assessmentId: randomUUID(), personId: registered.body.personId });
    const first = await practitioner.post<{ eventIds: string[] }>('/api/assessments', body, key);
    expect(first.status).toBe(201);
    const second = await practitioner.post<{ eventIds: string[] }>('/api/assessments', body, key);
    expect(second.status).toBe(first.status);
    expect(second.body.eventIds).toEqual(first.body.eventIds);
  });

  it('allocates the budget only when its parts add up, and only once', async () => {
    const { body } = await finance.get<Case>(`/api/people/${personId}/case`);
    const budget = (councilPaysPencePerWeek: number) => ({
      effectiveOn: today,
      allocationId: body.allocationId,
      costPencePerWeek: 41_230,
      personPaysPencePerWeek: 6_480,
      councilPaysPencePerWeek,
      reasons: 'What the hours cost here.',
    });
    const path = `/api/allocations/${body.allocationId}/budget`;
    const refused = await finance.post<Problem>(path, budget(1));
    expect(refused.status).toBe(422);
    expect(refused.body.section).toContain('s26');
    expect((await practitioner.post(path, budget(34_750))).status).toBe(403);
    expect((await finance.post(path, budget(34_750))).status).toBe(201);
    expect((await finance.post<Problem>(path, budget(34_750))).status).toBe(422);
  });

  it('keeps the ledger of a direct payment: paid, spent, reversed, taken back, closed', async () => {
    const { body } = await finance.get<Case>(`/api/people/${personId}/case`);
    const opening = { effectiveOn: today, allocationId: body.allocationId, receivedBy: 'the person' };
    const key = { 'idempotency-key': randomUUID() };
    const opened = await finance.post<Account>('/api/direct-payment-accounts', opening, key);
    const again = await finance.post<Account>('/api/direct-payment-accounts', opening, key);
    expect([opened.status, again.status, again.body]).toEqual([201, 201, opened.body]);
    expect((await practitioner.post('/api/direct-payment-accounts', opening)).status).toBe(403);
    const path = `/api/direct-payment-accounts/${opened.body.accountId}`;
    const enter = async (kind: string, entry: object) => {
      const answer = await finance.post<Account & Problem>(`${path}/${kind}`, { effectiveOn: today, ...entry });
      return { ...answer.body, status: answer.status };
    };
    const spend = { payee: 'personal assistant', category: 'personal care', pence: 90_000, evidence: 'Payslip.' };
    await enter('payments', { pence: 139_000, reference: 'Run 7' });
    const wrong = await enter('spend', spend);
    expect(await enter('spend', spend)).toMatchObject({
      status: 422,
      rule: 'spend-within-the-balance',
      section: 'Care Act 2014 s33(3)',
      field: 'pence',
    });
    await enter('reversals', { entryId: wrong.eventIds[0], reason: 'The wrong account.' });
    const decision = { decidedOn: today, decidedBy: 'Team manager', reasons: 'Unspent.' };
    const representations = { made: true, invitedOn: today, receivedOn: today, words: 'I agree.' };
    const ground = { pence: 100_000, ground: 'surplus', decision, representations };
    await enter('reclaims', ground);
    expect(await enter('closing', { reason: 'person chose' })).toMatchObject({ status: 422, rule: 'nothing-is-left' });
    const closing = { reason: 'person chose', surplus: { decision, representations } };
    expect((await enter('closing', closing)).eventIds).toHaveLength(2);

    const ledger = await finance.get<{ lines: { details: object }[] }>(path);
    expect(ledger.body).toMatchObject({
      status: 'closed',
      personId,
      councilPaysPencePerWeek: 34_750,
      paidPence: 139_000,
      spentPence: 0,
      reclaimedPence: 139_000,
      balancePence: 0,
    });
    expect(ledger.body.lines).toMatchObject([
      { kind: 'payment', balancePence: 139_000, details: { reference: 'Run 7' } },
      { kind: 'spend', balancePence: 49_000, reversedBy: expect.any(String), details: { evidence: 'Payslip.' } },
      { kind: 'reversal', balancePence: 139_000, details: { reverses: wrong.eventIds[0] } },
      { kind: 'reclaim', balancePence: 39_000, details: { representations: { words: 'I agree.' } } },
      { kind: 'reclaim', balancePence: 0, details: { ground: 'surplus' } },
    ]);
    expect((await finance.get(`${path}?effective=2020-01-01`)).status).toBe(404);
    const totals = await finance.get<{ ledger: { pence: number }[] }>('/api/direct-payments');
    expect(totals.body).toMatchObject({
      paidPence: 139_000,
      reclaimedPence: 139_000,
      balancePence: 0,
      closedAccounts: 1,
    });
    const accounts = await finance.get<{ accounts: object[] }>('/api/direct-payments/accounts');
    expect(accounts.body.accounts).toMatchObject([{ accountId: opened.body.accountId, paidPence: 139_000 }]);
  });

  it('agrees the plan when every need is met or lawfully not', async () => {
    const find = async () => (await finance.get<Case>(`/api/people/${personId}/case`)).body.planId;
    const planId = await find();
    expect(planId).toBeDefined();
    const path = `/api/support-plans/${planId}/agreement`;
    const line = { need: 'nutrition', action: 'Lunch together.', contributor: 'person', weeklyPence: 20_000 };
    const plan = (notMet: object[]) => ({ effectiveOn: today, planId, lines: [line], notMet, agreement: 'agreed' });
    const open = await practitioner.post<Problem>(path, plan([]));
    expect(open.status).toBe(422);
    expect(open.body.section).toMatch(/s2[45]/);
    const met = { need: 'personal hygiene', reason: 'a carer meets it (s18(7))' };
    expect((await practitioner.post(path, plan([met]))).status).toBe(201);
  });

  it('raises an alert, and decides s42(1) limb by limb', async () => {
    const alert = {
      effectiveOn: today,
      adults: [personId],
      typesOfRisk: ['Self-Neglect'],
      sourceOfRisk: 'Other - Known to individual',
      locationOfRisk: 'Own Home',
      happenedOn: today,
      account: 'The cooker is under paper.',
      raisedBy: { name: 'Fire service', relation: 'Other' },
      consent: 'not asked',
      immediateProtection: 'A working smoke alarm was left.',
    };
    const refused = await safeguarding.post<Problem>('/api/concerns', alert);
    expect(refused.body.rule).toBe('consent-or-reason-to-act');
    const raised = await safeguarding.post<{ concernId: string }>('/api/concerns', {
      ...alert,
      reasonToActWithoutConsent: 'Fire would reach others.',
    });
    expect(raised.status).toBe(201);
    ({ concernId } = raised.body);
    const limb = (met: boolean, reasons = 'Seen at the visit.') => ({ met, reasons });
    const decide = (limbs: object) =>
      safeguarding.post<Problem>(`/api/concerns/${concernId}/s42-decision`, {
        effectiveOn: today,
        limbs,
        inArea: true,
      });
    const withoutReason = {
      careAndSupportNeeds: limb(true),
      abuseOrNeglect: limb(true, ' '),
      unableToProtect: limb(true),
    };
    const unreasoned = await decide(withoutReason);
    expect(unreasoned.status).toBe(422);
    expect(unreasoned.body.section).toContain('s42(1)');
    expect((await decide({ ...withoutReason, abuseOrNeglect: limb(true) })).status).toBe(201);
    const { body } = await safeguarding.get<{ dutyToEnquire?: boolean }>(`/api/concerns/${concernId}`);
    expect(JSON.stringify(body)).toContain('dutyToEnquire');

    const found = { found: 'found', reasons: 'Seen by the fire service too.' };
    const conclusion = {
      effectiveOn: today,
      madeBy: 'the council',
      findings: { careAndSupportNeeds: found, abuseOrNeglect: found, unableToProtect: found },
      actions: [{ what: 'The cooker is changed for one that turns itself off.', by: 'Housing association' }],
      riskOutcome: 'Risk reduced',
      wishes: [{ adult: personId, asked: 'Yes they were asked but no outcomes were expressed' }],
    };
    const conclude = (changed: object) =>
      safeguarding.post<Problem>(`/api/concerns/${concernId}/conclusion`, { ...conclusion, ...changed });
    const nobody = await conclude({ actions: [] });
    expect([nobody.status, nobody.body.rule]).toEqual([422, 'action-and-by-whom-or-why-none']);
    const owed = async () =>
      (
        await safeguarding.get<{ duties: { name: string; dischargedOn?: string }[] }>(`/api/people/${personId}/duties`)
      ).body.duties.flatMap(({ name, dischargedOn }) => (dischargedOn ? [] : [name]));
    expect(await owed()).toContain('enquire');
    expect((await conclude({})).status).toBe(201);
    expect((await conclude({ actions: [], noActionBecause: 'Again.' })).status).toBe(422);
    expect(await owed()).not.toContain('enquire');
    expect((await safeguarding.get(`/api/concerns/${concernId}`)).body).toMatchObject({
      concludedOn: today,
      riskAssessmentOutcome: 'Risk identified and action taken',
    });
  });

  it('keeps concerns from everybody else, in every way', async () => {
    const analyst = await house.as('analyst');
    for (const caller of [analyst, practitioner, finance]) {
      expect((await caller.get('/api/concerns')).status).toBe(403);
      expect((await caller.get(`/api/concerns/${concernId}`)).status).toBe(403);
    }
    const { body } = await analyst.get<{ events: { type: string }[] }>('/api/events?about=safeguarding');
    expect(body.events).toEqual([]);
    const seen = await safeguarding.get<{ total: number }>('/api/events?about=safeguarding');
    expect(seen.body.total).toBe(3);
  });

  it('sees nothing of another council', async () => {
    const other = await house.as('practitioner', 'E09000099');
    expect((await other.get(`/api/people/${personId}`)).status).toBe(404);
    expect(JSON.stringify((await other.get('/api/cases')).body)).not.toContain(personId);
    const analyst = await house.as('analyst', 'E09000099');
    expect((await analyst.get('/api/events')).body).toMatchObject({ total: 0 });
  });

  it('shows an analyst what happened, with personal fields locked, and what followed from it', async () => {
    const analyst = await house.as('analyst');
    const list = await analyst.get<{ events: { eventId: string }[] }>('/api/events?type=support-plan-agreed');
    const { body } = await analyst.get<{ fields: { name: string; locked: boolean }[]; tree: unknown }>(
      `/api/events/${list.body.events[0]!.eventId}`,
    );
    expect(body.fields.filter(({ name }) => /action$/.test(name))).toEqual([expect.objectContaining({ locked: true })]);
    const tree = JSON.stringify(body.tree);
    for (const type of ['assessment-completed', 'allocation-opened', 'budget-allocated', 'support-plan-opened'])
      expect(tree).toContain(type);
    expect(JSON.stringify(body)).not.toContain('Lunch together');
  });

  it('is described by OpenAPI, pages excluded', async () => {
    const { body } = await practitioner.get<{ paths: Record<string, { post?: { requestBody?: unknown } }> }>(
      '/api/openapi.json',
    );
    const commands = ['/api/people', '/api/assessments', '/api/concerns'];
    for (const path of commands) expect(JSON.stringify(body.paths[path]?.post?.requestBody)).toContain('properties');
    expect(Object.keys(body.paths).every((path) => path.startsWith('/api/'))).toBe(true);
  });
});
