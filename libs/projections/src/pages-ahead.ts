import type { EventPage, EventStore, ReadAll } from '@caretrail/event-store';

/** What one question asks for; for who is further behind than that, several are on their way. */
const FEW = 2_000;
/** However few events of the types there are, the checkpoint moves on after so many positions. */
const POSITIONS = 200_000n;

/** The pages behind a position, one after another, with the next one on its way. */
export class PagesAhead {
  private coming: Promise<EventPage> | undefined;
  private rest: AsyncGenerator<EventPage, void, undefined> | undefined;

  constructor(
    private readonly store: EventStore,
    private readonly query: Omit<ReadAll, 'after' | 'limit'>,
    private readonly limit: number,
  ) {}

  /**
   * The next page: of up to `limit` events, and a few more where they come in stretches.
   * @param after where the page before ended
   */
  async next(after: bigint): Promise<EventPage> {
    const page = await (this.coming ?? this.read(after));
    this.coming = page.caughtUp ? undefined : this.read(page.position);
    this.coming?.catch(() => undefined); // told when it is waited for
    return page;
  }

  private async read(after: bigint): Promise<EventPage> {
    let last = this.rest ? undefined : await this.store.readAll({ ...this.query, after, limit: FEW });
    const pages = last ? [last.events] : [];
    let events = last?.events.length ?? 0;
    while (!last || (!last.caughtUp && events < this.limit && last.position - after < POSITIONS)) {
      this.rest ??= this.store.replay({ ...this.query, after: last?.position ?? after });
      const { value } = await this.rest.next();
      if (!value) throw new Error('A replay ended before it had caught up.');
      last = value;
      pages.push(last.events);
      events += last.events.length;
    }
    if (last.caughtUp) this.rest = undefined;
    return { ...last, events: pages.flat() };
  }
}
