import type { EventStore } from '@caretrail/event-store';
import type { StoredEvent } from '@caretrail/kernel';
import type { Database } from '@caretrail/platform';
import type { Checkpoints, Lease } from './checkpoints.js';
import { park } from './parked-events.js';
import { type Advance, type AdvanceOptions, FollowingSubscription, unwaited } from './subscription.js';

const PAGE = 2_000;
const VERSION = 1;

/** Events in, commands out: for each event, the commands it causes. Repeating it has no further effect. */
export interface Process {
  /** `when-assessment-completed-open-allocation`. */
  readonly name: string;
  readonly types: readonly string[];
  /** What an event that cannot be handled holds up; the stream when left out. */
  key?(event: StoredEvent): string;
  /** Sends the commands, with ids derived from the event's. */
  handle(event: StoredEvent): Promise<void>;
}

/** A process as a subscription: the checkpoint follows the commands, whose derived ids make a repetition harmless. */
export class ProcessSubscription extends FollowingSubscription {
  readonly kind = 'process';
  readonly name: string;
  readonly types: readonly string[];

  constructor(
    private readonly process: Process,
    store: EventStore,
    database: Database,
    checkpoints: Checkpoints,
  ) {
    super(store, database, checkpoints);
    this.name = process.name;
    this.types = process.types;
  }

  async handleParked(events: readonly StoredEvent[]): Promise<void> {
    for (const event of events) await this.process.handle(event);
  }

  protected keyOf(event: StoredEvent): string {
    return this.process.key?.(event) ?? event.stream;
  }

  protected async step(lease: Lease, options: AdvanceOptions): Promise<Advance> {
    const { tenant } = lease;
    const { position } = lease.seen;
    const { pages, waiting } = await this.heldUnder(lease, PAGE);
    const page = await pages.next(position);
    if (page.position === position) return { position, caughtUp: page.caughtUp, handled: 0, parked: [] };
    const to = { version: VERSION, position: page.position };
    if (page.events.length) await this.checkpoints.confirm(lease);
    // The commands commit by themselves, before the checkpoint: repeated, they answer with their first result.
    // No transaction is open meanwhile: a connection held by each process would leave none for their commands.
    const parked = await this.handle(page.events, waiting, options.park ?? false, (part) => this.handleParked(part));
    await this.database.inOneGo(tenant, async (asking) => {
      unwaited(this.checkpoints.move(asking, lease, to));
      await park(asking, tenant, this.name, parked);
    });
    if (options.park) this.forget(lease);
    lease.seen = to;
    return { ...page, handled: page.events.length - parked.length, parked };
  }
}
