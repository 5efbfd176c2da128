import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { PlainDate } from '@caretrail/kernel';
import { type Stringifier, stringify } from 'csv-stringify';
import type { RowRejectedData } from '../contracts/returns.events.js';

/** What is wrong with a row: found in reading it, or by the rules of a context. */
type ReportedFault = RowRejectedData['faults'][number];

/** What a council puts right: a CSV of rejected, warned and missing rows. It names lines and columns, never a value. */
export class ImportReport {
  private constructor(
    readonly path: string,
    private readonly lines: Stringifier,
    private readonly written: Promise<unknown>,
  ) {}

  static async open(path: string): Promise<ImportReport> {
    await mkdir(dirname(path), { recursive: true });
    const columns = ['what', 'line', 'column', 'rule', 'reason'];
    const lines = stringify({ header: true, columns });
    const file = createWriteStream(path, { mode: 0o600 });
    return new ImportReport(path, lines, once(lines.pipe(file), 'finish'));
  }

  add(what: 'rejected' | 'warned', line: number, faults: readonly ReportedFault[]): void {
    for (const { column, rule, reason } of faults) this.lines.write([what, line, column ?? '', rule, reason]);
  }

  /** A row of an earlier file that this one should hold. */
  addMissing(eventType: string, startsOn: PlainDate | undefined): void {
    const reason = `A ${eventType.toLowerCase()} ${startsOn ? `that started on ${startsOn} ` : ''}was in an earlier file, lies inside this file’s period, and is not in it.`;
    this.lines.write(['missing', '', '', 'row-missing-inside-the-window', reason]);
  }

  async close(): Promise<void> {
    this.lines.end();
    await this.written;
  }
}
