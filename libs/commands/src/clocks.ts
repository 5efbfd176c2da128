import type { Clock, Instant, Tenant } from '@caretrail/kernel';

/** The time of this machine. */
export class SystemClock implements Clock {
  now(): Instant {
    return new Date().toISOString();
  }

  isSet(): boolean {
    return false;
  }
}

/**
 * A clock that can be set for simulated councils, so that years of practice can be lived through in a minute.
 * The store refuses its time for a real council, and refuses to go back.
 */
export class SettableClock implements Clock {
  private readonly times = new Map<Tenant, Instant>();

  now(tenant: Tenant): Instant {
    return this.times.get(tenant) ?? new Date().toISOString();
  }

  isSet(tenant: Tenant): boolean {
    return this.times.has(tenant);
  }

  set(tenant: Tenant, instant: Instant): void {
    this.times.set(tenant, instant);
  }

  release(tenant: Tenant): void {
    this.times.delete(tenant);
  }
}
