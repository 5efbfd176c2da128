import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventStore } from '@caretrail/event-store';
import { PersonalCodec, SubjectKeys } from '@caretrail/privacy';
import type { StoredEvent } from '@caretrail/kernel';
import {
  CldImporter,
  type ColumnId,
  columnIds,
  columns,
  type ImportOptions,
  type ImportOutcome,
} from '@caretrail/returns';
import { OTHERBURY, WRENBRIDGE } from '@caretrail/testing';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHouse, type OpenHouse } from '../e2e/open-house.js';

type Row = Partial<Record<ColumnId, string>>;

const LA_CODE = '204';
const quarter = (end: string, start: string): Row => ({ laCode: LA_CODE, periodStart: start, periodEnd: end });
const Q1 = quarter('30/06/2025', '01/07/2024');
const Q2 = quarter('30/09/2025', '01/10/2024');

const request = (person: string, changes: Row = {}): Row => ({
  laPersonId: person,
  firstName: 'Alma',
  lastName: 'Synthetic',
  dateOfBirth: '05/04/1941',
  postcode: 'ZZ1 1AA',
  clientType: 'Service User',
  eventType: 'Request',
  eventReference: `R-${person}`,
  eventStart: '02/02/2025',
  eventEnd: '04/02/2025',
  eventOutcome: 'Progress to Assessment',
  route: 'Community / Other route',
  ...changes,
});
const service = (person: string, changes: Row = {}): Row => ({
  laPersonId: person,
  firstName: 'Alma',
  lastName: 'Synthetic',
  dateOfBirth: '05/04/1941',
  postcode: 'ZZ1 1AA',
  clientType: 'Service user',
  primarySupportReason: 'Physical Support: Personal care support',
  clientFundingStatus: 'Fully social care funded',
  eventType: 'Service',
  eventReference: `S-${person}`,
  eventStart: '10/03/2025',
  eventOutcome: 'Provision of service',
  serviceType: 'Long Term Support: Community',
  serviceComponent: 'Home Support',
  deliveryMechanism: 'CASSR Commissioned Support',
  unitCost: '22.50',
  costFrequency: 'Hourly',
  plannedUnits: '10.5',
  ...changes,
});

describe('importing Client Level Data', () => {
  let house: OpenHouse;
  let folder: string;

  beforeAll(async () => {
    house = await openHouse();
    folder = mkdtempSync(join(tmpdir(), 'caretrail-import-'));
  });
  afterAll(async () => {
    await house?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function fileOf(period: Row, rows: readonly Row[]): string {
    const quoted = (cell: string) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
    const lines = rows.map((row) => columnIds.map((id) => quoted({ ...period, ...row }[id] ?? '')).join(','));
    const file = join(folder, `${randomUUID()}.csv`);
    writeFileSync(file, [columnIds.map((id) => columns[id].header).join(','), ...lines].join('\r\n'));
    return file;
  }
  const importFile = (file: string, options: Partial<ImportOptions> = {}): Promise<ImportOutcome> =>
    house.app.get(CldImporter).import({
      tenant: WRENBRIDGE,
      file,
      actor: { id: 'os:tester', role: 'operator' },
      report: (fileId) => join(folder, `${fileId}.report.csv`),
      ...options,
    });
  async function events(tenant = WRENBRIDGE): Promise<StoredEvent[]> {
    const all: StoredEvent[] = [];
    for (let after = 0n; ;) {
      const page = await house.app.get(EventStore).readAll({ tenant, after, limit: 5_000 });
      all.push(...page.events);
      if (page.caughtUp) return all;
      after = page.position;
    }
  }
  const since = async (before: number) => (await events()).slice(before);
  const types = (list: readonly StoredEvent[]) => list.map(({ type }) => type).sort();
  const person = () => `T${randomUUID().slice(0, 8)}`;

  it('makes events of the contexts from rows of either release, and none from the same file again', async () => {
    const [before, who] = [(await events()).length, person()];
    const file = fileOf(Q1, [request(who), service(who)]);
    const first = await importFile(file, { submittedOn: '2025-07-30' });
    expect(first).toMatchObject({ rows: 2, accepted: 2, rejected: 0, unchanged: 0, corrected: 0, missing: 0 });
    const added = await since(before);
    expect(types(added)).toEqual([
      'assessment.request-concluded.v1',
      'assessment.support-requested.v1',
      'commissioning.element-placed.v1',
      'people.person-registered.v1',
      'returns.file-received.v1',
      'returns.rows-received.v1',
    ]);
    expect(first.events).toBe(added.length);
    expect(added.every(({ knownOn }) => knownOn === '2025-07-30')).toBe(true);
    expect(added.every(({ metadata }) => metadata.actorId === 'os:tester')).toBe(true);
    const placed = added.find(({ type }) => type === 'commissioning.element-placed.v1');
    expect(placed?.data).toMatchObject({
      element: { component: 'Home support or domiciliary care', rate: { pence: 2_250, per: 'Hourly' } },
    });
    const again = await importFile(file, { submittedOn: '2025-07-30' });
    expect(again).toMatchObject({ rows: 2, accepted: 2, unchanged: 2, corrected: 0, missing: 0, events: 0 });
    expect(await since(before)).toHaveLength(added.length);
  });

  it('takes the very same file without a date as known since it first came', async () => {
    const who = person();
    const [first, second] = [
      fileOf(Q1, [service(who)]),
      fileOf(Q2, [service(who, { eventEnd: '01/08/2025', eventOutcome: 'NFA - Deceased' })]),
    ];
    await importFile(first);
    expect(await importFile(second)).toMatchObject({ corrected: 1 });
    const before = (await events()).length;
    await importFile(second);
    expect(await since(before)).toEqual([]);
  });

  it('corrects what a newer file says otherwise, and nothing when the older comes again', async () => {
    const who = person();
    const older = fileOf(Q1, [request(who), service(who)]);
    const newer = fileOf(Q2, [request(who), service(who, { unitCost: '24.00' })]);
    await importFile(older, { submittedOn: '2025-07-30' });
    const before = (await events()).length;
    expect(await importFile(newer, { submittedOn: '2025-10-30' })).toMatchObject({ unchanged: 1, corrected: 1 });
    const added = await since(before);
    const corrected = added.find(({ type }) => type === 'commissioning.element-corrected.v1');
    expect(corrected?.metadata.corrects).toMatch(/^[0-9a-f-]{36}$/);
    expect(corrected?.knownOn).toBe('2025-10-30');
    expect(await importFile(older, { submittedOn: '2025-07-30' })).toMatchObject({
      unchanged: 2,
      corrected: 0,
      events: 0,
    });
    expect(await since(before)).toHaveLength(added.length);
  });

  it('ends a service that a newer file has ended', async () => {
    const [before, who] = [(await events()).length, person()];
    await importFile(fileOf(Q1, [service(who)]), { submittedOn: '2025-07-30' });
    const ended = service(who, { eventEnd: '15/08/2025', eventOutcome: 'Service ended as planned' });
    expect(await importFile(fileOf(Q2, [ended]), { submittedOn: '2025-10-30' })).toMatchObject({
      corrected: 1,
      accepted: 1,
    });
    const end = (await since(before)).find(({ type }) => type === 'commissioning.element-ended.v1');
    expect(end?.metadata).toMatchObject({ effectiveOn: '2025-08-15', knownOn: '2025-10-30' });
  });

  it('loads an older quarter after a newer one as known earlier', async () => {
    const who = person();
    const before = (await events()).length;
    await importFile(fileOf(Q2, [service(who, { unitCost: '24.00' })]), { submittedOn: '2025-10-30' });
    const older = await importFile(fileOf(Q1, [service(who)]), { submittedOn: '2025-07-30' });
    expect(older).toMatchObject({ accepted: 1, rejected: 0 });
    const packages = (await since(before)).filter(({ type }) => type.startsWith('commissioning.'));
    expect(packages.map(({ knownOn }) => knownOn)).toEqual(['2025-10-30', '2025-07-30']);
    expect(new Set(packages.map(({ stream }) => stream)).size).toBe(1);
    const rates = packages.map(({ data }) => (data as { element: { rate: { pence: number } } }).element.rate.pence);
    expect(rates).toEqual([2_400, 2_250]);
  });

  it('joins a row whose start was corrected by its Event Reference', async () => {
    const who = person();
    await importFile(fileOf(Q1, [service(who)]), { submittedOn: '2025-07-30' });
    const before = (await events()).length;
    const moved = service(who, { eventStart: '12/03/2025' });
    const outcome = await importFile(fileOf(Q2, [moved]), { submittedOn: '2025-10-30' });
    expect(outcome).toMatchObject({ corrected: 1, unchanged: 0 });
    const correction = (await since(before)).find(({ type }) => type === 'commissioning.element-corrected.v1');
    expect(correction?.data).toMatchObject({ startedOn: '2025-03-12' });
  });

  it('keeps two identical rows apart', async () => {
    const who = person();
    const double = fileOf(Q1, [service(who), service(who)]);
    const before = (await events()).length;
    expect(await importFile(double, { submittedOn: '2025-07-30' })).toMatchObject({ accepted: 2 });
    expect(types(await since(before)).filter((type) => type === 'commissioning.element-placed.v1')).toHaveLength(2);
    expect(await importFile(double, { submittedOn: '2025-07-30' })).toMatchObject({ unchanged: 2, events: 0 });
  });

  it('counts a row whose person’s details were corrected', async () => {
    const who = person();
    await importFile(fileOf(Q1, [service(who)]), { submittedOn: '2025-07-30' });
    const before = (await events()).length;
    const moved = fileOf(Q2, [service(who, { postcode: 'ZZ2 2BB' })]);
    expect(await importFile(moved, { submittedOn: '2025-10-30' })).toMatchObject({ corrected: 1, unchanged: 0 });
    expect(types(await since(before))).toContain('people.details-corrected.v1');
    expect(await importFile(moved, { submittedOn: '2025-10-30' })).toMatchObject({
      corrected: 0,
      unchanged: 1,
      events: 0,
    });
  });

  it('reports rows that are missing inside the window, and withdraws them only when asked', async () => {
    const [kept, gone, whole] = [person(), person(), person()];
    const first = fileOf(Q1, [service(kept), request(gone), service(gone), service(whole)]);
    await importFile(first, { submittedOn: '2025-07-30' });
    const next = fileOf(Q2, [service(kept), request(gone)]);
    const before = (await events()).length;
    const missing = await importFile(next, { submittedOn: '2025-10-30' });
    expect(missing.withdrawn).toBe(0);
    expect(missing.missing).toBeGreaterThanOrEqual(2);
    expect(readFileSync(missing.report, 'utf8')).toContain('missing');
    expect(types(await since(before)).filter((type) => type.endsWith('withdrawn.v1'))).toEqual([]);
    const withdrawn = await importFile(next, { submittedOn: '2025-10-30', withdrawMissing: true });
    expect(withdrawn.withdrawn).toBe(missing.missing);
    expect(
      types(await since(before)).filter((type) => type === 'commissioning.element-withdrawn.v1').length,
    ).toBeGreaterThanOrEqual(2);
    expect(await importFile(next, { submittedOn: '2025-10-30', withdrawMissing: true })).toMatchObject({
      withdrawn: 0,
      events: 0,
    });
  });

  it('withdraws nothing of a person whose row was rejected', async () => {
    const who = person();
    await importFile(fileOf(Q1, [service(who)]), { submittedOn: '2025-07-30' });
    const before = (await events()).length;
    const file = fileOf(Q2, [service(who, { eventStart: '31/02/2025' })]);
    await importFile(file, { submittedOn: '2025-10-30', withdrawMissing: true });
    const own = (await since(before)).filter(({ type }) => type === 'commissioning.element-withdrawn.v1');
    const mine = (await events()).filter(({ type, data }) => type === 'people.person-registered.v1' && data);
    expect(mine.length).toBeGreaterThan(0);
    const personId = (await since(before)).find(({ type }) => type === 'returns.row-rejected.v1')?.data as {
      personId: string;
    };
    expect(own.some(({ data }) => (data as { personId: string }).personId === personId.personId)).toBe(false);
  });

  it('keeps what it cannot understand, with line, column and reason, and takes the rest', async () => {
    const who = person();
    const before = (await events()).length;
    const rows = [
      service(who),
      service(person(), { eventStart: '31/02/2025' }),
      service(person(), { serviceType: 'Something else' }),
      { ...service(who), laPersonId: '', nhsNumber: '' },
    ];
    const file = fileOf(Q1, rows);
    const outcome = await importFile(file, { submittedOn: '2025-07-30' });
    expect(outcome).toMatchObject({ rows: 4, accepted: 1, rejected: 3 });
    const rejected = (await since(before)).filter(({ type }) => type === 'returns.row-rejected.v1');
    expect(rejected.map(({ data }) => (data as { line: number }).line).sort()).toEqual([3, 4, 5]);
    expect(JSON.stringify(rejected.map(({ data }) => data))).not.toMatch(/Synthetic|1941|ZZ1/);
    const report = readFileSync(outcome.report, 'utf8');
    expect(report).toMatch(/rejected,3,Event Start Date,real-date,/);
    expect(report).not.toMatch(/Synthetic|31\/02/);
    expect(await importFile(file, { submittedOn: '2025-07-30' })).toMatchObject({ rejected: 3, events: 0 });
  });

  it('takes the rest when a rule refuses a person’s rows, and keeps nothing of somebody who was erased', async () => {
    const [erased, other] = [person(), person()];
    const before = (await events()).length;
    await importFile(fileOf(Q1, [service(erased)]), { submittedOn: '2025-07-30' });
    const registered = (await since(before)).find(({ type }) => type === 'people.person-registered.v1');
    await house.app.get(SubjectKeys).destroy(WRENBRIDGE, (registered?.data as { personId: string }).personId);
    const [from, rows] = [(await events()).length, [service(erased, { unitCost: '30.00' }), service(other)]];
    const file = fileOf(Q2, [...rows, service(erased, { eventStart: '31/02/2025' })]);
    const outcome = await importFile(file, { submittedOn: '2025-10-30' });
    expect(outcome).toMatchObject({ rows: 3, accepted: 1, rejected: 2 });
    const rejected = (await since(from)).filter(({ type }) => type === 'returns.row-rejected.v1');
    const rules = rejected.map(({ data }) => (data as { line: number; faults: { rule: string }[] }).faults[0]?.rule);
    expect(rules.sort()).toEqual(['real-date', 'subject-was-not-erased']);
    const opened = await house.app.get(PersonalCodec).open(rejected);
    expect(opened.map(({ data }) => (data as { row: string }).row)).toEqual(['', '']);
    expect(readFileSync(outcome.report, 'utf8')).toContain('rejected,2,,subject-was-not-erased');
    expect(await importFile(file, { submittedOn: '2025-10-30' })).toMatchObject({
      accepted: 1,
      rejected: 2,
      events: 0,
    });
  });

  it('refuses a file of another council, a wrong header or encoding, and stores nothing of it', async () => {
    const before = (await events()).length;
    const rows = [service(person()), service(person(), { laCode: '999' })];
    await expect(importFile(fileOf(Q1, rows))).rejects.toMatchObject({ kind: 'invalid', message: /another council/ });
    const header = join(folder, 'header.csv');
    writeFileSync(header, 'Name,Age\r\nx,1\r\n');
    await expect(importFile(header)).rejects.toMatchObject({ kind: 'invalid' });
    const latin = join(folder, 'latin.csv');
    writeFileSync(latin, Buffer.from(`${columnIds.map((id) => columns[id].header).join(',')}\r\n\xe9,,`, 'latin1'));
    await expect(importFile(latin)).rejects.toMatchObject({ kind: 'invalid' });
    await expect(importFile(join(folder, 'nowhere.csv'))).rejects.toMatchObject({ kind: 'invalid' });
    await expect(importFile(fileOf(Q1, []), { submittedOn: '2999-01-01' })).rejects.toMatchObject({ kind: 'invalid' });
    expect(await since(before)).toEqual([]);
  });

  it('runs once at a time for a council, and touches no other', async () => {
    const file = fileOf(Q1, [service(person())]);
    const both = await Promise.allSettled([importFile(file), importFile(file)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await events(OTHERBURY)).toEqual([]);
  });
});
