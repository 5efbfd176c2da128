import type { AlertRaisedData } from '../../contracts/index.js';

/** Whom the concern is about and since when, whose it is, whether there is a duty to enquire, and when that was done. */
export interface ConcernState {
  readonly raised?: { readonly adults: string[]; readonly on: string; readonly alert: AlertRaisedData };
  readonly owner?: string;
  readonly decided?: { readonly dutyToEnquire: boolean; readonly on: string };
  /** The day on which the enquiry was concluded. */
  readonly concludedOn?: string;
}
