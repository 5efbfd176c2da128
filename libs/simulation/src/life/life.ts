import type { PlainDate } from '@caretrail/kernel';
import type { SeededRandom } from '@caretrail/returns';
import type { CouncilPerson } from './council-person.js';
import type { Diary } from './life-step.js';

/** One person's life with the council while it is made up. */
export interface Life {
  readonly person: CouncilPerson;
  readonly random: SeededRandom;
  readonly diary: Diary;
  /** An id of this life. */
  readonly seededId: (slug: string) => string;
  /** The last day that is lived. */
  readonly lastDay: PlainDate;
}
