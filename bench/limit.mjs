// What PostgreSQL can do at most with the same rows in the same tables: same indexes, triggers and policies, and nothing
// of what makes it a store. The hash is 32 bytes that nobody has to compute. No order between writers, no check of versions or of what was written before.
import pg from 'pg';
import { eventStoreMigrations } from '../dist/libs/event-store/src/index.js';
import { DAY, someEvent, someEvents, someStream, TENANT } from './events.mjs';
import { rateFor } from './measure.mjs';
import { connect } from './postgres.mjs';

const ROW = {
  name: 'row',
  text: `insert into event (tenant, stream, version, id, type, data, metadata, effective_on, known_on, recorded_at, hash)
    values ('${TENANT}', $1, $2, $3, $4, $5, $6, '${DAY}', '${DAY}', clock_timestamp(), uuid_send($3::uuid) || uuid_send($3::uuid))`,
};
const ROWS = {
  name: 'rows',
  text: `insert into event (tenant, stream, version, id, type, data, metadata, effective_on, known_on, recorded_at, hash)
    select '${TENANT}', stream, version, id, type, data, metadata, '${DAY}', '${DAY}', clock_timestamp(), uuid_send(id) || uuid_send(id)
      from unnest($1::text[], $2::int[], $3::uuid[], $4::text[], $5::json[], $6::json[]) w(stream, version, id, type, data, metadata)`,
};
const CHUNK_BYTES = 256 * 1024;

export async function openLimit(cluster, name = 'limit_') {
  const database = await cluster.database(name, eventStoreMigrations);
  const pool = new pg.Pool({ connectionString: database.url('app'), max: 64 });
  pool.on('error', () => undefined);
  // The council is named once for the whole connection: less than a careful program may do, and so the faster.
  const clientsFor = async (count) => {
    const clients = [];
    for (let n = 0; n < count; n++) {
      const client = await pool.connect();
      await client.query(`set app.tenant = '${TENANT}'`);
      clients.push(client);
    }
    return clients;
  };
  const withClients = async (count, work) => {
    const clients = await clientsFor(count);
    try {
      return await work(clients);
    } finally {
      for (const client of clients) client.release();
    }
  };
  return {
    database,
    empty: () => database.empty('event', 'command_result'),
    /** One-row transactions, each on its own connection. */
    singleRows: (milliseconds, connections) =>
      withClients(connections, (clients) => {
        const streams = clients.map(() => ({ stream: someStream(), version: 0 }));
        return rateFor(milliseconds, connections, async (client) => {
          const event = someEvent(streams[client].version);
          const version = ++streams[client].version;
          const { id, type, data, metadata } = event;
          const values = [streams[client].stream, version, id, type, JSON.stringify(data), JSON.stringify(metadata)];
          await clients[client].query({ ...ROW, values });
          return 1;
        });
      }),
    /** Transactions of many rows over two connections, so that one is prepared while the other is written. */
    manyRows: (milliseconds, rows) =>
      withClients(2, (clients) =>
        rateFor(milliseconds, 2, async (client) => {
          const events = someEvents(rows);
          const stream = someStream();
          const values = [
            events.map(() => stream),
            events.map((_, index) => index + 1),
            events.map(({ id }) => id),
            events.map(({ type }) => type),
            events.map(({ data }) => JSON.stringify(data)),
            events.map(({ metadata }) => JSON.stringify(metadata)),
          ];
          await clients[client].query({ ...ROWS, values });
          return rows;
        }),
      ),
    /** COPY, which PostgreSQL refuses under row-level security: as the superuser, without the policies. */
    async copy(streams) {
      const client = await connect(database.url('superuser'));
      try {
        await copyInto(
          client,
          'event (tenant, stream, version, id, type, data, metadata, effective_on, known_on, recorded_at, hash)',
          copyLines(streams),
        );
      } finally {
        await client.end();
      }
    },
    async close() {
      await pool.end();
      await database.close();
    },
  };
}

function* copyLines(streams) {
  const now = new Date().toISOString();
  let chunk = '';
  for (const { stream, events } of streams) {
    let version = 0;
    for (const { id, type, data, metadata } of events) {
      const [body, meta] = [JSON.stringify(data), JSON.stringify(metadata)].map((json) =>
        json.replaceAll('\\', '\\\\'),
      );
      const hash = id.replaceAll('-', '');
      chunk += `${TENANT}\t${stream}\t${++version}\t${id}\t${type}\t${body}\t${meta}\t${DAY}\t${DAY}\t${now}\t\\\\x${hash}${hash}\n`;
    }
    if (chunk.length >= CHUNK_BYTES) {
      yield Buffer.from(chunk);
      chunk = '';
    }
  }
  if (chunk) yield Buffer.from(chunk);
}

/** COPY … FROM STDIN, which the driver knows only in parts. */
function copyInto(client, target, chunks) {
  return new Promise((resolve, reject) => {
    let failed;
    client.query({
      submit: (connection) => connection.query(`copy ${target} from stdin`),
      async handleCopyInResponse(connection) {
        for (const chunk of chunks) {
          connection.sendCopyFromChunk(chunk);
          if (connection.stream.writableNeedDrain)
            await new Promise((drained) => connection.stream.once('drain', drained));
        }
        connection.endCopyFrom();
      },
      handleCommandComplete: () => undefined,
      handleError: (error) => ((failed = error), reject(error)),
      handleReadyForQuery: () => failed || resolve(),
    });
  });
}
