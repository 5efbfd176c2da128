const MOST_EVENTS = 4_000;
const LEAST_EVENTS = 64;
/** A transaction that takes longer is followed by a smaller one: then a bulk load commits every second on a slow machine, too. */
const LONGEST_MS = 500;

/** How many events go together, so that no transaction is long: who loads many keeps nobody from writing, or from reading what came so far. */
export class GroupPace {
  /** Events that the next transaction may hold; a request that has more by itself is one transaction all the same. */
  most = MOST_EVENTS;

  /** @param events that a transaction held @param ms from when it was sent until it was on the disk */
  took(events: number, ms: number): void {
    this.most =
      ms > LONGEST_MS
        ? Math.max(Math.floor(Math.min(this.most, events) / 2), LEAST_EVENTS)
        : Math.min(this.most * 2, MOST_EVENTS);
  }
}
