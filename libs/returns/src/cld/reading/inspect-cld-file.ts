import { createHash } from 'node:crypto';
import type { PlainDate } from '@caretrail/kernel';
import { parseDay } from '../normalising/parse-day.js';
import { columns } from '../specification/columns.js';
import { FileRefused } from './file-refused.js';
import { readCldFile, type RawRow } from './read-cld-file.js';

/** The twelve months (or what else the council says) that a file covers, both days included. */
export interface ReportingPeriod {
  readonly start: PlainDate;
  readonly end: PlainDate;
}

/** What a first reading says about a whole file. */
export interface CldFileInspection {
  readonly sha256: string;
  readonly bytes: number;
  readonly rows: number;
  /** As stated on the rows; undefined when no row states one that can be read. */
  readonly period: ReportingPeriod | undefined;
  readonly absent: readonly string[];
  /** How many cells a row must have. */
  readonly width: number;
}

/** A file that can be read from its beginning, and again. */
export type FileSource = () => AsyncIterable<Uint8Array>;

/**
 * Reads the whole file once before anything of it is stored, because what refuses a file may stand on its last row.
 * `onBytes` is told how many bytes were read, for a progress bar. Parsing is what takes the time, so `onRow` is handed each
 * row on the way; what it gathered is to be dropped when the file is refused in the end.
 * @throws FileRefused also for a row of another council, and for rows that state different reporting periods.
 */
export async function inspectCldFile(
  source: FileSource,
  expected: { readonly laCode: string },
  onBytes: (total: number) => void = () => undefined,
  onRow: (row: RawRow) => void = () => undefined,
): Promise<CldFileInspection> {
  const hash = createHash('sha256');
  let bytes = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source()) {
      hash.update(chunk);
      bytes += chunk.length;
      onBytes(bytes);
      yield chunk;
    }
  }
  const content = await readCldFile(counted());
  let rows = 0;
  let period: ReportingPeriod | undefined;
  for await (const raw of content.rows) {
    const { line, cells } = raw;
    rows++;
    onRow(raw);
    if (!cells) continue;
    if (cells.laCode && cells.laCode !== expected.laCode) {
      const message =
        `Line ${line} is of another council: its LA Code is not ${expected.laCode}. ` +
        'Import the file under its own council, or take out the other rows. Nothing was stored.';
      throw new FileRefused('file-is-of-this-council', message, columns.laCode.header);
    }
    const start = parseDay(cells.periodStart);
    const end = parseDay(cells.periodEnd);
    if (!start || !end) continue;
    if (end < start) {
      const message = `Line ${line} states a reporting period that ends before it starts. Put the two dates right.`;
      throw new FileRefused('file-states-one-period', message, columns.periodEnd.header);
    }
    period ??= { start, end };
    if (period.start !== start || period.end !== end) {
      const message =
        `Line ${line} states another reporting period than the rows before it. ` +
        'A file covers one period: split it, or put the dates right. Nothing was stored.';
      throw new FileRefused('file-states-one-period', message, columns.periodStart.header);
    }
  }
  return { sha256: hash.digest('hex'), bytes, rows, period, absent: content.absent, width: content.width };
}
