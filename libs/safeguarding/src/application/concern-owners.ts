import { type Account, Accounts } from '@caretrail/access';
import { InvalidInput, type Tenant } from '@caretrail/kernel';
import { Inject, Injectable } from '@nestjs/common';

/** Who can own a concern: the accounts of the council's safeguarding team. */
@Injectable()
export class ConcernOwners {
  constructor(@Inject(Accounts) private readonly accounts: Accounts) {}

  async list(tenant: Tenant): Promise<Account[]> {
    return (await this.accounts.list(tenant)).filter((account) => account.role === 'safeguarding');
  }

  /** @throws InvalidInput for an id that is nobody's in the team */
  async check(tenant: Tenant, id: string): Promise<string> {
    if ((await this.list(tenant)).some((account) => account.id === id)) return id;
    throw new InvalidInput([
      {
        rule: 'owner-is-in-the-team',
        field: 'to.id',
        message: 'Choose somebody of the safeguarding team as the owner.',
      },
    ]);
  }
}
