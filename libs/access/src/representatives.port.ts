import type { PlainDate, Tenant } from '@caretrail/kernel';
import type { Account } from './account.js';

/** Somebody who may speak for a person on a day, as the register of representatives has them. */
export interface RepresentativeInForce {
  readonly representationId: string;
  /** In what capacity: `attorney for health and welfare`. */
  readonly kind: string;
  /** In what they may speak on that day: what they were appointed for, less what a conflict of interest takes away. */
  readonly scope: readonly string[];
  /** The last day, where one was said. */
  readonly until?: PlainDate;
  /** Their own record, where they have one. */
  readonly personId?: string;
  /** Their name, for whoever may see the person's; of somebody with a record of their own the directory knows it. */
  readonly name?: string;
}

/** Somebody for whom a representative may speak on a day. */
export interface Represented extends Pick<RepresentativeInForce, 'representationId' | 'kind' | 'scope' | 'until'> {
  readonly personId: string;
}

/** Who may speak for whom: asked at the edge by whatever takes an answer, or shows something, on somebody's behalf. */
export abstract class Representatives {
  /** @param on London day; nobody from the day after the person's death */
  abstract inForce(tenant: Tenant, personId: string, on: PlainDate): Promise<readonly RepresentativeInForce[]>;

  /**
   * For whom somebody with a record of their own may speak on a day. A moment behind for a new appointment; never for the
   * end of one, which is asked of the register itself.
   */
  abstract representedBy(tenant: Tenant, representativeId: string, on: PlainDate): Promise<readonly Represented[]>;

  /** Whether whoever signed in is a representative of the person in one of these matters on that day. */
  async speaksFor(account: Account, personId: string, scopes: readonly string[], on: PlainDate): Promise<boolean> {
    if (account.role !== 'person' || !account.personId) return false;
    const inForce = await this.inForce(account.tenant, personId, on);
    return inForce.some(
      (each) => each.personId === account.personId && each.scope.some((scope) => scopes.includes(scope)),
    );
  }
}
