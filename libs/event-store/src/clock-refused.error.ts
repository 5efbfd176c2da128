import { CaretrailError, type Instant, type Tenant } from '@caretrail/kernel';

export type ClockRefusal = 'not-simulated' | 'before-last-event' | 'in-the-future';

const reasons: Record<ClockRefusal, string> = {
  'not-simulated': 'Only a simulated council has a clock that can be set; this one is real.',
  'before-last-event': 'The clock of a council never runs backwards: the moment lies before its last event.',
  'in-the-future': 'Nothing can be recorded in the future.',
};

/** A `recordedAt` that the store does not accept: it never backdates and never runs ahead. Nothing was written. */
export class ClockRefused extends CaretrailError {
  readonly kind = 'invalid';
  constructor(
    readonly tenant: Tenant,
    readonly recordedAt: Instant,
    readonly refusal: ClockRefusal,
  ) {
    super(`${reasons[refusal]} (${tenant}, ${recordedAt})`, [
      { rule: `recorded-at-${refusal}`, message: reasons[refusal], field: 'recordedAt' },
    ]);
  }
}
