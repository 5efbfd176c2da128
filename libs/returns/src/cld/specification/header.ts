import { columnIds, columns, mustBeInHeader, type ColumnId } from './columns.js';

/** What is wrong with a header row, in sentences; or where each column stands. */
export type HeaderMatch =
  | { readonly faults: readonly { readonly message: string; readonly field?: string }[] }
  | { readonly faults?: undefined; readonly order: readonly ColumnId[]; readonly absent: readonly ColumnId[] };

/** Headers are compared without case, spaces, underscores and punctuation, so that the names of SQL extracts match too. */
const bare = (header: string): string => header.toLowerCase().replace(/[^a-z0-9]/g, '');

const byBareHeader = new Map(columnIds.map((id) => [bare(columns[id].header), id]));

/** Finds the fifty columns in a header row, in any order. Optional columns may be left out. */
export function matchHeader(header: readonly string[]): HeaderMatch {
  const order: ColumnId[] = [];
  const faults: { message: string; field?: string }[] = [];
  header.forEach((cell, index) => {
    const id = byBareHeader.get(bare(cell));
    if (!id) {
      const place = `Column ${index + 1} (“${readable(cell)}”)`;
      faults.push({ message: `${place} is not a column of Client Level Data, Release 2. Remove or rename it.` });
    } else if (order.includes(id)) {
      const field = columns[id].header;
      faults.push({ message: `The column “${field}” stands in the header twice. Keep one of them.`, field });
    } else order.push(id);
  });
  const absent = columnIds.filter((id) => !order.includes(id));
  for (const id of absent.filter(mustBeInHeader)) {
    const field = columns[id].header;
    faults.push({ message: `The column “${field}” is missing. Add it; its cells may be blank.`, field });
  }
  return faults.length ? { faults } : { order, absent };
}

/** A cell of a header row may be anything, even a person's row: nothing with a digit in it is repeated, and nothing long. */
function readable(cell: string): string {
  const text = cell.trim();
  if (!text) return 'no name';
  return /^[A-Za-z][A-Za-z _:().-]{0,59}$/.test(text) ? text : '…';
}
