import type { Clock, Instant, Tenant } from '@caretrail/kernel';

/** A clock in memory: the time of this machine, until a council's is set. */
export class TestClock implements Clock {
  private readonly times = new Map<Tenant, Instant>();

  lookUp(): Promise<void> {
    return Promise.resolve();
  }

  now(tenant: Tenant): Instant {
    return this.times.get(tenant) ?? new Date().toISOString();
  }

  isSet(tenant: Tenant): boolean {
    return this.times.has(tenant);
  }

  set(tenant: Tenant, instant: Instant): void {
    this.times.set(tenant, instant);
  }
}
