// A PostgreSQL cluster of the benchmark's own, with the settings that the platform gives its cluster: what is
// acknowledged is on the disk.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import {
  APP_ROLE,
  bootstrapRoles,
  Councils1764000000000,
  localUrl,
  migrate,
  OWNER_ROLE,
  rolePasswords,
  startServer,
  SUPERUSER,
} from '../dist/libs/platform/src/index.js';

// Checkpoints in the middle of one contender's slice and not of the other's would be luck; each slice starts with one.
// The rival takes a connection for each client.
const SETTINGS = {
  max_connections: '250',
  max_wal_size: '8GB',
  min_wal_size: '2GB',
  checkpoint_timeout: '30min',
  autovacuum_naptime: '10min',
};

export async function openCluster() {
  const folder = mkdtempSync(join(tmpdir(), 'caretrail-bench-'));
  chmodSync(folder, 0o755);
  const passwords = rolePasswords(folder);
  const start = () => startServer({ dataDir: folder, superuserPassword: passwords.superuser });
  let server = await start();
  await bootstrapRoles(server.port, passwords);
  const names = { app: APP_ROLE, owner: OWNER_ROLE, superuser: SUPERUSER };
  const urlOf = (role, database) => localUrl(server.port, names[role], passwords[role], database);
  const first = await connect(urlOf('superuser', 'postgres'));
  for (const [name, value] of Object.entries(SETTINGS)) await first.query(`alter system set ${name} = '${value}'`);
  await first.end();
  await server.stop();
  server = await start();
  const admin = await connect(urlOf('superuser', 'postgres'));

  return {
    admin,
    /** A database for one contender. */
    async database(name, migrations = []) {
      await admin.query(`create database ${name} owner ${OWNER_ROLE}`);
      const url = (role) => urlOf(role, name);
      if (migrations.length) await migrate(url('owner'), [Councils1764000000000, ...migrations]);
      const superuser = await connect(url('superuser'));
      return {
        url,
        superuser,
        /** Empty tables and a fresh checkpoint, so that each slice begins alike; only a superuser can, past the triggers. */
        async empty(...tables) {
          await superuser.query('set session_replication_role = replica');
          await superuser.query(`truncate ${tables.join(', ')}`);
          await superuser.query('set session_replication_role = origin');
          await superuser.query('checkpoint');
        },
        close: () => superuser.end(),
      };
    },
    async close() {
      await admin.end();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function connect(connectionString) {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined); // what is lost makes the next query fail
  await client.connect();
  return client;
}
