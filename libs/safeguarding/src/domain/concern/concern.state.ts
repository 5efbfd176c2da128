import type { AlertRaisedData, ProtectionPlanAgreedData } from '../../contracts/index.js';

/** How one adult is kept safe after the enquiry. */
export interface ProtectionState {
  /** The plan that was agreed last. */
  readonly plan: ProtectionPlanAgreedData;
  /** The day on which it was agreed or reviewed last. */
  readonly on: string;
  /** The day of the review that ended it. */
  readonly endedOn?: string;
}

/** Whom the concern is about and since when, whose it is, whether there is a duty to enquire, when that was done, and what follows. */
export interface ConcernState {
  readonly raised?: { readonly adults: string[]; readonly on: string; readonly alert: AlertRaisedData };
  readonly owner?: string;
  readonly decided?: { readonly dutyToEnquire: boolean; readonly on: string };
  /** When the enquiry was concluded, and whether action is taken. */
  readonly concluded?: { readonly on: string; readonly action: boolean };
  /** Of each adult who has or had one, by id. */
  readonly protection: Readonly<Record<string, ProtectionState>>;
}
