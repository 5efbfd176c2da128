import type { Actor, Tenant } from '@caretrail/kernel';

/** What somebody is to the council. A role says what a person may do; it never acts itself. */
export const ROLES = [
  'commissioner',
  'safeguarding',
  'analyst',
  'practitioner',
  'broker',
  'finance',
  'person',
] as const;
export type Role = (typeof ROLES)[number];

/** Somebody who can sign in, at one council. */
export interface Account {
  /** UUID, the same for the same council and person at every start; the id of the actor in what they do. */
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** Post held, as people say it: `enquiry officer`. */
  readonly post: string;
  readonly team?: string;
  readonly tenant: Tenant;
  /** Whose record is theirs; only with the role `person`. */
  readonly personId?: string;
}

/** The account as the actor of a command. */
export function actorOf({ id, role, team }: Account): Actor {
  return { id, role, ...(team && { team }) };
}

/** Safeguarding's events and pages are need-to-know: for the safeguarding team alone. */
export const maySeeNeedToKnow = (account: Pick<Account, 'role'>): boolean => account.role === 'safeguarding';

const NAMES_ARE_FOR: ReadonlySet<Role> = new Set(['safeguarding', 'practitioner', 'broker', 'finance', 'person']);

/**
 * Who may see names and other personal fields: those who work with the person, and the person.
 * With `personId` the answer is for that record: the role `person` sees their own alone.
 */
export function maySeePersonal(account: Pick<Account, 'role' | 'personId'>, personId?: string): boolean {
  if (account.role === 'person' && personId !== undefined) return account.personId === personId;
  return NAMES_ARE_FOR.has(account.role);
}
