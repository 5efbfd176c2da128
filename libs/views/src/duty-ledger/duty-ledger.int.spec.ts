import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Account, Role } from '@caretrail/access';
import { assessmentEvents } from '@caretrail/assessment/contracts';
import { budgetsEvents } from '@caretrail/budgets/contracts';
import { EventCatalogue, type EventMetadata, type PlainDate, type StoredEvent } from '@caretrail/kernel';
import { peopleEvents } from '@caretrail/people/contracts';
import { planningEvents } from '@caretrail/planning/contracts';
import { projectionMigrations, transactionOf } from '@caretrail/projections';
import { safeguardingEvents } from '@caretrail/safeguarding/contracts';
import { OTHERBURY, type TestDatabase, WRENBRIDGE, createTestDatabase } from '@caretrail/testing';
import { dutyEventTypes, entriesOf } from './duty-marks.js';
import { dutyLedgerMigrations } from './duty-ledger.migration.js';
import { dutyLedgerProjection } from './duty-ledger.projection.js';
import { DutyLedgerQuery } from './duty-ledger.query.js';
import { duties } from './duties.js';
import { lineOf } from './duty-rows.js';

const catalogue = new EventCatalogue([
  ...peopleEvents,
  ...assessmentEvents,
  ...budgetsEvents,
  ...planningEvents,
  ...safeguardingEvents,
]);
const GOLDEN = join(import.meta.dirname, '../../../../test/golden');
const id = (last: number): string => `20000000-0000-4000-8000-${String(last).padStart(12, '0')}`;
const [EPISODE, ASSESSMENT, PLAN, ACCOUNT, CONCERN, REVIEW] = [1, 2, 3, 4, 5, 6].map(id) as [
  string,
  string,
  string,
  string,
  string,
  string,
];
const account = (role: Role, tenant = WRENBRIDGE): Account => ({ id: role, name: role, role, post: role, tenant });

let position = 0n;
/** A golden event with its own ids, day and data: what each type is like is said there, once. */
function event(type: string, on: PlainDate, data: object, meta: Partial<EventMetadata> = {}): StoredEvent {
  const golden = JSON.parse(readFileSync(join(GOLDEN, `${type}.json`), 'utf8')) as StoredEvent;
  position += 1n;
  const { knownOn = on } = meta;
  return {
    ...golden,
    id: id(1_000 + Number(position)),
    position,
    tenant: WRENBRIDGE,
    knownOn,
    recordedAt: `${knownOn}T12:00:00.000Z`,
    data: { ...(golden.data as object), ...data },
    metadata: {
      actorId: 'nadia',
      actorRole: 'practitioner',
      commandId: 'c',
      correlationId: 'c',
      effectiveOn: on,
      ...meta,
    },
  };
}
const requested = (personId: string, on: PlainDate, meta?: Partial<EventMetadata>) =>
  event('assessment.support-requested.v1', on, { episodeId: EPISODE, personId, row: undefined }, meta);
const completed = (personId: string, on: PlainDate, data: object = {}, meta?: Partial<EventMetadata>) =>
  event(
    'assessment.assessment-completed.v1',
    on,
    { assessmentId: ASSESSMENT, personId, eligibleNeeds: 'Eligible needs identified', row: undefined, ...data },
    meta,
  );

describe('the table of duties', () => {
  it('names each duty once, with a section, a turn, and an event that opens it', () => {
    expect(new Set(duties.map(({ name }) => name)).size).toBe(duties.length);
    for (const { section, words, rules } of duties) {
      expect(section).toMatch(/s\d|reg \d|Article \d/);
      expect(words).toMatch(/^[A-Z].*[^.]$/);
      expect(rules.length).toBeGreaterThan(1);
    }
  });

  it('names only events that there are', () => {
    for (const type of dutyEventTypes) expect(catalogue.get(type).type).toBe(type);
  });

  it('keeps to itself what safeguarding alone may know', () => {
    for (const { rules, needToKnow } of duties)
      if (!needToKnow) expect(rules.filter(({ type }) => type.startsWith('safeguarding.'))).toEqual([]);
    expect(duties.filter(({ needToKnow }) => needToKnow).map(({ section }) => section)).toEqual([
      'Care Act 2014 s42(1)',
      'Care Act 2014 s42(2)',
      'Care Act 2014 s42(2)',
      'Care Act 2014 s42(2)',
      'Care Act 2014 s68(2)',
    ]);
  });
});

describe('the duty ledger', () => {
  let test: TestDatabase;
  let ledger: DutyLedgerQuery;
  beforeAll(async () => {
    test = await createTestDatabase({ migrations: [...projectionMigrations, ...dutyLedgerMigrations] });
    ledger = new DutyLedgerQuery(test.database);
  });
  afterAll(() => test.drop());

  /** One event after the other, as they came in; the other council hears of the first one for the same person. */
  async function tell(...events: readonly StoredEvent[]): Promise<void> {
    for (const each of events) await apply(WRENBRIDGE, [each]);
    const [first] = events;
    if (first) await apply(OTHERBURY, [{ ...first, tenant: OTHERBURY }]);
  }
  const apply = (tenant: string, events: readonly StoredEvent[]) =>
    test.database.inTenant(tenant, (manager) => dutyLedgerProjection.apply(events, transactionOf(tenant, manager)));
  /** `assess since 2026-01-10` for each duty that is open; `until` for those that were discharged. */
  async function owed(personId: string, on: PlainDate, known = '2030-01-01', role: Role = 'practitioner') {
    const rows = await ledger.ofPerson(account(role), personId, { effectiveOn: on, knownOn: known });
    const words = rows.map(({ duty, openedOn, dischargedOn, dueOn }) =>
      [
        duty,
        'since',
        openedOn,
        ...(dueOn ? ['due', dueOn] : []),
        ...(dischargedOn ? ['until', dischargedOn] : []),
      ].join(' '),
    );
    return {
      open: words.filter((each) => !each.includes('until')),
      done: words.filter((each) => each.includes('until')),
    };
  }
  let person = 100;
  const somebody = (): string => id(++person);

  it('opens with a request, once, and is discharged by the assessment', async () => {
    const ada = somebody();
    await tell(requested(ada, '2026-01-10'), requested(ada, '2026-01-20'), completed(ada, '2026-02-10'));
    expect((await owed(ada, '2026-01-09')).open).toEqual([]);
    expect((await owed(ada, '2026-02-09')).open).toEqual(['assess since 2026-01-10']);
    const after = await owed(ada, '2026-02-10');
    expect(after.done).toEqual(['assess since 2026-01-10 until 2026-02-10']);
    expect(after.open).toEqual(
      [
        'ask-wishes',
        'decide-budget',
        'establish-residence',
        'give-assessment',
        'give-eligibility-reasons',
        'meet-needs',
        'plan',
      ].map((duty) => `${duty} since 2026-02-10`),
    );
  });

  it('keeps the councils apart', async () => {
    const ben = somebody();
    await tell(requested(ben, '2026-01-10'), completed(ben, '2026-02-10'));
    const days = { effectiveOn: '2026-03-01', knownOn: '2026-03-01' };
    const elsewhere = await ledger.ofPerson(account('practitioner', OTHERBURY), ben, days);
    expect(elsewhere.map(({ duty, dischargedOn }) => [duty, dischargedOn])).toEqual([['assess', undefined]]);
    await apply(OTHERBURY, [completed(ben, '2026-04-01')]);
    expect((await owed(ben, '2026-03-01')).done).toEqual(['assess since 2026-01-10 until 2026-02-10']);
  });

  it('stands after a refusal where s11(2) says so, and not otherwise', async () => {
    const [cat, dan] = [somebody(), somebody()];
    const refused = (personId: string, dutyStands: boolean) =>
      event('assessment.assessment-refused.v1', '2026-01-15', { personId, subject: 'adult', dutyStands });
    await tell(requested(cat, '2026-01-10'), refused(cat, true));
    await tell(requested(dan, '2026-01-10'), refused(dan, false));
    expect((await owed(cat, '2026-02-01')).open).toEqual(['assess since 2026-01-10']);
    expect((await owed(dan, '2026-02-01')).open).toEqual([]);
  });

  it('ends when the request is answered with something else, and stays when it leads to an assessment', async () => {
    const [eve, fay] = [somebody(), somebody()];
    const concluded = (personId: string, outcome: string) =>
      event('assessment.request-concluded.v1', '2026-01-12', { personId, episodeId: EPISODE, outcome });
    await tell(requested(eve, '2026-01-10'), concluded(eve, 'NFA: Information and advice or signposting'));
    await tell(requested(fay, '2026-01-10'), concluded(fay, 'Progress to assessment, review or reassessment'));
    expect((await owed(eve, '2026-02-01')).open).toEqual([]);
    expect((await owed(fay, '2026-02-01')).open).toEqual(['assess since 2026-01-10']);
  });

  it('asks for written advice when no need is eligible, and for no plan', async () => {
    const gil = somebody();
    await tell(
      completed(gil, '2026-02-10', { eligibleNeeds: 'Non-eligible needs identified' }),
      event('assessment.written-advice-given.v1', '2026-02-20', { personId: gil, assessmentId: ASSESSMENT }),
    );
    expect((await owed(gil, '2026-02-19')).open).toEqual(
      ['give-advice', 'give-assessment', 'give-eligibility-reasons'].map((duty) => `${duty} since 2026-02-10`),
    );
    expect((await owed(gil, '2026-02-20')).done).toEqual(['give-advice since 2026-02-10 until 2026-02-20']);
  });

  it('asks for no budget, no plan and no support while somebody wants none of their needs met', async () => {
    const [joy, kit] = [somebody(), somebody()];
    const other = id(77);
    const owedFor = ['decide-budget', 'meet-needs', 'plan'];
    const wishes = (personId: string, on: PlainDate, wantsMet: string, assessmentId = ASSESSMENT) =>
      event('assessment.wishes-recorded.v1', on, { personId, assessmentId, wantsMet });
    const open = async (personId: string, on: PlainDate) =>
      (await owed(personId, on)).open.filter((each) => owedFor.some((duty) => each.startsWith(duty)));
    await tell(completed(joy, '2026-02-10'), wishes(joy, '2026-02-10', 'none of them'));
    await tell(completed(kit, '2026-02-10'), wishes(kit, '2026-02-20', 'some of them'));
    expect([await open(joy, '2026-03-01'), await open(joy, '2026-02-09')]).toEqual([[], []]);
    expect(await open(kit, '2026-03-01')).toEqual(owedFor.map((duty) => `${duty} since 2026-02-10`));
    const again = { personId: joy, assessmentId: ASSESSMENT, allocationId: id(78), ofCarer: undefined };
    await tell(event('budgets.allocation-reopened.v1', '2026-04-01', again));
    expect(await open(joy, '2026-04-01')).toEqual(owedFor.map((duty) => `${duty} since 2026-04-01`));
    // Another assessment’s budget is not what this one was about.
    await tell(event('budgets.budget-allocated.v1', '2026-04-10', { ...again, assessmentId: other }));
    expect(await open(joy, '2026-04-10')).toContain('decide-budget since 2026-04-01');
    await tell(event('budgets.budget-allocated.v1', '2026-04-20', again));
    expect(await open(joy, '2026-04-20')).not.toContain('decide-budget since 2026-04-01');
  });

  it('asks a carer’s support anew where a carer wants it after all', async () => {
    const lou = somebody();
    await tell(
      event('assessment.carer-assessed.v1', '2026-02-10', {
        personId: lou,
        assessmentId: ASSESSMENT,
        eligibleNeeds: 'Eligible needs identified',
      }),
      event('assessment.wishes-recorded.v1', '2026-02-20', {
        personId: lou,
        assessmentId: ASSESSMENT,
        wantsMet: 'none of them',
      }),
    );
    const ofMeeting = async () =>
      (await owed(lou, '2026-05-01')).open.filter((each) => /^(meet|decide|plan)/.test(each));
    expect(await ofMeeting()).toEqual([]);
    const again = { personId: lou, assessmentId: ASSESSMENT, allocationId: id(79), ofCarer: true };
    await tell(event('budgets.allocation-reopened.v1', '2026-04-01', again));
    expect(await ofMeeting()).toEqual(
      ['decide-budget', 'meet-carer-needs', 'plan'].map((duty) => `${duty} since 2026-04-01`),
    );
  });

  it('shows on a past day what was known by another', async () => {
    const hal = somebody();
    await tell(
      requested(hal, '2026-01-10', { knownOn: '2026-01-10' }),
      completed(hal, '2026-02-10', {}, { knownOn: '2026-03-05' }),
    );
    expect((await owed(hal, '2026-02-20', '2026-02-20')).open).toEqual(['assess since 2026-01-10']);
    expect((await owed(hal, '2026-02-20', '2026-03-05')).open).not.toContain('assess since 2026-01-10');
  });

  it('follows what is told anew from the day on which it was known, whichever was loaded first', async () => {
    const ivy = somebody();
    const source = 'Client Level Data';
    const corrected = event(
      'assessment.request-corrected.v1',
      '2026-01-03',
      { episodeId: id(7), personId: ivy, requestedOn: '2026-01-03', concludedOn: undefined, outcome: undefined },
      { knownOn: '2026-07-30', source },
    );
    await tell(
      corrected,
      event(
        'assessment.support-requested.v1',
        '2026-01-10',
        { episodeId: id(7), personId: ivy },
        { knownOn: '2026-04-30', source },
      ),
    );
    expect((await owed(ivy, '2026-05-01', '2026-05-01')).open).toEqual(['assess since 2026-01-10']);
    expect((await owed(ivy, '2026-05-01', '2026-08-01')).open).toEqual(['assess since 2026-01-03']);
    await tell(
      event(
        'assessment.request-withdrawn.v1',
        '2026-01-03',
        { episodeId: id(7), personId: ivy },
        {
          knownOn: '2026-10-30',
          source,
        },
      ),
    );
    expect((await owed(ivy, '2026-05-01', '2026-08-01')).open).toEqual(['assess since 2026-01-03']);
    expect((await owed(ivy, '2026-05-01', '2026-11-01')).open).toEqual([]);
  });

  it('takes nothing from a return but a request that is open in it', async () => {
    const jim = somebody();
    const row = { clientType: 'Service user' };
    await tell(completed(jim, '2026-02-10', { row }, { source: 'Client Level Data', knownOn: '2026-04-30' }));
    expect((await owed(jim, '2026-05-01')).open).toEqual([]);
  });

  it('counts a review from the one that was done, the same day of the month or its last, and a set day before that', async () => {
    const kit = somebody();
    const agreed = event('planning.support-plan-agreed.v1', '2026-08-31', { planId: PLAN, personId: kit });
    const dueSet = event('planning.review-due-set.v1', '2026-08-31', {
      planId: PLAN,
      personId: kit,
      dueOn: '2026-10-12',
      countedFrom: '2026-08-31',
    });
    const done = event('planning.review-completed.v1', '2028-02-29', {
      planId: PLAN,
      personId: kit,
      reviewId: REVIEW,
      row: undefined,
    });
    await tell(agreed, dueSet, done);
    const days = { effectiveOn: '2026-11-01', knownOn: '2030-01-01' };
    const review = (await ledger.ofPerson(account('practitioner'), kit, days)).find(({ duty }) => duty === 'review')!;
    expect(lineOf(review, days.effectiveOn)).toMatchObject({ dueOn: '2026-10-12', daysOver: 20, days: 62 });
    const after = await owed(kit, '2028-03-01');
    expect(after.open).toContain('review since 2028-02-29 due 2029-02-28');
    expect(after.done).toContain('review since 2026-08-31 due 2026-10-12 until 2028-02-29');
  });

  it('asks for the review of a direct payment within six months of the first payment, then within twelve', async () => {
    const lee = somebody();
    const paid = (on: PlainDate) => event('budgets.direct-payment-paid.v1', on, { accountId: ACCOUNT, personId: lee });
    await tell(paid('2026-08-31'), paid('2026-09-30'));
    expect((await owed(lee, '2026-12-01')).open).toEqual(['review-direct-payment since 2026-08-31 due 2027-02-28']);
    const reviewed = (on: PlainDate, said: object) =>
      event('planning.review-completed.v1', on, { personId: lee, reviewId: REVIEW, ...said });
    await tell(reviewed('2027-01-10', {}));
    expect((await owed(lee, '2027-02-01')).open).toEqual(['review-direct-payment since 2026-08-31 due 2027-02-28']);
    await tell(reviewed('2027-01-15', { coversDirectPayments: true }));
    expect((await owed(lee, '2027-02-01')).open).toEqual(['review-direct-payment since 2027-01-15 due 2028-01-15']);
  });

  it('ends with the person’s death, but for safeguarding', async () => {
    const mae = somebody();
    await tell(
      requested(mae, '2026-01-10'),
      event('safeguarding.alert-raised.v1', '2026-01-11', { concernId: CONCERN, adults: [mae] }),
      event('people.death-recorded.v1', '2026-01-20', { personId: mae, diedOn: '2026-01-18' }),
    );
    const after = await owed(mae, '2026-02-01', '2026-02-01', 'safeguarding');
    expect(after.open).toEqual(['decide-section-42 since 2026-01-11']);
    expect(after.done).toEqual(['assess since 2026-01-10 until 2026-01-18']);
  });

  it('does not let anybody but safeguarding know that an enquiry is owed', async () => {
    const [ned, oda] = [somebody(), somebody()];
    await tell(
      event('safeguarding.alert-raised.v1', '2026-01-11', { concernId: CONCERN, adults: [ned, oda] }),
      event('safeguarding.s42-criteria-decided.v1', '2026-01-13', {
        concernId: CONCERN,
        adults: [ned, oda],
        dutyToEnquire: true,
      }),
    );
    for (const adult of [ned, oda])
      expect((await owed(adult, '2026-02-01', '2026-02-01', 'safeguarding')).open).toEqual([
        'enquire since 2026-01-13',
      ]);
    const days = { effectiveOn: '2026-02-01', knownOn: '2026-02-01' };
    const everything = { page: 1, pageSize: 100 };
    for (const role of ['practitioner', 'finance', 'commissioner', 'analyst'] as const) {
      expect(await owed(ned, '2026-02-01', '2026-02-01', role)).toEqual({ open: [], done: [] });
      for (const filter of [{}, { duty: 'enquire' }, { turn: 'safeguarding' }])
        expect(JSON.stringify(await ledger.queue(account(role), days, filter, everything))).not.toMatch(
          /enquire|section-42|safeguarding/,
        );
    }
  });

  it('ends the duty to enquire for every adult of the concern when the enquiry is concluded, and no other concern’s', async () => {
    const [una, vic] = [somebody(), somebody()];
    const concern = (type: string, on: PlainDate, concernId: string, data: object = {}) =>
      event(`safeguarding.${type}.v1`, on, { concernId, adults: [una, vic], ...data });
    const other = '0c0a0000-0000-4000-8000-0000000000c2';
    await tell(
      concern('s42-criteria-decided', '2026-01-13', CONCERN, { dutyToEnquire: true }),
      concern('s42-criteria-decided', '2026-01-20', other, { dutyToEnquire: true }),
      concern('enquiry-concluded', '2026-02-10', CONCERN, { actions: [] }),
    );
    for (const adult of [una, vic])
      expect(await owed(adult, '2026-03-01', '2026-03-01', 'safeguarding')).toEqual({
        open: ['enquire since 2026-01-20'],
        done: ['enquire since 2026-01-13 until 2026-02-10'],
      });
    expect(await owed(una, '2026-03-01', '2026-03-01', 'practitioner')).toEqual({ open: [], done: [] });
  });

  it('asks for a protection plan of each adult where an enquiry ends in action, and for its reviews', async () => {
    const [wyn, xan, yve] = [somebody(), somebody(), somebody()];
    const plan = (type: string, on: PlainDate, adult: string, data: object = {}) =>
      event(`safeguarding.protection-plan-${type}.v1`, on, { concernId: CONCERN, adult, ...data });
    const concluded = (on: PlainDate, adults: string[], actions: object[]) =>
      event('safeguarding.enquiry-concluded.v1', on, { concernId: CONCERN, adults, actions });
    await tell(concluded('2026-02-01', [yve], []), concluded('2026-02-10', [wyn, xan], [{}]));
    const of = (adult: string, on: PlainDate) => owed(adult, on, on, 'safeguarding');
    expect(await of(yve, '2026-02-11')).toEqual({ open: [], done: [] });
    expect((await of(wyn, '2026-02-11')).open).toEqual(['agree-protection-plan since 2026-02-10']);
    await tell(
      plan('not-needed', '2026-02-12', xan),
      plan('agreed', '2026-02-20', wyn, { reviewOn: '2026-05-20' }),
      plan('agreed', '2026-03-01', wyn, { reviewOn: '2026-06-01' }),
    );
    expect(await of(xan, '2026-03-02')).toEqual({
      open: [],
      done: ['agree-protection-plan since 2026-02-10 until 2026-02-12'],
    });
    expect(await of(wyn, '2026-03-02')).toEqual({
      open: ['review-protection-plan since 2026-02-20 due 2026-06-01'],
      done: ['agree-protection-plan since 2026-02-10 until 2026-02-20'],
    });
    const days = { effectiveOn: '2026-06-02', knownOn: '2026-06-02' };
    const late = { duty: 'review-protection-plan', overdue: true };
    const inQueue = async (role: 'safeguarding' | 'practitioner') =>
      (await ledger.queue(account(role), days, late, { page: 1, pageSize: 100 })).duties.map(
        ({ personId }) => personId,
      );
    expect(await inQueue('safeguarding')).toEqual([wyn]);
    expect(await inQueue('practitioner')).toEqual([]);
    await tell(plan('reviewed', '2026-06-10', wyn, { next: 'the plan goes on', reviewOn: '2026-12-01' }));
    expect((await of(wyn, '2026-06-11')).open).toEqual(['review-protection-plan since 2026-06-10 due 2026-12-01']);
    await tell(plan('reviewed', '2026-11-20', wyn, { next: 'the plan ends' }));
    expect((await of(wyn, '2026-12-02')).open).toEqual([]);
    expect(await owed(wyn, '2026-03-02', '2026-03-02', 'practitioner')).toEqual({ open: [], done: [] });
  });

  it('gives two months more for the answer to an erasure, from the day on which the person was told', async () => {
    const zoe = somebody();
    const of = { personId: zoe, requestId: '0c0a0000-0000-4000-8000-0000000000e1' };
    await tell(
      event('people.erasure-requested.v1', '2026-01-31', of),
      event('people.erasure-extended.v1', '2026-02-20', { ...of, answerBy: '2026-04-30' }),
    );
    const open = async (on: PlainDate) => (await owed(zoe, on, on, 'safeguarding')).open;
    expect(await open('2026-02-19')).toEqual(['answer-erasure-request since 2026-01-31 due 2026-02-28']);
    expect(await open('2026-02-20')).toEqual(['answer-erasure-request since 2026-01-31 due 2026-04-30']);
    await tell(event('people.erasure-refused.v1', '2026-04-01', of));
    expect(await open('2026-04-02')).toEqual([]);
  });

  it('is a queue: past their day first, then the oldest; counted by duty, filtered, page by page', async () => {
    const days = { effectiveOn: '2027-06-01', knownOn: '2027-06-01' };
    const nobody = { page: 1, pageSize: 0 };
    const all = await ledger.queue(account('safeguarding'), days, {}, { page: 1, pageSize: 1_000 });
    expect(all.duties).toHaveLength(all.total);
    expect(Object.values(all.byDuty).reduce((sum, count) => sum + count, 0)).toBe(all.total);
    const over = all.duties.map(({ dueOn }) => dueOn !== undefined && dueOn < days.effectiveOn);
    expect(over).toEqual([...over].sort((a, b) => Number(b) - Number(a)));
    expect(over.filter(Boolean)).toHaveLength(all.overdue);
    expect(all.overdue).toBeGreaterThan(0);
    const rest = all.duties.filter((_, index) => !over[index]).map(({ openedOn }) => openedOn);
    expect(rest).toEqual([...rest].sort());
    const ofOne = await ledger.queue(account('safeguarding'), days, { duty: 'assess' }, nobody);
    expect(ofOne).toMatchObject({ total: all.byDuty['assess'], byDuty: all.byDuty, duties: [] });
    const late = await ledger.queue(account('safeguarding'), days, { overdue: true }, nobody);
    expect(late.total).toBe(all.overdue);
    const second = await ledger.queue(account('safeguarding'), days, {}, { page: 2, pageSize: 3 });
    expect(second.duties).toEqual(all.duties.slice(3, 6));
    const finance = await ledger.queue(account('safeguarding'), days, { turn: 'finance' }, nobody);
    expect(Object.keys(finance.byDuty)).toEqual(['decide-budget', 'review-direct-payment']);
  });

  it('comes out the same however the events are batched', async () => {
    const pip = somebody();
    const told = [requested(pip, '2026-01-10'), completed(pip, '2026-02-10'), requested(pip, '2026-05-01')];
    await apply(WRENBRIDGE, told);
    const together = await owed(pip, '2026-06-01');
    const quin = somebody();
    for (const each of told) {
      const data = { ...(each.data as object), personId: quin };
      await apply(WRENBRIDGE, [{ ...each, id: each.id.replace(/^2/, '3'), data }]);
    }
    expect(await owed(quin, '2026-06-01')).toEqual(together);
    expect(together.open).toContain('assess since 2026-05-01');
  });

  it('takes every type that the table names', () => {
    for (const type of dutyEventTypes) expect(() => entriesOf(event(type, '2026-01-01', {}))).not.toThrow();
  });
});
