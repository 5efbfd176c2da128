import { EventStore } from '@caretrail/event-store';
import { fold, NotFound, type PlainDate, type Recorded, standingEvents } from '@caretrail/kernel';
import { PersonalCodec } from '@caretrail/privacy';
import { Inject, Injectable } from '@nestjs/common';
import type {
  AssessorAnswersRecordedData,
  DecisionGivenInWritingData,
  OrdinaryResidenceEstablishedData,
  SignpostedToUniversalServiceData,
  WishesRecordedData,
  WrittenAdviceGivenData,
} from '../contracts/index.js';
import { assessmentDecider, type AssessmentEvent, assessmentStream } from '../domain/assessment/assessment.decider.js';
import { type AssessmentState, decisionOf, isOpen } from '../domain/assessment/assessment.state.js';

type On<Data> = Data & { readonly on: PlainDate };

/** One assessment as it is known now: what the decider knows, and what was said on the way. */
export interface AssessmentRecord {
  readonly assessmentId: string;
  readonly personId: string;
  readonly state: AssessmentState;
  /** Whether it can still be worked on. */
  readonly open: boolean;
  readonly caresFor: readonly string[];
  readonly ownOn?: PlainDate;
  readonly assessor?: On<AssessorAnswersRecordedData>;
  readonly returnedBecause?: string;
  readonly decidedOn?: PlainDate;
  readonly decision?: string;
  readonly wishes?: On<WishesRecordedData>;
  readonly residence?: On<OrdinaryResidenceEstablishedData>;
  readonly writing: readonly On<DecisionGivenInWritingData>[];
  readonly advice?: On<WrittenAdviceGivenData>;
  readonly signposts: readonly On<SignpostedToUniversalServiceData>[];
  /** What happened, in order: stored name, what it said, day, and the id of who did it. */
  readonly history: readonly {
    readonly type: string;
    readonly data: unknown;
    readonly on: PlainDate;
    readonly by: string;
  }[];
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads one assessment from its own stream, so that it is never behind. */
@Injectable()
export class AssessmentQuery {
  constructor(
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(PersonalCodec) private readonly codec: PersonalCodec,
  ) {}

  /** @throws NotFound for an id that this council has no assessment under */
  async get(tenant: string, assessmentId: string): Promise<AssessmentRecord> {
    const stored = UUID.test(assessmentId)
      ? await this.store.readStream(tenant, assessmentStream({ assessmentId }))
      : [];
    const opened = await this.codec.open(stored);
    const events = standingEvents(opened, {}) as Recorded<AssessmentEvent>[];
    const [first] = events;
    if (!first) throw new NotFound('No assessment with this id is known here.');
    const state = fold(assessmentDecider, events);
    const all = <Type extends AssessmentEvent['type']>(type: Type) => allOf(events, type);
    const last = <Type extends AssessmentEvent['type']>(type: Type) => allOf(events, type).at(-1);
    const offered = last('assessment.assessment-offered.v1');
    const carer = last('assessment.carer-assessed.v1');
    const own = last('assessment.self-assessment-submitted.v1');
    const assessor = last('assessment.assessor-answers-recorded.v1');
    const returned = state.progress === 'returned' ? last('assessment.assessment-returned.v1') : undefined;
    const decidedOn = state.standing?.completedOn ?? carer?.on;
    const wishes = last('assessment.wishes-recorded.v1');
    const residence = last('assessment.ordinary-residence-established.v1');
    const advice = last('assessment.written-advice-given.v1');
    const decision = decisionOf(state);
    return {
      assessmentId,
      personId: first.data.personId,
      state,
      open: isOpen(state),
      caresFor: carer?.caresFor ?? offered?.caresFor ?? [],
      ...(own && { ownOn: own.on }),
      ...(assessor && { assessor }),
      ...(returned && { returnedBecause: returned.reasons }),
      ...(decidedOn && { decidedOn }),
      ...(decision && { decision }),
      ...(wishes && { wishes }),
      ...(residence && { residence }),
      writing: all('assessment.decision-given-in-writing.v1'),
      ...(advice && { advice }),
      signposts: all('assessment.signposted-to-universal-service.v1'),
      history: opened.map(({ type, data, metadata }) => ({
        type,
        data,
        on: metadata.effectiveOn,
        by: metadata.actorId,
      })),
    };
  }
}

/** What all events of one type said, each with the day it was true. */
function allOf<Type extends AssessmentEvent['type']>(
  events: readonly Recorded<AssessmentEvent>[],
  type: Type,
): On<Extract<AssessmentEvent, { readonly type: Type }>['data']>[] {
  return events
    .filter((event) => event.type === type)
    .map(({ data, effectiveOn }) => ({ ...data, on: effectiveOn }) as never);
}
