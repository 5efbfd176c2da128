import { type PlainDate, sameContent } from '@caretrail/kernel';
import type {
  DraftedLine,
  PlanBudget,
  ReviewConsequence,
  SupportPlanOpenedData,
  UnmetNeed,
} from '../../contracts/index.js';

/** How far a plan has come: made, agreed, in force, open for change, ended. */
export type PlanStage = 'not opened' | 'draft' | 'agreed' | 'active' | 'under revision' | 'closed';

/** A line as it stands; whose it is nobody said where another system brought it in with the agreement. */
export type StandingLine = Omit<DraftedLine, 'writtenBy'> & Partial<Pick<DraftedLine, 'writtenBy'>>;

/** A review of this plan that is complete, what follows from it, and whether the plan was opened for it. */
export interface CompletedReview {
  readonly reviewId: string;
  readonly consequence: ReviewConsequence;
  readonly acted: boolean;
  /** The budget with which the plan was opened for it. */
  readonly budget?: PlanBudget;
}

/** What decisions about a plan need to know. */
export interface SupportPlanState {
  readonly stage: PlanStage;
  readonly opening?: SupportPlanOpenedData;
  /** What the lines are held against: of the opening, or of the newest revision that changed it. */
  readonly budget?: PlanBudget;
  /** The version that was agreed last; 0 before the first. */
  readonly version: number;
  readonly agreedOn?: PlainDate;
  readonly startedOn?: PlainDate;
  readonly lines: readonly StandingLine[];
  /** What lines of the version that was agreed last cost once, by line: it is paid, and not held against a later statement. */
  readonly paidOnce: Readonly<Record<string, number>>;
  readonly unmet: readonly UnmetNeed[];
  /** True once a line or an unmet need of the version in the making was written here. */
  readonly draftedHere: boolean;
  /** Versions that the person's side signed. A change of the draft makes its signature void. */
  readonly signed: readonly number[];
  /** True while the person, or who signs for them, dissents from the version in the making. */
  readonly dissent: boolean;
  readonly reviewDue?: { readonly dueOn: PlainDate; readonly countedFrom: PlainDate };
  /** Ids of reviews that were asked for and are neither made nor declined. */
  readonly requests: readonly string[];
  readonly reviews: readonly CompletedReview[];
}

export const newSupportPlan: SupportPlanState = {
  stage: 'not opened',
  version: 0,
  lines: [],
  paidOnce: {},
  unmet: [],
  draftedHere: false,
  signed: [],
  dissent: false,
  requests: [],
  reviews: [],
};

/** Whether lines can be written: before the first agreement, or after a review opened the plan. */
export const inTheMaking = ({ stage }: SupportPlanState): boolean => stage === 'draft' || stage === 'under revision';

/** The version that is in the making, or else the one that was agreed last. */
export const currentVersion = (state: SupportPlanState): number => state.version + (inTheMaking(state) ? 1 : 0);

/** The same weekly amounts, and the same once; where nothing is said of sums that are paid once there are none. */
export const sameAmounts = (one: PlanBudget | undefined, other: PlanBudget): boolean =>
  one !== undefined && sameContent({ oneOff: [], ...one }, { oneOff: [], ...other });
