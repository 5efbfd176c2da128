import type { PlainDate } from '@caretrail/kernel';
import { idOf } from './life-step.js';

/** A list of prices that a council publishes in March for the April after it. */
export interface Uprating {
  readonly upratingId: string;
  readonly publishedOn: PlainDate;
  readonly from: PlainDate;
  readonly factor: number;
  readonly reference: string;
}

/** About as much as the hourly rate of home care rose in 2024-25 (DHSC, Adult social care finance report). */
const FACTOR = 1.07;

/** The upratings that take effect after one day and up to another. */
export function upratings(after: PlainDate, upTo: PlainDate): readonly Uprating[] {
  const [first, last] = [Number(after.slice(0, 4)), Number(upTo.slice(0, 4))];
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
    .map((year) => ({
      upratingId: idOf(year, 'uprating'),
      publishedOn: `${year}-03-16`,
      from: `${year}-04-01`,
      factor: FACTOR,
      reference: `Prices for care from April ${year}`,
    }))
    .filter(({ from }) => from > after && from <= upTo);
}
