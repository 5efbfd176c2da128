import { readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Unavailable } from '@caretrail/kernel';
import { clusterFolder, createTestDatabase, scratchFolder, type TestDatabase } from '@caretrail/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { type Configuration, loadConfiguration } from './configuration.js';
import { protectByTenant } from './database/migrations.js';
import { openPlatform, type PlatformParts } from './open-platform.js';

class Notes1764000000001 implements MigrationInterface {
  readonly name = 'Notes1764000000001';
  async up(runner: QueryRunner) {
    await runner.query('create table note (tenant text not null, line int not null, primary key (tenant, line))');
    await runner.query(protectByTenant('note'));
  }
  async down(runner: QueryRunner) {
    await runner.query('drop table note');
  }
}

class Broken1764000000002 implements MigrationInterface {
  readonly name = 'Broken1764000000002';
  async up(runner: QueryRunner) {
    await runner.query('create table half_made ()');
    await runner.query('select 1 / 0');
  }
  async down() {}
}

/** As soon as nobody else does; whoever connects is turned away. */
async function listeningAt(port: number): Promise<Server> {
  const server = createServer((socket) => socket.destroy());
  for (;;) {
    const listening = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true));
    });
    if (listening) return server;
    await pause(1);
  }
}

const nothing: PlatformParts = { entities: [], migrations: [] };

describe('the platform on a PostgreSQL of somebody’s own', () => {
  let test: TestDatabase;
  let dataDir: string;
  beforeAll(async () => {
    test = await createTestDatabase({ migrations: [] });
    dataDir = scratchFolder();
  });
  afterAll(async () => {
    await test.drop();
    rmSync(dataDir, { recursive: true });
  });
  const at = (url: string, ownerUrl?: string): Configuration =>
    loadConfiguration({ DATA_DIR: dataDir, DATABASE_URL: url, ...(ownerUrl && { DATABASE_OWNER_URL: ownerUrl }) });
  const refusal = async (configuration: Configuration, parts = nothing): Promise<string> =>
    openPlatform(configuration, parts).then(
      async (platform) => {
        await platform.close();
        throw new Error('accepted');
      },
      (error: unknown) => {
        expect(error).toBeInstanceOf(Unavailable);
        return (error as Error).message;
      },
    );
  const asSuperuser = async (statement: string) => {
    const { port } = new URL(test.appUrl);
    const password = readFileSync(
      join(process.env['CARETRAIL_TEST_CLUSTER'] ?? '', 'secrets/postgres-superuser.key'),
      'utf8',
    ).trim();
    const url = `postgres://caretrail_superuser:${password}@127.0.0.1:${port}${new URL(test.appUrl).pathname}`;
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(statement).finally(() => client.end());
    return url;
  };

  it('serves as the app role', async () => {
    const platform = await openPlatform(at(test.appUrl), nothing);
    expect(await platform.database.query('select current_user as role')).toEqual([{ role: 'caretrail_app' }]);
    await platform.close();
    await platform.close();
  });

  it('does not start as the owner of the tables, a superuser, or a role that bypasses the policies', async () => {
    expect(await refusal(at(test.ownerUrl))).toMatch(
      /caretrail_owner of DATABASE_URL owns the table .*`create role caretrail_app/,
    );
    const superuser = await asSuperuser('select 1');
    expect(await refusal(at(superuser))).toMatch(/caretrail_superuser of DATABASE_URL is a superuser/);
    const stranger = new URL(test.appUrl);
    stranger.username = 'test_bypasser';
    stranger.password = 'open-sesame';
    await asSuperuser("create role test_bypasser login bypassrls password 'open-sesame'");
    try {
      expect(await refusal(at(stranger.href))).toMatch(/test_bypasser of DATABASE_URL has BYPASSRLS/);
      await asSuperuser('alter role test_bypasser nobypassrls; grant caretrail_owner to test_bypasser');
      expect(await refusal(at(stranger.href))).toMatch(/test_bypasser of DATABASE_URL owns the table/);
    } finally {
      await asSuperuser('drop role test_bypasser');
    }
  });

  it('does not start while a migration is pending, says how to run it, and runs it as the owner', async () => {
    const parts = { entities: [], migrations: [Notes1764000000001] };
    expect(await refusal(at(test.appUrl), parts)).toMatch(
      /1 migration has not run, the first is Notes1764000000001\. Start once with DATABASE_OWNER_URL/,
    );
    const platforms = await Promise.all([1, 2, 3].map(() => openPlatform(at(test.appUrl, test.ownerUrl), parts)));
    const [{ database }] = platforms as [(typeof platforms)[number]];
    // A later migration needs no grant of its own, and its table is protected.
    await database.inTenant('E09000012', (manager) => manager.query("insert into note values ('E09000012', 1)"));
    expect(await database.query('select * from note')).toEqual([]);
    expect(
      await database.query('select count(*)::int as times from schema_migration where name = $1', [
        'Notes1764000000001',
      ]),
    ).toEqual([{ times: 1 }]);
    await Promise.all(platforms.map((platform) => platform.close()));
    await (await openPlatform(at(test.appUrl), parts)).close();
  });

  it('leaves nothing of a migration that fails half way', async () => {
    const parts = { entities: [], migrations: [Broken1764000000002] };
    await expect(openPlatform(at(test.appUrl, test.ownerUrl), parts)).rejects.toThrow('division by zero');
    expect(await test.database.query("select to_regclass('half_made') as found")).toEqual([{ found: null }]);
  });

  it('says which address is wrong, without the password', async () => {
    const wrong = new URL(test.appUrl);
    wrong.password = 'open-sesame';
    const sentence = await refusal(at(wrong.href));
    expect(sentence).toMatch(/does not let the role caretrail_app in\. Check the password in DATABASE_URL/);
    expect(sentence).not.toContain('open-sesame');
    const elsewhere = new URL(test.appUrl);
    elsewhere.pathname = '/nowhere';
    expect(await refusal(at(elsewhere.href))).toContain('has no database nowhere');
    expect(await refusal(at('postgres://caretrail_app:x@127.0.0.1:1/caretrail'))).toContain(
      'No PostgreSQL answers at 127.0.0.1:1.',
    );
    expect(await refusal(at(test.appUrl, 'postgres://caretrail_owner:x@127.0.0.1:1/caretrail'))).toContain(
      'correct DATABASE_OWNER_URL',
    );
  });
});

describe('the platform with no settings', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await clusterFolder();
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  it('brings its own PostgreSQL, migrated, as the app role; two at once share it and keep the data', async () => {
    dataDir = scratchFolder();
    const configuration = loadConfiguration({ DATA_DIR: dataDir });
    const parts = { entities: [], migrations: [Notes1764000000001] };
    const [first, second] = await Promise.all([openPlatform(configuration, parts), openPlatform(configuration, parts)]);
    expect(first.secrets).toEqual(second.secrets);
    await first.database.inTenant('E09000012', (manager) => manager.query("insert into note values ('E09000012', 1)"));
    await first.close();
    const rows = () => second.database.inTenant('E09000012', (manager) => manager.query('select line from note'));
    expect(await rows()).toEqual([{ line: 1 }]);
    await second.close();
    const again = await openPlatform(configuration, parts);
    expect(await again.database.query('select current_user as role')).toEqual([{ role: 'caretrail_app' }]);
    expect(await again.database.inTenant('E09000012', (manager) => manager.query('select line from note'))).toEqual([
      { line: 1 },
    ]);
    await again.close();
  });

  it('finds PostgreSQL again at another port, when a stranger has taken its own while it was down', async () => {
    const parts = { entities: [], migrations: [Notes1764000000001] };
    const platform = await openPlatform(loadConfiguration({ DATA_DIR: dataDir }), parts);
    const { database } = platform;
    const inserting = "insert into note values ('E09000012', 1)";
    await database.inTenant('E09000012', (manager) => manager.query(inserting));
    const [pid, , , port] = readFileSync(join(dataDir, 'postgres-18/postmaster.pid'), 'utf8').split('\n').map(Number);
    process.kill(pid!, 'SIGKILL');
    const stranger = await listeningAt(port!);
    const rows = async (): Promise<unknown> =>
      database
        .inTenant('E09000012', (manager) => manager.query('select line from note'))
        .catch(() => pause(50).then(rows));
    expect(await rows()).toEqual([{ line: 1 }]);
    expect((await database.pool.query<{ port: string }>("select current_setting('port') as port")).rows).not.toEqual([
      { port: String(port) },
    ]);
    await platform.close();
    stranger.close();
  });

  it('leaves no PostgreSQL behind when the start fails', async () => {
    const parts = { entities: [], migrations: [Broken1764000000002] };
    await expect(openPlatform(loadConfiguration({ DATA_DIR: dataDir }), parts)).rejects.toThrow('division by zero');
    expect(() => readFileSync(join(dataDir, 'postgres-18/postmaster.pid'))).toThrow('ENOENT');
  });
});
