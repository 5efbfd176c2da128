import type { PlainDate } from '@caretrail/kernel';
import type { AdvocacyPurpose } from '../../contracts/index.js';

/** One consideration of an advocate. */
export interface Advocacy {
  readonly purpose: AdvocacyPurpose;
  /** The day from which it stands as it does. */
  readonly since: PlainDate;
  readonly stands: 'not required' | 'offered' | 'appointed' | 'ended';
}

/** All of one person, by id. */
export interface AdvocacyState {
  readonly byId: Readonly<Record<string, Advocacy>>;
}
