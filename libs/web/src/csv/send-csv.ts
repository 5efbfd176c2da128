import { stringify } from 'csv-stringify/sync';
import type { FastifyReply } from 'fastify';

/** A column of a download: its heading, and where its value comes from. */
export interface CsvColumn<Row> {
  readonly header: string;
  readonly value: (row: Row) => string | number | bigint | null | undefined;
}

/**
 * Rows as CSV (RFC 4180, UTF-8 with byte order mark, which Excel needs). Text that a spreadsheet would run as a formula
 * gets an apostrophe; numbers stay numbers.
 */
export function toCsv<Row>(columns: readonly CsvColumn<Row>[], rows: Iterable<Row>): string {
  return stringify(
    Array.from(rows, (row) => columns.map((column) => column.value(row))),
    {
      header: true,
      columns: columns.map(({ header }) => header),
      bom: true,
      record_delimiter: '\r\n',
      escape_formulas: true,
      cast: { number: String, bigint: String },
    },
  );
}

/** Answers with a download named `file`.csv. */
export function sendCsv<Row>(
  reply: FastifyReply,
  file: string,
  columns: readonly CsvColumn<Row>[],
  rows: Iterable<Row>,
): FastifyReply {
  return reply
    .header('content-type', 'text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${file.replace(/[^\w.-]+/g, '-')}.csv"`)
    .header('cache-control', 'no-store')
    .send(toCsv(columns, rows));
}
