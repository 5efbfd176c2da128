import { type Tenant, Unavailable } from '@caretrail/kernel';
import type { Database } from '@caretrail/platform';

/** Runs the work while no other import of this council runs, in this process or another. @throws Unavailable */
export async function oneImportAtATime<Result>(
  database: Database,
  tenant: Tenant,
  work: () => Promise<Result>,
): Promise<Result> {
  const client = await database.pool.connect();
  try {
    const { rows } = await client.query<{ locked: boolean }>(
      `select pg_try_advisory_lock(hashtextextended('client-level-data/' || $1, 0)) as locked`,
      [tenant],
    );
    if (!rows[0]?.locked)
      throw new Unavailable(
        'Another import for this council is running. Wait until it has ended, then start this one.',
      );
    try {
      return await work();
    } finally {
      await client.query(`select pg_advisory_unlock(hashtextextended('client-level-data/' || $1, 0))`, [tenant]);
    }
  } finally {
    client.release();
  }
}
