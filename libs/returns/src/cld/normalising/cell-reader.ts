import { parsePounds, type Pence, type PlainDate } from '@caretrail/kernel';
import type { EventType } from '../specification/coded-values.js';
import { matchCoded } from '../specification/coded-value.js';
import { columns, requirementOf, type ColumnId } from '../specification/columns.js';
import type { Cells } from '../reading/read-cld-file.js';
import type { RowFault, RowRule } from './cld-row.js';
import { parseDay } from './parse-day.js';

/**
 * Reads the cells of one row by what the specification asks of them, and collects what is wrong: a cell that the row
 * cannot do without becomes a fault, any other a warning, and is left out.
 */
export class CellReader {
  readonly faults: RowFault[] = [];
  readonly warnings: RowFault[] = [];

  constructor(
    private readonly cells: Cells,
    private readonly eventType: EventType | undefined,
  ) {}

  /** Text of at most 200 characters, unless the column takes more. */
  text(column: ColumnId, longest = 200): string | undefined {
    const read = (text: string): string | undefined => (text.length <= longest ? text : undefined);
    return this.read(column, read, 'text-length', `is longer than ${longest} characters.`);
  }

  day(column: ColumnId): PlainDate | undefined {
    return this.read(
      column,
      (text) => parseDay(text),
      'real-date',
      'is not a real date. Write it as dd/mm/yyyy or yyyy-mm-dd.',
    );
  }

  /** The value in its Release 2 spelling. The type is the caller's, of the list that belongs to the column. */
  coded<Value extends string>(column: ColumnId): Value | undefined {
    return this.read(column, (text) => {
      const match = matchCoded(column, text);
      if ('unknown' in match) {
        if (match.unknown === 'not-in-list') return undefined;
        const asked = requirementOf(column, this.eventType) === 'required' ? this.faults : this.warnings;
        this.note(asked, column, 'release-1-only', 'has a value of Release 1 that Release 2 does not have any more.');
        return 'told';
      }
      if (match.release === 'R1') {
        this.warn(column, 'release-1-spelling', 'is spelt as in Release 1; it was read as its Release 2 value.');
      }
      if (match.release === 'R1 only') {
        this.warn(column, 'release-1-only', 'has a value of Release 1 that Release 2 lacks; it was kept as it is.');
      }
      return match.value as Value;
    });
  }

  pence(column: ColumnId): Pence | undefined {
    const pence = this.read(
      column,
      (text) => parsePounds(text.replace(/^(-?)£/, '$1').replace(/(\.\d\d)0+$/, '$1')),
      'amount',
      'is not an amount of pounds with at most two decimals.',
    );
    if (pence === undefined || pence >= 0) return pence;
    this.warn(column, 'amount', 'is below zero; it was read without its sign.');
    return -pence;
  }

  /** A number of at least zero, rounded to two decimals. */
  decimal(column: ColumnId): number | undefined {
    const read = (text: string): number | undefined =>
      /^\d{1,6}(\.\d+)?$/.test(text) ? Math.round(Number(text) * 100) / 100 : undefined;
    return this.read(column, read, 'number', 'is not a number of at least zero.');
  }

  whole(column: ColumnId): number | undefined {
    const read = (text: string): number | undefined => (/^\d{1,3}(\.0+)?$/.test(text) ? Number(text) : undefined);
    return this.read(column, read, 'number', 'is not a whole number.');
  }

  /** Reads with a parser of the caller's; `undefined` from it means that the cell cannot be understood. */
  read<Value>(
    column: ColumnId,
    parse: (text: string) => Value | 'told' | undefined,
    rule: RowRule = 'value-of-the-list',
    reason = 'has a value that is not in the list of the specification.',
  ): Value | undefined {
    const text = this.cells[column];
    const requirement = requirementOf(column, this.eventType);
    if (!text) {
      if (requirement === 'required') this.fault(column, 'required', 'is blank. A row cannot be recorded without it.');
      if (requirement === 'expected') this.warn(column, 'expected', 'is blank. The specification asks for it.');
      return undefined;
    }
    if (!requirement) {
      const kind = this.eventType ? `a row of type ${this.eventType}` : 'a row without an event';
      this.warn(column, 'not-applicable', `does not belong on ${kind}; it was left out.`);
      return undefined;
    }
    const value = parse(text);
    if (value === 'told') return undefined;
    if (value !== undefined) return value;
    if (requirement === 'required') this.fault(column, rule, reason);
    else this.warn(column, rule, `${reason} It was left out.`);
    return undefined;
  }

  fault(column: ColumnId, rule: RowRule, reason: string): void {
    this.note(this.faults, column, rule, reason);
  }

  warn(column: ColumnId, rule: RowRule, reason: string): void {
    this.note(this.warnings, column, rule, reason);
  }

  private note(into: RowFault[], column: ColumnId, rule: RowRule, reason: string): void {
    const { header } = columns[column];
    into.push({ column: header, rule, reason: `${header} ${reason}` });
  }
}
