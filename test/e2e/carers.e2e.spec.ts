import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Accounts, type LocalAccounts } from '@caretrail/access';
import { carerOutcomes } from '@caretrail/assessment/contracts';
import { type RulebookContent, usualOrder } from '@caretrail/budgets/contracts';
import { addDays, londonDate } from '@caretrail/kernel';
import { WRENBRIDGE } from '@caretrail/testing';
import { type Caller, type House, startHouse } from './house.js';

const today = londonDate(new Date());
const monthAgo = addDays(today, -30);
const HEALTH = 'physical or mental health of the carer';

interface Case {
  readonly stage: string;
  readonly allocationId?: string;
  readonly planId?: string;
}
interface Problem {
  readonly rule: string;
  readonly section?: string;
  readonly field?: string;
}

/** Ten points where an outcome cannot be achieved, ten where health is at risk; a point is a pound a week. */
const rulebook: RulebookContent = {
  name: 'A synthetic rulebook for carers',
  synthetic: true,
  questions: [
    {
      question: HEALTH,
      words: 'Is your health at risk?',
      domain: 'caring',
      answers: [
        { answer: 'not at risk', words: 'No', points: 0 },
        { answer: 'at risk', words: 'Yes', points: 10 },
      ],
    },
    {
      question: 'recreational activities',
      words: 'Can you do something for yourself?',
      domain: 'caring',
      answers: [
        { answer: 'able', words: 'Yes', points: 0 },
        { answer: 'cannot without help', words: 'Not without help', points: 10 },
      ],
    },
  ],
  domains: [{ domain: 'caring' }],
  curve: [
    { points: 0, pencePerWeek: 0 },
    { points: 20, pencePerWeek: 2_000 },
  ],
  ...usualOrder,
};

describe('a carer’s own support, from the assessment to the plan', () => {
  let house: House;
  let practitioner: Caller;
  let finance: Caller;
  const carer = randomUUID();
  const adult = randomUUID();
  let allocationId: string;
  let planId: string;

  beforeAll(async () => {
    house = await startHouse();
    [practitioner, finance] = await Promise.all([house.as('practitioner'), house.as('finance')]);
    for (const [personId, firstName] of [
      [carer, 'Carrie'],
      [adult, 'Arthur'],
    ])
      await practitioner.post('/api/people', {
        effectiveOn: monthAgo,
        personId,
        details: { firstName, lastName: 'Synthetic' },
      });
    const draft = await finance.post('/api/rulebooks/carers/draft', rulebook);
    const published = await finance.post('/api/rulebooks/carers/publication', { version: 1, effectiveFrom: monthAgo });
    expect([draft.status, published.status]).toEqual([201, 201]);
  });
  afterAll(() => house?.stop());

  const assessment = (changes: object = {}) => ({
    effectiveOn: today,
    personId: carer,
    caresFor: [adult],
    startedOn: today,
    arisesFromCaring: true,
    healthAtRisk: true,
    findings: carerOutcomes.map((outcome) =>
      outcome === 'recreational activities'
        ? { outcome, able: false, unable: 'cannot without help' }
        : { outcome, able: true },
    ),
    able: 'partly',
    willing: 'yes',
    impactOnWellbeing: { significant: true, reasons: 'Has not slept through a night for months.' },
    outcome: 'Progress to support planning or services',
    reasons: 'Talked through, apart from the person cared for.',
    ...changes,
  });
  /** What processes and views bring about is there a moment later. */
  async function until<Found>(find: () => Promise<Found | undefined>): Promise<Found> {
    for (const end = Date.now() + 240_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 100))) {
      const found = await find();
      if (found !== undefined) return found;
    }
    throw new Error('It did not come about.');
  }
  const caseOf = async (personId: string) => (await practitioner.get<Case>(`/api/people/${personId}/case`)).body;

  it('opens an allocation of the carer’s own, and none where needs are not eligible', async () => {
    const other = randomUUID();
    await practitioner.post('/api/people', {
      effectiveOn: monthAgo,
      personId: other,
      details: { firstName: 'Olive', lastName: 'Synthetic' },
    });
    const none = assessment({
      personId: other,
      impactOnWellbeing: { significant: false, reasons: 'Manages.' },
      outcome: 'NFA: Information and advice or signposting',
    });
    expect((await practitioner.post('/api/carer-assessments', none)).status).toBe(201);
    expect((await practitioner.post('/api/carer-assessments', assessment())).status).toBe(201);
    allocationId = await until(async () => (await caseOf(carer)).allocationId);
    expect(await caseOf(carer)).toMatchObject({
      stage: 'eligible',
      step: 'decide budget',
      facts: expect.arrayContaining([
        expect.objectContaining({ kind: 'assessed', said: 'as a carer, whose health is at risk' }),
      ]),
    });
    expect(await caseOf(other)).toMatchObject({ stage: 'assessed' });
    expect((await caseOf(other)).allocationId).toBeUndefined();
    expect((await caseOf(adult)).stage).toBe('known');
  });

  it('indicates by the rulebook for carers, from the findings', async () => {
    const indicated = await until(async () => {
      const { body } = await practitioner.get<{ allocation: { ofCarer?: boolean; indicative?: object } }>(
        `/api/allocations/${allocationId}/working`,
      );
      return body.allocation.indicative && body.allocation;
    });
    expect(indicated).toMatchObject({
      ofCarer: true,
      needs: [HEALTH, 'recreational activities'],
      indicative: { pencePerWeek: 2_000 },
    });
  });

  it('ends in a statement and a support plan of the carer’s', async () => {
    const budget = { costPencePerWeek: 2_000, personPaysPencePerWeek: 0, councilPaysPencePerWeek: 2_000 };
    const allocated = await finance.post(`/api/allocations/${allocationId}/budget`, {
      effectiveOn: today,
      ...budget,
      reasons: 'A free evening every week.',
    });
    expect(allocated.status).toBe(201);
    const statement = `/api/personal-budgets/${allocationId}`;
    await until(async () => ((await finance.get(statement)).status === 200 ? true : undefined));
    const means = {
      outcome: 'nothing to pay',
      contributionPencePerWeek: 0,
      reasons: 'This council charges carers nothing.',
    };
    expect((await finance.post(`${statement}/financial-assessment`, { effectiveOn: today, ...means })).status).toBe(
      201,
    );
    const amounts = { costPencePerWeek: 2_000, contributionPencePerWeek: 0, councilPencePerWeek: 2_000, oneOff: [] };
    expect(
      (await finance.post(`${statement}/agreement`, { effectiveOn: today, ...amounts, reasons: 'As allocated.' }))
        .status,
    ).toBe(201);
    expect((await finance.get(statement)).body).toMatchObject({
      personId: carer,
      status: 'agreed',
      councilPencePerWeek: 2_000,
    });

    planId = await until(async () => (await caseOf(carer)).planId);
    const plan = `/api/support-plans/${planId}`;
    const refused = await practitioner.post<Problem>(`${plan}/unmet-needs`, {
      need: HEALTH,
      reason: 'a carer meets it (s18(7))',
    });
    expect(refused).toMatchObject({
      status: 422,
      body: { rule: 'reason-is-for-their-needs', section: expect.stringContaining('s18(7)') },
    });
    for (const need of [HEALTH, 'recreational activities'])
      expect(
        (
          await practitioner.post(`${plan}/lines`, {
            line: {
              need,
              action: 'Somebody sits in on Tuesday evenings',
              contributor: 'community',
              writtenBy: 'person',
              inOwnWords: 'I want to sing in the choir again.',
              weeklyPence: 1_000,
              purpose: 'benefit',
            },
          })
        ).status,
      ).toBe(201);
    const signature = { signatory: 'person', how: 'on paper' };
    expect(
      (await practitioner.post(`${plan}/agreement`, { effectiveOn: today, agreement: 'agreed', signature })).status,
    ).toBe(201);
    expect((await practitioner.get(plan)).body).toMatchObject({ personId: carer, ofCarer: true, stage: 'agreed' });
    expect(await caseOf(carer)).toMatchObject({ stage: 'plan agreed' });
  });

  it('goes from a review over the statement to the revision of the plan, each citing the one before', async () => {
    const plan = `/api/support-plans/${planId}`;
    const review = async (consequence: string) => {
      const completed = await practitioner.post<{ eventIds: string[] }>(`${plan}/reviews`, {
        reason: 'Unplanned: Unpaid carer related',
        method: 'Unpaid carer only',
        startedOn: today,
        outcome: 'Continuation of support or services',
        outcomesAchieved: 'Partially met',
        whatChanged: 'Needs a longer evening, and an alarm to be woken by.',
        consequence,
        nextReviewInMonths: 12,
      });
      expect(completed.status).toBe(201);
      return completed.body.eventIds[0]!;
    };
    const statement = `/api/personal-budgets/${allocationId}`;
    const revision = (reviewEventId: string) => ({
      effectiveOn: today,
      costPencePerWeek: 3_000,
      contributionPencePerWeek: 0,
      councilPencePerWeek: 3_000,
      oneOff: [{ purpose: 'an alarm', pence: 4_500, contributionPence: 0, councilPence: 4_500 }],
      reasons: 'What the review found to have changed.',
      cause: { kind: 'review (s27)', reviewEventId },
    });
    const refused = (reviewEventId: string) => finance.post<Problem>(`${statement}/revision`, revision(reviewEventId));
    const refusal = {
      status: 422,
      body: { rule: 'cause-is-cited', section: 'Care Act 2014 s27', field: 'cause.reviewEventId' },
    };
    expect(await refused(randomUUID())).toMatchObject(refusal);
    expect(await refused(await review('the plan is revised'))).toMatchObject(refusal);
    const made = { review: { planId, allocationId: randomUUID() } };
    expect(
      (
        await finance.post(`${statement}/revision`, {
          ...revision(randomUUID()),
          cause: { ...revision('').cause, ...made },
        })
      ).status,
    ).toBe(400);

    const reviewEventId = await review('the plan and the budget are revised');
    expect((await finance.post(`${statement}/revision`, revision(reviewEventId))).status).toBe(201);
    expect((await finance.get(statement)).body).toMatchObject({
      status: 'revised',
      cause: { reviewEventId, review: { planId, personId: carer, allocationId } },
    });
    const budget = {
      costPencePerWeek: 3_000,
      oneOff: [{ purpose: 'an alarm', pence: 4_500, personPaysPence: 0, councilPaysPence: 4_500 }],
    };
    const revised = await until(async () => {
      const { body } = await practitioner.get<{ stage: string; revisions: object[] }>(plan);
      return body.stage === 'under revision' ? body : undefined;
    });
    expect(revised).toMatchObject({ budget, revisions: [{ budget }] });

    const alarm = (oneOffPence: number) => ({
      line: {
        need: HEALTH,
        action: 'An alarm that shakes the pillow',
        contributor: 'front-line worker',
        writtenBy: 'carer',
        weeklyPence: 0,
        oneOffPence,
        purpose: 'benefit',
      },
    });
    const { lineId } = (await practitioner.post<{ lineId: string }>(`${plan}/lines`, alarm(4_501))).body;
    const agreeing = { effectiveOn: today, agreement: 'agreed' };
    expect(await practitioner.post<Problem>(`${plan}/agreement`, agreeing)).toMatchObject({
      status: 422,
      body: { rule: 'one-off-lines-within-the-statement', section: expect.stringContaining('s26') },
    });
    expect((await practitioner.post(`${plan}/lines/${lineId}`, alarm(4_500))).status).toBe(201);
    expect((await practitioner.post(`${plan}/agreement`, agreeing)).status).toBe(201);
    expect((await practitioner.get(plan)).body).toMatchObject({
      version: 2,
      linesCostPencePerWeek: 2_000,
      linesCostOncePence: 4_500,
    });
    const accounts = house.app.get<LocalAccounts>(Accounts, { strict: false });
    accounts.registerPerson(WRENBRIDGE, carer, 'Carrie Synthetic');
    const own = await house.as(`person/${carer}`);
    const mine = await until(async () => {
      const { body } = await own.get<string>('/my-record');
      return body.includes('£45.00') ? body : undefined;
    });
    expect(mine).toContain('£0.00, and £45.00 once');
    expect(mine).toContain('Time for what you enjoy');
  });
});
