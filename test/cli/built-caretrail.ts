import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { localUrl, DATABASE_NAME, openCluster, rolePasswords, SUPERUSER } from '@caretrail/platform';
import pg from 'pg';
import '../e2e/one-day.js';

const ROOT = join(import.meta.dirname, '../..');
const BIN = join(ROOT, 'apps/cli/bin/caretrail.js');
const PATIENCE_MS = 240_000;
const POLL_MS = 50;

/** What a process wrote and how it ended. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process of Caretrail as a user starts it. */
export interface Running {
  readonly pid: number;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly signal: (signal: NodeJS.Signals) => void;
  readonly finished: Promise<Finished>;
}

export interface RunningPlatform extends Running {
  readonly address: string;
}

type Environment = Readonly<Record<string, string>>;

/**
 * Builds what `npm start` and the bin run, unless they have: once in a test run, however many test files ask, and never
 * two at once.
 */
export async function buildOnce(): Promise<void> {
  const run = process.env['CARETRAIL_TEST_CLUSTER']!;
  const [lock, built, failed] = ['build.lock', 'built', 'build-failed'].map((name) => join(run, name)) as [
    string,
    string,
    string,
  ];
  try {
    mkdirSync(lock);
  } catch {
    await until('the build of the other test file', () => existsSync(built) || existsSync(failed));
    if (existsSync(failed)) throw new Error(readFileSync(failed, 'utf8'));
    return;
  }
  const script = join(ROOT, 'infra/scripts/build-when-changed.mjs');
  const build = observe(spawn(process.execPath, [script], { cwd: ROOT, env: environment({}) }));
  const { code, stdout, stderr } = await build.finished;
  writeFileSync(code === 0 ? built : failed, `The build ended with ${code}.\n${stdout}${stderr}`);
  if (code !== 0) throw new Error(readFileSync(failed, 'utf8'));
}

/** Starts the command line's bin. */
export function beginCaretrail(dataDir: string, args: readonly string[], more: Environment = {}): Running {
  const env = environment({ DATA_DIR: dataDir, ...more });
  return observe(spawn(process.execPath, [BIN, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] }));
}

/** The command line, from start to end. */
export const caretrail = (dataDir: string, ...args: readonly string[]): Promise<Finished> =>
  beginCaretrail(dataDir, args).finished;

/** Starts one of the built servers, without waiting for anything. */
export function beginApp(app: 'platform' | 'api' | 'worker', dataDir: string, more: Environment = {}): Running {
  const env = environment({ DATA_DIR: dataDir, PORT: '0', ...more });
  const main = join(ROOT, `dist/apps/${app}/src/main.js`);
  return observe(spawn(process.execPath, [main], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] }));
}

/** Starts the built platform, without waiting for anything. */
export const beginPlatform = (dataDir: string, more: Environment = {}): Running => beginApp('platform', dataDir, more);

/** Starts the platform on a free port and waits until its terminal says that it is ready. */
export async function startPlatform(dataDir: string, more: Environment = {}): Promise<RunningPlatform> {
  const port = await freePort();
  const platform = beginPlatform(dataDir, { PORT: String(port), ...more });
  let ended: Finished | undefined;
  void platform.finished.then((finished) => (ended = finished));
  const begun = () => ended !== undefined || platform.stdout().includes('Caretrail is ready');
  await until('the platform', begun);
  if (ended) throw new Error(`The platform ended with ${ended.code}.\n${ended.stdout}${ended.stderr}`);
  return { ...platform, address: `http://127.0.0.1:${port}` };
}

/** Process id of the PostgreSQL that runs on the data folder; undefined when none does. */
export function postgresOf(dataDir: string): number | undefined {
  const folder = join(dataDir, 'postgres-18');
  const pid = Number(postmasterFile(folder)[0] ?? 0);
  return pid && isServerOf(pid, folder) ? pid : undefined;
}

/** As the role without limits, so that row-level security hides nothing; takes no lease, so that PostgreSQL may stop. */
export async function superuserOf(dataDir: string): Promise<pg.Client> {
  const port = Number(postmasterFile(join(dataDir, 'postgres-18'))[3]);
  const client = new pg.Client(localUrl(port, SUPERUSER, rolePasswords(dataDir).superuser, DATABASE_NAME));
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** Opens the embedded PostgreSQL as the command line does, and asks it as the role without limits. */
export async function asked<Row extends pg.QueryResultRow>(
  dataDir: string,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<Row[]> {
  const lease = await openCluster(dataDir);
  try {
    const client = await superuserOf(dataDir);
    const { rows } = await client.query<Row>(sql, [...parameters]).finally(() => client.end());
    return rows;
  } finally {
    await lease.close();
  }
}

/** Waits until something is so. @throws Error that names what was waited for */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  patience: number = PATIENCE_MS,
): Promise<void> {
  for (const deadline = Date.now() + patience; !(await isSo()); await pause(POLL_MS))
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}.`);
}

/** Below the range of the near ends of connections, so that it stays free for whoever is started there again. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 20_000);
    const server = createServer();
    const free = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
    if (free) return port;
  }
}

/** This machine's environment without what jest and whoever started it have set. */
function environment(more: Environment): NodeJS.ProcessEnv {
  const ours =
    /^(NODE_OPTIONS|NODE_ENV|JEST_WORKER_ID|DATABASE_URL|DATABASE_OWNER_URL|MASTER_KEY|SEALING_KEY|SESSION_SECRET|LOG_LEVEL|HOST|PORT|DATA_DIR|DEMONSTRATION)$/;
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name))),
    DEMONSTRATION: 'small',
    // Half a second of each of some hundred starts.
    NODE_COMPILE_CACHE: join(process.env['CARETRAIL_TEST_CLUSTER']!, 'compiled'),
    ...more,
  };
}

function observe(child: ChildProcess): Running {
  const written = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream]?.setEncoding('utf8').on('data', (text: string) => (written[stream] += text));
  const finished = once(child, 'close').then(([code]) => ({ code: code as number | null, ...written }));
  return {
    pid: child.pid!,
    stdout: () => written.stdout,
    stderr: () => written.stderr,
    signal: (signal) => void child.kill(signal),
    finished,
  };
}

function postmasterFile(folder: string): string[] {
  try {
    return readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}

/** A number alone may be anybody's; and a process that ended and that nobody collected has no command line. */
function isServerOf(pid: number, folder: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder);
  } catch {
    return false;
  }
}
