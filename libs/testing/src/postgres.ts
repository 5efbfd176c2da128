import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { appendFileSync, chmodSync, existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Database, EntityClass, MigrationClass } from '@caretrail/platform';
import type { Client } from 'pg';

export interface TestDatabase {
  /** As the app role: row-level security bites. */
  readonly database: Database;
  readonly ownerUrl: string;
  readonly appUrl: string;
  /** Closes the connections and removes the database. */
  drop(): Promise<void>;
}

export interface TestDatabaseOptions {
  /** Run after what the platform itself needs, the register of councils among it: every database has that. */
  readonly migrations: readonly MigrationClass[];
  readonly entities?: readonly EntityClass[];
}

/** The two simulated councils in every test database: a test with one alone could not see a missing `where`. */
export const WRENBRIDGE = 'E09000012';
export const OTHERBURY = 'E09000099';

interface TestCluster {
  readonly url: (role: 'owner' | 'app' | 'superuser', database: string) => string;
  readonly execute: (statements: (client: Client) => Promise<void>) => Promise<void>;
}

const TEMPLATE_LOCK = 7_401;
const PATIENCE_MS = 240_000;
/** What PostgreSQL says while it starts. */
const CANNOT_CONNECT_NOW = '57P03';
let cluster: Promise<TestCluster> | undefined;

/**
 * A database of its own for a test file, copied (≈ 50 ms) from a template that has the migrations and two councils.
 * The cluster is started by the first test of the run that asks, shared by all workers, and removed by jest's global
 * teardown.
 */
export async function createTestDatabase({ migrations, entities = [] }: TestDatabaseOptions): Promise<TestDatabase> {
  // Loaded here and not above: the unit tests import this library too, and need neither PostgreSQL nor Nest.
  const { openDatabase } = await import('@caretrail/platform');
  const { url, execute } = await (cluster ??= startTestCluster());
  const template = await prepareTemplate(await cluster, migrations);
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await execute(async (client) => {
    await client.query('select pg_advisory_lock_shared($1)', [TEMPLATE_LOCK]);
    await client.query(`create database ${name} template ${template} owner caretrail_owner`);
  });
  const database = await openDatabase(url('app', name), { entities, poolSize: 5 });
  return {
    database,
    ownerUrl: url('owner', name),
    appUrl: url('app', name),
    drop: async () => {
      await database.close();
      await execute(async (client) => void (await client.query(`drop database if exists ${name} with (force)`)));
    },
  };
}

/**
 * A data folder as a first start leaves it, with secrets and a stopped cluster of the test's own: its roles, its database,
 * nothing in it. Copied from one that is made once in a run. PostgreSQL may be killed and loses nothing that it
 * acknowledged; in a power cut it would, since it does not wait for the disk.
 */
export async function clusterFolder(): Promise<string> {
  const template = join(runFolder(), 'prepared');
  const folder = scratchFolder();
  // Elsewhere it would have to be another command, which keeps the owner; an empty folder does as well, and is slower.
  if (process.platform === 'win32') return folder;
  if (!existsSync(template) && !(await prepareCluster(template))) return folder;
  await promisify(execFile)('cp', ['-a', `${template}/.`, folder]);
  return folder;
}

/** @returns false where the cluster is not in the folder itself, because PostgreSQL's user could not reach it there */
async function prepareCluster(template: string): Promise<boolean> {
  const { startServer, bootstrapRoles, rolePasswords, loadConfiguration, loadSecrets } =
    await import('@caretrail/platform');
  const dataDir = scratchFolder();
  loadSecrets(loadConfiguration({ DATA_DIR: dataDir }));
  const passwords = rolePasswords(dataDir);
  const server = await startServer({ dataDir, superuserPassword: passwords.superuser, scratch: true });
  await bootstrapRoles(server.port, passwords);
  await server.stop();
  if (!server.dataFolder.startsWith(dataDir)) return false;
  appendFileSync(join(server.dataFolder, 'postgresql.conf'), 'synchronous_commit = on\n');
  // It names the port at which the next start would be.
  rmSync(join(server.dataFolder, 'postmaster.opts'));
  try {
    renameSync(dataDir, template); // whole or not there; the first of several workers wins
  } catch (error) {
    if (!existsSync(template)) throw error;
  }
  return true;
}

/** An empty folder for a cluster of a test's own, which PostgreSQL's user can enter; removed with the run's. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(runFolder(), 'scratch-'));
  chmodSync(folder, 0o755);
  return folder;
}

function runFolder(): string {
  const folder = process.env['CARETRAIL_TEST_CLUSTER'];
  if (!folder) throw new Error('Tests that need PostgreSQL are named *.int.spec.ts or *.e2e.spec.ts.');
  return folder;
}

async function startTestCluster(): Promise<TestCluster> {
  const { startServer, bootstrapRoles, rolePasswords, localUrl, SUPERUSER, OWNER_ROLE, APP_ROLE } =
    await import('@caretrail/platform');
  const dataDir = runFolder();
  const passwords = rolePasswords(dataDir);
  const server = await startServer({ dataDir, superuserPassword: passwords.superuser, scratch: true });
  // The teardown is plain JavaScript outside jest's module system: it finds the server by this file.
  writeFileSync(join(dataDir, 'server-folder'), server.dataFolder);
  await onceItIsUp(() => bootstrapRoles(server.port, passwords));
  const names = { owner: OWNER_ROLE, app: APP_ROLE, superuser: SUPERUSER };
  const url: TestCluster['url'] = (role, database) => localUrl(server.port, names[role], passwords[role], database);
  return {
    url,
    execute: async (statements) => {
      const client = await connect(url('superuser', 'postgres'));
      try {
        await statements(client);
      } finally {
        await client.end();
      }
    },
  };
}

/** Of two workers the second may find the server that the first has just started: it listens before it lets anybody in. */
async function onceItIsUp(work: () => Promise<void>): Promise<void> {
  for (const deadline = Date.now() + PATIENCE_MS; ; await pause(50))
    try {
      return await work();
    } catch (error) {
      const { code, message } = error as Error & { readonly code?: string };
      const passes = code === CANNOT_CONNECT_NOW || message === 'timeout expired';
      if (!passes || Date.now() > deadline) throw error;
    }
}

async function prepareTemplate({ url, execute }: TestCluster, migrations: readonly MigrationClass[]): Promise<string> {
  const { migrate, platformMigrations } = await import('@caretrail/platform');
  const all = [...new Set([...platformMigrations, ...migrations])];
  const hash = createHash('sha256');
  for (const migration of all) hash.update(migration.toString());
  const template = `template_${hash.digest('hex').slice(0, 16)}`;
  await execute(async (client) => {
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const known = await client.query('select from pg_database where datname = $1', [template]);
    if (known.rowCount) return;
    const draft = `${template}_draft`;
    await client.query(`drop database if exists ${draft} with (force)`);
    await client.query(`create database ${draft} owner caretrail_owner`);
    await migrate(url('owner', draft), all);
    await addCouncils(url('owner', draft));
    await client.query(`alter database ${draft} rename to ${template}`); // a template is whole or not there
  });
  return template;
}

async function addCouncils(ownerUrl: string): Promise<void> {
  const owner = await connect(ownerUrl);
  try {
    await owner.query(
      `insert into council (tenant, la_code, name, simulated, added_at)
       values ($1, '204', 'Wrenbridge', true, '2025-04-01T00:00:00Z'), ($2, '998', 'Otherbury', true, '2025-04-01T00:00:00Z')`,
      [WRENBRIDGE, OTHERBURY],
    );
  } finally {
    await owner.end();
  }
}

async function connect(connectionString: string): Promise<Client> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString });
  await client.connect();
  return client;
}
