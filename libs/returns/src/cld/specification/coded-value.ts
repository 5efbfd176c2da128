import { releaseOneOnly, type CodedValue } from './coded-values.js';
import { columns, type ColumnId, type ColumnSpecification } from './columns.js';

/** How a text was understood: under its Release 2 value, spelt as in which release; or as a value that Release 2 lacks. */
export type CodedMatch =
  | { readonly value: string; readonly release: 'R2' | 'R1' | 'R1 only' }
  | { readonly unknown: 'release-1-only' | 'not-in-list' };

/** Compared without case and spacing, with all dashes as one: councils' systems differ in both. */
export const codedKey = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[‐-―−]/g, '-')
    .replace(/\s+/g, '');

const tables = new Map<ColumnId, ReadonlyMap<string, CodedMatch>>();
for (const [id, column] of Object.entries(columns) as [ColumnId, ColumnSpecification][]) {
  if (column.values) tables.set(id, tableOf(column.header, column.values));
}

function tableOf(header: string, values: readonly CodedValue[]): ReadonlyMap<string, CodedMatch> {
  const table = new Map<string, CodedMatch>();
  const old = releaseOneOnly[header];
  for (const value of old?.values ?? []) {
    table.set(codedKey(value), old?.kept ? { value, release: 'R1 only' } : { unknown: 'release-1-only' });
  }
  for (const { value, release1 = [] } of values) {
    for (const text of release1) table.set(codedKey(text), { value, release: 'R1' });
  }
  for (const { value } of values) table.set(codedKey(value), { value, release: 'R2' });
  return table;
}

/** Reads a cell of a coded column in either release's spelling. */
export function matchCoded(column: ColumnId, text: string): CodedMatch {
  return tables.get(column)?.get(codedKey(text)) ?? { unknown: 'not-in-list' };
}
