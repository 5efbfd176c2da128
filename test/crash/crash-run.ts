import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort, postgresOf, until } from '../cli/built-caretrail.js';
import { seeded } from '../chaos/seeded.js';
import type { Evidence } from './audit.js';
import { Clerk } from './clerk.js';
import { COUNCIL, furnish } from './house-of-books.js';
import { KeptRunning } from './kept-running.js';
import { Office } from './office.js';
import { WatchedCheckpoints } from './watched-checkpoints.js';

const PATIENCE_MS = 240_000;
const CLERKS = 6;
const PEOPLE = 4;
const WORKERS = 2;
/** Between two kills, at least so many commands are answered. */
const LEAST_ANSWERS = 15;

const victims = ['postgres', 'worker', 'api'] as const;
export type Victim = (typeof victims)[number];

export interface CrashRun extends Evidence {
  readonly surprises: readonly string[];
  /** What was killed, in order; some of it at the same moment. */
  readonly killed: readonly Victim[];
  /** What the API says of a page, and a worker of the API. */
  readonly closedDoors: readonly number[];
  /** What each process said of its readiness while PostgreSQL did not answer. */
  readonly readinessWithoutDatabase: readonly number[];
  /** Commands that were asked more than once before there was an answer. */
  readonly askedAgain: number;
  /** What the processes wrote that ended by themselves. */
  readonly endedByThemselves: readonly string[];
}

/** Work on a ledger while what it works on is killed: for as many kills as are asked for, then until all is quiet. */
export async function crashRun(dataDir: string, kills: number, seed: number, today: string): Promise<CrashRun> {
  const random = seeded(seed);
  const allocations = await furnish(dataDir, PEOPLE, today);
  const api = new KeptRunning('api', dataDir, await freePort());
  const workers: KeptRunning[] = [];
  for (let each = 0; each < WORKERS; each++) workers.push(new KeptRunning('worker', dataDir, await freePort()));
  const processes = [api, ...workers];
  const watched = new WatchedCheckpoints(dataDir);
  const killed: Victim[] = [];
  let stopping = false;
  try {
    const office = await Office.of(api.address, COUNCIL, 'finance');
    const opening = { effectiveOn: today, allocationId: allocations[0], receivedBy: 'the person' };
    const shared = await office.insist('POST', '/api/direct-payment-accounts', opening, 'shared-account');
    const accountId = shared.body['accountId'] as string;
    const clerks = Array.from(
      { length: CLERKS },
      (_, nth) =>
        new Clerk({
          name: `clerk-${nth + 1}`,
          office,
          random: seeded(seed + nth + 1),
          today,
          allocations,
          shared: accountId,
        }),
    );
    const answered = () => clerks.reduce((sum, { books }) => sum + books.length, 0);
    const working = Promise.all(clerks.map((clerk) => clerk.work(() => stopping)));
    // What fails is told when it is waited for, and ends the killing.
    let failed = false;
    working.catch(() => (failed = true));
    let round: Victim[] = [];
    for (let kill = 0; kill < kills && !failed; kill++) {
      const enough = answered() + LEAST_ANSWERS + Math.floor(random() * 30);
      await until('answers between two kills', () => failed || answered() >= enough, PATIENCE_MS);
      await pause(random() * 30);
      if (!round.length) round = [...victims];
      await strike(round.splice(Math.floor(random() * round.length), 1)[0]!);
      if (random() < 0.15) await strike(victims[Math.floor(random() * victims.length)]!);
    }
    stopping = true;
    await working;
    await quiet();
    const doors = [`${api.address}/cases`, `${workers[0]!.address}/api/openapi.json`];
    const closedDoors = await Promise.all(doors.map(async (door) => (await fetch(door)).status));
    const readinessWithoutDatabase = await withoutDatabase();
    await quiet();
    const booked = clerks.flatMap(({ books }) => books);
    const first = {
      clerk: 'office',
      key: 'shared-account',
      kind: 'opening',
      accountId,
      pence: 0,
      accepted: true,
      eventIds: shared.body['eventIds'] as string[],
      position: Number(shared.body['position']),
      attempts: shared.attempts,
    } as const;
    return {
      books: [first, ...booked],
      checkpoints: watched.seen,
      surprises: clerks.flatMap(({ surprises }) => surprises),
      killed,
      closedDoors,
      readinessWithoutDatabase,
      askedAgain: booked.filter(({ attempts }) => attempts > 1).length,
      endedByThemselves: processes.flatMap(({ app, ends }) =>
        ends.filter(({ code }) => code !== null).map(({ code, stderr }) => `${app} ${code}: ${stderr}`),
      ),
    };
  } catch (error) {
    const folder = join(dataDir, 'postgres-18');
    const told = ['server.log', 'postmaster.opts', 'postmaster.pid'].map(
      (file) => `${file}\n${endOf(join(folder, file))}`,
    );
    const ends = processes.flatMap(({ app, ends: all }) => all.map(({ code, stderr }) => `${app} ${code}: ${stderr}`));
    throw new Error([(error as Error).message, ...told, ...ends.slice(-10)].join('\n\n'), { cause: error });
  } finally {
    stopping = true;
    await watched.stop();
    for (const each of processes) await each.stop();
  }

  async function strike(victim: Victim): Promise<void> {
    killed.push(victim);
    if (victim === 'api') return api.kill();
    if (victim === 'worker') return workers[Math.floor(random() * WORKERS)]!.kill();
    let server: number | undefined;
    await until('PostgreSQL to kill', () => (server = postgresOf(dataDir)) !== undefined, PATIENCE_MS);
    signal(server!, 'SIGKILL');
  }

  /** Every process of PostgreSQL is halted, as on a machine that has come to a stand, until all have said how ready they are. */
  async function withoutDatabase(): Promise<number[]> {
    const server = postgresOf(dataDir)!;
    const halted = [server, ...childrenOf(server)];
    for (const pid of halted) signal(pid, 'SIGSTOP');
    try {
      const said: number[] = [];
      for (const each of processes) {
        let status = 200;
        // 0: it did not answer in time, which says nothing yet.
        const unready = async () => ![0, 200].includes((status = await each.readiness()));
        await until(`an unready ${each.address}`, unready, PATIENCE_MS);
        said.push(status);
      }
      return said;
    } finally {
      for (const pid of halted) signal(pid, 'SIGCONT');
    }
  }

  /** All processes are ready, and every view and process of the council has handled everything. */
  async function quiet(): Promise<void> {
    for (const each of processes)
      await until(`readiness of ${each.address}`, async () => (await each.readiness()) === 200, PATIENCE_MS);
    const analyst = await Office.of(api.address, COUNCIL, 'analyst');
    let last: unknown;
    const handled = async () => {
      const { body } = await analyst.insist('GET', '/api/operations');
      last = body['subscriptions'];
      const subscriptions = last as { lag: { events: number }; failing?: string; parked: unknown[] }[];
      return subscriptions.every(({ lag, failing, parked }) => !lag.events && !failing && !parked.length);
    };
    await until('the views', handled, PATIENCE_MS).catch((error: unknown) => {
      throw new Error(`Not everything was handled: ${JSON.stringify(last)}`, { cause: error });
    });
  }
}

/** To a process that may have ended this moment. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** What a file says last; for whoever has to find out what went wrong. */
const endOf = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8').slice(-2_000) : 'is not there');

/** As the system lists them: the parent is the second field after the name, which stands in brackets. */
function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid;
      } catch {
        return false; // it ended meanwhile
      }
    })
    .map(Number);
}
