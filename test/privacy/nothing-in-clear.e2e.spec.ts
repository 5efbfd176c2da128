import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { localAccountId } from '@caretrail/access';
import { currentForm, outcomes } from '@caretrail/assessment/contracts';
import { addDays, londonDate } from '@caretrail/kernel';
import { type Lease, openCluster } from '@caretrail/platform';
import { columns, generateCldFile } from '@caretrail/returns';
import { clusterFolder, scratchFolder } from '@caretrail/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { readFileSync } from 'node:fs';
import type pg from 'pg';
import { demonstrationConcerns, demonstrationPeople } from '../../libs/simulation/src/demonstration-people.js';
import {
  buildOnce,
  caretrail,
  type Finished,
  type RunningPlatform,
  startPlatform,
  superuserOf,
  until,
} from '../cli/built-caretrail.js';
import { ClearText, searchFiles, searchTables } from './clear-text.js';

type Row = Record<string, string>;

const COUNCIL = 'E09000012';
const LA_CODE = '997';
const FIXTURE = join(import.meta.dirname, '../../libs/returns/src/cld/fixtures/every-kind-of-bad-row.csv');
/** Also the name of a ward, which is no secret. */
const WARD_WORDS = ['Castle'];

const person = {
  firstName: 'Quorvaxine',
  lastName: 'Zelmindrake',
  nhsNumber: '9990012345',
  localId: 'LOCAL-77Q31',
  dateOfBirth: '1947-09-28',
  postcode: 'ZZ8 7QX',
  gpPracticeName: 'Surgery Vexolimar',
  gpPracticeCode: 'Z90777',
};
const today = londonDate(new Date());

describe('nothing of a person stands in clear', () => {
  let dataDir: string;
  const inputs = scratchFolder();
  const secret = new ClearText();
  let platform: RunningPlatform;
  let ended: Finished;
  let lease: Lease;
  let superuser: pg.Client;
  const personId = randomUUID();
  const told: string[] = [];
  /** Words that occur nowhere else, for one free-text field. */
  const words = (field: string): string => {
    const phrase = `Zorvelline says of ${field} that the kettle sang`;
    secret.phrase(phrase);
    return phrase;
  };

  beforeAll(async () => {
    await buildOnce();
    dataDir = await clusterFolder();
    const temporary = join(dataDir, 'temporary');
    mkdirSync(temporary);
    platform = await startPlatform(dataDir, { LOG_LEVEL: 'trace', TMPDIR: temporary });
    keepDemonstrationSecret();
    await importReturns();
    await walkACase();
    await makeErrors();
    lease = await openCluster(dataDir); // the platform's PostgreSQL, kept when the platform has gone
    platform.signal('SIGTERM');
    ended = await platform.finished;
    superuser = await superuserOf(dataDir);
    // A start, three programs and a whole case: some minutes on a slow machine.
  }, 600_000);
  afterAll(async () => {
    platform?.signal('SIGTERM');
    await platform?.finished;
    await superuser?.end();
    await lease?.close();
  });

  it('knows what to look for', () => {
    expect(secret.size).toBeGreaterThan(1_000);
    for (const known of ['Margaret', 'hollis', '1944-05-03', '03/05/1944', 'ZZ4 2AB', 'ZZ42AB', '9990000018', 'Fencor'])
      expect({ known, found: secret.in(`{"a":"${known}"}`) }).toEqual({ known, found: [known] });
    for (const harmless of ['Castle Hill', 'ZZ4 2', '1944', 'xMargaretx', '2025-05-03'])
      expect(secret.in(harmless)).toEqual([]);
  });

  it('in any table', async () => {
    const { findings, rows } = await searchTables(superuser, secret);
    expect(findings).toEqual([]);
    expect(rows).toBeGreaterThan(5_000);
  });

  it('in what the platform and the command line said', () => {
    // Who may sign in is for the terminal alone, and tells the made-up person of the demonstration by name.
    const [greeting] = /^Caretrail is ready(.|\n)*?^API: /m.exec(ended.stdout) ?? [''];
    expect(greeting).toContain('Margaret Hollis');
    const said = ended.stdout.replace(greeting, '');
    expect(said).toContain('"statusCode":422');
    expect(secret.in(said)).toEqual([]);
    expect(secret.in(ended.stderr)).toEqual([]);
    expect(secret.in(told.join('\n'))).toEqual([]);
  });

  it('in any file of the data folder, PostgreSQL’s own included', async () => {
    await superuser.query('checkpoint');
    const { findings, bytes } = await searchFiles(dataDir, secret);
    expect(findings).toEqual([]);
    expect(bytes).toBeGreaterThan(30_000_000);
  });

  it('and where one does, it is found: in a table, in PostgreSQL’s files, in a report', async () => {
    const words = demonstrationConcerns.find(({ slug }) => slug === 'pension')!.account;
    await superuser.query(
      `create table scratch as select 'Quorvaxine'::text as told, 'so K${words}'::text as words,
         '\\x5a656c6d696e6472616b65'::bytea as sealed`,
    );
    await superuser.query('checkpoint');
    const planted = join(dataDir, 'reports', 'planted.csv');
    writeFileSync(planted, `line,why\n1,born on 28/09/1947`);
    try {
      const { findings } = await searchTables(superuser, secret);
      expect(findings).toEqual([
        { where: 'public.scratch', what: 'Quorvaxine' },
        { where: 'public.scratch', what: words },
        { where: 'public.scratch', what: 'Zelmindrake' },
      ]);
      const searched = [join(dataDir, 'reports'), join(dataDir, 'postgres-18', 'base')];
      const files = (await Promise.all(searched.map((folder) => searchFiles(folder, secret)))).flatMap(
        ({ findings: found }) => found,
      );
      expect(files).toContainEqual({ where: planted, what: '28/09/1947' });
      expect(files.some(({ where, what }) => /postgres-18\/base\//.test(where) && what === 'Quorvaxine')).toBe(true);
    } finally {
      rmSync(planted);
      await superuser.query('drop table scratch');
    }
  });

  function keepDemonstrationSecret(): void {
    for (const made of demonstrationPeople) {
      for (const name of [made.firstName, made.lastName]) if (!WARD_WORDS.includes(name)) secret.word(name);
      secret.day(made.dateOfBirth);
      secret.postcode(made.postcode);
      for (const unable of made.unable) secret.phrase(unable.words);
      for (const { action } of made.plan?.lines ?? []) secret.phrase(action);
      if (made.plan) secret.phrase(made.plan.inTheirWords);
    }
    for (const { account, raisedBy } of demonstrationConcerns) {
      secret.phrase(account);
      secret.phrase(raisedBy.name);
    }
    const returned = generateCldFile({ laCode: '996', seed: 996, periodEnd: '2025-12-31', people: 900 });
    keepRowsSecret(rowsOf([...returned].join('')));
  }

  function keepRowsSecret(rows: readonly Row[]): void {
    const cell = (row: Row, id: keyof typeof columns) => row[columns[id].header] ?? '';
    for (const row of rows) {
      for (const id of ['firstName', 'lastName'] as const) if (cell(row, id).length > 3) secret.word(cell(row, id));
      if (/^\d{10}$/.test(cell(row, 'nhsNumber'))) secret.word(cell(row, 'nhsNumber'));
      if (/^P\d{7}$/.test(cell(row, 'laPersonId'))) secret.word(cell(row, 'laPersonId'));
      const born = cell(row, 'dateOfBirth').split('/').reverse().join('-');
      if (/^19\d\d-\d\d-\d\d$/.test(born)) secret.day(born);
      if (/^ZZ\d+ \d[A-Z]{2}$/.test(cell(row, 'postcode'))) secret.postcode(cell(row, 'postcode'));
    }
  }

  async function importReturns(): Promise<void> {
    const text = [...generateCldFile({ laCode: LA_CODE, seed: 5, periodEnd: '2025-03-31', people: 120 })].join('');
    const rows = rowsOf(text).map((row) => ({ ...row, [columns.eventDescription.header]: words('an event') }));
    keepRowsSecret(rows);
    const file = join(inputs, 'generated.csv');
    writeFileSync(file, stringify(rows, { header: true, record_delimiter: '\r\n' }));
    keepRowsSecret(rowsOf(readFileSync(FIXTURE, 'utf8')));
    const council = ['council', 'add', COUNCIL, '--la-code', LA_CODE, '--name', 'Hackleton', '--simulated'];
    const imports = [file, FIXTURE].map((each) => ['import', 'cld', each, '--council', COUNCIL, '--json']);
    for (const args of [council, ...imports]) {
      const { code, stdout, stderr } = await caretrail(dataDir, ...args);
      expect({ code, stderr }).toMatchObject({ code: 0 });
      told.push(stdout, stderr);
    }
    expect(JSON.parse(told.at(-2)!)).toMatchObject({ rejected: expect.any(Number), warned: expect.any(Number) });
    expect((JSON.parse(told.at(-2)!) as { rejected: number }).rejected).toBeGreaterThan(10);
  }

  async function walkACase(): Promise<void> {
    for (const name of [person.firstName, person.lastName, person.nhsNumber, person.localId]) secret.word(name);
    secret.day(person.dateOfBirth);
    secret.postcode(person.postcode);
    secret.phrase(person.gpPracticeName);
    secret.word(person.gpPracticeCode);
    const [practitioner, finance, safeguarding] = await Promise.all([
      signIn('practitioner'),
      signIn('finance'),
      signIn('safeguarding'),
    ]);
    await practitioner('POST', '/api/people', { effectiveOn: today, personId, details: person });
    await speakForThePerson(practitioner);
    await assessFromBothSides(practitioner);
    await practitioner('POST', '/api/assessments', {
      effectiveOn: today,
      personId,
      kind: 'Long term assessment',
      method: 'Service user only',
      startedOn: today,
      outcome: 'Progress to support planning or services',
      findings: outcomes.map((outcome, index) =>
        index < 2
          ? { outcome, able: false, unable: 'cannot without help', words: words(outcome) }
          : { outcome, able: true, words: words(outcome) },
      ),
      arisesFromImpairment: true,
      impactOnWellbeing: { significant: true, reasons: words('well-being') },
      reasons: words('the assessment'),
    });
    const opened = async (what: 'allocationId' | 'planId'): Promise<string> => {
      let id: string | undefined;
      await until(what, async () => !!(id = (await finance('GET', `/api/people/${personId}/case`))[what]));
      return id!;
    };
    const allocationId = await opened('allocationId');
    await finance('POST', `/api/allocations/${allocationId}/budget`, {
      effectiveOn: today,
      costPencePerWeek: 40_000,
      personPaysPencePerWeek: 5_000,
      councilPaysPencePerWeek: 35_000,
      reasons: words('the budget'),
      needed: [{ service: 'home-support', unit: 'hour', amount: 60 }],
    });
    const { accountId } = await finance('POST', '/api/direct-payment-accounts', {
      effectiveOn: today,
      allocationId,
      receivedBy: 'the person',
    });
    const enter = (entries: string, entry: object) =>
      finance('POST', `/api/direct-payment-accounts/${accountId}/${entries}`, { effectiveOn: today, ...entry });
    await enter('payments', { pence: 35_000, reference: words('the payment') });
    const spend = {
      payee: 'personal assistant',
      category: 'personal care',
      pence: 5_000,
      evidence: words('the spend'),
    };
    const { eventIds } = await enter('spend', spend);
    await enter('reversals', { entryId: eventIds![0], reason: words('the reversal') });
    await enter('reclaims', {
      pence: 5_000,
      ground: 'surplus',
      decision: { decidedOn: today, decidedBy: words('the decider'), reasons: words('the decision') },
      representations: { made: true, invitedOn: today, receivedOn: today, words: words('the representations') },
    });
    const planId = await opened('planId');
    await practitioner('POST', `/api/support-plans/${planId}/agreement`, {
      effectiveOn: today,
      lines: outcomes
        .slice(0, 2)
        .map((need) => ({ need, action: words('action'), contributor: 'person', weeklyPence: 10_000 })),
      notMet: [],
      agreement: 'agreed',
      inTheirWords: words('the plan'),
    });
    const { concernId } = await safeguarding('POST', '/api/concerns', {
      effectiveOn: today,
      adults: [personId],
      typesOfRisk: ['Self-Neglect'],
      sourceOfRisk: 'Other - Known to individual',
      locationOfRisk: 'Own Home',
      happenedOn: today,
      account: words('the harm'),
      raisedBy: { name: words('their name'), relation: 'Other' },
      consent: 'not asked',
      reasonToActWithoutConsent: words('consent'),
      immediateProtection: words('protection'),
    });
    const limb = (part: string) => ({ met: true, reasons: words(part) });
    await safeguarding('POST', `/api/concerns/${concernId}/s42-decision`, {
      effectiveOn: today,
      limbs: { careAndSupportNeeds: limb('needs'), abuseOrNeglect: limb('abuse'), unableToProtect: limb('unable') },
      inArea: true,
    });
    const analyst = await signIn('analyst');
    for (const path of ['/api/events', '/events', '/imports']) await analyst('GET', path);
    for (const path of ['/cases', `/people/${personId}`, `/people/${personId}/chronology`])
      await practitioner('GET', path);
  }

  async function speakForThePerson(practitioner: Awaited<ReturnType<typeof signIn>>): Promise<void> {
    const own = (path: string, body: object) =>
      practitioner('POST', `/api/people/${personId}/${path}`, { effectiveOn: today, ...body });
    await own('representatives', {
      kind: 'informal',
      representative: { name: words('who speaks'), relation: words('relation'), contact: words('contact') },
      evidence: { kind: 'the person’s own word', seenOn: today, reference: words('evidence') },
      scope: ['assessment'],
      conflicts: [{ kind: 'other', reasons: words('a conflict'), handling: words('its handling') }],
    });
    const substantialDifficulty = { found: true, in: ['retaining that information'], reasons: words('a difficulty') };
    const appropriatePerson = { found: false, professionalOrPaid: false, reasons: words('nobody appropriate') };
    const { advocacyId } = await own('advocacy', {
      purpose: 'needs assessment',
      substantialDifficulty,
      appropriatePerson,
    });
    await own(`advocacy/${advocacyId}/advocate`, {
      advocate: { name: words('an advocate'), organisation: 'Speaking Up' },
    });
    const { capacityId } = await own('capacity', {
      matter: 'care and support',
      decision: words('a decision'),
      supportGiven: words('support given'),
      unableTo: ['retain'],
      impairment: true,
      becauseOfImpairment: true,
      reasons: words('capacity'),
    });
    await own(`capacity/${capacityId}/best-interests`, {
      decided: words('what was decided'),
      wishesAndFeelings: words('wishes'),
      consulted: words('who was asked'),
      lessRestrictive: words('less restriction'),
      canWait: false,
      reasons: words('best interests'),
    });
    await own('consent', { matter: 'a joint assessment', answer: 'given', words: words('consent') });
  }

  /** With what was saved and not sent, which is no event. */
  async function assessFromBothSides(practitioner: Awaited<ReturnType<typeof signIn>>): Promise<void> {
    const { assessmentId } = await practitioner('POST', '/api/assessment-offers', {
      effectiveOn: today,
      personId,
      subject: 'adult',
    });
    const saved = { question: 'what-matters', words: words('a draft'), go: 'later' };
    await practitioner('POST', `/self-assessments/${assessmentId}/question`, saved);
    const own = (path: string, body: object) =>
      practitioner('POST', `/api/assessments/${assessmentId}/${path}`, { effectiveOn: today, ...body });
    await own('self-assessment', {
      form: { id: 'adult-self-assessment', version: 1 },
      answers: [{ question: 'nutrition', answer: 'able', words: words('an answer') }],
      answeredBy: 'the person, with support',
      supportedBy: words('a supporter'),
    });
    await own('assessor-answers', {
      answers: currentForm('adult').questions.flatMap(({ id, choices }) =>
        choices.length ? [{ question: id, answer: choices[1]!.value, words: words(`the answer to ${id}`) }] : [],
      ),
      differences: [
        { question: 'nutrition', assessorsReasons: words('a difference'), personsReasons: words('the other side') },
      ],
    });
    await own('refusal', { words: words('a refusal'), grounds: [], reasons: words('the refusal') });
    await practitioner('POST', '/api/urgent-needs', {
      effectiveOn: today,
      personId,
      needs: ['nutrition'],
      provided: words('urgent help'),
      reasons: words('urgency'),
      leftForLater: ['assessment of needs'],
      lookAgainOn: addDays(today, 7),
    });
  }

  /** What goes wrong is logged; with whatever was sent. */
  async function makeErrors(): Promise<void> {
    const practitioner = await signIn('practitioner');
    const wrong = { effectiveOn: person.lastName, details: { ...person, dateOfBirth: person.firstName } };
    await practitioner('POST', '/api/people', wrong, 400);
    await practitioner('POST', '/api/people', `{"details": {"firstName": "${person.firstName}" oh`, 400);
    await practitioner('GET', `/cases?name=${person.lastName}&page=${person.postcode}`, undefined);
    const unanswered = {
      effectiveOn: today,
      personId,
      kind: 'Long term assessment',
      method: 'Service user only',
      startedOn: today,
      outcome: 'Progress to support planning or services',
      findings: [],
      arisesFromImpairment: true,
      impactOnWellbeing: { significant: true, reasons: words('a refused well-being') },
      reasons: `${person.firstName}: ${words('a refused assessment')}`,
    };
    await practitioner('POST', '/api/assessments', unanswered, 422);
  }

  async function signIn(slug: string) {
    const account = localAccountId(COUNCIL, slug);
    const { token } = await call('POST', '/api/sessions', { account });
    return (method: string, path: string, body?: unknown, status?: number) =>
      call(method, path, body, status, { authorization: `Bearer ${token}` });
  }

  async function call(
    method: string,
    path: string,
    body?: unknown,
    status: number | undefined = undefined,
    headers: Record<string, string> = {},
  ): Promise<Record<string, string>> {
    const response = await fetch(new URL(path, platform.address), {
      method,
      headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const answered = status === undefined ? response.ok : response.status === status;
    if (!answered) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text.startsWith('{') ? (JSON.parse(text) as Record<string, string>) : {};
  }
});

const rowsOf = (text: string): Row[] =>
  parse<Row>(text, { columns: true, bom: true, skip_empty_lines: true, relax_column_count: true });
