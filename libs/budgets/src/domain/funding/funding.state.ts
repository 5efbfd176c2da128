import type { Cadence, FundingStreamAddedData, FundingStepPlannedData } from '../../contracts/index.js';

/** A stream as it stands: with the end that somebody noted, and how much of it is pooled each time that it comes. */
export interface HeldStream extends FundingStreamAddedData {
  readonly pooledPence: number;
}

/** The other public money of one person. */
export interface FundingState {
  readonly streams: readonly HeldStream[];
  readonly pools: readonly string[];
  /** Planned and not held yet. */
  readonly planned: readonly FundingStepPlannedData[];
}

export type Amounts = Readonly<Partial<Record<Exclude<Cadence, 'in kind'>, number>>>;

/** Sums by cadence: what comes weekly and what comes once are never one figure. */
export function byCadence(amounts: readonly { readonly cadence: Cadence; readonly pence?: number }[]): Amounts {
  const sums: Partial<Record<Exclude<Cadence, 'in kind'>, number>> = {};
  for (const { cadence, pence } of amounts)
    if (cadence !== 'in kind' && pence !== undefined) sums[cadence] = (sums[cadence] ?? 0) + pence;
  return sums;
}
