import { Accounts, type LocalAccounts, ROLES } from '@caretrail/access';
import { EventStore } from '@caretrail/event-store';
import { addDays, londonDate, type StoredEvent } from '@caretrail/kernel';
import { ERASED, isSealed, mapPersonal, PersonalCodec, SubjectIndex, SubjectKeys } from '@caretrail/privacy';
import { type DrivenCase, SyntheticCase } from '@caretrail/simulation';
import { WRENBRIDGE } from '@caretrail/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { catalogue } from '../../apps/platform/src/house.js';
import { type Answer, type Caller, type House, startHouse } from '../e2e/house.js';

const today = londonDate(new Date());
const daysAgo = (days: number): string => addDays(today, -days);
const NUMBER = '9990000018';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What may be left in clear of the details of somebody who was erased; docs/adr says why. */
const LEFT_OF_DETAILS = [
  'birthYear',
  'postcodeSector',
  'gender',
  'ethnicity',
  'accommodationStatus',
  'employmentStatus',
  'hasUnpaidCarer',
  'autism',
  'visualImpairment',
  'hearingImpairment',
  'dementia',
];

describe('when a person is erased', () => {
  let house: House;
  let driven: DrivenCase;
  let nadia: Caller;
  let before: Answer;
  /** Everything that stood in a personal field of any event under the person's key. */
  const words = new Set<string>();

  beforeAll(async () => {
    house = await startHouse();
    driven = await house.app.get(SyntheticCase, { strict: false }).drive(WRENBRIDGE, 'erasure', 'plan-agreed');
    house.app
      .get<LocalAccounts>(Accounts, { strict: false })
      .registerPerson(WRENBRIDGE, driven.personId, 'Account Holder');
    nadia = await house.as('practitioner');
    await tellMore();
    const [reserved] = await index().claim(WRENBRIDGE, 'nhs-number', [NUMBER]);
    await house.platform.database.inTenant(WRENBRIDGE, (manager) =>
      manager.query('update subject_index set subject = $1 where subject = $2', [driven.personId, reserved]),
    );
    before = await nadia.get(`/api/people/${driven.personId}/case`);
    for (const event of await opened())
      mapPersonal(event.data, catalogue.get(event.type).personal, (value) => {
        if (typeof value === 'string' && value.length > 3) words.add(value);
        return value;
      });
  });
  afterAll(() => house?.stop());

  const index = () => house.app.get(SubjectIndex, { strict: false });
  const post = async (path: string, body: object, caller = nadia): Promise<Answer> => {
    const answer = await caller.post(path, body);
    if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer;
  };
  /** Of events about the person and nobody else: an alert about several is under the first adult's key. */
  const stored = async (): Promise<StoredEvent[]> => {
    const rows = await house.platform.database.inTenant(WRENBRIDGE, (manager) =>
      manager.query<{ id: string }[]>(`select id::text from event where data::text like $1 order by position`, [
        `%${driven.personId}%`,
      ]),
    );
    const ids = rows.map(({ id }) => id);
    return [...(await house.app.get<EventStore>(EventStore, { strict: false }).readEvents(WRENBRIDGE, ids))];
  };
  const opened = async () => house.app.get(PersonalCodec, { strict: false }).open(await stored());

  /** What a synthetic case does not say by itself. */
  async function tellMore(): Promise<void> {
    const person = `/api/people/${driven.personId}`;
    const details = {
      firstName: 'Quorvaxine',
      lastName: 'Zelmindrake',
      nhsNumber: NUMBER,
      dateOfBirth: '1947-09-28',
      birthYear: 1947,
      postcode: 'ZZ8 7QX',
      postcodeSector: 'ZZ8 7',
    };
    await post(`${person}/details`, { effectiveOn: daysAgo(9), details });
    const difficulty = { found: true, in: ['retaining that information'], reasons: 'Forgets the kettle.' };
    const nobody = { found: false, professionalOrPaid: false, reasons: 'No family near Zorvelline.' };
    const advocacy = { purpose: 'review', substantialDifficulty: difficulty, appropriatePerson: nobody };
    const offered = await post(`${person}/advocacy`, { effectiveOn: today, ...advocacy });
    await post(`${person}/advocacy/${String(offered.body['advocacyId'])}/advocate`, {
      effectiveOn: today,
      advocate: { name: 'Fencorine Advocate', organisation: 'Wrenbridge Advocacy' },
    });
    await post(`${person}/capacity`, {
      effectiveOn: today,
      matter: 'care and support',
      decision: 'Whether Zorvelline has a key safe.',
      supportGiven: 'Pictures of the door.',
      unableTo: ['retain'],
      impairment: true,
      becauseOfImpairment: true,
      reasons: 'Could not keep the number in mind.',
    });
    await post(`${person}/consent`, {
      effectiveOn: today,
      matter: 'sharing information with the NHS',
      answer: 'given',
      words: 'Ask Doctor Vexolimar.',
    });
    await post('/api/urgent-needs', {
      effectiveOn: today,
      personId: driven.personId,
      needs: ['nutrition'],
      provided: 'Soup from Marrowby Street.',
      reasons: 'A fall beside the piano.',
      leftForLater: ['assessment of needs'],
      lookAgainOn: addDays(today, 7),
    });
    const offer = { effectiveOn: today, personId: driven.personId, subject: 'adult' };
    const { body } = await post('/api/assessment-offers', offer);
    const typed = new URLSearchParams({ question: 'what-matters', words: 'My canary Zibbelina', go: 'later' });
    const self = await house.as(`person/${driven.personId}`);
    const saved = await fetch(`${house.address}/self-assessments/${String(body['assessmentId'])}/question`, {
      method: 'POST',
      body: typed,
      redirect: 'manual',
      headers: { authorization: `Bearer ${self.token}` },
    });
    expect(saved.status).toBe(303);
    expect(await drafts()).toBe(1);
    words.add('My canary Zibbelina');
  }
  const count = async (table: string): Promise<number> => {
    const [row] = await house.platform.database.inTenant(WRENBRIDGE, (manager) =>
      manager.query<{ count: number }[]>(`select count(*)::int as count from ${table} where subject = $1`, [
        driven.personId,
      ]),
    );
    return row!.count;
  };
  const keyOf = async () =>
    (await house.app.get(SubjectKeys, { strict: false }).find(WRENBRIDGE, [driven.personId])).get(driven.personId);
  const drafts = () => count('sealed_draft');
  const found = (text: string): string[] => [...words].filter((each) => text.includes(each));

  it('there was something to erase, of each kind', async () => {
    expect(words.size).toBeGreaterThan(25);
    for (const word of ['Quorvaxine', NUMBER, '1947-09-28', 'Fencorine Advocate', 'Ask Doctor Vexolimar.'])
      expect(words).toContain(word);
    expect(found(JSON.stringify((await opened()).map(({ data }) => data)))).not.toEqual([]);
    const { body } = await nadia.get<string>(`/people/${driven.personId}`);
    expect(found(body)).toContain('Quorvaxine');
    expect(await count('subject_index')).toBeGreaterThan(0);
  });

  it('is asked for, refused while something is owed, agreed to, and carried out by somebody else', async () => {
    const person = `/api/people/${driven.personId}`;
    const [ruth, owen] = await Promise.all([house.as('safeguarding'), house.as('safeguarding-2')]);
    const ground = 'no longer needed for what it was collected for (a)';
    const asking = { ground, identity: 'known to the worker', words: 'Let Marrowby Street forget me.' };
    const asked = await post(`${person}/erasures`, { effectiveOn: today, ...asking });
    words.add(asking.words);
    const path = `${person}/erasures/${String(asked.body['requestId'])}`;
    const agreement = {
      effectiveOn: today,
      ground,
      retentionEndedOn: daysAgo(1),
      reasons: 'Nobody asks for Zibbelina.',
    };
    expect((await nadia.post(`${path}/agreement`, agreement)).status).toBe(403);
    expect((await nadia.get<string>(`${person.slice(4)}/erasure`)).body).toContain('Let Marrowby Street forget me.');

    const owed = await ruth.post(`${path}/agreement`, agreement);
    expect(owed).toMatchObject({ status: 422, body: { rule: 'nothing-is-owed', section: 'UK GDPR Article 17(3)(b)' } });
    // Their death ends what was owed to them, and nothing else does so at once.
    await post(`${person}/death`, { diedOn: today });
    words.add(agreement.reasons);
    await post(`${path}/agreement`, agreement, ruth);
    expect((await ruth.post(`${path}/execution`, { effectiveOn: today })).body).toMatchObject({
      rule: 'carried-out-by-somebody-else',
    });
    expect((await keyOf()) === 'erased').toBe(false);
    await post(`${path}/execution`, { effectiveOn: today }, owen);
    await house.followed();
    expect(await keyOf()).toBe('erased');
    const page = await nadia.get<string>(`${person.slice(4)}/erasure`);
    expect(page.body).toContain('was erased');
    expect((await owen.post(`${path}/execution`, { effectiveOn: today })).status).toBe(422);
  });

  it('no event tells a word of theirs any more, nor the number, nor what they had typed', async () => {
    const events = await opened();
    expect(found(JSON.stringify(events.map(({ data }) => data)))).toEqual([]);
    for (const event of events) {
      const definition = catalogue.get(event.type);
      if (definition.subject(event.data) !== driven.personId) continue;
      mapPersonal(event.data, definition.personal, (value) => {
        if (value !== undefined) expect({ type: event.type, value }).toEqual({ type: event.type, value: ERASED });
        return value;
      });
    }
    expect([await drafts(), await count('subject_index')]).toEqual([0, 0]);
    const [leadsTo] = await index().find(WRENBRIDGE, 'nhs-number', [NUMBER]);
    expect(leadsTo).not.toBe(driven.personId);
  });

  it('no page and no answer tells it, to anybody, and none breaks', async () => {
    const { personId, assessmentId, allocationId, planId, budgetId } = driven;
    const person = ['', '/erasure', '/representatives', '/duties', '/decisions', '/shoes', '/chronology'];
    const paths = [
      ...person.map((path) => `/people/${personId}${path}`),
      ...['', '/support-around', '/case', '/duties', '/shoes'].map((path) => `/api/people/${personId}${path}`),
      ...['/assessments/', '/self-assessments/', '/api/assessments/'].map((path) => path + assessmentId),
      `/allocations/${allocationId}/working`,
      ...['', '/letter'].map((path) => `/personal-budgets/${budgetId}${path}`),
      ...['', '/print'].map((path) => `/support-plans/${planId}${path}`),
      `/api/support-plans/${planId}`,
      ...['/my-record', '/my-record/duties', '/my-record/history', '/cases', '/duties', `/events?about=${personId}`],
    ];
    const wrong: string[] = [];
    let read = 0;
    for (const role of ROLES) {
      const caller = await house.as(role === 'person' ? `person/${personId}` : role);
      for (const path of paths) {
        const { status, body } = await caller.get(path);
        const told = found(typeof body === 'string' ? body : JSON.stringify(body));
        if (status >= 500 || told.length) wrong.push(`${role} ${path}: ${status} ${told.join(', ')}`);
        if (status === 200) read++;
      }
    }
    expect(wrong).toEqual([]);
    expect(read).toBeGreaterThan(40);
  });

  it('what is left in clear is ids, days, amounts and coded values; of the details what figures are cut by', async () => {
    const clear: string[] = [];
    const walk = (value: unknown, path: string): void => {
      if (isSealed(value) || value === null || value === undefined) return;
      if (typeof value === 'object')
        for (const [name, each] of Object.entries(value)) walk(each, Array.isArray(value) ? path : `${path}.${name}`);
      else if (typeof value === 'string' && !UUID.test(value)) clear.push(`${path}=${value}`);
    };
    const details = new Set<string>();
    for (const { data } of await stored()) {
      walk(data, '');
      const told = (data as { details?: Record<string, unknown> }).details ?? {};
      for (const [name, value] of Object.entries(told)) if (!isSealed(value)) details.add(name);
    }
    expect([...details].filter((name) => !LEFT_OF_DETAILS.includes(name))).toEqual([]);
    expect(clear.filter((each) => found(each).length)).toEqual([]);
    expect(clear.filter((each) => /\d{10}|[A-Z]{2}\d \d[A-Z]{2}/.test(each))).toEqual([]);
  });

  it('the figures stand: the case is counted as before, with its days and amounts', async () => {
    const after = await nadia.get(`/api/people/${driven.personId}/case`);
    expect(after.status).toBe(200);
    for (const field of ['stage', 'assessedOn', 'budgetAllocatedOn', 'planAgreedOn', 'costPencePerWeek'])
      expect(after.body[field]).toEqual(before.body[field]);
  });

  it('nothing can be added, neither to what is left nor under their number', async () => {
    const details = { firstName: 'Again' };
    const answer = await nadia.post(`/api/people/${driven.personId}/details`, { effectiveOn: today, details });
    expect(answer).toMatchObject({ status: 422, body: { rule: 'subject-was-not-erased' } });
    const [personId] = await index().claim(WRENBRIDGE, 'nhs-number', [NUMBER]);
    expect(personId).not.toBe(driven.personId);
    const again = await nadia.post('/api/people', { effectiveOn: today, personId, details });
    expect(again).toMatchObject({ status: 422, body: { rule: 'subject-was-not-erased' } });
  });
});
