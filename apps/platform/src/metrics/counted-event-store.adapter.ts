import {
  type AppendOutcome,
  type AppendRequest,
  type AppendResult,
  PostgresEventStore,
  WrongExpectedVersion,
} from '@caretrail/event-store';
import type { Tenant } from '@caretrail/kernel';
import type { Pool } from 'pg';

/** The store in PostgreSQL with a hash of each event, which also tells what became of each append. */
export class CountedEventStore extends PostgresEventStore {
  /**
   * @param count told once for each append, with the number of events that were added
   * @param grouped told once for each transaction, with its council, and the appends and the events in it
   */
  constructor(
    pool: Pool,
    private readonly count: (tenant: Tenant, outcome: AppendOutcome, events: number) => void,
    grouped: (tenant: Tenant, appends: number, events: number) => void,
  ) {
    super(pool, { hashed: true, grouped });
  }

  override async append(request: AppendRequest): Promise<AppendResult> {
    try {
      const result = await super.append(request);
      if (result.repeated) this.count(request.tenant, 'repeated', 0);
      else this.count(request.tenant, 'written', result.eventIds.length);
      return result;
    } catch (error) {
      this.count(request.tenant, error instanceof WrongExpectedVersion ? 'conflict' : 'failed', 0);
      throw error;
    }
  }
}
