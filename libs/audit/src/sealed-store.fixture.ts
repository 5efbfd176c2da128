import { eventStoreMigrations, PostgresEventStore } from '@caretrail/event-store';
import type { NewEvent, Tenant } from '@caretrail/kernel';
import { Checkpoints, projectionMigrations } from '@caretrail/projections';
import { type Database, localUrl, rolePasswords, SUPERUSER } from '@caretrail/platform';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import {
  auditMigrations,
  HistorySealer,
  originOf,
  SealedHistory,
  SigningKey,
  verifyHistory,
  type VerifyOptions,
} from './index.js';

export const SEED = Buffer.alloc(32, 5);
export const keyOf = (tenant: Tenant, seed: Uint8Array = SEED): SigningKey => new SigningKey(originOf(tenant), seed);

/** A store whose history is sealed when a test says so, and somebody who writes behind its back. */
export interface SealedStore {
  readonly database: Database;
  readonly store: PostgresEventStore;
  readonly history: SealedHistory;
  readonly checkpoints: Checkpoints;
  readonly sealer: HistorySealer;
  /** As the role without limits: neither policies nor triggers hold for it. */
  readonly intruder: pg.Client;
  append(tenant: Tenant, stream: string, ...events: NewEvent[]): Promise<void>;
  seal(tenant: Tenant, by?: HistorySealer): Promise<void>;
  verify(tenant: Tenant, options?: Partial<VerifyOptions>): ReturnType<typeof verifyHistory>;
}

export const noted = (data: unknown = { note: 'n' }): NewEvent => ({
  id: randomUUID(),
  type: 'demo.noted.v1',
  data,
  metadata: {
    actorId: 'actor-1',
    actorRole: 'broker',
    commandId: 'command-1',
    correlationId: 'correlation-1',
    effectiveOn: '2025-03-31',
  },
});

export const someStream = (): string => `demo.thing-${randomUUID()}`;

export const sealedMigrations = [...eventStoreMigrations, ...projectionMigrations, ...auditMigrations];

/** On a test database with `sealedMigrations`; the intruder's connection is closed by who drops the database. */
export async function sealedStore({
  database,
  ownerUrl,
}: {
  readonly database: Database;
  readonly ownerUrl: string;
}): Promise<SealedStore> {
  const store = new PostgresEventStore(database.pool, { hashed: true });
  const history = new SealedHistory(database);
  const checkpoints = new Checkpoints(database);
  const sealer = new HistorySealer(store, database, checkpoints, SEED, { everyMs: 0 });
  const { port, pathname } = new URL(ownerUrl);
  const { superuser } = rolePasswords(process.env['CARETRAIL_TEST_CLUSTER']!);
  const intruder = new pg.Client(localUrl(Number(port), SUPERUSER, superuser, pathname.slice(1)));
  await intruder.connect();
  await intruder.query('set session_replication_role = replica');
  return {
    database,
    store,
    history,
    checkpoints,
    sealer,
    intruder,
    append: async (tenant, stream, ...events) => {
      await store.append({ tenant, streams: [{ stream, expected: 'any', events }] });
    },
    seal: async (tenant, by = sealer) => {
      while (!(await by.advance(tenant)).caughtUp);
    },
    verify: (tenant, options = {}) =>
      verifyHistory(tenant, store, history, { own: keyOf(tenant).verifier, ...options }),
  };
}
