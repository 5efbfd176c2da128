// The rival: Emmett's PostgreSQL store, with as many connections as clients, as its documentation has it.
import { createRequire } from 'node:module';
import { rateFor } from './measure.mjs';
import { someEvents, someStream } from './events.mjs';

const EVENTS_PER_STREAM = 20;

export async function openEmmett(cluster, name = 'emmett') {
  const rival = createRequire(new URL('./rivals/package.json', import.meta.url));
  const { getPostgreSQLEventStore, readMessagesBatch } = rival('@event-driven-io/emmett-postgresql');
  const { dumbo } = rival('@event-driven-io/dumbo');
  const pg = rival('pg');
  const database = await cluster.database(name);
  const url = database.url('owner');
  const pools = new Map();
  const storeFor = (clients) => {
    if (!pools.has(clients)) {
      const pool = new pg.Pool({ connectionString: url, max: clients });
      pool.on('error', () => undefined);
      pools.set(clients, { pool, store: getPostgreSQLEventStore(url, { connectionOptions: { pool } }) });
    }
    return pools.get(clients).store;
  };
  await storeFor(1).schema.migrate();
  const reader = dumbo({ connectionString: url });
  return {
    database,
    empty: () => database.empty('emt_messages', 'emt_streams'),
    async appendRate(milliseconds, clients, eventsPerAppend) {
      const store = storeFor(clients);
      const writers = Array.from({ length: clients }, () => ({ stream: someStream(), version: 0 }));
      return rateFor(milliseconds, clients, async (client) => {
        if (writers[client].version >= EVENTS_PER_STREAM) writers[client] = { stream: someStream(), version: 0 };
        const { stream, version } = writers[client];
        await store.appendToStream(stream, someEvents(eventsPerAppend, version), {
          expectedStreamVersion: version ? BigInt(version) : 'STREAM_DOES_NOT_EXIST',
        });
        writers[client].version += eventsPerAppend;
        return eventsPerAppend;
      });
    },
    /** Streams of 25 events, an append each, sixteen at a time. */
    async load(streams) {
      const store = storeFor(16);
      const rest = streams[Symbol.iterator]();
      await Promise.all(
        Array.from({ length: 16 }, async () => {
          for (const { stream, events } of rest)
            await store.appendToStream(stream, events, { expectedStreamVersion: 'STREAM_DOES_NOT_EXIST' });
        }),
      );
    },
    /** Everything in order, in pages of 10,000. */
    async readAll(each) {
      for (let after = 0n; ;) {
        const page = await readMessagesBatch(reader.execute, { after, batchSize: 10_000 });
        for (const message of page.messages) each(message.data);
        if (!page.areMessagesLeft) return;
        after = page.currentGlobalPosition;
      }
    },
    async close() {
      await reader.close();
      for (const { pool, store } of pools.values()) {
        await store.close();
        await pool.end();
      }
      await database.close();
    },
  };
}
