import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { assessmentEvents } from '@caretrail/assessment/contracts';
import { budgetsEvents } from '@caretrail/budgets/contracts';
import { EventCatalogue, type EventMetadata, type StoredEvent } from '@caretrail/kernel';
import { peopleEvents } from '@caretrail/people/contracts';
import { planningEvents } from '@caretrail/planning/contracts';
import { transactionOf } from '@caretrail/projections';
import { OTHERBURY, type TestDatabase, WRENBRIDGE, createTestDatabase } from '@caretrail/testing';
import { stepsOf } from './case-rows.js';
import { type Case, nextStepOf } from './case-stage.js';
import { casesMigrations } from './cases.migration.js';
import { casesProjection } from './cases.projection.js';
import { CasesQuery } from './cases.query.js';

const ADA = '4471c0de-0000-4000-8000-00000000000a';
const BEN = 'b33fc0de-0000-4000-8000-00000000000b';
const CAT = 'ca7fc0de-0000-4000-8000-00000000000c';
const DAN = 'da7fc0de-0000-4000-8000-00000000000d';
const FAY = 'fa7fc0de-0000-4000-8000-00000000000f';
const GUS = '905fc0de-0000-4000-8000-000000000010';
const EVE = 'e4efc0de-0000-4000-8000-00000000000e';
const id = (last: number): string => `10000000-0000-4000-8000-${String(last).padStart(12, '0')}`;
const EPISODE = id(1);
const ASSESSMENT = id(2);
const ALLOCATION = id(3);
const PLAN = id(4);
const RETURNED_EPISODE = id(5);
const RETURNED_ASSESSMENT = id(6);
const EVES_ASSESSMENT = id(7);
const WANTED_LATER = id(8);

const catalogue = new EventCatalogue([...peopleEvents, ...assessmentEvents, ...budgetsEvents, ...planningEvents]);
const lastDay = { effectiveOn: '2026-12-31', knownOn: '2026-12-31' };
const firstPage = { page: 1, pageSize: 20 };

let position = 0n;
/** An event as the store gives it back. `known` is the day on which it was known, that of a dated source for returns. */
function event(tenant: string, type: string, on: string, data: object, known = on, meta: Partial<EventMetadata> = {}) {
  position += 2n;
  catalogue.get(type).schema.parse(data);
  return {
    id: id(1_000 + Number(position)),
    type,
    data,
    tenant,
    stream: `some.stream-${EPISODE}`,
    version: 1,
    position,
    recordedAt: `${known}T12:00:00.000Z`,
    knownOn: known,
    metadata: {
      actorId: 'nadia',
      actorRole: 'practitioner',
      commandId: `command-${position}`,
      correlationId: 'case',
      effectiveOn: on,
      ...meta,
    },
  } satisfies StoredEvent;
}

const register = (tenant: string, personId: string, on: string, source?: string) =>
  event(tenant, 'people.person-registered.v1', on, { personId, simulated: true, details: {} }, on, {
    ...(source && { source, actorRole: 'operator' }),
  });
const completed = {
  kind: 'Long term assessment',
  method: 'Service user only',
  startedOn: '2026-02-01',
  outcome: 'Progress to support planning or services',
  eligibleNeeds: 'Eligible needs identified',
  findings: [
    { outcome: 'nutrition', able: false, unable: 'cannot without help' },
    { outcome: 'toilet needs', able: false, unable: 'takes much longer' },
    { outcome: 'personal hygiene', able: true },
  ],
};
const budget = { costPencePerWeek: 44_810, personPaysPencePerWeek: 6_480, councilPaysPencePerWeek: 38_330 };
const needs = ['nutrition', 'toilet needs'];
const row = { clientType: 'Service user' };

/** Ada's case walks from request to plan; the council of Otherbury uses the same person's id for somebody else. */
const walk = (tenant: string): StoredEvent[] => [
  register(tenant, ADA, '2026-01-05'),
  event(tenant, 'assessment.support-requested.v1', '2026-01-10', {
    episodeId: EPISODE,
    personId: ADA,
    route: 'Prison',
  }),
  event(tenant, 'assessment.assessment-completed.v1', '2026-02-10', {
    assessmentId: ASSESSMENT,
    personId: ADA,
    ...completed,
  }),
  event(tenant, 'budgets.allocation-opened.v1', '2026-02-10', {
    allocationId: ALLOCATION,
    personId: ADA,
    assessmentId: ASSESSMENT,
    assessedOn: '2026-02-10',
    eligibleNeeds: 'Eligible needs identified',
    needs,
  }),
  // True on 1 March, and told to the system on the 9th only.
  event(
    tenant,
    'budgets.budget-allocated.v1',
    '2026-03-01',
    { allocationId: ALLOCATION, personId: ADA, assessmentId: ASSESSMENT, ...budget, needs, reasons: 'sealed' },
    '2026-03-09',
    { actorId: 'colin', actorRole: 'finance' },
  ),
  event(
    tenant,
    'planning.support-plan-opened.v1',
    '2026-03-01',
    { planId: PLAN, personId: ADA, allocationId: ALLOCATION, allocatedOn: '2026-03-01', ...budget, needs },
    '2026-03-09',
  ),
  event(tenant, 'planning.support-plan-agreed.v1', '2026-03-20', {
    planId: PLAN,
    personId: ADA,
    allocationId: ALLOCATION,
    lines: [],
    notMet: [],
    budget,
    agreement: 'dissents',
  }),
];

const returnedAssessment = {
  assessmentId: RETURNED_ASSESSMENT,
  personId: BEN,
  ...completed,
  findings: [],
  row,
};

const wrenbridge: StoredEvent[] = [
  ...walk(WRENBRIDGE),
  register(WRENBRIDGE, CAT, '2026-04-01'),
  event(
    WRENBRIDGE,
    'people.person-registered.v1',
    '2026-04-02',
    { personId: DAN, simulated: true, details: {} },
    '2026-04-02',
    {
      actorRole: 'analyst',
    },
  ),
  // Ben is known from returns: the newer file was loaded first, the older one after it.
  register(WRENBRIDGE, BEN, '2025-04-30', 'Client Level Data submitted on 2025-04-30'),
  event(
    WRENBRIDGE,
    'assessment.assessment-completed.v1',
    '2025-03-01',
    { ...returnedAssessment, eligibleNeeds: 'No needs identified' },
    '2025-10-31',
  ),
  event(
    WRENBRIDGE,
    'assessment.assessment-corrected.v1',
    '2025-03-03',
    { ...returnedAssessment, completedOn: '2025-03-03' },
    '2025-07-31',
  ),
  event(
    WRENBRIDGE,
    'assessment.support-requested.v1',
    '2025-02-01',
    { episodeId: RETURNED_EPISODE, personId: BEN, route: 'Prison', row },
    '2025-04-30',
  ),
  event(
    WRENBRIDGE,
    'assessment.request-concluded.v1',
    '2025-02-05',
    { episodeId: RETURNED_EPISODE, personId: BEN, outcome: 'NFA: Support declined' },
    '2025-04-30',
  ),
  event(
    WRENBRIDGE,
    'assessment.request-withdrawn.v1',
    '2025-02-01',
    { episodeId: RETURNED_EPISODE, personId: BEN, reason: 'no longer in the return' },
    '2026-01-31',
  ),
];
const otherbury: StoredEvent[] = walk(OTHERBURY).slice(0, 3);

describe.each([1, 3, 1_000])('cases, built in batches of %i', (size) => {
  let test: TestDatabase;
  let query: CasesQuery;

  beforeAll(async () => {
    test = await createTestDatabase({ migrations: casesMigrations });
    query = new CasesQuery(test.database);
    for (const [tenant, events] of [
      [WRENBRIDGE, wrenbridge],
      [OTHERBURY, otherbury],
    ] as const)
      for (let from = 0; from < events.length; from += size)
        await test.database.inTenant(tenant, (manager) =>
          casesProjection.apply(events.slice(from, from + size), transactionOf(tenant, manager)),
        );
  });
  afterAll(() => test.drop());

  const stageOf = async (personId: string, effectiveOn: string, knownOn: string, tenant = WRENBRIDGE) =>
    (await query.ofPerson(tenant, personId, { effectiveOn, knownOn }))?.case.stage;

  it.each([
    ['2026-01-04', undefined],
    ['2026-01-05', 'known'],
    ['2026-01-10', 'requested'],
    ['2026-02-10', 'eligible'],
    ['2026-03-01', 'budget allocated'],
    ['2026-03-20', 'plan agreed'],
  ])('on %s the case is: %s', async (day, stage) => {
    expect(await stageOf(ADA, day, '2026-12-31')).toBe(stage);
  });

  it('does not show what was true but not yet known', async () => {
    expect(await stageOf(ADA, '2026-03-08', '2026-03-08')).toBe('eligible');
    expect(await stageOf(ADA, '2026-03-08', '2026-03-09')).toBe('budget allocated');
  });

  it('keeps the newer knowledge when the older file is loaded after it', async () => {
    expect(await stageOf(BEN, '2025-12-31', '2025-06-30')).toBe('requested');
    expect(await stageOf(BEN, '2025-12-31', '2025-08-31')).toBe('eligible');
    expect(await stageOf(BEN, '2025-12-31', '2025-10-30')).toBe('eligible');
    expect(await stageOf(BEN, '2025-12-31', '2025-10-31')).toBe('assessed');
  });

  it('takes the day from the version that stands', async () => {
    const before = await query.ofPerson(WRENBRIDGE, BEN, { effectiveOn: '2025-12-31', knownOn: '2025-08-31' });
    expect(before?.case.assessedOn).toBe('2025-03-03');
    const after = await query.ofPerson(WRENBRIDGE, BEN, lastDay);
    expect(after?.case).toMatchObject({ assessedOn: '2025-03-01', returned: true });
  });

  it('forgets a request that was withdrawn, from the day on which that was known', async () => {
    const requestedOn = async (knownOn: string) =>
      (await query.ofPerson(WRENBRIDGE, BEN, { effectiveOn: '2026-06-30', knownOn }))?.case.requestedOn;
    expect(await requestedOn('2026-01-30')).toBe('2025-02-01');
    expect(await requestedOn('2026-01-31')).toBeUndefined();
  });

  it('says what is next and whose turn it is', async () => {
    const nextOn = async (personId: string, day: string) =>
      nextStepOf((await query.ofPerson(WRENBRIDGE, personId, { effectiveOn: day, knownOn: '2026-12-31' }))!.case);
    expect(await nextOn(ADA, '2026-01-10')).toBe('Complete the assessment');
    expect(await nextOn(ADA, '2026-02-10')).toBe('Decide the budget');
    expect(await nextOn(ADA, '2026-03-01')).toBe('Agree the plan with the person');
    expect(await nextOn(ADA, '2026-03-20')).toBe('Arrange the care and support of the plan');
    expect(await nextOn(CAT, '2026-04-01')).toBe('Complete the assessment');
    expect(await nextOn(BEN, '2026-04-01')).toBe('None: no eligible needs were found');
  });

  it('asks nobody to assess a person of whom only a return tells', async () => {
    const found = await query.ofPerson(WRENBRIDGE, BEN, { effectiveOn: '2025-12-31', knownOn: '2025-04-30' });
    expect(found?.case.step).toBeUndefined();
    const before = { effectiveOn: '2025-01-31', knownOn: '2026-12-31' };
    expect(await query.ofPerson(WRENBRIDGE, BEN, before)).toBeUndefined();
    const known = await query.ofPerson(WRENBRIDGE, DAN, lastDay);
    expect(known?.case).toMatchObject({ stage: 'known' });
    expect(nextStepOf(known!.case)).toBe('None: the return tells of no request');
  });

  it('asks nobody to assess upon a request that ended without', async () => {
    const found = await query.ofPerson(WRENBRIDGE, BEN, { effectiveOn: '2025-12-31', knownOn: '2025-06-30' });
    expect(found?.case).toMatchObject({ stage: 'requested', requestedOn: '2025-02-01' });
    expect(found?.case.step).toBeUndefined();
  });

  it('gives another system the ids to walk on with, and the facts with who and when', async () => {
    const found = (await query.ofPerson(WRENBRIDGE, ADA, lastDay))!;
    expect(found.case).toEqual({
      personId: ADA,
      stage: 'plan agreed',
      since: '2026-03-20',
      step: 'arrange care',
      returned: false,
      requestedOn: '2026-01-10',
      assessmentId: ASSESSMENT,
      assessedOn: '2026-02-10',
      allocationId: ALLOCATION,
      budgetAllocatedOn: '2026-03-01',
      ...budget,
      planId: PLAN,
      planAgreedOn: '2026-03-20',
    });
    expect(found.facts.map(({ kind }) => kind)).toEqual([
      'known',
      'requested',
      'assessed',
      'allocation opened',
      'budget allocated',
      'plan opened',
      'plan agreed',
    ]);
    expect(found.facts[4]).toMatchObject({ actorId: 'colin', actorRole: 'finance', knownFrom: '2026-03-09', needs: 2 });
    expect(found).toMatchObject({ events: 7, leftOut: 0 });
  });

  it('says how many events the two days leave out', async () => {
    const found = await query.ofPerson(WRENBRIDGE, ADA, { effectiveOn: '2026-02-28', knownOn: '2026-02-28' });
    expect(found).toMatchObject({ events: 4, leftOut: 3 });
  });

  it('keeps councils apart', async () => {
    expect(await stageOf(ADA, '2026-12-31', '2026-12-31', OTHERBURY)).toBe('eligible');
    expect(await stageOf(BEN, '2026-12-31', '2026-12-31', OTHERBURY)).toBeUndefined();
    expect((await query.list(OTHERBURY, { ...lastDay, ...firstPage })).total).toBe(1);
  });

  it('lists what waits for somebody first, and counts by stage', async () => {
    const list = await query.list(WRENBRIDGE, { ...lastDay, ...firstPage });
    expect(list.cases.map(({ personId, stage }) => [personId, stage])).toEqual([
      [ADA, 'plan agreed'],
      [CAT, 'known'],
      [BEN, 'assessed'],
      [DAN, 'known'],
    ]);
    expect(list.byStage).toEqual({
      known: 2,
      requested: 0,
      assessed: 1,
      eligible: 0,
      'budget allocated': 0,
      'plan agreed': 1,
    });
    expect(list.total).toBe(4);
  });

  it('filters by stage and by how a record number starts, page by page', async () => {
    const ids = async (change: object) =>
      (await query.list(WRENBRIDGE, { ...lastDay, ...firstPage, ...change })).cases.map(({ personId }) => personId);
    expect(await ids({ stage: 'assessed' })).toEqual([BEN]);
    expect(await ids({ record: 'P-4471C0DE' })).toEqual([ADA]);
    expect(await ids({ record: ' ca7 ' })).toEqual([CAT]);
    expect(await ids({ record: 'ca7', stage: 'assessed' })).toEqual([]);
    expect(await ids({ record: 'Okoro' })).toEqual([]);
    expect(await ids({ pageSize: 2 })).toEqual([ADA, CAT]);
    expect(await ids({ pageSize: 2, page: 2 })).toEqual([BEN, DAN]);
    expect((await query.list(WRENBRIDGE, { ...lastDay, page: 2, pageSize: 2, stage: 'known' })).total).toBe(2);
  });

  it('knows nobody by what is not an id', async () => {
    expect(await query.ofPerson(WRENBRIDGE, 'P-4471c0de', lastDay)).toBeUndefined();
  });

  it('gives somebody who is assessed for themselves and as a carer a place as each, whichever came last', async () => {
    const [own, asCarer, allocation] = [id(11), id(12), id(13)];
    const told = (...events: StoredEvent[]) =>
      test.database.inTenant(OTHERBURY, (manager) => casesProjection.apply(events, transactionOf(OTHERBURY, manager)));
    const places = async () => {
      const found = (await query.ofPerson(OTHERBURY, FAY, lastDay))!;
      const { cases, total } = await query.list(OTHERBURY, { ...lastDay, ...firstPage });
      const words = ({ asCarer: of, stage, assessmentId }: Case) => [of ? 'as a carer' : 'own', stage, assessmentId];
      const listed = cases.filter(({ personId }) => personId === FAY).map(words);
      return { of: [found.case, found.other].flatMap((each) => (each ? [words(each)] : [])), listed, total };
    };
    const completedFor = (assessmentId: string, on: string) =>
      event(OTHERBURY, 'assessment.assessment-completed.v1', on, {
        ...completed,
        assessmentId,
        personId: FAY,
        findings: [],
        eligibleNeeds: 'No needs identified',
      });
    await told(
      event(OTHERBURY, 'assessment.carer-assessed.v1', '2026-03-01', {
        assessmentId: asCarer,
        personId: FAY,
        caresFor: [ADA],
        startedOn: '2026-02-20',
        arisesFromCaring: true,
        healthAtRisk: true,
        findings: [],
        able: 'partly',
        willing: 'yes',
        impactOnWellbeing: { significant: true, reasons: 'sealed' },
        outcome: 'Progress to support planning or services',
        reasons: 'sealed',
        eligibleNeeds: 'Eligible needs identified',
      }),
      event(OTHERBURY, 'budgets.allocation-opened.v1', '2026-03-01', {
        allocationId: allocation,
        personId: FAY,
        assessmentId: asCarer,
        assessedOn: '2026-03-01',
        eligibleNeeds: 'Eligible needs identified',
        needs,
        ofCarer: true,
      }),
    );
    // Only as a carer: one place, and nothing to tell it from.
    expect((await places()).of).toEqual([['own', 'eligible', asCarer]]);
    await told(completedFor(own, '2026-04-01'));
    const both = await places();
    expect(both.of).toEqual([
      ['own', 'assessed', own],
      ['as a carer', 'eligible', asCarer],
    ]);
    expect(both.listed).toEqual([
      ['as a carer', 'eligible', asCarer],
      ['own', 'assessed', own],
    ]);
    const { step } = (await query.ofPerson(OTHERBURY, FAY, lastDay))!.other!;
    expect(step).toBe('decide budget');
    await told(completedFor(id(14), '2026-02-01'));
    expect((await places()).of[0]).toEqual(['own', 'assessed', own]);
  });

  it('shows the amounts of the statement that is in force on the day asked, and those of the allocation before there is one', async () => {
    const ids = { assessmentId: id(21), allocationId: id(22) };
    const amounts = (cost: number) => ({
      costPencePerWeek: cost,
      contributionPencePerWeek: 6_480,
      councilPencePerWeek: cost - 6_480,
    });
    const statement = {
      budgetId: ids.allocationId,
      personId: GUS,
      oneOff: [],
      financialAssessmentEventId: id(23),
      reasons: 'sealed',
    };
    const agreed = event(WRENBRIDGE, 'budgets.personal-budget-agreed.v1', '2026-04-01', {
      ...statement,
      ...amounts(40_000),
    });
    const revised = event(
      WRENBRIDGE,
      'budgets.personal-budget-revised.v1',
      '2026-06-01',
      { ...statement, ...amounts(50_000), cause: { kind: 'review (s27)', reviewEventId: id(24) } },
      '2026-06-08',
    );
    const told = [
      event(WRENBRIDGE, 'assessment.assessment-completed.v1', '2026-02-10', {
        ...completed,
        assessmentId: ids.assessmentId,
        personId: GUS,
      }),
      event(WRENBRIDGE, 'budgets.allocation-opened.v1', '2026-02-10', {
        ...ids,
        personId: GUS,
        assessedOn: '2026-02-10',
        eligibleNeeds: 'Eligible needs identified',
        needs,
      }),
      event(WRENBRIDGE, 'budgets.budget-allocated.v1', '2026-03-01', {
        ...ids,
        personId: GUS,
        ...budget,
        needs,
        reasons: 'sealed',
      }),
      agreed,
      revised,
      event(WRENBRIDGE, 'budgets.personal-budget-closed.v1', '2026-09-01', {
        budgetId: ids.allocationId,
        personId: GUS,
        reason: 'the person declined',
      }),
      // Of another budget of the same person: it says nothing about this one.
      event(WRENBRIDGE, 'budgets.personal-budget-agreed.v1', '2026-07-01', {
        ...statement,
        ...amounts(99_000),
        budgetId: id(25),
      }),
    ];
    await test.database.inTenant(WRENBRIDGE, (manager) =>
      casesProjection.apply(told, transactionOf(WRENBRIDGE, manager)),
    );
    const on = async (effectiveOn: string, knownOn = '2026-12-31') => {
      const found = (await query.ofPerson(WRENBRIDGE, GUS, { effectiveOn, knownOn }))!;
      const step = stepsOf(found.case, found.facts).find(({ key }) => key === 'Budget')!;
      const { budgetStatedOn, costPencePerWeek, personPaysPencePerWeek, councilPaysPencePerWeek } = found.case;
      return {
        stated: [budgetStatedOn, costPencePerWeek, personPaysPencePerWeek, councilPaysPencePerWeek],
        step: [...step.facts.map(({ kind }) => kind), step.statement?.split('?at=')[1]],
      };
    };
    expect(await on('2026-03-31')).toEqual({
      stated: [undefined, 44_810, 6_480, 38_330],
      step: ['budget allocated', undefined],
    });
    expect(await on('2026-05-31')).toEqual({
      stated: ['2026-04-01', 40_000, 6_480, 33_520],
      step: ['budget stated', agreed.id],
    });
    // True from 1 June, and known on the 8th only.
    expect((await on('2026-06-07', '2026-06-07')).step).toEqual(['budget stated', agreed.id]);
    expect(await on('2026-06-07')).toEqual({
      stated: ['2026-06-01', 50_000, 6_480, 43_520],
      step: ['budget stated', revised.id],
    });
    expect(await on('2026-09-01')).toMatchObject({
      stated: ['2026-06-01', 50_000, 6_480, 43_520],
      step: ['budget stated', 'budget ended', revised.id],
    });
  });

  it('asks for no budget while somebody wants none of the needs met, and does again when they do', async () => {
    const days = { effectiveOn: '2026-12-31', knownOn: '2026-12-31' };
    const ids = { personId: EVE, assessmentId: EVES_ASSESSMENT };
    const allocation = { allocationId: WANTED_LATER, ...ids };
    const stands = async (...events: StoredEvent[]) => {
      await test.database.inTenant(WRENBRIDGE, (manager) =>
        casesProjection.apply(events, transactionOf(WRENBRIDGE, manager)),
      );
      return (await query.ofPerson(WRENBRIDGE, EVE, days))!.case;
    };
    const closed = event(WRENBRIDGE, 'budgets.allocation-closed.v1', '2026-05-09', {
      ...allocation,
      because: 'the person wants none of the needs met by the council',
    });
    const opened = event(WRENBRIDGE, 'budgets.allocation-opened.v1', '2026-05-08', {
      ...allocation,
      assessedOn: '2026-05-08',
      eligibleNeeds: 'Eligible needs identified',
      needs,
    });
    const assessed = event(WRENBRIDGE, 'assessment.assessment-completed.v1', '2026-05-08', {
      ...completed,
      ...ids,
      findings: [],
      eligibleNeeds: 'Eligible needs identified',
    });
    const found = await stands(assessed, opened);
    expect(found).toMatchObject({ stage: 'eligible', step: 'decide budget' });
    const without = await stands(closed);
    expect(without).toMatchObject({ stage: 'eligible', notWanted: true });
    expect(without.step).toBeUndefined();
    expect(nextStepOf(without)).toBe('None: the person wants none of the needs met by the council');
    expect((await query.ofPerson(WRENBRIDGE, ADA, days))!.case.notWanted).toBeUndefined();
    const again = await stands(event(WRENBRIDGE, 'budgets.allocation-reopened.v1', '2026-06-01', allocation));
    expect(again).toMatchObject({ stage: 'eligible', step: 'decide budget' });
    expect(again.notWanted).toBeUndefined();
  });
});
