import type { PlainDate, Recorded } from '@caretrail/kernel';
import {
  type AboutThePerson,
  type Agreement,
  type DissentRecordedData,
  type FivePointCheckCompletedData,
  type NeedNotMet,
  type OptionsOfferedData,
  type OutcomeMeasuredData,
  type PlanBudget,
  type PlanGivenInWritingData,
  type PlanRevisionOpenedData,
  type ReviewCompletedData,
  type ReviewRequestedData,
  type SupportPlanClosedData,
  type SupportPlanOpenedData,
  type SupportPlanSignedData,
  type UnmetNeed,
  aboutPersonRecorded,
  changesFoundAtReview,
  dissentRecorded,
  fivePointCheckCompleted,
  needRecordedUnmet,
  optionsOffered,
  outcomeMeasured,
  planGivenInWriting,
  planLineChanged,
  planLineContributed,
  planRevisionOpened,
  reviewCompleted,
  reviewRequestDeclined,
  reviewRequested,
  supportPlanAgreed,
  supportPlanClosed,
  supportPlanOpened,
  supportPlanSigned,
} from '../contracts/index.js';
import { supportPlanDecider, type SupportPlanEvent } from '../domain/support-plan/support-plan.decider.js';
import {
  currentVersion,
  type PlanStage,
  type StandingLine,
  type SupportPlanState,
} from '../domain/support-plan/support-plan.state.js';

/** The day on which something was true, the id of the account that did it, and in which role. */
export interface Told {
  readonly on: PlainDate;
  readonly actorId: string;
  readonly actorRole: string;
}
type ToldOf<Data> = Omit<Data, 'planId' | 'personId'> & Told;

/** A line, who entered it and who changed it last (ids of accounts). */
export type ReadLine = StandingLine & { readonly entered?: Told; readonly changed?: Told };

/** One version that was signed off: what stood in it, whole, and who signed. */
export interface PlanVersion {
  readonly version: number;
  readonly agreedOn: PlainDate;
  /** Id of the account that signed it off for the council. */
  readonly signedOffBy: string;
  readonly lines: readonly ReadLine[];
  readonly notMet: readonly NeedNotMet[];
  readonly coProduction: CoProduction;
  readonly budget: PlanBudget;
  readonly agreement: Agreement;
  readonly inTheirWords?: string;
  readonly stepsToAgree?: string;
  /** Of the person's side: with it the version is co-signed. */
  readonly signature?: ToldOf<SupportPlanSignedData>;
  readonly copies: readonly ToldOf<PlanGivenInWritingData>[];
}

/** How much of the plan is whose: of the lines that say it. */
export interface CoProduction {
  readonly lines: number;
  readonly byPerson: number;
  /** 0–1 of the lines that say whose they are; left out where none does. */
  readonly share?: number;
}

/** A review that is complete, with what it found. */
export type ReadReview = ToldOf<ReviewCompletedData> & {
  /** Id of the event that completed it: a change of the budget cites it. */
  readonly eventId: string;
  readonly whatChanged?: string;
  readonly inTheirWords?: string;
};

/** A request for a review, and what became of it. */
export type ReadRequest = ToldOf<ReviewRequestedData> & {
  readonly declined?: { readonly reasons: string } & Told;
  readonly answeredOn?: PlainDate;
};

/** A support plan as its own stream tells it; its personal fields are in clear. Money is whole pence a week. */
export interface SupportPlan extends SupportPlanOpenedData {
  readonly stage: PlanStage;
  /** The version that is in the making, or the one that was agreed last. */
  readonly version: number;
  /** What the lines are held against. */
  readonly budget: PlanBudget;
  readonly linesCostPencePerWeek: number;
  /** What the lines cost once: whole pence, never added to what they cost a week. */
  readonly linesCostOncePence: number;
  readonly lines: readonly ReadLine[];
  readonly unmet: readonly (UnmetNeed & Told)[];
  readonly coProduction: CoProduction;
  readonly about?: AboutThePerson & Told;
  readonly options: readonly ToldOf<OptionsOfferedData>[];
  readonly dissents: readonly ToldOf<DissentRecordedData>[];
  /** Of the version that is not agreed yet. */
  readonly signature?: ToldOf<SupportPlanSignedData>;
  readonly versions: readonly PlanVersion[];
  /** The version that is in force. */
  readonly signedOff?: PlanVersion;
  readonly startedOn?: PlainDate;
  readonly fivePointChecks: readonly ToldOf<FivePointCheckCompletedData>[];
  readonly measures: readonly ToldOf<OutcomeMeasuredData>[];
  readonly reviewDue?: { readonly dueOn: PlainDate; readonly countedFrom: PlainDate };
  readonly requests: readonly ReadRequest[];
  readonly reviews: readonly ReadReview[];
  readonly revisions: readonly ToldOf<PlanRevisionOpenedData>[];
  readonly closed?: ToldOf<SupportPlanClosedData>;
}

/** An event of the stream, open, with who acted. */
export type ReadEvent = Recorded<SupportPlanEvent> & Pick<Told, 'actorId' | 'actorRole'>;

/** What every event of one type told, with its day and who acted, in order. */
type Teller = <Type extends SupportPlanEvent['type']>(definition: {
  readonly type: Type;
}) => ToldOf<Extract<SupportPlanEvent, { type: Type }>['data']>[];

/** Reads the plan from its events, in the order in which they became known; undefined before it was opened. */
export function readPlan(events: readonly ReadEvent[]): { plan: SupportPlan; state: SupportPlanState } | undefined {
  const told: Teller = ({ type }) =>
    events
      .filter((event) => event.type === type)
      .map(({ data, effectiveOn: on, actorId, actorRole }) => ({ ...without(data), on, actorId, actorRole }) as never);
  const opening = events.find((event) => event.type === supportPlanOpened.type);
  if (!opening) return undefined;
  const written = new Map(told(planLineContributed).map((each) => [each.line.lineId, each]));
  const changed = new Map(told(planLineChanged).map((each) => [each.line.lineId, each]));
  const read = (line: StandingLine): ReadLine => ({
    ...line,
    ...moment('entered', written.get(line.lineId)),
    ...moment('changed', changed.get(line.lineId)),
  });
  const completedIn = new Map(
    events.flatMap((event) => (event.type === reviewCompleted.type ? [[event.data.reviewId, event.id] as const] : [])),
  );
  const signatures = told(supportPlanSigned);
  const copies = told(planGivenInWriting);
  let state = supportPlanDecider.initial;
  const versions: PlanVersion[] = [];
  for (const event of events) {
    state = supportPlanDecider.evolve(state, event);
    if (event.type !== supportPlanAgreed.type) continue;
    const { planId: _, personId: __, allocationId: ___, ...agreed } = event.data;
    const { version, lines } = state;
    const signature = signatures.findLast((each) => each.version === version);
    versions.push({
      ...agreed,
      version,
      agreedOn: event.effectiveOn,
      signedOffBy: event.actorId,
      lines: lines.map(read),
      coProduction: coProductionOf(lines),
      ...(signature && { signature }),
      copies: copies.filter((copy) => copy.version === version),
    });
  }
  const unmetTold = told(needRecordedUnmet);
  const lines = state.lines.map(read);
  const version = currentVersion(state);
  const about = told(aboutPersonRecorded).at(-1);
  const closed = told(supportPlanClosed).at(-1);
  const signedOff = versions.at(-1);
  const signature = state.signed.includes(version)
    ? signatures.findLast((each) => each.version === version)
    : undefined;
  const plan: SupportPlan = {
    ...opening.data,
    stage: state.stage,
    version,
    budget: state.budget!,
    linesCostPencePerWeek: lines.reduce((sum, { weeklyPence }) => sum + weeklyPence, 0),
    linesCostOncePence: lines.reduce((sum, { oneOffPence = 0 }) => sum + oneOffPence, 0),
    lines,
    unmet: state.unmet.map((unmet) => ({ ...lastOf(unmetTold, unmet.need, opening), ...unmet })),
    coProduction: coProductionOf(lines),
    ...(about && { about }),
    options: [...new Map(told(optionsOffered).map((offer) => [offer.need, offer])).values()],
    dissents: told(dissentRecorded),
    ...(signature && version > (signedOff?.version ?? 0) && { signature }),
    versions,
    ...(signedOff && { signedOff }),
    ...(state.startedOn && { startedOn: state.startedOn }),
    fivePointChecks: told(fivePointCheckCompleted),
    measures: told(outcomeMeasured),
    ...(state.reviewDue && state.stage !== 'closed' && { reviewDue: state.reviewDue }),
    ...reviewsOf(told, completedIn),
    revisions: told(planRevisionOpened),
    ...(closed && { closed }),
  };
  return { plan, state };
}

function reviewsOf(told: Teller, completedIn: ReadonlyMap<string, string>): Pick<SupportPlan, 'requests' | 'reviews'> {
  const found = new Map(told(changesFoundAtReview).map((each) => [each.reviewId, each]));
  const declined = new Map(told(reviewRequestDeclined).map((each) => [each.reviewId, each]));
  const reviews = told(reviewCompleted).map((review): ReadReview => {
    const { whatChanged, inTheirWords } = found.get(review.reviewId) ?? {};
    const eventId = completedIn.get(review.reviewId)!;
    return { ...review, eventId, ...(whatChanged && { whatChanged }), ...(inTheirWords && { inTheirWords }) };
  });
  const requests = told(reviewRequested).map((request): ReadRequest => {
    const answered = reviews.find(({ reviewId }) => reviewId === request.reviewId);
    const no = declined.get(request.reviewId);
    return { ...request, ...(no && { declined: no }), ...(answered && { answeredOn: answered.on }) };
  });
  return { requests, reviews };
}

/** Of the lines that say whose they are, how many are the person's. */
export function coProductionOf(lines: readonly Pick<ReadLine, 'writtenBy'>[]): CoProduction {
  const said = lines.filter(({ writtenBy }) => writtenBy !== undefined).length;
  const byPerson = lines.filter(({ writtenBy }) => writtenBy === 'person').length;
  return { lines: lines.length, byPerson, ...(said && { share: byPerson / said }) };
}

const without = <Data extends { planId?: string | undefined; personId: string }>(data: Data) => {
  const { planId: _, personId: __, ...rest } = data;
  return rest;
};

const moment = (name: 'entered' | 'changed', told: Told | undefined) =>
  told && { [name]: { on: told.on, actorId: told.actorId, actorRole: told.actorRole } };

const lastOf = (told: readonly (Told & { readonly need: string })[], need: string, opening: ReadEvent): Told => {
  const { on, actorId, actorRole } = told.findLast((each) => each.need === need) ?? {
    ...opening,
    on: opening.effectiveOn,
  };
  return { on, actorId, actorRole };
};
