import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { InvalidInput, type PlainDate } from '@caretrail/kernel';
import { makeFolder } from '@caretrail/platform';
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

  /** @throws InvalidInput where no file can be made, before anything is imported */
  static async open(path: string): Promise<ImportReport> {
    const handle = await fileAt(path);
    const columns = ['what', 'line', 'column', 'rule', 'reason'];
    const lines = stringify({ header: true, columns });
    return new ImportReport(path, lines, once(lines.pipe(handle.createWriteStream()), 'finish'));
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

async function fileAt(path: string) {
  try {
    makeFolder(dirname(path));
    return await open(path, 'w', 0o600);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const message = `The report cannot be written to ${path} (${code}), so nothing was imported. Name a file in a folder that is yours to write in.`;
    throw new InvalidInput([{ rule: 'report-can-be-written', field: 'report', message }]);
  }
}
