import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { isConnectionLost } from '../database/connection-errors.js';
import { LOCKS } from '../database/locks.js';
import { type Server, startServer } from './embedded-postgres.js';
import {
  APP_ROLE,
  bootstrapRoles,
  CONNECT_TIMEOUT_MS,
  DATABASE_NAME,
  localUrl,
  OWNER_ROLE,
  rolePasswords,
} from './roles.js';

const OPEN_TIMEOUT_MS = 60_000;
const ATTEMPT_PAUSE_MS = 100;

/** This process's share in the embedded cluster of a data folder. */
export interface Lease {
  /** Of the role that services connect as. */
  readonly appUrl: string;
  /** Of the role that owns the tables; for migrations alone. */
  readonly ownerUrl: string;
  /** Calls back with the new `appUrl` when PostgreSQL was killed and a stranger has taken its port meanwhile. */
  onMoved(listener: (appUrl: string) => void): void;
  /** Gives the share back; the last one out stops PostgreSQL, whoever started it. May be called twice. */
  close(): Promise<void>;
}

interface Holding {
  readonly server: Server;
  /** Keeps the shared lock by being open: PostgreSQL releases it when the process dies, however it dies. */
  readonly connection: pg.Client;
}

/**
 * Starts the embedded PostgreSQL of the data folder or joins the one that runs, and holds a lease on it. Should
 * PostgreSQL be killed meanwhile, whoever holds a lease starts it again, at its port unless a stranger stays there.
 * @throws Unavailable when it does not start, belongs to another major, or does not know its passwords.
 */
export async function openCluster(dataDir: string): Promise<Lease> {
  const passwords = rolePasswords(dataDir);
  let holding = await hold();
  let closing: Promise<void> | undefined;
  let restoring: Promise<void> | undefined;
  let tellMoved: (appUrl: string) => void = () => undefined;
  watch();
  const appUrl = () => localUrl(holding.server.port, APP_ROLE, passwords.app, DATABASE_NAME);
  return {
    get appUrl() {
      return appUrl();
    },
    get ownerUrl() {
      return localUrl(holding.server.port, OWNER_ROLE, passwords.owner, DATABASE_NAME);
    },
    onMoved: (listener) => (tellMoved = listener),
    close: () => (closing ??= release()),
  };

  async function hold(): Promise<Holding> {
    for (const deadline = Date.now() + OPEN_TIMEOUT_MS; ;) {
      const server = await startServer({ dataDir, superuserPassword: passwords.superuser });
      const connection = new pg.Client({
        connectionString: localUrl(server.port, APP_ROLE, passwords.app, DATABASE_NAME),
        application_name: 'caretrail lease',
        connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
        keepAlive: true,
      });
      connection.on('error', () => undefined); // the end of the connection is what is acted upon
      try {
        await bootstrapRoles(server.port, passwords);
        await connection.connect();
        await connection.query('select pg_advisory_lock_shared($1, $2)', [...LOCKS.lease]);
        return { server, connection };
      } catch (error) {
        await connection.end().catch(() => undefined);
        // The last one out was stopping it while we came in: it has to be started anew.
        if (!isConnectionLost(error) || Date.now() > deadline) throw error;
        await pause(ATTEMPT_PAUSE_MS);
      }
    }
  }

  function watch(): void {
    holding.connection.once('end', () => {
      if (!closing) restoring = restore();
    });
  }

  async function restore(): Promise<void> {
    while (!closing) {
      try {
        const { port } = holding.server;
        holding = await hold();
        if (holding.server.port !== port) tellMoved(appUrl());
        watch();
        return;
      } catch {
        await pause(ATTEMPT_PAUSE_MS); // readiness says meanwhile that the database does not answer
      }
    }
  }

  async function release(): Promise<void> {
    await restoring;
    const { connection, server } = holding;
    try {
      await connection.query('select pg_advisory_unlock_shared($1, $2)', [...LOCKS.lease]);
      const { rows } = await connection.query<{ alone: boolean }>('select pg_try_advisory_lock($1, $2) as alone', [
        ...LOCKS.lease,
      ]);
      // Held while it stops, so that nobody who comes in now takes the server for one that stays.
      if (rows[0]?.alone) await server.stop();
    } catch (error) {
      if (!isConnectionLost(error)) throw error; // PostgreSQL is gone already
    } finally {
      await connection.end().catch(() => undefined);
    }
  }
}
