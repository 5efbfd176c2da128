import type { PlainDate, Tenant } from '@caretrail/kernel';

/** Somebody who may speak for a person on a day, as the register of representatives has them. */
export interface RepresentativeInForce {
  readonly representationId: string;
  /** In what capacity: `attorney for health and welfare`. */
  readonly kind: string;
  /** In what they may speak on that day: what they were appointed for, less what a conflict of interest takes away. */
  readonly scope: readonly string[];
  /** Their own record, where they have one. */
  readonly personId?: string;
  /** Their name, for whoever may see the person's; of somebody with a record of their own the directory knows it. */
  readonly name?: string;
}

/** Who may speak for whom: asked at the edge by whatever takes an answer on somebody's behalf. */
export abstract class Representatives {
  /** @param on London day; nobody from the day after the person's death */
  abstract inForce(tenant: Tenant, personId: string, on: PlainDate): Promise<readonly RepresentativeInForce[]>;
}
