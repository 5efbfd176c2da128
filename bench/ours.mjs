// Caretrail's store, as the platform runs it: the app role, row-level security, hashes, a pool of ten connections.
import pg from 'pg';
import { eventStoreMigrations, PostgresEventStore } from '../dist/libs/event-store/src/index.js';
import { rateFor } from './measure.mjs';
import { someEvents, someStream, TENANT } from './events.mjs';

const EVENTS_PER_STREAM = 20;

export async function openOurs(cluster, name = 'ours', migrations = []) {
  const database = await cluster.database(name, [...eventStoreMigrations, ...migrations]);
  const writer = writerTo(database.url('app'));
  return {
    ...writer,
    database,
    empty: () => database.empty('event', 'command_result'),
    async close() {
      await writer.close();
      await database.close();
    },
  };
}

/** The store of a database that is there. */
export function writerTo(url, { hashed = true } = {}) {
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  pool.on('error', () => undefined); // what is lost makes the next query fail
  const store = new PostgresEventStore(pool, { hashed });
  return {
    pool,
    store,
    /** Each client writes to streams of its own, at the version that it knows. */
    async appendRate(milliseconds, clients, eventsPerAppend) {
      const writers = Array.from({ length: clients }, () => ({ stream: someStream(), version: 0 }));
      return rateFor(milliseconds, clients, async (client) => {
        if (writers[client].version >= EVENTS_PER_STREAM) writers[client] = { stream: someStream(), version: 0 };
        const { stream, version } = writers[client];
        await store.append({
          tenant: TENANT,
          streams: [{ stream, expected: version || 'none', events: someEvents(eventsPerAppend, version) }],
        });
        writers[client].version += eventsPerAppend;
        return eventsPerAppend;
      });
    },
    close: () => pool.end(),
  };
}
