import { columnIds } from '../specification/columns.js';
import type { Cells, RawRow } from './read-cld-file.js';

/**
 * The rows of a file gathered by person, because a command holds all that a file says of one. Each row is packed into
 * one string (some 600 bytes), so that a file of 100,000 rows takes about 100 MB and not ten times that.
 */
export class RowsByPerson {
  private readonly packed = new Map<string, string[]>();

  get people(): number {
    return this.packed.size;
  }

  /** Keeps a row whose cells could be told apart. */
  add(personRef: string, row: RawRow): void {
    const { line, width, cells } = row;
    if (!cells) throw new Error('Only a row with all of its cells has a person.');
    const text = [line, width, ...columnIds.map((id) => cells[id] ?? '')].join(SEPARATOR);
    const own = this.packed.get(personRef);
    // A flat copy: otherwise the string keeps the pieces of the file alive that its cells were cut from.
    const flat = Buffer.from(text).toString();
    if (own) own.push(flat);
    else this.packed.set(personRef, [flat]);
  }

  /** Each person once, in order of first appearance, with the rows in order of the file; what was handed out is let go. */
  *take(): Generator<{ readonly personRef: string; readonly rows: readonly RawRow[] }> {
    for (const [personRef, packed] of this.packed) {
      this.packed.delete(personRef);
      yield { personRef, rows: packed.map(unpack) };
    }
  }
}

/** No cell holds it: the reader takes this control character for a space. */
const SEPARATOR = '\u001f';

function unpack(text: string): RawRow {
  const [line, width, ...values] = text.split(SEPARATOR);
  const cells: Cells = {};
  columnIds.forEach((id, index) => {
    if (values[index]) cells[id] = values[index];
  });
  return { line: Number(line), width: Number(width), cells, text: () => rowText(cells) };
}

/** The row in the column order of the specification. */
function rowText(cells: Cells): string {
  return columnIds.map((id) => quoted(cells[id] ?? '')).join(',');
}

const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
