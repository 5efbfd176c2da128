import type {
  AllocationOpenedData,
  CarerFacts,
  IndicativeBudgetCalculatedData,
  OverrideProposedData,
  RasAnswer,
} from '../../contracts/index.js';

/** An answer, and the stored event in which it reached the allocation. */
export interface HeldAnswer extends RasAnswer {
  readonly eventId: string;
}

/** From which assessment the budget follows, what was indicated, and whether it was allocated. */
export interface AllocationState {
  readonly opening?: AllocationOpenedData;
  /** The last one to each question. */
  readonly answers: readonly HeldAnswer[];
  readonly carer?: { readonly facts: CarerFacts; readonly eventId: string };
  readonly indicative?: IndicativeBudgetCalculatedData;
  /** Another amount that waits for its decision. */
  readonly proposal?: OverrideProposedData;
  readonly overriddenPencePerWeek?: number;
  /** True while the person wants none of the needs met. */
  readonly closed?: boolean;
  readonly allocated: boolean;
}

/** The amount that stands as the indication, in pence a week: the overridden one, else the calculated one. */
export const indicationOf = ({ overriddenPencePerWeek, indicative }: AllocationState): number | undefined =>
  overriddenPencePerWeek ?? indicative?.pencePerWeek;
