import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Unavailable } from '@caretrail/kernel';
import { clusterFolder, scratchFolder } from '@caretrail/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { LOCKS } from '../database/locks.js';
import { operatingUser, reachableFolder } from './binaries.js';
import { type Lease, openCluster } from './cluster.js';
import { POSTGRES_MAJOR } from './embedded-postgres.js';

const ask = async <Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> => {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
};

describe('the embedded PostgreSQL of a data folder', () => {
  let dataDir: string;
  let leases: Lease[];
  const open = async () => {
    const lease = await openCluster(dataDir);
    leases.push(lease);
    return lease;
  };
  const pidFile = () => join(dataDir, `postgres-${POSTGRES_MAJOR}`, 'postmaster.pid');
  const serverPid = () => Number(readFileSync(pidFile(), 'utf8').split('\n')[0]);

  beforeEach(async () => {
    dataDir = await clusterFolder();
    leases = [];
  });
  afterEach(async () => {
    for (const lease of leases) await lease.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('starts once for three that come at the same time, and the last one out stops it', async () => {
    dataDir = scratchFolder();
    const [first, second, third] = await Promise.all([open(), open(), open()]);
    expect(new Set([first.appUrl, second.appUrl, third.appUrl]).size).toBe(1);
    await first.close();
    await third.close();
    expect(await ask(second.appUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    await second.close();
    expect(existsSync(pidFile())).toBe(false);
    expect(readdirSync(dataDir).sort()).toEqual([`postgres-${POSTGRES_MAJOR}`, 'secrets']);
  });

  it('stops when all leave at the same time', async () => {
    const all = await Promise.all([open(), open(), open()]);
    await Promise.all(all.map((lease) => lease.close()));
    expect(existsSync(pidFile())).toBe(false);
  });

  it('is there for one who comes in while the last one leaves', async () => {
    const leaving = await open();
    const [, coming] = await Promise.all([leaving.close(), open()]);
    expect(await ask(coming.appUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('comes up again after a kill -9 of PostgreSQL, for who holds a lease and for who comes new, with the same data', async () => {
    const holder = await open();
    await ask(holder.ownerUrl, 'create table kept as select 42 as answer');
    process.kill(serverPid(), 'SIGKILL');
    const coming = await open();
    expect(coming.appUrl).toBe(holder.appUrl);
    expect(await ask(holder.ownerUrl, 'select answer from kept')).toEqual([{ answer: 42 }]);
    await coming.close();
    expect(await ask(holder.ownerUrl, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('is started again by the holder of a lease alone', async () => {
    const holder = await open();
    const killed = serverPid();
    process.kill(killed, 'SIGKILL');
    const answer = async (): Promise<unknown> =>
      ask(holder.appUrl, 'select 1 as one').catch(async () => {
        await pause(100);
        return answer();
      });
    expect(await answer()).toEqual([{ one: 1 }]);
    expect(serverPid()).not.toBe(killed);
  });

  it('comes up where it was, although somebody else has been there for a moment', async () => {
    const first = await open();
    await first.close();
    const port = Number(new URL(first.appUrl).port);
    const stranger = createServer((socket) => socket.destroy()).listen(port, '127.0.0.1');
    await once(stranger, 'listening');
    const log = join(dataDir, `postgres-${POSTGRES_MAJOR}`, 'server.log');
    const coming = open();
    while (!readFileSync(log, 'utf8').includes('Address already in use')) await pause(20);
    stranger.close();
    expect((await coming).appUrl).toBe(first.appUrl);
  });

  it('goes elsewhere when somebody else stays where it was', async () => {
    const first = await open();
    await first.close();
    const stranger = createServer((socket) => socket.destroy()).listen(Number(new URL(first.appUrl).port), '127.0.0.1');
    await once(stranger, 'listening');
    try {
      const { appUrl } = await open();
      expect(appUrl).not.toBe(first.appUrl);
      expect(await ask(appUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    } finally {
      stranger.close();
    }
  });

  it('listens where no connection of somebody else begins', async () => {
    const port = Number(new URL((await open()).appUrl).port);
    expect(port).toBeGreaterThanOrEqual(20_000);
    expect(port).toBeLessThan(32_000);
  });

  it('starts over the lock of a server that was killed before it had written to it', async () => {
    await (await open()).close();
    writeFileSync(pidFile(), '');
    utimesSync(pidFile(), new Date(0), new Date(0));
    expect(await ask((await open()).appUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('does not wait for a process that was killed while it held a lease', async () => {
    const staying = await open();
    const script = `
      const client = new (require('pg').Client)(process.env.APP_URL);
      client.connect().then(() => client.query('select pg_advisory_lock_shared($1, $2)', [${LOCKS.lease.join(', ')}])).then(() => console.log('held'));`;
    const other = spawn(process.execPath, ['--eval', script], {
      env: { ...process.env, NODE_OPTIONS: '', APP_URL: staying.appUrl },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(other.stdout, 'data');
    const lockHolders = `select count(*)::int as held from pg_locks where locktype = 'advisory' and classid = ${LOCKS.lease[0]} and objid = ${LOCKS.lease[1]}`;
    expect(await ask(staying.appUrl, lockHolders)).toEqual([{ held: 2 }]);
    other.kill('SIGKILL');
    await once(other, 'exit');
    while ((await ask<{ held: number }>(staying.appUrl, lockHolders))[0]?.held !== 1) await pause(20);
    await staying.close();
    expect(existsSync(pidFile())).toBe(false);
  });

  it('gives neither of its roles the power to walk past the policies', async () => {
    const { appUrl, ownerUrl } = await open();
    const powers =
      'select rolname as role, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb as power from pg_roles where rolname = current_user';
    expect(await ask(appUrl, powers)).toEqual([{ role: 'caretrail_app', power: false }]);
    expect(await ask(ownerUrl, powers)).toEqual([{ role: 'caretrail_owner', power: false }]);
    expect(await ask(appUrl, 'show synchronous_commit')).toEqual([{ synchronous_commit: 'on' }]);
  });

  it('works in a folder that the user PostgreSQL runs as cannot enter, and finds its data again', async () => {
    dataDir = scratchFolder();
    chmodSync(dataDir, 0o700);
    const preferred = join(dataDir, `postgres-${POSTGRES_MAJOR}`);
    const folder = await reachableFolder(preferred, operatingUser(preferred));
    try {
      const first = await open();
      await ask(first.ownerUrl, 'create table kept as select 42 as answer');
      await first.close();
      const second = await open();
      expect(await ask(second.ownerUrl, 'select answer from kept')).toEqual([{ answer: 42 }]);
      expect(existsSync(join(folder, 'PG_VERSION'))).toBe(true);
      await second.close();
    } finally {
      rmSync(folder === preferred ? folder : dirname(folder), { recursive: true, force: true });
    }
  });

  it('refuses the folder of another major and leaves it as it is', async () => {
    dataDir = scratchFolder();
    mkdirSync(join(dataDir, 'postgres-17'));
    writeFileSync(join(dataDir, 'postgres-17', 'PG_VERSION'), '17\n');
    const refused = openCluster(dataDir);
    await expect(refused).rejects.toThrow(Unavailable);
    await expect(refused).rejects.toThrow(/postgres-17 belongs to PostgreSQL 17.*pg_dump.*pg_restore/);
    expect(readdirSync(join(dataDir, 'postgres-17'))).toEqual(['PG_VERSION']);
    expect(existsSync(join(dataDir, `postgres-${POSTGRES_MAJOR}`))).toBe(false);
  });

  it('says what to do when its secrets are not those of the data', async () => {
    await (await open()).close();
    renameSync(join(dataDir, 'secrets'), join(dataDir, 'elsewhere'));
    await expect(openCluster(dataDir)).rejects.toThrow(/folder secrets in DATA_DIR.*backup/);
    rmSync(join(dataDir, 'secrets'), { recursive: true });
    renameSync(join(dataDir, 'elsewhere'), join(dataDir, 'secrets'));
    await open();
  });
});
