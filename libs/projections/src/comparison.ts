import type { Tenant } from '@caretrail/kernel';
import type { EntityManager } from 'typeorm';
import pg from 'pg';

/** One table of a view: the rows that were shown and the rows that were built anew. */
export interface ComparedTable {
  readonly table: string;
  readonly rowsBefore: number;
  readonly rowsAfter: number;
  /** True when both hold the very same rows, in whichever order. */
  readonly same: boolean;
}

/** What came of a rebuild, measured while both stood side by side. */
export interface Comparison {
  readonly tables: readonly ComparedTable[];
  /** True when they should be the same: one version, one position, and nothing that was parked in one of them. */
  readonly sameExpected: boolean;
}

/** Rows came out otherwise than they were shown, though nothing says why: an alarm. */
export class RowsDiffered extends Error {
  constructor(readonly tables: readonly string[]) {
    super(`Built anew, the rows came out differently: ${tables.join(', ')}.`);
    this.name = 'RowsDiffered';
  }
}

/** Tables whose rows should be the same and are not. */
export const differing = ({ tables, sameExpected }: Comparison): readonly string[] =>
  sameExpected ? tables.filter(({ same }) => !same).map(({ table }) => table) : [];

interface ContentRow {
  readonly rows: string;
  readonly content: string | null;
}

/**
 * Counts the rows of each table and adds up a hash of each row's text, so that the order does not matter.
 * @param schema where the tables that were built anew are; those that are shown are found by the search path
 */
export async function compareTables(
  manager: EntityManager,
  tenant: Tenant,
  tables: readonly string[],
  schema: string,
): Promise<readonly ComparedTable[]> {
  const contentOf = async (table: string): Promise<ContentRow> => {
    const [row] = await manager.query<[ContentRow]>(
      `select count(*) as rows, sum(hashtextextended(t::text, 0))::text as content from ${table} t where tenant = $1`,
      [tenant],
    );
    return row;
  };
  const compared: ComparedTable[] = [];
  for (const table of tables) {
    const before = await contentOf(pg.escapeIdentifier(table));
    const after = await contentOf(`${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(table)}`);
    const same = before.rows === after.rows && before.content === after.content;
    compared.push({ table, rowsBefore: Number(before.rows), rowsAfter: Number(after.rows), same });
  }
  return compared;
}
