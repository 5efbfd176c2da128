import type { PlainDate, Tenant } from '@caretrail/kernel';

/** What the council still owes to a person: asked where a record is to be erased. Other contexts know. */
export abstract class OpenDuties {
  /**
   * All that are open on the day, those that are kept to safeguarding too: words with the section of each. Only for
   * whoever may see all of them.
   * @throws Unavailable where it cannot be said of everything that was recorded by now
   */
  abstract towards(tenant: Tenant, personId: string, on: PlainDate): Promise<readonly string[]>;
}
