import { createTestDatabase, type TestDatabase } from '@caretrail/testing';
import pg from 'pg';
import { eventStoreContract } from '../contract/event-store.contract.js';
import { eventStoreMigrations } from './migrations.js';
import { PostgresEventStore } from './postgres-event-store.adapter.js';

eventStoreContract('The PostgreSQL event store', async () => {
  const test: TestDatabase = await createTestDatabase({ migrations: eventStoreMigrations });
  const owner = new pg.Client({ connectionString: test.ownerUrl });
  await owner.connect();
  return {
    store: new PostgresEventStore(test.database.pool),
    simulate: async (tenant) =>
      void (await owner.query(
        `insert into council (tenant, la_code, name, simulated, added_at) values ($1, $1, $1, true, '2025-04-01T00:00:00Z')`,
        [tenant],
      )),
    stop: async () => {
      await owner.end();
      await test.drop();
    },
  };
});
