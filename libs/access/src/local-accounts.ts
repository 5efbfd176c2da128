import { type Tenant, Unavailable } from '@caretrail/kernel';
import { v5 } from 'uuid';
import type { Account } from './account.js';
import { Accounts } from './accounts.js';

/** Any fixed UUID does: it only keeps these ids apart from other name-based ones. */
const NAMESPACE = '5f1d1ab0-6a52-5f0e-9c0e-2f7a3f6f2d11';

const staff: readonly (Omit<Account, 'id' | 'tenant'> & { readonly slug: string })[] = [
  { slug: 'commissioner', name: 'Dawn Okafor', role: 'commissioner', post: 'commissioner', team: 'Commissioning' },
  { slug: 'safeguarding', name: 'Ruth Adeyemi', role: 'safeguarding', post: 'enquiry officer', team: 'Safeguarding' },
  { slug: 'safeguarding-2', name: 'Owen Pryce', role: 'safeguarding', post: 'enquiry officer', team: 'Safeguarding' },
  { slug: 'analyst', name: 'Tom Whitlock', role: 'analyst', post: 'analyst', team: 'Performance' },
  { slug: 'practitioner', name: 'Nadia Rahman', role: 'practitioner', post: 'social worker', team: 'Adult care' },
  { slug: 'practitioner-2', name: 'Grace Bello', role: 'practitioner', post: 'team manager', team: 'Adult care' },
  { slug: 'broker', name: 'Sam Irwin', role: 'broker', post: 'broker', team: 'Brokerage' },
  { slug: 'finance', name: 'Colin Marsh', role: 'finance', post: 'team manager', team: 'Finance' },
];

/** The id of a council's synthetic account: `localAccountId('E09000012', 'broker')`. */
export const localAccountId = (tenant: Tenant, slug: string): string => v5(`${tenant}/${slug}`, NAMESPACE);

/**
 * Synthetic accounts for trying things out, with no password: the same people at every council, one for each role.
 * They are nobody, so their names may stand in code.
 */
export class LocalAccounts extends Accounts {
  private readonly people = new Map<Tenant, Account[]>();

  /**
   * @param environment the value of NODE_ENV
   * @throws Unavailable in production
   */
  constructor(environment: string | undefined = process.env['NODE_ENV']) {
    super();
    if (environment === 'production')
      throw new Unavailable(
        'Local sign-in has no passwords, so it does not exist in production. Leave NODE_ENV out to try the platform with simulated people.',
      );
  }

  /** Lets a simulated person sign in to their own record; a second call for the same record changes the name. */
  registerPerson(tenant: Tenant, personId: string, name: string, post = 'person with care and support'): Account {
    const account: Account = {
      id: localAccountId(tenant, `person/${personId}`),
      name,
      role: 'person',
      post,
      tenant,
      personId,
    };
    const others = (this.people.get(tenant) ?? []).filter((other) => other.id !== account.id);
    this.people.set(tenant, [...others, account]);
    return account;
  }

  list(tenant: Tenant): Promise<readonly Account[]> {
    return Promise.resolve([
      ...staff.map(({ slug, ...account }) => ({ ...account, id: localAccountId(tenant, slug), tenant })),
      ...(this.people.get(tenant) ?? []),
    ]);
  }

  async get(tenant: Tenant, id: string): Promise<Account | undefined> {
    return (await this.list(tenant)).find((account) => account.id === id);
  }
}
