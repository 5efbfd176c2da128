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
 * rebuild folds everything before it writes, and who follows page by page keeps the rows it has met.
 */
export function foldedProjection<Row extends object>(view: FoldedView<Row>): Projection {
  const names = Object.keys(view.columns) as (keyof Row & string)[];
  const quoted = names.map((name) => `"${name}"`).join(', ');
  const changes = names.filter((name) => name !== view.keyColumn).map((name) => `"${name}" = folded."${name}"`);
  const sql = {
    read: `select coalesce(json_agg(found), '[]') as rows from (
      select ${quoted} from "${view.table}"
       where tenant = $1 and "${view.keyColumn}" = any($2::${view.columns[view.keyColumn]}[])) found`,
    // Not "on conflict": that asks the index for each row, locks the row, and took twice as long. Nobody else writes here.
    write: `merge into "${view.table}" stored
      using json_to_recordset($2::json) as folded (${names.map((name) => `"${name}" ${view.columns[name]}`).join(', ')})
         on stored.tenant = $1 and stored."${view.keyColumn}" = folded."${view.keyColumn}"
       when matched then ${changes.length ? `update set ${changes.join(', ')}` : 'do nothing'}
       when not matched then insert (tenant, ${quoted}) values ($1, ${names.map((name) => `folded."${name}"`).join(', ')})`,
  };
  const folding = (all: boolean) => new FoldedRows(view, sql, all);
  return {
    name: view.name,
    version: view.version,
    tables: [view.table],
    ...(view.types && { types: view.types }),
    ...(view.key && { key: view.key }),
    folding,
    async apply(events, transaction) {
      const rows = folding(false);
      await rows.read(events, transaction);
      for (const event of events) rows.take(event);
      await rows.write(transaction);
    },
  };
}

class FoldedRows<Row extends object> implements Folding {
  private readonly rows = new Map<string, Row>();
  private readonly changed = new Set<string>();

  constructor(
    private readonly view: FoldedView<Row>,
    private readonly sql: { readonly read: string; readonly write: string },
    private readonly all: boolean,
  ) {}

  get size(): number {
    return this.rows.size;
  }

  async read(events: readonly StoredEvent[], { tenant, query }: ProjectionTransaction): Promise<void> {
    if (this.all) return;
    const lacking = new Set(events.map((event) => this.view.rowKey(event)).filter((key) => !this.rows.has(key)));
    if (!lacking.size) return;
    const [found] = await query<{ rows: Row[] }>(this.sql.read, [tenant, [...lacking]]);
    for (const row of found!.rows) this.rows.set(String(row[this.view.keyColumn]), row);
  }

  take(event: StoredEvent): void {
    const key = this.view.rowKey(event);
    this.rows.set(key, this.view.fold(this.rows.get(key), event));
    this.changed.add(key);
  }

  async write({ tenant, query }: ProjectionTransaction): Promise<void> {
    if (!this.changed.size) return;
    const rows = Array.from(this.changed, (key) => this.rows.get(key));
    this.changed.clear();
    await query(this.sql.write, [tenant, JSON.stringify(rows)]);
  }
}
