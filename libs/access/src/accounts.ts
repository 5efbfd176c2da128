import type { Tenant } from '@caretrail/kernel';
import type { Account } from './account.js';

/** Who can sign in, and who an actor was. */
export abstract class Accounts {
  /** The council's accounts in the order in which the sign-in page shows them. */
  abstract list(tenant: Tenant): Promise<readonly Account[]>;

  abstract get(tenant: Tenant, id: string): Promise<Account | undefined>;

  /**
   * The name of whoever acted: a person's, `process` for a process, `command line` for the bin; `the person` for somebody
   * without an account who acted in that role, because somebody else typed for them; else the id.
   */
  async nameOf(tenant: Tenant, actorId: string, actorRole?: string): Promise<string> {
    if (actorId.startsWith('process:')) return 'process';
    if (actorId.startsWith('os:')) return 'command line';
    return (await this.get(tenant, actorId))?.name ?? (actorRole === 'person' ? 'the person' : actorId);
  }
}

/** Where no way of signing in is set up, as in production without single sign-on: nobody can. */
export class NoAccounts extends Accounts {
  list(): Promise<readonly Account[]> {
    return Promise.resolve([]);
  }

  get(): Promise<undefined> {
    return Promise.resolve(undefined);
  }
}
