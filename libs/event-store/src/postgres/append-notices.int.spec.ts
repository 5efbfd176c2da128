import { createTestDatabase, OTHERBURY, type TestDatabase, WRENBRIDGE } from '@caretrail/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { someEvents, someStream } from '../contract/event-store.contract.js';
import { AppendNotices } from './append-notices.js';
import { eventStoreMigrations } from './migrations.js';
import { PostgresEventStore } from './postgres-event-store.adapter.js';

describe('notices of appends', () => {
  let test: TestDatabase;
  const running: AppendNotices[] = [];

  beforeAll(async () => {
    test = await createTestDatabase({ migrations: eventStoreMigrations });
  });
  afterAll(() => test.drop());
  afterEach(() => Promise.all(running.splice(0).map((notices) => notices.stop())));

  /** As in a process of its own. */
  const process = async (
    store = new PostgresEventStore(test.database.pool) as Pick<PostgresEventStore, 'onAppend'>,
  ) => {
    const heard: string[] = [];
    const notices = new AppendNotices(test.database.pool, store, (tenant) => heard.push(tenant));
    running.push(notices);
    await notices.start();
    return { store: store as PostgresEventStore, heard };
  };
  const append = (store: PostgresEventStore, tenant: string) =>
    store.append({ tenant, streams: [{ stream: someStream(), expected: 'none', events: someEvents(1) }] });
  const until = async (fact: () => boolean | Promise<boolean>) => {
    for (const end = Date.now() + 240_000; !(await fact()); await pause(10))
      if (Date.now() > end) throw new Error('It did not come about.');
  };

  it('reach the other processes, and not the one that wrote', async () => {
    const [one, other] = [await process(), await process()];
    await append(one.store, WRENBRIDGE);
    await until(() => other.heard.length > 0);
    await append(other.store, OTHERBURY);
    await until(() => one.heard.length > 0);
    expect(one.heard).toEqual([OTHERBURY]);
    expect(other.heard).toEqual([WRENBRIDGE]);
  });

  it('come at once for the first append, and are one for all that follow it closely', async () => {
    const listeners: ((tenant: string, position: bigint) => void)[] = [];
    await process({ onAppend: (listener) => (listeners.push(listener), () => undefined) });
    const { heard } = await process();
    for (let n = 0n; n < 100n; n++)
      for (const tenant of [WRENBRIDGE, OTHERBURY]) for (const listener of listeners) listener(tenant, n);
    await until(() => heard.length > 0);
    listeners.forEach((listener) => listener('the-last', 0n));
    await until(() => heard.includes('the-last'));
    expect(heard).toEqual([WRENBRIDGE, OTHERBURY, WRENBRIDGE, 'the-last']);
  });

  it('come again after the connection was lost', async () => {
    const [one, other] = [await process(), await process()];
    const { rowCount } = await test.database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and query like 'listen caretrail_appends%' and pid <> pg_backend_pid()`,
    );
    expect(rowCount).toBeGreaterThan(0);
    await until(async () => {
      await append(one.store, WRENBRIDGE);
      return other.heard.length > 0;
    });
  });
});
