import { describe, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import { normaliseRow, personRefOf } from '../normalising/normalise-row.js';
import type { CldRow } from '../normalising/cld-row.js';
import { parseNhsNumber } from '../normalising/nhs-number.js';
import { inspectCldFile } from '../reading/inspect-cld-file.js';
import { readCldFile } from '../reading/read-cld-file.js';
import { generateCldFile, nextQuarter, submissionDayOf, type CldFileOptions } from './generate-cld-file.js';

const options: CldFileOptions = { laCode: '997', seed: 7, periodEnd: '2025-03-31', people: 400 };
const sourceOf = (of: CldFileOptions) => () =>
  Readable.from(generateCldFile(of)).map((text: string) => Buffer.from(text));

async function rowsOf(of: CldFileOptions): Promise<CldRow[]> {
  const { rows, width } = await readCldFile(sourceOf(of)());
  const read: CldRow[] = [];
  for await (const raw of rows) {
    const { row, rejected } = normaliseRow(raw, { width, submittedOn: submissionDayOf(of.periodEnd) });
    expect(rejected).toBeUndefined();
    if (row) read.push(row);
  }
  return read;
}

describe('a synthetic Client Level Data file', () => {
  it('is the same for the same seed, and another for another', () => {
    const text = [...generateCldFile(options)].join('');
    expect([...generateCldFile(options)].join('')).toBe(text);
    expect([...generateCldFile({ ...options, seed: 8 })].join('')).not.toBe(text);
  });

  it('has exactly as many rows as asked for, of one council and one period', async () => {
    const inspected = await inspectCldFile(sourceOf({ laCode: '997', seed: 1, periodEnd: '2025-06-30', rows: 1234 }), {
      laCode: '997',
    });
    expect(inspected).toMatchObject({
      rows: 1234,
      period: { start: '2024-07-01', end: '2025-06-30' },
      absent: [],
    });
  });

  it('is understood to the last row, and has every kind of row', async () => {
    const rows = await rowsOf(options);
    const kinds = new Set(rows.map((row) => `${row.clientType}/${row.eventType}`));
    for (const kind of ['Request', 'Assessment', 'Service', 'Review']) expect(kinds).toContain(`Service user/${kind}`);
    expect(kinds).toContain('Unpaid carer/Assessment');
    expect(kinds).toContain('Unpaid carer known by association/None');
    expect(rows.some((row) => row.eventType === 'Service' && row.unitCostPence && row.plannedUnitsPerWeek)).toBe(true);
    expect(rows.some(({ person }) => person.dateOfDeath)).toBe(true);
  });

  it('names nobody: NHS numbers that are never issued, postcodes of an area that does not exist', async () => {
    for (const { person } of await rowsOf(options)) {
      if (person.nhsNumber) {
        expect(person.nhsNumber.startsWith('999')).toBe(true);
        expect(parseNhsNumber(person.nhsNumber)).toBe(person.nhsNumber);
      }
      expect(person.postcode).toMatch(/^ZZ\d{1,2} \d[A-Z]{2}$/);
      expect(personRefOf(person)).toMatch(/^la:P\d{7}$/);
    }
  });

  it('goes on with the same people in the next quarter: services end, new ones begin, some rows are corrected', async () => {
    expect(nextQuarter(options).periodEnd).toBe('2025-06-30');
    const before = await rowsOf(options);
    const after = await rowsOf(nextQuarter(options));
    const byReference = new Map(
      before.flatMap((row) => (row.eventType !== 'None' && row.reference ? [[row.reference, row] as const] : [])),
    );
    const pairs = after.flatMap((row) => {
      const earlier = row.eventType !== 'None' && row.reference ? byReference.get(row.reference) : undefined;
      return earlier && row.eventType !== 'None' ? [{ earlier, row }] : [];
    });
    expect(pairs.length).toBeGreaterThan(200);
    expect(pairs.some(({ earlier, row }) => !earlier.endsOn && row.endsOn)).toBe(true);
    expect(pairs.some(({ earlier, row }) => earlier.startsOn !== row.startsOn)).toBe(true);
    const cost = (row: CldRow) => (row.eventType === 'Service' ? row.unitCostPence : undefined);
    expect(pairs.some(({ earlier, row }) => cost(earlier) !== cost(row))).toBe(true);
    expect(after.length).toBeGreaterThan(pairs.length);
    expect(pairs.every(({ earlier, row }) => earlier.person.laPersonId === row.person.laPersonId)).toBe(true);
  });
});
