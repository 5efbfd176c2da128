import type { AlertRaisedData } from '../../contracts/index.js';

/** Whom the concern is about and since when, whose it is, and whether the duty was decided. */
export interface ConcernState {
  readonly raised?: { readonly adults: string[]; readonly on: string; readonly alert: AlertRaisedData };
  readonly owner?: string;
  readonly decided: boolean;
}
