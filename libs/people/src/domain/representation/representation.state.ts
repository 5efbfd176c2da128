import type { PlainDate } from '@caretrail/kernel';
import type { ConflictKind, RepresentationScope, RepresentativeAppointedData } from '../../contracts/index.js';

/** One representation as it stands. */
export interface Representation {
  readonly appointed: RepresentativeAppointedData;
  /** Its first day. */
  readonly since: PlainDate;
  /** The first day on which it no longer stands, where it was revoked. */
  readonly revokedOn?: PlainDate;
  /** Those known at the appointment, and those that came to light later. */
  readonly conflicts: readonly ConflictKind[];
}

/** All representations of one person, by id: one stream for each person, because it is asked who may speak for them. */
export interface RepresentationState {
  readonly byId: Readonly<Record<string, Representation>>;
}

/** What a conflict of interest takes out of a representative's scope, whatever the appointment says. */
const barredBy: Readonly<Record<ConflictKind, readonly RepresentationScope[]>> = {
  // Who may have harmed the person does not speak for them where it is asked what they need to be safe.
  'is alleged to be a source of harm': ['assessment', 'support planning', 'reviews', 'safeguarding'],
  'is paid from the person’s budget': [],
  'gains if less care is arranged': [],
  other: [],
};

/** What is left of the scope when the conflicts of interest have taken theirs. */
export function scopeLeft({
  appointed,
  conflicts,
}: Pick<Representation, 'appointed' | 'conflicts'>): readonly RepresentationScope[] {
  const barred = conflicts.flatMap((kind) => barredBy[kind]);
  return appointed.scope.filter((scope) => !barred.includes(scope));
}

/** Whether it stands on a day. It ends with the person's death: it is for decisions that they would make. */
export function isInForce({ appointed, since, revokedOn }: Representation, on: PlainDate, diedOn?: PlainDate): boolean {
  return (
    since <= on &&
    (appointed.until === undefined || on <= appointed.until) &&
    (revokedOn === undefined || on < revokedOn) &&
    (diedOn === undefined || on <= diedOn)
  );
}
