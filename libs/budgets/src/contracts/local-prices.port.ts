import type { PlainDate } from '@caretrail/kernel';
import type { LocalPrice } from './indicative.events.js';

/** What services cost here, asked at the edge: whoever knows the market answers. */
export abstract class LocalPrices {
  /** Services whose price is known on a day; those of which too few packages are known are left out. */
  abstract knownOn(tenant: string, day: PlainDate): Promise<readonly LocalPrice[]>;
}
