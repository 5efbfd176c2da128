import { CsvError, parse } from 'csv-parse';
import { Readable } from 'node:stream';
import { columnIds, columns, type ColumnId } from '../specification/columns.js';
import { matchHeader } from '../specification/header.js';
import { FileRefused } from './file-refused.js';
import { strictUtf8 } from './strict-utf8.js';

/** The cells of one row by column, trimmed; blank cells, and the word NULL, are left out. */
export type Cells = Partial<Record<ColumnId, string>>;

/** A row as it stands in the file. `line` is the line of the file on which it begins; the header is line 1. */
export interface RawRow {
  readonly line: number;
  /** Undefined when the row has too many or too few cells to say which is which. */
  readonly cells: Cells | undefined;
  /** How many cells the row has. */
  readonly width: number;
  /** The row as comma-separated text, to be kept when it is rejected. PERSONAL. */
  readonly text: () => string;
}

export interface CldFileContent {
  /** Headers of the optional columns that the file does not have. */
  readonly absent: readonly string[];
  /** How many cells a row must have. */
  readonly width: number;
  readonly rows: AsyncIterable<RawRow>;
}

/** Longest row in characters: fifty cells of free text stay far below; a quotation mark that is never closed does not. */
const LONGEST_ROW = 200_000;

interface Parsed {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * Reads a Client Level Data file as a stream: the header first, then row by row; memory does not grow with the file.
 * @throws FileRefused for an empty file, a wrong encoding, delimiter or header, and (while reading) an open quotation mark.
 */
export async function readCldFile(source: AsyncIterable<Uint8Array>): Promise<CldFileContent> {
  const records = parsed(source)[Symbol.asyncIterator]();
  const first = await records.next();
  if (first.done) {
    throw new FileRefused('file-is-not-empty', 'The file is empty. A return has a header row with its column names.');
  }
  const header = first.value.record;
  refuseOtherDelimiters(header);
  const match = matchHeader(header);
  if (match.faults) {
    const message = match.faults.slice(0, 5).map((fault) => fault.message);
    if (match.faults.length > 5) message.push(`And ${match.faults.length - 5} more faults in the header.`);
    throw new FileRefused('file-has-the-columns-of-the-return', message.join(' '), match.faults[0]?.field);
  }
  const { order } = match;
  return {
    absent: match.absent.map((id) => columns[id].header),
    width: order.length,
    rows: rowsOf(records, order),
  };
}

async function* rowsOf(records: AsyncIterator<Parsed>, order: readonly ColumnId[]): AsyncGenerator<RawRow> {
  for (let next = await records.next(); !next.done; next = await records.next()) {
    const { record, info } = next.value;
    if (record.every((cell) => cell.trim() === '')) continue;
    yield {
      line: info.lines - lineBreaksIn(record),
      cells: record.length === order.length ? cellsOf(record, order) : undefined,
      width: record.length,
      text: () => record.map(quoted).join(','),
    };
  }
}

function cellsOf(record: readonly string[], order: readonly ColumnId[]): Cells {
  const cells: Cells = {};
  record.forEach((cell, index) => {
    const text = cell.replaceAll('\u001f', ' ').trim();
    if (text && text.toUpperCase() !== 'NULL') cells[order[index]!] = text;
  });
  return cells;
}

const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

const lineBreaksIn = (record: readonly string[]): number =>
  record.reduce((count, cell) => count + (cell.match(/\n/g)?.length ?? 0), 0);

async function* parsed(source: AsyncIterable<Uint8Array>): AsyncGenerator<Parsed> {
  const parser = parse({
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    record_delimiter: '\n',
    max_record_size: LONGEST_ROW,
  });
  try {
    yield* Readable.from(strictUtf8(source)).compose(parser) as AsyncIterable<Parsed>;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line: unknown = error['lines'];
    const where = typeof line === 'number' ? ` Look at line ${line} and before it.` : '';
    const message = `A quotation mark is opened in the file and never closed, so that the rows cannot be told apart.${where}`;
    throw new FileRefused('file-has-closed-quotes', message);
  }
}

function refuseOtherDelimiters(header: readonly string[]): void {
  if (header.length >= columnIds.length / 2) return;
  const line = header.join(',');
  const found = (
    [
      [';', 'semicolons'],
      ['\t', 'tabs'],
      ['|', 'vertical bars'],
    ] as const
  ).find(([mark]) => line.split(mark).length > columnIds.length / 2);
  if (!found) return;
  const message = `The cells of the file are separated by ${found[1]}, not by commas. Save it as comma-separated and import that file.`;
  throw new FileRefused('file-is-comma-separated', message);
}
