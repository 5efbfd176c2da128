import type { EventStore } from '@caretrail/event-store';
import type { StoredEvent } from '@caretrail/kernel';
import type { Database } from '@caretrail/platform';
import { CheckpointMoved, type Checkpoints, type Lease } from './checkpoints.js';
import { park, waitingKeys } from './parked-events.js';
import { type Advance, type AdvanceOptions, FollowingSubscription } from './subscription.js';

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
    if (lease.fresh) await this.assertSameStore(lease);
    lease.fresh = false;
    const { position } = lease.seen;
    const page = await this.store.readAll({ tenant, after: position, limit: PAGE, types: this.types });
    if (page.position === position) return { position, caughtUp: page.caughtUp, handled: 0, parked: [] };
    const to = { version: VERSION, position: page.position };
    const { database, checkpoints } = this;
    const waiting = await database.inTenant(tenant, (manager) => waitingKeys(manager, tenant, this.name));
    // The commands commit by themselves, before the checkpoint: repeated, they answer with their first result.
    // No transaction is open meanwhile: a connection held by each process would leave none for their commands.
    const parked = await this.handle(page.events, waiting, options.park ?? false, (part) => this.handleParked(part));
    await database.inTenant(tenant, async (manager) => {
      await checkpoints.move(manager, lease, to);
      // What was released meanwhile must not be followed by what would wait for it.
      const stillWaiting = await waitingKeys(manager, tenant, this.name);
      if (parked.some(({ key }) => waiting.has(key) && !stillWaiting.has(key))) throw new CheckpointMoved(this.name);
      await park(manager, tenant, this.name, parked);
    });
    lease.seen = to;
    return { ...page, handled: page.events.length - parked.length, parked };
  }
}
