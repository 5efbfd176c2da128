/** A count that may be shown: `*` stands for 1 to 4. */
export type ShownCount = number | '*';

/** Highest count of people that is hidden. */
const SMALL = 4;
const ROUNDED_TO = 5;

/** Keeps a count of people from giving one of them away: 0 stays, 1–4 is `*`, others go to the nearest 5. */
export function suppress(count: number): ShownCount {
  if (count === 0) return 0;
  return count <= SMALL ? '*' : Math.round(count / ROUNDED_TO) * ROUNDED_TO;
}

export interface SuppressedTable {
  /** As handed in: rows of columns. */
  readonly rows: readonly (readonly ShownCount[])[];
  /** One for each column. */
  readonly totals: readonly ShownCount[];
}

/**
 * Suppresses a table whose columns have totals. Where one cell of a column alone is hidden, the total would give it away,
 * so the column's next smallest cell is hidden too; with no other cell to hide, the total is.
 * @param rows counts of people, every row with the same number of columns
 */
export function suppressTable(rows: readonly (readonly number[])[]): SuppressedTable {
  const columns = Array.from({ length: rows[0]?.length ?? 0 }, (_, column) => rows.map((row) => row[column] ?? 0));
  const shown = columns.map(suppressColumn);
  return {
    rows: rows.map((_, row) => shown.map(({ cells }) => cells[row] ?? 0)),
    totals: shown.map(({ total }) => total),
  };
}

function suppressColumn(counts: readonly number[]): { cells: ShownCount[]; total: ShownCount } {
  const cells = counts.map(suppress);
  const total = suppress(counts.reduce((sum, count) => sum + count, 0));
  if (cells.filter((cell) => cell === '*').length !== 1) return { cells, total };
  const shown = counts.flatMap((count, row) => (count > SMALL ? [{ count, row }] : []));
  const second = shown.sort((a, b) => a.count - b.count)[0];
  if (!second) return { cells, total: '*' };
  cells[second.row] = '*';
  return { cells, total };
}
