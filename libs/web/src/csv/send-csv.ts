import { pipeline, Readable } from 'node:stream';
import { type Options, stringify as stringified } from 'csv-stringify';
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
    formOf(columns),
  );
}

const formOf = <Row>(columns: readonly CsvColumn<Row>[]): Options => ({
  header: true,
  columns: columns.map(({ header }) => header),
  bom: true,
  record_delimiter: '\r\n',
  escape_formulas: true,
  cast: { number: String, bigint: String },
});

/** Answers with a download named `file`.csv. */
export function sendCsv<Row>(
  reply: FastifyReply,
  file: string,
  columns: readonly CsvColumn<Row>[],
  rows: Iterable<Row>,
): FastifyReply {
  return download(reply, file).send(toCsv(columns, rows));
}

/** As `sendCsv`, of any number of rows: they go out as they come in. What fails on the way breaks the download off. */
export function streamCsv<Row>(
  reply: FastifyReply,
  file: string,
  columns: readonly CsvColumn<Row>[],
  rows: AsyncIterable<Row>,
): FastifyReply {
  const lines = Readable.from(linesOf(columns, rows));
  return download(reply, file).send(pipeline(lines, stringified(formOf(columns)), () => undefined));
}

async function* linesOf<Row>(columns: readonly CsvColumn<Row>[], rows: AsyncIterable<Row>) {
  for await (const row of rows) yield columns.map((column) => column.value(row));
}

const download = (reply: FastifyReply, file: string): FastifyReply =>
  reply
    .header('content-type', 'text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${file.replace(/[^\w.-]+/g, '-')}.csv"`)
    .header('cache-control', 'no-store');
