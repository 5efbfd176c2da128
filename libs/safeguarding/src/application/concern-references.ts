import type { Tenant } from '@caretrail/kernel';
import { Database } from '@caretrail/platform';
import { Inject, Injectable } from '@nestjs/common';

/** Numbers concerns within a council and year: `SC-2026-0001`. A number that was not used in the end leaves a gap. */
@Injectable()
export class ConcernReferences {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** The reference of a concern: the next of that year when it has none yet, else the one that it has. */
  async of(tenant: Tenant, concernId: string, year: number): Promise<string> {
    return this.database.inTenant(tenant, async (manager) => {
      // Two at once would draw the same number; the second waits here until the first has its own.
      await manager.query(`select pg_advisory_xact_lock(hashtextextended('safeguarding_reference/' || $1, 0))`, [
        tenant,
      ]);
      await manager.query(
        `insert into safeguarding_reference (tenant, concern_id, year, number)
         select $1, $2, $3, coalesce(max(number), 0) + 1 from safeguarding_reference where tenant = $1 and year = $3
         on conflict (tenant, concern_id) do nothing`,
        [tenant, concernId, year],
      );
      const rows = await manager.query<{ year: number; number: number }[]>(
        'select year, number from safeguarding_reference where tenant = $1 and concern_id = $2',
        [tenant, concernId],
      );
      const { year: given, number } = rows[0]!;
      return `SC-${given}-${String(number).padStart(4, '0')}`;
    });
  }
}
