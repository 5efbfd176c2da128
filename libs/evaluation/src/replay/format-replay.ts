import { type PlainDate, unreachable } from '@caretrail/kernel';
import type { ReplayCell, ReplayTable } from '@caretrail/views';
import { stringify } from 'csv-stringify/sync';

/** How a replay is written out. */
export const replayFormats = ['table', 'csv', 'json'] as const;
export type ReplayFormat = (typeof replayFormats)[number];

/** Of what the rows are, as the output says it. */
export interface ReplayHeading {
  readonly view: string;
  readonly council: string;
  readonly effectiveOn: PlainDate;
  readonly knownOn: PlainDate;
  /** Events known by the day, and the position up to which the store was read. */
  readonly events: number;
  readonly position: string;
}

/** The rows as text that ends in a line break: aligned columns for people, CSV (RFC 4180), or one JSON document. */
export function formatReplay(heading: ReplayHeading, table: ReplayTable, format: ReplayFormat): string {
  switch (format) {
    case 'table':
      return aligned(heading, table);
    case 'csv':
      return stringify(
        table.rows.map((row) => table.columns.map(({ key }) => row[key] ?? null)),
        {
          header: true,
          columns: table.columns.map(({ label }) => label),
          record_delimiter: '\r\n',
          escape_formulas: true,
          cast: { number: String },
        },
      );
    case 'json':
      return `${JSON.stringify({ ...heading, columns: table.columns, rows: table.rows }, undefined, 2)}\n`;
    default:
      return unreachable(format);
  }
}

function aligned(heading: ReplayHeading, { columns, rows }: ReplayTable): string {
  const title =
    `${heading.view}, council ${heading.council}: true on ${heading.effectiveOn}, known by ${heading.knownOn}, ` +
    `from ${heading.events.toLocaleString('en-GB')} events up to position ${heading.position}`;
  if (!rows.length) return `${title}\n\nNothing stood on that day.\n`;
  const cells = [columns.map(({ label }) => label), ...rows.map((row) => columns.map(({ key }) => said(row[key])))];
  const widths = columns.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  const numeric = columns.map(({ key }) => rows.every((row) => typeof row[key] !== 'string' || row[key] === '*'));
  const lines = cells.map((line) =>
    line
      .map((cell, column) => (numeric[column] ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [title, '', lines[0], rule, ...lines.slice(1), ''].join('\n');
}

const said = (cell: ReplayCell | undefined): string =>
  cell === null || cell === undefined ? '' : typeof cell === 'number' ? cell.toLocaleString('en-GB') : cell;
