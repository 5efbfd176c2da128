import { createSecretKey } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import { emptyLedger, withRows, type LedgerState } from '../../domain/ledger.js';
import { reconcile } from '../identity/reconcile.js';
import { ledgerRows } from '../mapping/ledger-rows.js';
import type { CldRow } from '../normalising/cld-row.js';
import { normaliseRow, personRefOf } from '../normalising/normalise-row.js';
import { readCldFile } from '../reading/read-cld-file.js';
import { RowsByPerson } from '../reading/rows-by-person.js';
import { generateCldFile, nextQuarter, periodOf, submissionDayOf, type CldFileOptions } from './generate-cld-file.js';

const anyId = '0b0f3f0a-6a54-4c55-9d3c-0a8b7c6d5e4f';
const key = createSecretKey(Buffer.alloc(32, 3));

async function peopleOf(options: CldFileOptions): Promise<Map<string, CldRow[]>> {
  const source = Readable.from(generateCldFile(options)).map((text: string) => Buffer.from(text));
  const { rows, width } = await readCldFile(source as AsyncIterable<Uint8Array>);
  const gathered = new RowsByPerson();
  for await (const raw of rows) gathered.add(personRefOf(raw.cells!)!, raw);
  const context = { width, submittedOn: submissionDayOf(options.periodEnd) };
  return new Map(
    [...gathered.take()].map(({ personRef, rows: own }) => [
      personRef,
      own.flatMap((raw) => normaliseRow(raw, context).row ?? []),
    ]),
  );
}

/** Imports a file into the ledgers, as the import does, and counts the verdicts. */
async function importInto(ledgers: Map<string, LedgerState>, options: CldFileOptions): Promise<Record<string, number>> {
  const counts: Record<string, number> = { new: 0, unchanged: 0, corrected: 0, missing: 0, withdrawn: 0 };
  const people = await peopleOf(options);
  const period = periodOf(options.periodEnd);
  const submittedOn = submissionDayOf(options.periodEnd);
  for (const person of new Set([...people.keys(), ...ledgers.keys()])) {
    const ledger = ledgers.get(person) ?? emptyLedger;
    const file = { personId: anyId, submittedOn, period, rows: people.get(person) ?? [] };
    const verdicts = reconcile(ledger, file, { withdrawMissing: true, key });
    for (const { verdict } of verdicts) counts[verdict] = (counts[verdict] ?? 0) + 1;
    const rows = ledgerRows(verdicts);
    if (rows.length)
      ledgers.set(person, withRows(ledger, { personId: anyId, fileId: anyId, submittedOn, period, rows }));
  }
  return counts;
}

describe('six consecutive quarters', () => {
  it('tell one story: rows are found again, some corrected, none missing, and each file again changes nothing', async () => {
    const ledgers = new Map<string, LedgerState>();
    const files: CldFileOptions[] = [{ laCode: '997', seed: 11, periodEnd: '2024-03-31', people: 600 }];
    while (files.length < 6) files.push(nextQuarter(files.at(-1)!));
    for (const [index, file] of files.entries()) {
      const counts = await importInto(ledgers, file);
      expect(counts['new']).toBeGreaterThan(50);
      expect(counts).toMatchObject({ missing: 0, withdrawn: 0 });
      if (index === 0) continue;
      expect(counts['unchanged']).toBeGreaterThan(100);
      expect(counts['corrected']).toBeGreaterThan(0);
    }
    for (const file of files) {
      expect(await importInto(ledgers, file)).toMatchObject({ new: 0, corrected: 0, missing: 0, withdrawn: 0 });
    }
  });
});
