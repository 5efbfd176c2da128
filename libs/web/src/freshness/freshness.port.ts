import type { Tenant } from '@caretrail/kernel';

/** Whether the read models have seen what this session wrote. Bound by the application to the subscription runner. */
export abstract class Freshness {
  /** Waits until the council's views show everything up to `position`; false when it takes longer than `patienceMs`. */
  abstract reached(tenant: Tenant, position: bigint, patienceMs: number): Promise<boolean>;
}
