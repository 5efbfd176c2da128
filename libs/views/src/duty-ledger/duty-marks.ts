import {
  assessmentCompleted,
  assessmentCorrected,
  assessmentWithdrawn,
  requestConcluded,
  requestCorrected,
  requestWithdrawn,
  supportRequested,
} from '@caretrail/assessment/contracts';
import type { StoredEvent } from '@caretrail/kernel';
import { reviewCompleted, reviewCorrected, reviewWithdrawn } from '@caretrail/planning/contracts';
import { duties, endedByDeath } from './duties.js';
import type { DutyMark } from './duty.js';

/** A mark of a named duty, or `retold`: what earlier events told of the same fact no longer holds. */
export type JournalEntry = (
  DutyMark | { readonly effect: 'retold'; readonly personId: string; readonly scope: string }
) & {
  readonly duty: string;
  /** Id of the request, assessment or review that the event tells of as a whole. */
  readonly fact?: string;
};

const field = (event: StoredEvent, name: string): string => (event.data as Readonly<Record<string, string>>)[name]!;

/** Events that tell of a whole fact, by the field that names it; those that replace what was told before them. */
const told: Readonly<Record<string, { readonly of: string; readonly anew: boolean }>> = {
  [supportRequested.type]: { of: 'episodeId', anew: false },
  [requestConcluded.type]: { of: 'episodeId', anew: false },
  [requestCorrected.type]: { of: 'episodeId', anew: true },
  [requestWithdrawn.type]: { of: 'episodeId', anew: true },
  [assessmentCompleted.type]: { of: 'assessmentId', anew: false },
  [assessmentCorrected.type]: { of: 'assessmentId', anew: true },
  [assessmentWithdrawn.type]: { of: 'assessmentId', anew: true },
  [reviewCompleted.type]: { of: 'reviewId', anew: false },
  [reviewCorrected.type]: { of: 'reviewId', anew: true },
  [reviewWithdrawn.type]: { of: 'reviewId', anew: true },
};

/** All types that do something to a duty. */
export const dutyEventTypes: readonly string[] = [
  ...new Set([
    ...duties.flatMap(({ rules }) => rules.map(({ type }) => type)),
    endedByDeath.type,
    ...Object.keys(told),
  ]),
];

/** What an event does to the duties, in the order of their table. */
export function entriesOf(event: StoredEvent): readonly JournalEntry[] {
  const tells = told[event.type];
  const fact = tells && field(event, tells.of);
  const marks = duties.flatMap((duty) =>
    [...duty.rules, ...(duty.endsWithDeath ? [endedByDeath] : [])]
      .filter(({ type }) => type === event.type)
      .flatMap((rule) => rule.marks(event))
      .map((mark) => ({ ...mark, duty: duty.name, ...(fact && { fact }) })),
  );
  if (!tells?.anew || !fact) return marks;
  const personId = field(event, 'personId');
  return [...marks, { effect: 'retold', duty: '', personId, scope: personId, fact }];
}
