import { execFile } from 'node:child_process';
import { randomInt, randomUUID } from 'node:crypto';
import {
  appendFileSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Unavailable } from '@caretrail/kernel';
import { type Binaries, locateBinaries, operatingUser, type OsUser, reachableFolder } from './binaries.js';
import { makeFolder } from '../make-folder.js';

const run = promisify(execFile);

/** Major version of the binaries that package.json pins. */
export const POSTGRES_MAJOR = 18;
/** The bootstrap superuser: makes roles and databases, and nothing else ever connects as it. */
export const SUPERUSER = 'caretrail_superuser';

const START_TIMEOUT_MS = 60_000;
const ATTEMPT_PAUSE_MS = 200;
const ATTEMPTS_AT_LAST_PORT = 5;
/** It is empty for less than a millisecond while a server starts. */
const EMPTY_LOCK_MS = 3_000;
const PORTS = [20_000, 32_000] as const;
const STOP_TIMEOUT_MS = 60_000;
const STOP_PAUSE_MS = 20;
const EXIT_POLLS = 25;

// Small enough for a laptop or a two-core server, large enough for an import of a council's year.
// Errors go to the log without statement, values or detail: those may speak of a person.
const settings = `
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 100
shared_buffers = 128MB
work_mem = 16MB
maintenance_work_mem = 128MB
max_wal_size = 1GB
timezone = 'UTC'
log_timezone = 'UTC'
log_min_error_statement = panic
log_error_verbosity = terse
`;
const scratchSettings = `
fsync = off
synchronous_commit = off
full_page_writes = off
`;

/** A PostgreSQL server of our own, running for one data folder. */
export interface Server {
  readonly port: number;
  readonly dataFolder: string;
  /** True when somebody else had started it. */
  readonly reused: boolean;
  /** Stops it and waits until it is gone, whoever is connected. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** DATA_DIR; the server's files are in `postgres-18` below it. */
  readonly dataDir: string;
  /** Password that the superuser gets when the folder is made. */
  readonly superuserPassword: string;
  /** For tests: data need not survive a power cut. */
  readonly scratch?: boolean;
}

/**
 * Makes the data folder when there is none, and starts PostgreSQL on it unless it runs. Any number of processes may do
 * so at once; a start after kill -9 recovers by itself.
 * @throws Unavailable when the folder belongs to another PostgreSQL major, or PostgreSQL does not start within a minute.
 */
export async function startServer(options: ServerOptions): Promise<Server> {
  makeFolder(options.dataDir, 0o755);
  const preferred = join(options.dataDir, `postgres-${POSTGRES_MAJOR}`);
  const user = operatingUser(preferred);
  const folder = await reachableFolder(preferred, user);
  refuseOtherMajor(options.dataDir, folder);
  const binaries = await locateBinaries(user);
  const execution = { ...user, cwd: '/', env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' } };
  if (!existsSync(join(folder, 'PG_VERSION'))) await initialise(folder, binaries, user, options);

  const stop = async () => {
    const [pid] = linesOf(join(folder, 'postmaster.pid'));
    if (!pid || !isAlive(Number(pid))) return;
    // pg_ctl's own wait would take a server that somebody starts meanwhile for the old one, and wait for it in vain.
    await run(binaries.pg_ctl, ['stop', '-m', 'fast', '-W', '-D', folder], execution).catch(async (error: Error) => {
      if (await runningPort(folder)) throw error;
    });
    const deadline = Date.now() + STOP_TIMEOUT_MS;
    while (linesOf(join(folder, 'postmaster.pid'))[0] === pid && isAlive(Number(pid))) {
      if (Date.now() > deadline) throw new Error(`PostgreSQL did not stop in ${folder} within ${STOP_TIMEOUT_MS} ms.`);
      await pause(STOP_PAUSE_MS);
    }
    // Its file goes first, the process a moment later; where nobody collects dead processes it would seem alive for ever.
    for (let i = 0; i < EXIT_POLLS && isAlive(Number(pid)); i++) await pause(STOP_PAUSE_MS);
  };
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (let attempts = 0; ; attempts++) {
    const port = await runningPort(folder);
    if (port) return { port, dataFolder: folder, reused: attempts === 0, stop };
    try {
      const log = join(folder, 'server.log');
      removeEmptyLock(folder);
      const chosen = await choosePort(folder, attempts);
      await run(binaries.pg_ctl, ['start', '-w', '-t', '30', '-D', folder, '-o', `-p ${chosen}`, '-l', log], execution);
    } catch (error) {
      // Another process may be starting it, or the last backends of a killed server may still be leaving.
      if (Date.now() > deadline)
        throw new Unavailable(
          `The embedded PostgreSQL did not start in ${folder}. Read ${join(folder, 'server.log')}, or set DATABASE_URL to a PostgreSQL of your own. (${(error as Error).message.split('\n')[0]})`,
        );
      await pause(ATTEMPT_PAUSE_MS);
    }
  }
}

function refuseOtherMajor(dataDir: string, folder: string): void {
  const others = readdirSync(dataDir)
    .filter((name) => /^postgres-\d+$/.test(name))
    .map((name) => ({ path: join(dataDir, name), major: name.slice('postgres-'.length) }))
    .filter(({ major }) => major !== String(POSTGRES_MAJOR));
  const own = existsSync(join(folder, 'PG_VERSION')) ? readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim() : '';
  const wrong =
    own && own !== String(POSTGRES_MAJOR)
      ? { path: folder, major: own }
      : !own && others.length
        ? others[0]
        : undefined;
  if (wrong)
    throw new Unavailable(
      `${wrong.path} belongs to PostgreSQL ${wrong.major}, and this Caretrail brings PostgreSQL ${POSTGRES_MAJOR}; nothing was changed. ` +
        `Start the Caretrail that wrote it, export with \`pg_dump --format=custom --file=caretrail.dump\`, move the folder away, start this Caretrail once, ` +
        `and import with \`pg_restore --data-only --disable-triggers caretrail.dump\`; or set DATABASE_URL to a PostgreSQL of your own.`,
    );
}

async function initialise(folder: string, binaries: Binaries, user: OsUser, options: ServerOptions): Promise<void> {
  const draft = `${folder}.init-${randomUUID().slice(0, 8)}`;
  const passwordFile = `${draft}.password`;
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, options.superuserPassword, { mode: 0o600 });
  if (user.uid !== undefined) for (const path of [draft, passwordFile]) chownSync(path, user.uid, user.gid ?? user.uid);
  const authentication = ['-U', SUPERUSER, '-A', 'scram-sha-256', '--pwfile', passwordFile];
  const form = ['-E', 'UTF8', '--locale=C.UTF-8', '--no-instructions', ...(options.scratch ? ['--no-sync'] : [])];
  try {
    await run(binaries.initdb, ['-D', draft, ...authentication, ...form], {
      ...user,
      cwd: '/',
      env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' },
    });
    appendFileSync(join(draft, 'postgresql.conf'), settings + (options.scratch ? scratchSettings : ''));
    renameSync(draft, folder); // whole or not at all; the first of several wins
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(join(folder, 'PG_VERSION')))
      throw new Unavailable(
        `The embedded PostgreSQL could not make its folder ${folder}: ${(error as Error).message.split('\n')[0]}. Check that the folder can be written and the disk is not full, or set DATABASE_URL.`,
      );
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** Port of the server that runs on the folder, 0 when none does or it does not answer yet. */
async function runningPort(folder: string): Promise<number> {
  const [pid, , , port] = linesOf(join(folder, 'postmaster.pid'));
  return pid && port && isAlive(Number(pid)) && (await answers(Number(port))) ? Number(port) : 0;
}

/**
 * The port of the last start, so that processes which outlive a crash of PostgreSQL find it again; another one only when
 * a stranger stays there. Who answers in the first moments is PostgreSQL, which another process has just started.
 */
async function choosePort(folder: string, attempts: number): Promise<number> {
  const last = Number(/"-p" "(\d+)"/.exec(linesOf(join(folder, 'postmaster.opts'))[0] ?? '')?.[1] ?? 0);
  if (last && attempts < ATTEMPTS_AT_LAST_PORT) return last;
  // Asked by connecting and not by listening: of two that start at once, one would take the other for PostgreSQL.
  return last && !(await answers(last)) ? last : freePort();
}

/** A server that was killed before it had written its own number leaves a file behind that PostgreSQL never starts over. */
function removeEmptyLock(folder: string): void {
  const file = join(folder, 'postmaster.pid');
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.size === 0 && Date.now() - found.mtimeMs > EMPTY_LOCK_MS) rmSync(file, { force: true });
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket
      .once('connect', () => {
        // At a port that nobody listens at, the system may take that very port for our end: then we talk to ourselves.
        const [own, other] = [socket.localPort, socket.remotePort];
        socket.destroy();
        resolve(own !== other);
      })
      .once('error', () => resolve(false));
  });

/**
 * Below the range from which systems take the near end of a connection: one that somebody opened while PostgreSQL was
 * away would else have its port, for as long as it pleases.
 */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(...PORTS);
    if (await canListen(port)) return port;
  }
}

const canListen = (port: number) =>
  new Promise<boolean>((resolve) => {
    const server = createServer()
      .once('error', () => resolve(false))
      .listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
