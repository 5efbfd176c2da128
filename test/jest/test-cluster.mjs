import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Stops every PostgreSQL of a test run, whoever is connected, and removes the run's folder. */
export async function removeCluster(folder) {
  const note = join(folder, 'server-folder');
  const below = entriesOf(folder)
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(folder, entry.name, 'postgres-18'));
  const serverFolder = existsSync(note) ? readFileSync(note, 'utf8') : join(folder, 'postgres-18');
  for (const path of [serverFolder, ...below]) await stopServer(path);
  for (const path of [serverFolder, folder]) rmSync(path, { recursive: true, force: true, maxRetries: 5 });
}

/** None of a folder that another test run removed meanwhile. */
function entriesOf(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}

async function stopServer(folder) {
  const pidFile = join(folder, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  // Only when the process is that folder's server: after a reboot the number may be anybody's.
  if (!pid || !isAlive(pid) || !commandOf(pid).includes(folder)) return;
  process.kill(pid, 'SIGQUIT'); // at once: nothing of it is kept
  while (commandOf(pid)) await pause(20); // empty for one that ended and that nobody has collected yet
}

function commandOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return ''; // no /proc on this system: pg_ctl would be needed to be sure, so the server is left alone
  }
}
