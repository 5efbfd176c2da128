import type { Role } from '@caretrail/access';

export interface NavigationEntry {
  readonly text: string;
  readonly href: string;
}

const MARKET = { text: 'Market position', href: '/market-position' } as const;
const EVENTS = { text: 'Event explorer', href: '/events' } as const;
const DUTIES = { text: 'Duties', href: '/duties' } as const;
const SEALED = { text: 'Sealed history', href: '/sealed-history' } as const;
const RULEBOOK = { text: 'Rulebook', href: '/rulebooks/adults' } as const;
const DIRECTORY = { text: 'Directory', href: '/directory' } as const;
const SPECIFICATIONS = '/specifications';
const CASES = [{ text: 'Cases', href: '/cases' }, DUTIES, DIRECTORY] as const;

const entries: Readonly<Record<Role, readonly [NavigationEntry, ...NavigationEntry[]]>> = {
  commissioner: [MARKET, DUTIES, RULEBOOK, { text: 'Specifications', href: SPECIFICATIONS }, DIRECTORY],
  safeguarding: [{ text: 'Concern queue', href: '/concerns' }, DUTIES, EVENTS, SEALED, DIRECTORY],
  analyst: [
    EVENTS,
    MARKET,
    DUTIES,
    { text: 'Imports', href: '/imports' },
    { text: 'Operations', href: '/operations' },
    DIRECTORY,
  ],
  practitioner: CASES,
  broker: CASES,
  finance: [...CASES, RULEBOOK],
  person: [
    { text: 'My record', href: '/my-record' },
    { text: 'Find a service', href: '/directory' },
    { text: 'Take part', href: SPECIFICATIONS },
  ],
};

/** The pages that a role begins from, the first one first. */
export const navigationOf = (role: Role): readonly NavigationEntry[] => entries[role];

/** Where a role lands after signing in. */
export const firstPageOf = (role: Role): string => entries[role][0].href;
