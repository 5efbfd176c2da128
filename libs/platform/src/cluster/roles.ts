import { Unavailable } from '@caretrail/kernel';
import pg from 'pg';
import { keepSecret, secretFile } from '../secrets.js';
import { SUPERUSER } from './embedded-postgres.js';
import { LOCKS } from '../database/locks.js';

/** Owns the database and its tables; only migrations connect as it. */
export const OWNER_ROLE = 'caretrail_owner';
/** What every service connects as: owns nothing, so that row-level security bites. */
export const APP_ROLE = 'caretrail_app';
export const DATABASE_NAME = 'caretrail';

/** So that a stranger who listens at the port of a server that died is not waited for. */
export const CONNECT_TIMEOUT_MS = 5_000;

export interface Passwords {
  readonly superuser: string;
  readonly owner: string;
  readonly app: string;
}

/** The passwords of the embedded cluster's roles, made on first use and kept in `DATA_DIR/secrets`. */
export function rolePasswords(dataDir: string): Passwords {
  const password = (name: string) => keepSecret(secretFile(dataDir, name));
  return {
    superuser: password('postgres-superuser'),
    owner: password('postgres-owner'),
    app: password('postgres-app'),
  };
}

/** A connection string to a server on this machine. */
export const localUrl = (port: number, role: string, password: string, database: string): string =>
  `postgres://${role}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;

/**
 * Makes the owner, the app role and the database where they are missing. The one thing that the superuser does.
 * @throws Unavailable when the superuser's password in `DATA_DIR/secrets` is not the one of the data folder.
 */
export async function bootstrapRoles(port: number, passwords: Passwords): Promise<void> {
  const client = new pg.Client({
    connectionString: localUrl(port, SUPERUSER, passwords.superuser, 'postgres'),
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  client.on('error', () => undefined); // a connection that is lost makes the query fail, and that is told
  try {
    await client.connect();
    await client.query('select pg_advisory_lock($1, $2)', [...LOCKS.bootstrap]);
    for (const [role, password] of [
      [OWNER_ROLE, passwords.owner],
      [APP_ROLE, passwords.app],
    ] as const) {
      const known = await client.query('select from pg_roles where rolname = $1', [role]);
      const verb = known.rowCount ? 'alter' : 'create';
      await client.query(
        `${verb} role ${role} login nosuperuser nobypassrls nocreaterole nocreatedb noreplication password ${client.escapeLiteral(password)}`,
      );
    }
    const database = await client.query('select from pg_database where datname = $1', [DATABASE_NAME]);
    if (!database.rowCount) await client.query(`create database ${DATABASE_NAME} owner ${OWNER_ROLE}`);
  } catch (error) {
    if ((error as { code?: string }).code === '28P01')
      throw new Unavailable(
        'The embedded PostgreSQL does not accept its own password: the folder secrets in DATA_DIR is not the one that the data folder was made with. Put the folder back from your backup.',
      );
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}
