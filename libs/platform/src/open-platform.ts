import { openCluster } from './cluster/cluster.js';
import { APP_ROLE } from './cluster/roles.js';
import type { Configuration } from './configuration.js';
import { platformMigrations } from './councils/councils.migration.js';
import { assertAppRole } from './database/app-role.js';
import { explainConnection } from './database/connection-errors.js';
import { type Database, type EntityClass, openDatabase } from './database/database.js';
import { assertNothingPending, migrate, type MigrationClass } from './database/migrations.js';
import { loadSecrets, type Secrets } from './secrets.js';

export interface PlatformParts {
  readonly entities: readonly EntityClass[];
  /** Of the other libs; the platform's own run first. */
  readonly migrations: readonly MigrationClass[];
}

/** What the server and the command line both stand on. */
export interface Platform {
  readonly configuration: Configuration;
  readonly secrets: Secrets;
  readonly database: Database;
  /** All that this program knows, the platform's own included. */
  readonly migrations: readonly MigrationClass[];
  /** Closes the pools and gives the embedded cluster back; the last process out stops it. May be called twice. */
  close(): Promise<void>;
}

/**
 * Secrets, PostgreSQL (the embedded one, or that of DATABASE_URL), migrations, and the connection as the app role.
 * @throws Unavailable with a sentence that says what to do; nothing stays open then.
 */
export async function openPlatform(configuration: Configuration, parts: PlatformParts): Promise<Platform> {
  const migrations = [...new Set([...platformMigrations, ...parts.migrations])];
  const secrets = loadSecrets(configuration);
  const lease = configuration.databaseUrl ? undefined : await openCluster(configuration.dataDir);
  let database: Database | undefined;
  const close = async () => {
    await database?.close();
    await lease?.close();
  };
  try {
    const url = lease?.appUrl ?? configuration.databaseUrl ?? '';
    const ownerUrl = lease?.ownerUrl ?? configuration.databaseOwnerUrl;
    const appRole = decodeURIComponent(new URL(url).username) || APP_ROLE;
    if (ownerUrl)
      await migrate(ownerUrl, migrations, { appRole }).catch((error: unknown) => {
        throw explainConnection(error, 'DATABASE_OWNER_URL', ownerUrl);
      });
    database = await openDatabase(url, { entities: parts.entities }).catch((error: unknown) => {
      throw explainConnection(error, 'DATABASE_URL', url);
    });
    const opened = database;
    lease?.onMoved((moved) => opened.moveTo(moved));
    await assertAppRole(database.pool);
    await assertNothingPending(database.pool, migrations);
    return { configuration, secrets, database, migrations, close };
  } catch (error) {
    await close();
    throw error;
  }
}
