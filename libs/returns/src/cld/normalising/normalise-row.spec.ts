import { describe, expect, it } from '@jest/globals';
import { createReadStream } from 'node:fs';
import type { Cells } from '../reading/read-cld-file.js';
import { readCldFile } from '../reading/read-cld-file.js';
import type { CldRow, Normalised, RowFault } from './cld-row.js';
import { normaliseRow, personRefOf } from './normalise-row.js';

const fixture = new URL('../fixtures/every-kind-of-bad-row.csv', import.meta.url);
const submittedOn = '2025-04-30';
const told = (faults: readonly RowFault[]) => faults.map(({ column, rule }) => `${column ?? 'row'}: ${rule}`);

async function readFixture(): Promise<Map<number, Normalised>> {
  const { rows, width } = await readCldFile(createReadStream(fixture));
  const read = new Map<number, Normalised>();
  for await (const raw of rows) read.set(raw.line, normaliseRow(raw, { width, submittedOn }));
  return read;
}

const requestCells: Cells = {
  laCode: '997',
  periodStart: '01/04/2024',
  periodEnd: '31/03/2025',
  nhsNumber: '9990000018',
  laPersonId: 'P001',
  gender: 'Female',
  ethnicity: 'White: Irish',
  dateOfBirth: '02/03/1941',
  clientType: 'Service user',
  postcode: 'zz14ab',
  accommodationStatus: 'Registered care home',
  hasUnpaidCarer: 'No',
  eventType: 'Request',
  eventStart: '03/06/2024',
  eventEnd: '10/06/2024',
  eventOutcome: 'NFA: Support declined',
  route: 'Prison',
};
const serviceCells: Cells = {
  ...requestCells,
  route: undefined,
  eventType: 'Service',
  eventEnd: undefined,
  serviceType: 'Long Term Support: Community',
  serviceComponent: 'HOME SUPPORT',
  unitCost: '£21.40',
  costFrequency: 'hourly',
  plannedUnits: '10.505',
};
const normalise = (cells: Cells) =>
  normaliseRow({ line: 2, width: 50, cells, text: () => '' }, { width: 50, submittedOn });
const rowOf = (cells: Cells): CldRow => {
  const { row, rejected } = normalise(cells);
  expect(rejected).toBeUndefined();
  return row!;
};

describe('a file with every kind of bad row', () => {
  it('rejects exactly the rows that cannot be recorded truthfully, with line, column and rule', async () => {
    const rejected = [...(await readFixture()).values()].flatMap((one) => one.rejected ?? []);
    expect(rejected.map(({ line, faults }) => [line, told(faults)])).toEqual([
      [3, ['Event Type: value-of-the-list']],
      [5, ['LA Code: required']],
      [6, ['LA Person Unique Identifier: person-can-be-told-apart']],
      [7, ['LA Person Unique Identifier: person-can-be-told-apart']],
      [9, ['Client Type: required']],
      [10, ['Client Type: value-of-the-list']],
      [11, ['Event Type: required']],
      [12, ['Event Start Date: real-date']],
      [13, ['Event Start Date: required']],
      [14, ['Event End Date: required']],
      [15, ['Event End Date: end-not-before-start']],
      [16, ['Event End Date: not-in-the-future']],
      [17, ['Event Outcome: required']],
      [18, ['Event Outcome: value-of-the-list']],
      [20, ['Request: Route of Access: required']],
      [21, ['Assessment Type: required']],
      [22, ['Assessment Type: release-1-only']],
      [23, ['Method of Assessment: required']],
      [25, ['Service Type: required']],
      [26, ['Event End Date: real-date']],
      [33, ['Review Reason: required']],
      [35, ['Method of Review: required']],
      [48, ['row: row-has-all-cells']],
      [49, ['row: row-has-all-cells']],
      [50, ['Reporting Period End Date: real-date']],
    ]);
  });

  it('warns of what is left out or odd, and records the rest', async () => {
    const warned = [...(await readFixture())].flatMap(([line, one]) =>
      one.row && one.warnings.length ? [[line, told(one.warnings)]] : [],
    );
    expect(warned).toEqual([
      [8, ['NHS Number: nhs-number']],
      [19, ['Event Outcome: release-1-only']],
      [24, ['Eligible Needs Identified: value-of-the-list']],
      [27, ['Service Component: value-of-the-list']],
      [28, ['Event Start Date: not-in-the-future', 'Event End Date: not-in-the-future']],
      [29, ['Unit Cost: amount']],
      [30, ['Cost Frequency (Unit Type): cost-has-frequency']],
      [31, ['Unit Cost: amount']],
      [32, ['Planned units per week: number']],
      [34, ['Review Reason: release-1-spelling']],
      [36, ['Date of Death: alive-at-start']],
      [37, ['Date of Birth: real-date']],
      [38, ['Date of Birth: not-in-the-future']],
      [39, ['Postcode: postcode']],
      [40, ['Gender: expected']],
      [41, ['Service Type: not-applicable']],
      [43, ['Event Start Date: not-applicable']],
      [44, ['Event Type: not-applicable']],
      [45, ['Total Hrs Caring per week: value-of-the-list', 'No. of adults being cared for: number']],
      [51, ['Event Reference: text-length']],
    ]);
  });

  it('understands the others without a word', async () => {
    const silent = [...(await readFixture())]
      .filter(([, one]) => one.row && !one.warnings.length)
      .map(([line]) => line);
    expect(silent).toEqual([2, 4, 42, 46]);
  });

  it('never repeats a cell in a reason', async () => {
    const reasons = [...(await readFixture()).values()].flatMap((one) => one.rejected?.faults ?? one.warnings ?? []);
    for (const { reason } of reasons) {
      expect(reason).not.toMatch(/Avela|Fencor|999\d|ZZ1|1941|nowhere|perhaps|Customer|Gardening|31\/02/);
    }
  });

  it('says whom a rejected row is about where that can be told', async () => {
    const read = await readFixture();
    expect(read.get(12)?.rejected?.personRef).toBe('la:P011');
    expect(read.get(6)?.rejected?.personRef).toBeUndefined();
    expect(read.get(48)?.rejected?.personRef).toBeUndefined();
  });
});

describe('a row', () => {
  it('becomes typed, in the Release 2 values', () => {
    expect(rowOf(requestCells)).toEqual({
      line: 2,
      clientType: 'Service user',
      eventType: 'Request',
      startsOn: '2024-06-03',
      endsOn: '2024-06-10',
      outcome: 'NFA: Support declined',
      route: 'Prison',
      person: {
        laPersonId: 'P001',
        nhsNumber: '9990000018',
        gender: 'Female',
        ethnicity: 'White: Irish',
        dateOfBirth: '1941-03-02',
        postcode: 'ZZ1 4AB',
        accommodationStatus: 'Registered care home',
        hasUnpaidCarer: 'No',
        caresFor: [],
      },
    });
  });

  it.each([
    ['nfa - self-funded client (INC. 12wk disregard)', 'NFA: Self-funded client or under 12wk disregard'],
    ['NFA- Other', 'NFA: Other'],
    ['NFA – Deceased', 'NFA: Deceased'],
    ['provision of service', 'Continuation of support or services'],
    ['No change in package', 'Continuation of support or services'],
    ['  PROGRESS  to Re-assessment/Unplanned Review', 'Progress to assessment, review or reassessment'],
  ])('reads the outcome %j as %j', (eventOutcome, outcome) => {
    expect(rowOf({ ...requestCells, eventOutcome })).toMatchObject({ outcome });
  });

  it('takes a service without an end as open, a cost in pence, and units to two decimals', () => {
    const row = rowOf(serviceCells);
    expect(row).toMatchObject({
      eventType: 'Service',
      serviceType: 'Long term support: Community',
      serviceComponent: 'Home support or domiciliary care',
      unitCostPence: 2140,
      costFrequency: 'Hourly',
      plannedUnitsPerWeek: 10.51,
    });
    expect(row).not.toHaveProperty('endsOn');
  });

  it('reads a cost below zero without its sign', () => {
    expect(rowOf({ ...serviceCells, unitCost: '-1021.4' })).toMatchObject({ unitCostPence: 102_140 });
    expect(rowOf({ ...serviceCells, unitCost: '12.5000' })).toMatchObject({ unitCostPence: 1250 });
  });

  it('takes days as dd/mm/yyyy, as yyyy-mm-dd and with a midnight, and never the American way', () => {
    for (const eventStart of ['04/05/2024', '4/5/2024', '2024-05-04', '2024-05-04 00:00:00.000', '04/05/2024 00:00']) {
      expect(rowOf({ ...requestCells, eventStart })).toMatchObject({ startsOn: '2024-05-04' });
    }
    expect(normalise({ ...requestCells, eventStart: '05/13/2024' }).rejected).toBeDefined();
    expect(normalise({ ...requestCells, eventStart: '29/02/2023' }).rejected).toBeDefined();
  });

  it('leaves out a death before the birth, which nobody could record', () => {
    const { row, warnings } = normalise({ ...requestCells, dateOfDeath: '01/03/1941' });
    expect(row?.person).not.toHaveProperty('dateOfDeath');
    expect(told(warnings!)).toContain('Date of Death: death-after-birth');
  });

  it('is about the person of the council’s own number, else of the NHS number', () => {
    expect(personRefOf({ laPersonId: ' p001 ', nhsNumber: '9990000018' })).toBe('la:P001');
    expect(personRefOf({ nhsNumber: '999 000 0018' })).toBe('nhs:9990000018');
    expect(personRefOf({ nhsNumber: '999 000 0019' })).toBeUndefined();
  });

  it('links a carer to others once each, and never to themselves', () => {
    const { person } = rowOf({ ...requestCells, linkedAdult1: 'P9', linkedAdult2: 'P001', linkedAdult3: 'P9' });
    expect(person.caresFor).toEqual(['P9']);
  });
});
