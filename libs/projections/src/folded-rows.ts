import { type ArrayType, binaryArray } from '@caretrail/event-store';
import type { StoredEvent } from '@caretrail/kernel';
import type { Folding, Projection, ProjectionTransaction } from './projection.js';

type Value = string | number | null;
type ColumnType = Exclude<ArrayType, 'json'>;

/** A view of one table in which each row is what the events of one key come to. */
export interface FoldedView<Row extends { readonly [Column in keyof Row]: Value }> extends Pick<
  Projection,
  'name' | 'version' | 'types' | 'key'
> {
  readonly table: string;
  /** The column that, with the council, names a row. */
  readonly keyColumn: keyof Row & string;
  /** Every column but the council's, with its type in PostgreSQL. Numbers are whole, and below 2^53. */
  readonly columns: Readonly<Record<keyof Row & string, ColumnType>>;
  /** Which row an event changes. */
  rowKey(event: StoredEvent): string;
  /** The row after the event; `row` is undefined at the first of its key. Pure; it may change the row it is given. */
  fold(row: Row | undefined, event: StoredEvent): Row;
}

/**
 * The projection of such a view: a page is folded in memory, and its rows are read and written by one statement each. A
 * rebuild folds everything before it writes, and who follows page by page keeps the rows it has met.
 */
export function foldedProjection<Row extends { readonly [Column in keyof Row]: Value }>(
  view: FoldedView<Row>,
): Projection {
  const names = Object.keys(view.columns) as (keyof Row & string)[];
  const quoted = names.map((name) => `"${name}"`).join(', ');
  const changes = names.filter((name) => name !== view.keyColumn).map((name) => `"${name}" = folded."${name}"`);
  const columns = names.map((name, nth) => `$${nth + 2}::${view.columns[name]}[]`).join(', ');
  const sql: Statements = {
    read: `select coalesce(json_agg(found), '[]') as rows from (
      select ${quoted} from "${view.table}"
       where tenant = $1 and "${view.keyColumn}" = any($2::${view.columns[view.keyColumn]}[])) found`,
    // Of a JSON text the planner does not know how many rows it holds, and asks the index for each of them.
    // Not "on conflict": that asks the index for each row, locks the row, and took twice as long. Nobody else writes here.
    write: `merge into "${view.table}" stored
      using unnest(${columns}) as folded (${quoted})
         on stored.tenant = $1 and stored."${view.keyColumn}" = folded."${view.keyColumn}"
       when matched then ${changes.length ? `update set ${changes.join(', ')}` : 'do nothing'}
       when not matched then insert (tenant, ${quoted}) values ($1, ${names.map((name) => `folded."${name}"`).join(', ')})`,
    writeFirst: `insert into "${view.table}" (tenant, ${quoted})
      select $1, folded.* from unnest(${columns}) as folded (${quoted})`,
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

interface Statements {
  readonly read: string;
  readonly write: string;
  /** Into a table that has no rows. */
  readonly writeFirst: string;
}

interface Kept<Row> {
  row: Row;
  changed: boolean;
}

class FoldedRows<Row extends { readonly [Column in keyof Row]: Value }> implements Folding {
  private readonly rows = new Map<string, Kept<Row>>();
  private changed: Kept<Row>[] = [];
  private isEmpty: boolean;

  constructor(
    private readonly view: FoldedView<Row>,
    private readonly sql: Statements,
    private readonly all: boolean,
  ) {
    this.isEmpty = all;
  }

  get size(): number {
    return this.rows.size;
  }

  async read(events: readonly StoredEvent[], { tenant, query }: ProjectionTransaction): Promise<void> {
    if (this.all) return;
    const lacking = new Set<string>();
    for (const event of events) {
      const key = this.view.rowKey(event);
      if (!this.rows.has(key)) lacking.add(key);
    }
    if (!lacking.size) return;
    const [found] = await query<{ rows: Row[] }>(this.sql.read, [tenant, [...lacking]]);
    for (const row of found!.rows) this.rows.set(String(row[this.view.keyColumn]), { row, changed: false });
  }

  take(event: StoredEvent): void {
    const key = this.view.rowKey(event);
    let kept = this.rows.get(key);
    const row = this.view.fold(kept?.row, event);
    if (kept) kept.row = row;
    else this.rows.set(key, (kept = { row, changed: false }));
    if (kept.changed) return;
    kept.changed = true;
    this.changed.push(kept);
  }

  async write({ tenant, query }: ProjectionTransaction): Promise<void> {
    if (!this.changed.length) return;
    const { changed, view, sql, isEmpty } = this;
    const columns = Object.entries<ColumnType>(view.columns).map(([name, type]) =>
      binaryArray(
        type,
        changed.map(({ row }) => row[name as keyof Row]),
      ),
    );
    for (const kept of changed) kept.changed = false;
    this.changed = [];
    this.isEmpty = false;
    await query(isEmpty ? sql.writeFirst : sql.write, [tenant, ...columns]);
  }
}
