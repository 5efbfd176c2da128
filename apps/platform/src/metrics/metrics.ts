import type { AppendOutcome } from '@caretrail/event-store';
import type { SealedHistory } from '@caretrail/audit';
import type { Tenant } from '@caretrail/kernel';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { SubscriptionControl, SubscriptionRunner } from '@caretrail/projections';

const MILLISECONDS = 1_000;
const OF_SUBSCRIPTION = ['council', 'subscription', 'kind'] as const;

/**
 * Numbers about this process, for Prometheus. Councils are named by their ONS code; nothing is about a person.
 * Gauges are of the database, whichever process runs a subscription; counters are of this process since it started.
 */
export class Metrics {
  private readonly registry = new Registry();
  private readonly appends = this.counter('caretrail_appends_total', 'Appends, by what became of them', [
    'council',
    'outcome',
  ]);
  private readonly events = this.counter('caretrail_events_appended_total', 'Events added to the store', ['council']);
  private readonly groupAppends = this.histogram(
    'caretrail_append_group_appends',
    'Appends that shared a transaction',
    64,
  );
  private readonly groupEvents = this.histogram(
    'caretrail_append_group_events',
    'Events that shared a transaction',
    4_096,
  );
  private readonly handled = this.counter('caretrail_subscription_events_total', 'Events handled by this process');
  private readonly failures = this.counter('caretrail_subscription_failures_total', 'Pages that failed here');
  private readonly lag = this.gauge(
    'caretrail_subscription_lag_events',
    'Events of its types that a subscription has not handled yet, counted up to a limit',
  );
  private readonly position = this.gauge('caretrail_subscription_position', 'Position up to which events are handled');
  private readonly failing = this.gauge('caretrail_subscription_failing', '1 while a subscription cannot go on');
  private readonly held = this.gauge('caretrail_subscription_held', '1 where this process holds the lease');
  private readonly parked = this.gauge('caretrail_parked_keys', 'Keys that wait to be released or skipped');
  private readonly parkedEvents = this.gauge('caretrail_parked_events', 'Events that wait under these keys');

  private readonly sealedEvents = this.gauge('caretrail_sealed_events', 'Events that the newest checkpoint covers', [
    'council',
  ]);
  private readonly checkpointAge = this.gauge(
    'caretrail_checkpoint_age_seconds',
    'Seconds since the newest checkpoint was signed',
    ['council'],
  );
  private readonly unsealed = this.gauge(
    'caretrail_unsealed_seconds',
    'Seconds since the oldest event that is not sealed yet was recorded; 0 where all are',
    ['council'],
  );

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  countAppend(council: Tenant, outcome: AppendOutcome, events: number): void {
    this.appends.inc({ council, outcome });
    if (events) this.events.inc({ council }, events);
  }

  observeGroup(appends: number, events: number): void {
    this.groupAppends.observe(appends);
    this.groupEvents.observe(events);
  }

  /** Everything as Prometheus reads it, as of now. */
  async text(
    councils: readonly Tenant[],
    control: SubscriptionControl,
    runner: SubscriptionRunner,
    history: SealedHistory,
  ): Promise<string> {
    for (const metric of [this.lag, this.position, this.failing, this.held, this.parked, this.parkedEvents])
      metric.reset();
    for (const council of councils)
      for (const { name, kind, heldBy, ...each } of await control.overview(council)) {
        const labels = { council, subscription: name, kind };
        this.lag.set(labels, each.lag.events);
        this.position.set(labels, Number(each.position));
        this.failing.set(labels, each.failing ? 1 : 0);
        this.held.set(labels, heldBy === runner.owner ? 1 : 0);
        this.parked.set(labels, each.parked.length);
        this.parkedEvents.set(
          labels,
          each.parked.reduce((sum, { events }) => sum + events, 0),
        );
      }
    await this.showSealed(councils, history);
    this.handled.reset();
    this.failures.reset();
    for (const { tenant: council, name: subscription, kind, handled, failures } of runner.counts()) {
      this.handled.inc({ council, subscription, kind }, handled);
      this.failures.inc({ council, subscription, kind }, failures);
    }
    return this.registry.metrics();
  }

  /** What is not sealed for long, an alarm should tell: `caretrail_subscription_failing` says where sealing stands still. */
  private async showSealed(councils: readonly Tenant[], history: SealedHistory): Promise<void> {
    const secondsSince = (instant: string) => Math.max(0, (Date.now() - Date.parse(instant)) / MILLISECONDS);
    for (const metric of [this.sealedEvents, this.checkpointAge, this.unsealed]) metric.reset();
    for (const council of councils) {
      const [newest, { since }] = await Promise.all([history.newest(council), history.unsealed(council, 1)]);
      this.sealedEvents.set({ council }, newest?.size ?? 0);
      if (newest) this.checkpointAge.set({ council }, secondsSince(newest.sealedAt));
      this.unsealed.set({ council }, since ? secondsSince(since) : 0);
    }
  }

  private counter(name: string, help: string, labelNames: readonly string[] = OF_SUBSCRIPTION): Counter {
    return new Counter({ name, help, labelNames: [...labelNames], registers: [this.registry] });
  }

  /** @param most what a group holds at most: the buckets double up to it */
  private histogram(name: string, help: string, most: number): Histogram {
    const buckets = Array.from({ length: Math.log2(most) + 1 }, (_, doublings) => 2 ** doublings);
    return new Histogram({ name, help, buckets, registers: [this.registry] });
  }

  private gauge(name: string, help: string, labelNames: readonly string[] = OF_SUBSCRIPTION): Gauge {
    return new Gauge({ name, help, labelNames: [...labelNames], registers: [this.registry] });
  }
}
