/** Where asking found what no notice had told of, it asks again so soon. */
const LEAST_MS = 125;
const MOST_MS = 1_000;
/** Leases are tended to so many times before they end, at the least. */
const TIMES_IN_A_LEASE = 4;

/**
 * How long somebody waits who asks for what is new: quick for as long as asking finds something, and each time that it
 * does not, half as often, because notices tell of it sooner.
 */
export class AskingPace {
  readonly least: number;
  private readonly most: number;
  private waits = 0;

  /** @param leaseMs how long a lease lasts that has to be renewed by whoever asks */
  constructor(leaseMs: number) {
    this.most = Math.min(MOST_MS, leaseMs / TIMES_IN_A_LEASE);
    this.least = Math.min(LEAST_MS, this.most);
  }

  /** Milliseconds until the next question. @param found whether the last one found something new */
  next(found: boolean): number {
    this.waits = found ? this.least : Math.min(this.waits * 2, this.most);
    return this.waits;
  }
}
