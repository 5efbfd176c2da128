// The rival: Emmett's PostgreSQL store, with as many connections as clients, as its documentation has it.
import { createRequire } from 'node:module';
import { rateFor, rateOf } from './measure.mjs';
import { randomUUID } from 'node:crypto';
import { someEvent, someEvents, someStream, TYPE } from './events.mjs';

const EVENTS_PER_STREAM = 20;

export async function openEmmett(cluster, name = 'emmett') {
  const rival = createRequire(new URL('./rivals/package.json', import.meta.url));
  const { getPostgreSQLEventStore, postgreSQLEventStoreConsumer, postgreSQLRawSQLProjection, readMessagesBatch } =
    rival('@event-driven-io/emmett-postgresql');
  const { dumbo, SQL } = rival('@event-driven-io/dumbo');
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
  await database.superuser.query(
    `create table package_total (package_id text primary key, visits int, minutes bigint, pence bigint)`,
  );
  await database.superuser.query('grant all on package_total to public');
  const projection = postgreSQLRawSQLProjection({
    name: 'package-totals',
    canHandle: [TYPE],
    evolve: ({ data: { packageId, minutes, pence } }) => SQL`
      insert into package_total values (${packageId}, 1, ${minutes}, ${pence}) on conflict (package_id) do update
         set visits = package_total.visits + 1, minutes = package_total.minutes + excluded.minutes,
             pence = package_total.pence + excluded.pence`,
  });
  /** In batches of 10,000 without a pause, where it is to be fast; with its own settings, where it follows. */
  const FAST = { batchSize: 10_000, pullingFrequencyInMs: 1 };
  const consumer = (pulling, stopWhen) =>
    postgreSQLEventStoreConsumer({ connectionString: url, ...(pulling && { pulling }), ...(stopWhen && { stopWhen }) });
  const visits = async () => {
    const { rows } = await database.superuser.query(
      'select coalesce(sum(visits), 0)::int as visits from package_total',
    );
    return rows[0].visits;
  };
  return {
    visits,
    appendOne: (n) =>
      storeFor(1).appendToStream(someStream(), [someEvent(n)], { expectedStreamVersion: 'STREAM_DOES_NOT_EXIST' }),
    /** Events a second of its consumer, which hands each of `count` to `each`. */
    async consumeRate(count, each) {
      const all = consumer(FAST, { noMessagesLeft: true });
      let seen = 0;
      all.reactor({
        processorId: randomUUID(),
        startFrom: 'BEGINNING',
        eachMessage: ({ data }) => (seen++, each(data)),
      });
      const rate = await rateOf(count, () => all.start());
      await all.close();
      if (!seen) throw new Error('Emmett’s consumer saw nothing.');
      return rate;
    },
    /** Events a second of its raw SQL projection, over `count` from the beginning. */
    async projectRate(count) {
      await database.superuser.query('truncate package_total');
      const all = consumer(FAST, { noMessagesLeft: true });
      all.projector({ processorId: randomUUID(), startFrom: 'BEGINNING', projection });
      const rate = await rateOf(count, () => all.start());
      await all.close();
      if (!(await visits())) throw new Error('Emmett projected nothing.');
      return rate;
    },
    /** Its projection follows what is appended, with the settings that it has by itself. */
    async follow() {
      const all = consumer();
      all.projector({ processorId: randomUUID(), startFrom: 'BEGINNING', projection });
      const running = all.start();
      return {
        async close() {
          await all.stop();
          await running;
          await all.close();
        },
      };
    },
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
