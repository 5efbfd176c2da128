import type { StoredEvent } from '@caretrail/kernel';
import type { Folding, Projection, ProjectionTransaction } from './projection.js';

/** A view of one table in which each row is what the events of one key come to. */
export interface FoldedView<Row extends object> extends Pick<Projection, 'name' | 'version' | 'types' | 'key'> {
  readonly table: string;
  /** The column that, with the council, names a row. */
  readonly keyColumn: keyof Row & string;
  /** Every column but the council's, with its type in PostgreSQL. Numbers must be exact in JSON: integers below 2^53. */
  readonly columns: Readonly<Record<keyof Row & string, string>>;
  /** Which row an event changes. */
  rowKey(event: StoredEvent): string;
  /** The row after the event; `row` is undefined at the first of its key. Pure; it may change the row it is given. */
  fold(row: Row | undefined, event: StoredEvent): Row;
}

/**
 * The projection of such a view: a page is folded in memory, and its rows are read and written by one statement each. A
 * rebuild folds everything before it writes.
 */
export function foldedProjection<Row extends object>(view: FoldedView<Row>): Projection {
  const names = Object.keys(view.columns) as (keyof Row & string)[];
  const quoted = names.map((name) => `"${name}"`).join(', ');
  const read = `select to_json(found) as row from (
    select ${quoted} from "${view.table}" where tenant = $1 and "${view.keyColumn}" = any($2::${view.columns[view.keyColumn]}[])) found`;
  const write = `
    insert into "${view.table}" (tenant, ${quoted})
    select $1, ${quoted} from json_to_recordset($2::json)
        as folded (${names.map((name) => `"${name}" ${view.columns[name]}`).join(', ')})
    on conflict (tenant, "${view.keyColumn}") do update
       set ${names.map((name) => `"${name}" = excluded."${name}"`).join(', ')}`;
  const folding = (rows = new Map<string, Row>()) => new FoldedRows(view, write, rows);
  return {
    name: view.name,
    version: view.version,
    tables: [view.table],
    ...(view.types && { types: view.types }),
    ...(view.key && { key: view.key }),
    folding,
    async apply(events, transaction) {
      const keys = [...new Set(events.map((event) => view.rowKey(event)))];
      const found = await transaction.query<{ row: Row }>(read, [transaction.tenant, keys]);
      const rows = folding(new Map(found.map(({ row }) => [String(row[view.keyColumn]), row])));
      for (const event of events) rows.take(event);
      await rows.write(transaction);
    },
  };
}

class FoldedRows<Row extends object> implements Folding {
  private readonly changed = new Set<string>();

  constructor(
    private readonly view: FoldedView<Row>,
    private readonly sql: string,
    private readonly rows: Map<string, Row>,
  ) {}

  get size(): number {
    return this.rows.size;
  }

  take(event: StoredEvent): void {
    const key = this.view.rowKey(event);
    this.rows.set(key, this.view.fold(this.rows.get(key), event));
    this.changed.add(key);
  }

  async write(transaction: ProjectionTransaction): Promise<void> {
    if (!this.changed.size) return;
    const rows = Array.from(this.changed, (key) => this.rows.get(key));
    await transaction.query(this.sql, [transaction.tenant, JSON.stringify(rows)]);
    this.changed.clear();
  }
}
