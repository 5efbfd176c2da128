import { createTestDatabase, type TestDatabase } from '@caretrail/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { someEvents, someStream, someTenant } from '../contract/event-store.contract.js';
import type { AppendRequest, AppendResult } from '../port/event-store.port.js';
import { eventStoreMigrations } from './migrations.js';
import { PostgresEventStore } from './postgres-event-store.adapter.js';

const COMMANDS = 30;
const CUTS = 20;
/** Held by whoever wants the disk to be slow. */
const DISK = 4_712;

/** A command that is sent twice is decided anew where nothing is known of the first: so its events have other ids. */
describe('the same command, sent through processes that know nothing of each other', () => {
  let test: TestDatabase;
  let owner: pg.Client;
  let tenant: string;
  const pools: pg.Pool[] = [];

  /** As in a process of its own. */
  const process = (options?: string): PostgresEventStore => {
    const pool = new pg.Pool({ connectionString: test.appUrl, max: 2, ...(options && { options }) });
    pool.on('error', () => undefined); // connections are cut
    pools.push(pool);
    return new PostgresEventStore(pool, { hashed: true });
  };
  /** A process whose appends can be seen, and are answered when nobody holds the disk. */
  const withSlowDisk = () => process('-c search_path=slow_disk,public,pg_catalog -c application_name=slow');
  const command = (commandId: string, stream = someStream()): AppendRequest => ({
    tenant,
    commandId,
    streams: [{ stream, expected: 'any', events: someEvents(2) }],
  });
  const stored = async (store = process()) => {
    const ids: string[] = [];
    for await (const { events } of store.replay({ tenant, after: 0n })) ids.push(...events.map(({ id }) => id));
    return ids;
  };
  /** Until somebody stands before the disk, or `finished` says that nobody has to. */
  const untilWaiting = async (finished: () => boolean = () => false): Promise<void> => {
    for (;;) {
      const { rowCount } = await owner.query(
        `select from pg_locks where locktype = 'advisory' and objid = ${DISK} and not granted
            and database = (select oid from pg_database where datname = current_database())`,
      );
      if (rowCount || finished()) return;
    }
  };
  /** Ends connections that are at work under this name, each with this chance. @returns how many */
  const cut = async (name: string, chance: number): Promise<number> => {
    const { rowCount } = await test.database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = $1 and datname = current_database() and state = 'active' and random() < $2`,
      [name, chance],
    );
    return rowCount!;
  };
  const withoutDisk = async (work: () => Promise<void>): Promise<void> => {
    await owner.query('select pg_advisory_lock($1)', [DISK]);
    try {
      await work();
    } finally {
      await owner.query('select pg_advisory_unlock($1)', [DISK]);
    }
  };

  beforeAll(async () => {
    test = await createTestDatabase({ migrations: eventStoreMigrations });
    owner = new pg.Client(test.ownerUrl);
    await owner.connect();
    // In place of PostgreSQL's own, for the connections that look there first.
    await owner.query('create schema slow_disk');
    await owner.query('grant usage on schema slow_disk to public');
    await owner.query(`create function slow_disk.pg_logical_emit_message(boolean, text, text, boolean) returns pg_lsn
      language plpgsql as $$
      begin
        perform pg_advisory_xact_lock(${DISK});
        return pg_catalog.pg_logical_emit_message($1, $2, $3, $4);
      end $$`);
  });
  afterAll(async () => {
    await Promise.all(pools.map((pool) => pool.end()));
    await owner?.end();
    await test?.drop();
  });
  beforeEach(() => {
    tenant = someTenant();
  });

  it('at the same moment is written once, and both are told the same', async () => {
    const [one, other] = [process(), process()];
    const told: AppendResult[] = [];
    for (let nth = 0; nth < COMMANDS; nth++) {
      const answers = await Promise.all([one, other].map((store) => store.append(command(`command-${nth}`))));
      const [written, repeated] = answers.sort((a, b) => Number(a.repeated) - Number(b.repeated));
      expect(written!.repeated).toBe(false);
      expect(repeated).toEqual({ ...written, repeated: true });
      told.push(written!);
    }
    expect(await stored()).toEqual(told.flatMap(({ eventIds }) => eventIds));
  });

  it('whose first sender was cut off between commit and answer, is answered with what was written', async () => {
    const slow = withSlowDisk();
    const first = command('command');
    await withoutDisk(async () => {
      const unanswered = slow.append(first).catch((error: unknown) => error);
      await untilWaiting();
      await cut('slow', 1);
      expect(await unanswered).toBeInstanceOf(Error);
    });
    const eventIds = first.streams[0]!.events.map(({ id }) => id);
    for (const store of [slow, process()])
      expect(await store.append(command('command'))).toMatchObject({ eventIds, repeated: true });
    expect(await stored()).toEqual(eventIds);
  });

  it('is not said to be done by whoever only looks, before it is on the disk', async () => {
    const looking = withSlowDisk();
    const { position } = await process().append(command('command'));
    let answered = false;
    let asked: Promise<AppendResult | undefined>;
    await withoutDisk(async () => {
      asked = looking.resultOf(tenant, 'command').finally(() => (answered = true));
      await untilWaiting(() => answered);
      expect(answered).toBe(false);
      // Nothing is waited for where nothing was found.
      expect(await looking.resultOf(tenant, 'another')).toBeUndefined();
    });
    expect(await asked!).toMatchObject({ position, repeated: true });
  });

  it('is written once however often its connection is cut, at whatever moment', async () => {
    const pool = new pg.Pool({ connectionString: test.appUrl, max: 1, application_name: 'cut off' });
    pool.on('error', () => undefined); // it is cut
    pools.push(pool);
    const store = new PostgresEventStore(pool);
    let [cuts, done] = [0, false];
    const cutting = (async () => {
      while (!done) cuts += await cut('cut off', 0.3);
    })().finally(() => (done = true));
    const stream = someStream();
    const written: string[] = [];
    for (let nth = 0; !done && (cuts < CUTS || nth < COMMANDS); nth++)
      for (let answer: AppendResult | undefined; !answer && !done;) {
        answer = await store.append(command(`command-${nth}`, stream)).catch(() => undefined);
        if (answer) written.push(...answer.eventIds);
      }
    done = true;
    await cutting;
    expect(await stored()).toEqual(written);
  });
});
