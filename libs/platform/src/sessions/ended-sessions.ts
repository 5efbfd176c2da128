import type { Tenant } from '@caretrail/kernel';
import type { Database } from '../database/database.js';

/** Which sessions were signed out of, for every process on this database. One row for each, until its time would be over. */
export class StoredEndedSessions {
  constructor(private readonly database: Database) {}

  /** @param overAt when the session would have ended by itself; what is over already is forgotten */
  async end(tenant: Tenant, sessionId: string, overAt: Date): Promise<void> {
    await this.database.inOneGo(tenant, async ({ query }) => {
      void query('delete from ended_session where tenant = $1 and over_at < now()', [tenant]);
      await query('insert into ended_session values ($1, $2, $3) on conflict do nothing', [tenant, sessionId, overAt]);
    });
  }

  async hasEnded(tenant: Tenant, sessionId: string): Promise<boolean> {
    const rows = await this.database.inOneGo(tenant, ({ query }) =>
      query<object[]>('select from ended_session where tenant = $1 and session_id = $2', [tenant, sessionId]),
    );
    return rows.length > 0;
  }
}
