import {
  assessmentCompleted,
  assessmentCorrected,
  assessmentOffered,
  assessmentWithdrawn,
  carerAssessed,
  requestCorrected,
  requestWithdrawn,
  signpostedToUniversalService,
  supportRequested,
} from '@caretrail/assessment/contracts';
import type { PlainDate, StoredEvent } from '@caretrail/kernel';
import { deathRecorded } from '@caretrail/people/contracts';

export type MarkKind = 'signpost' | 'request' | 'assessment' | 'death' | 'withdrawn';

/** One telling of a fact about a person. A later telling of the same fact takes its place. */
export interface Mark {
  readonly kind: MarkKind;
  readonly personId: string;
  readonly fact: string;
  /** Left out where the fact is withdrawn. */
  readonly on?: PlainDate;
  readonly service?: string;
  readonly serviceId?: string;
  readonly assessmentId?: string;
}

interface Told {
  readonly personId: string;
  readonly episodeId: string;
  readonly assessmentId: string;
  readonly requestedOn: PlainDate;
  readonly startedOn: PlainDate;
  readonly service: string;
  readonly serviceId?: string;
}
type Telling = (data: Told, event: StoredEvent) => Omit<Mark, 'personId'>;

const began: Telling = ({ assessmentId, startedOn }) => ({ kind: 'assessment', fact: assessmentId, on: startedOn });

const tellings: Readonly<Record<string, Telling>> = {
  [signpostedToUniversalService.type]: ({ service, serviceId, assessmentId }, { id, metadata }) => ({
    kind: 'signpost',
    fact: id,
    on: metadata.effectiveOn,
    service,
    ...(serviceId && { serviceId }),
    assessmentId,
  }),
  [supportRequested.type]: ({ episodeId }, { metadata }) => ({
    kind: 'request',
    fact: episodeId,
    on: metadata.effectiveOn,
  }),
  [requestCorrected.type]: ({ episodeId, requestedOn }) => ({ kind: 'request', fact: episodeId, on: requestedOn }),
  [requestWithdrawn.type]: ({ episodeId }) => ({ kind: 'withdrawn', fact: episodeId }),
  [assessmentOffered.type]: ({ assessmentId }, { metadata }) => ({
    kind: 'assessment',
    fact: assessmentId,
    on: metadata.effectiveOn,
  }),
  [assessmentCompleted.type]: began,
  [assessmentCorrected.type]: began,
  [carerAssessed.type]: began,
  [assessmentWithdrawn.type]: ({ assessmentId }) => ({ kind: 'withdrawn', fact: assessmentId }),
  [deathRecorded.type]: ({ personId }, { metadata }) => ({ kind: 'death', fact: personId, on: metadata.effectiveOn }),
};

/** All types that tell of a signpost, or of what may have come after it. */
export const markedTypes: readonly string[] = Object.keys(tellings);

export function markOf(event: StoredEvent): Mark {
  const data = event.data as Told;
  return { personId: data.personId, ...tellings[event.type]!(data, event) };
}
