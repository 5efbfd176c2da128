import { Unavailable } from '@caretrail/kernel';
import pg from 'pg';
import { DataSource, type MigrationInterface } from 'typeorm';
import { LOCKS } from './locks.js';

/** A TypeORM migration; its name ends in 13 digits, the moment it was written, by which migrations are ordered. */
export type MigrationClass = new () => MigrationInterface;

export interface MigrationOptions {
  /** The role that gets the rights to use, and not to change, what the migrations make. */
  readonly appRole?: string;
}

const MIGRATIONS_TABLE = 'schema_migration';

/**
 * The SQL for a migration (three statements, one string) that keeps the councils of a table apart, its owner included.
 * @param table a table with a column `tenant text not null`
 */
export function protectByTenant(table: string): string {
  const name = pg.escapeIdentifier(table);
  return `
    alter table ${name} enable row level security;
    alter table ${name} force row level security;
    create policy ${pg.escapeIdentifier(`${table}_tenant`)} on ${name}
      using (tenant = current_setting('app.tenant', true)) with check (tenant = current_setting('app.tenant', true))`;
}

/**
 * Runs the migrations that have not run, in order, each in a transaction of its own, as the role that owns the tables;
 * of several processes at once one does the work and the others wait. The app role may then use every table, those of
 * later migrations too.
 */
export async function migrate(
  ownerUrl: string,
  migrations: readonly MigrationClass[],
  { appRole = 'caretrail_app' }: MigrationOptions = {},
): Promise<void> {
  const guard = new pg.Client({ connectionString: ownerUrl, application_name: 'caretrail migrations' });
  guard.on('error', () => undefined); // a connection that is lost makes the query fail, and that is told
  await guard.connect();
  try {
    await guard.query('select pg_advisory_lock($1, $2)', [...LOCKS.migrations]);
    if (!(await pendingMigrations(guard, migrations)).length) return;
    await grant(guard, appRole);
    const dataSource = new DataSource({
      type: 'postgres',
      url: ownerUrl,
      migrations: [...migrations],
      migrationsTableName: MIGRATIONS_TABLE,
      migrationsTransactionMode: 'each',
      synchronize: false,
      logging: false,
      poolSize: 2,
    });
    await dataSource.initialize();
    try {
      await dataSource.runMigrations({ transaction: 'each' });
    } finally {
      await dataSource.destroy();
    }
    await guard.query(`revoke insert, update, delete on ${MIGRATIONS_TABLE} from ${pg.escapeIdentifier(appRole)}`);
  } finally {
    await guard.end();
  }
}

/** Names of the migrations that have not run on this database, in the order of the list. */
export async function pendingMigrations(
  connection: Pick<pg.Pool, 'query'>,
  migrations: readonly MigrationClass[],
): Promise<string[]> {
  const { rows } = await connection.query<{ present: boolean }>('select to_regclass($1) is not null as present', [
    MIGRATIONS_TABLE,
  ]);
  const done = rows[0]?.present
    ? (await connection.query<{ name: string }>(`select name from ${MIGRATIONS_TABLE}`)).rows.map(({ name }) => name)
    : [];
  return migrations.map((migration) => new migration().name ?? migration.name).filter((name) => !done.includes(name));
}

/**
 * Refuses to serve a database that is behind this program.
 * @throws Unavailable that says how to run what is pending.
 */
export async function assertNothingPending(
  connection: Pick<pg.Pool, 'query'>,
  migrations: readonly MigrationClass[],
): Promise<void> {
  const pending = await pendingMigrations(connection, migrations);
  if (!pending.length) return;
  throw new Unavailable(
    `The database is behind this version of Caretrail: ${pending.length} migration${pending.length > 1 ? 's have' : ' has'} not run, the first is ${pending[0]}. ` +
      'Start once with DATABASE_OWNER_URL set to the role that owns the tables, and it runs them.',
    [{ rule: 'pending-migration', field: 'DATABASE_OWNER_URL', message: `${pending.join(', ')} pending.` }],
  );
}

/**
 * Rights on what is there and, as defaults, on all that this owner makes later, so that no migration has to grant. Once
 * for a role: what a migration took from it afterwards (rows that are never changed) stays taken.
 */
async function grant(owner: pg.Client, appRole: string): Promise<void> {
  const { rows } = await owner.query<{ granted: boolean }>(
    `select coalesce(has_table_privilege($1, to_regclass('council'), 'select'), false) as granted`,
    [appRole],
  );
  if (rows[0]?.granted) return;
  const role = pg.escapeIdentifier(appRole);
  const rights = [
    ['select, insert, update, delete', 'tables'],
    ['usage, select', 'sequences'],
    ['execute', 'functions'],
  ];
  await owner.query(`grant usage on schema public to ${role}`);
  for (const [what, on] of rights) {
    await owner.query(`grant ${what} on all ${on} in schema public to ${role}`);
    await owner.query(`alter default privileges in schema public grant ${what} on ${on} to ${role}`);
  }
}
