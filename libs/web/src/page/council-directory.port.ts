import type { Instant, Tenant } from '@caretrail/kernel';

/** A council as pages name it. */
export interface NamedCouncil {
  readonly tenant: Tenant;
  readonly name: string;
  /** Then every page says that its people are made up. */
  readonly simulated: boolean;
  /** Where the clock of a simulated council was set to stand; then every page says so. */
  readonly clock?: Instant;
}

/** Which councils there are. Bound by the application to the platform's register. */
export abstract class CouncilDirectory {
  abstract list(): Promise<readonly NamedCouncil[]>;
  /** @throws NotFound */
  abstract get(tenant: Tenant): Promise<NamedCouncil>;
}
