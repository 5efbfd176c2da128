import { setTimeout as pause } from 'node:timers/promises';
import type { Tenant } from '@caretrail/kernel';
import type { Bell } from './bell.js';
import { CheckpointMoved, type Lease } from './checkpoints.js';
import { HandlingFailed, KeysParked, NewerRows, StoreReplaced, reasonOf } from './failures.js';
import type { RebuildProgress } from './rebuild-state.js';
import type { Subscription } from './subscription.js';

/** How long to wait before the next try, in milliseconds; the last for all that come later. */
export const RETRY_MS = [200, 1_000, 5_000];
/** A page that failed so often is halved, and what is at fault in it parked. */
const TRIES_BEFORE_PARKING = 2;

/** Where one subscription stands for one council. */
export interface SubscriptionStatus {
  readonly tenant: Tenant;
  readonly name: string;
  readonly kind: Subscription['kind'];
  readonly position: bigint;
  readonly caughtUp: boolean;
  /** Whether this runner holds the lease; else the position is what the table said when it was last looked at. */
  readonly held: boolean;
  /** What keeps it from going on, if anything does. */
  readonly failing?: string;
  /** While its rows are built anew by this runner. */
  readonly rebuilding?: RebuildProgress;
}

/** What this runner has handled since it started, of one subscription of one council. */
export interface RunnerCounts {
  readonly tenant: Tenant;
  readonly name: string;
  readonly kind: Subscription['kind'];
  readonly handled: number;
  readonly failures: number;
}

/** What a follower has of the runner that it belongs to. */
interface Surroundings {
  /** Rung when there may be something to follow. */
  readonly wake: Bell;
  /** To be rung when it came further. */
  readonly moved: Bell;
  /** The newest position that is known of the council. */
  headOf(): bigint;
  /** Whether it is to wait although there is something to follow. */
  isHeldBack(): boolean;
  /** Looks for leases before long. */
  tendSoon(): void;
  report(error: unknown): void;
}

/** One subscription of one council in one runner: follows for as long as the runner holds the lease. */
export class Follower {
  /** Given and taken by the runner; lost here when a checkpoint turns out to have been moved. */
  lease: Lease | undefined;
  position = -1n;
  caughtUp = false;
  failing: string | undefined;
  /** A newer program built the rows that are shown: whoever runs such a one is to carry them on. */
  tooOld = false;
  rebuilding: RebuildProgress | undefined;
  /** Somebody asked for new rows, and this runner is not at them yet. */
  rebuildAsked = false;
  rebuildRuns = false;
  failures = 0;
  private handled = 0;
  private toldOfNewerRows = false;

  constructor(
    readonly tenant: Tenant,
    readonly subscription: Subscription,
    private readonly around: Surroundings,
  ) {}

  get name(): string {
    return this.subscription.name;
  }

  status(): SubscriptionStatus {
    const { tenant, name, subscription, position, caughtUp, lease, failing, rebuilding } = this;
    return {
      tenant,
      name,
      kind: subscription.kind,
      position,
      caughtUp,
      held: lease !== undefined,
      ...(failing !== undefined && { failing }),
      ...(rebuilding && { rebuilding }),
    };
  }

  counts(): RunnerCounts {
    const { tenant, name, subscription, handled, failures } = this;
    return { tenant, name, kind: subscription.kind, handled, failures };
  }

  /** Page after page until the signal; what fails is tried again, and what goes on failing is parked. */
  async follow(ending: AbortSignal): Promise<void> {
    let [failures, poisoned] = [0, 0];
    while (!ending.aborted) {
      const { rung } = this.around.wake;
      const { lease } = this;
      if (!lease || this.around.isHeldBack() || (this.caughtUp && this.position >= this.around.headOf())) {
        await rung;
        continue;
      }
      try {
        await this.advance(lease, poisoned >= TRIES_BEFORE_PARKING, ending);
        failures = poisoned = 0;
      } catch (error) {
        if (ending.aborted) return;
        this.rebuilding = undefined;
        if (error instanceof CheckpointMoved) {
          if (this.lease === lease) this.lease = undefined;
          poisoned = 0;
          this.around.tendSoon();
          continue;
        }
        if (error instanceof HandlingFailed) poisoned++;
        await this.fail(lease, error instanceof HandlingFailed ? error.cause : error);
        const retry = RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)];
        await pause(retry, undefined, { signal: ending }).catch(() => undefined);
      }
    }
  }

  private async advance(lease: Lease, park: boolean, signal: AbortSignal): Promise<void> {
    const { position, caughtUp, handled, parked } = await this.subscription.advance(this.tenant, lease, {
      park,
      signal,
      onProgress: (progress) => (this.rebuilding = progress),
    });
    if (this.failing !== undefined) await this.subscription.checkpoints.fail(lease, undefined);
    this.handled += handled;
    Object.assign(this, { failing: undefined, rebuilding: undefined, toldOfNewerRows: false });
    // Where the lease was forgotten meanwhile, the position is of a store that may be another by now.
    if (this.lease === lease) Object.assign(this, { position, caughtUp });
    if (parked.length)
      this.around.report(
        new KeysParked([...new Set(parked.map(({ key }) => key))], [...new Set(parked.map(({ reason }) => reason))]),
      );
    this.around.moved.ring();
  }

  private async fail(lease: Lease, error: unknown): Promise<void> {
    this.failures++;
    this.failing = reasonOf(error);
    // It will be so until somebody starts the newer program, and is said once.
    if (!(error instanceof NewerRows && this.toldOfNewerRows)) this.around.report(error);
    this.toldOfNewerRows = error instanceof NewerRows;
    // Whether somebody started it over shows only in a new lease.
    if (error instanceof StoreReplaced) this.lease = undefined;
    await this.subscription.checkpoints.fail(lease, this.failing).catch(() => undefined);
  }
}
