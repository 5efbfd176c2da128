import { type Clock, type Instant, RuleViolation, type Tenant } from '@caretrail/kernel';
import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';

/**
 * The time of every council. A simulated council's clock can be set, so that years of practice are lived through in a
 * minute: it then stands where it was set, in every process and after a restart, until it is set on or released.
 */
@Injectable()
export class CouncilClocks implements Clock {
  private readonly standing = new Map<Tenant, Instant>();
  /** A council is real or simulated for ever, so that nobody asks twice about a real one. */
  private readonly real = new Set<Tenant>();

  constructor(private readonly database: Database) {}

  async lookUp(tenant: Tenant): Promise<void> {
    if (this.real.has(tenant)) return;
    const [council] = await this.database.query<{ simulated: boolean; clock: Date | null }>(
      'select simulated, clock from council where tenant = $1',
      [tenant],
    );
    if (council && !council.simulated) this.real.add(tenant);
    this.remember(tenant, council?.clock?.toISOString());
  }

  now(tenant: Tenant): Instant {
    return this.standing.get(tenant) ?? new Date().toISOString();
  }

  isSet(tenant: Tenant): boolean {
    return this.standing.has(tenant);
  }

  /**
   * Lets the clock stand at a moment. Whether that is not before the council's last event is the caller's to ask.
   * @throws RuleViolation for a council that is not simulated, and for a moment that has not come
   */
  async set(tenant: Tenant, instant: Instant): Promise<void> {
    if (instant > new Date().toISOString())
      throw new RuleViolation([
        {
          rule: 'clock-is-not-ahead',
          field: 'set',
          message:
            'The clock cannot be set to a moment that has not come, because nothing can be recorded in the future. Begin a new simulated council in the past, and let its days pass from there.',
        },
      ]);
    const moved = await this.database.query<{ tenant: string }>(
      'with moved as (update council set clock = $2 where tenant = $1 and simulated returning tenant) select tenant from moved',
      [tenant, instant],
    );
    if (!moved.length)
      throw new RuleViolation([
        {
          rule: 'clock-of-a-simulated-council',
          message: 'Only a simulated council has a clock that can be set; this one is real.',
        },
      ]);
    this.remember(tenant, instant);
  }

  /** Lets the council live now again. */
  async release(tenant: Tenant): Promise<void> {
    await this.database.query('update council set clock = null where tenant = $1', [tenant]);
    this.remember(tenant, undefined);
  }

  private remember(tenant: Tenant, instant: Instant | undefined): void {
    if (instant) this.standing.set(tenant, instant);
    else this.standing.delete(tenant);
  }
}
