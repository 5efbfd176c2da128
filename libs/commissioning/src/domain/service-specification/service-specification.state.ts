import type { ContributorRole } from '../../contracts/index.js';

/** What decisions about a specification need. */
export interface SpecificationState {
  readonly opened: boolean;
  readonly withdrawn: boolean;
  readonly contributions: readonly {
    readonly contributionId: string;
    readonly role: ContributorRole;
    readonly people: number;
  }[];
  /** Ids of the contributions that a version has answered. */
  readonly answered: readonly string[];
  /** Number of the newest version; 0 for none. */
  readonly version: number;
  /** Number of the version that holds; 0 for none. */
  readonly published: number;
}
