// Names the folder of this run's PostgreSQL; the first test that asks for a database starts it (libs/testing/src/postgres.ts).
import { chmodSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive, removeCluster } from './test-cluster.mjs';

const PREFIX = 'caretrail-test-';

export default async function setup() {
  await removeAbandoned();
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  chmodSync(folder, 0o755); // run as root, PostgreSQL is another user, and must be able to enter
  process.env['CARETRAIL_TEST_CLUSTER'] = folder;
}

/** Runs that were killed could not clean up; the process id in the folder's name tells which are still going on. */
async function removeAbandoned() {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1] ?? 0);
    if (pid && !isAlive(pid)) await removeCluster(join(tmpdir(), name));
  }
}
