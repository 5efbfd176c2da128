import { Evidence, HistorySealer, SealedHistory } from '@caretrail/audit';
import { CommandExecutor } from '@caretrail/commands';
import {
  AppendActivity,
  AppendNotices,
  EventStore,
  PostgresEventStore,
  UpcastingEventStore,
} from '@caretrail/event-store';
import { type Clock, EventCatalogue } from '@caretrail/kernel';
import { CouncilClocks, Councils, Database, Readiness, Secrets } from '@caretrail/platform';
import { PersonalCodec, SealedDrafts, SubjectIndex, SubjectKeys } from '@caretrail/privacy';
import {
  Checkpoints,
  KeysParked,
  ProcessSubscription,
  ProjectionSubscription,
  RowsDiffered,
  type Subscription,
  SubscriptionControl,
  SubscriptionRunner,
} from '@caretrail/projections';
import { processes } from '@caretrail/processes';
import { clockAsShown, storeAsShown } from '@caretrail/views';
import { Freshness, ViewPositions, WhatWasShown } from '@caretrail/web';
import { type DynamicModule, Logger, Module } from '@nestjs/common';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { catalogue, projections, routes, upcasters } from './house.js';
import { CountedEventStore } from './metrics/counted-event-store.adapter.js';
import { MetricsController } from './metrics/metrics.controller.js';
import { Metrics } from './metrics/metrics.js';

const SUBSCRIPTIONS = 'SUBSCRIPTIONS';
const FOLLOWS = 'FOLLOWS';
const log = new Logger('Subscriptions');

function alarm(err: unknown, subscription: string, tenant: string): void {
  if (err instanceof RowsDiffered)
    return log.error(
      { tables: err.tables, subscription, tenant },
      'rebuilt rows came out differently: see /operations',
    );
  if (!(err instanceof KeysParked)) return log.error({ err, subscription, tenant }, 'a subscription cannot go on');
  const { keys, reasons } = err;
  log.error({ keys, reasons, subscription, tenant }, 'events were parked: release or skip them on /operations');
}

const providers = [
  { provide: Metrics, useFactory: () => new Metrics() },
  { provide: AppendActivity, useFactory: () => new AppendActivity() },
  { provide: EventCatalogue, useValue: catalogue },
  {
    provide: 'CLOCK',
    useFactory: (database: Database) => clockAsShown(new CouncilClocks(database)),
    inject: [Database],
  },
  {
    // What is stored, as it is stored; all but who checks that reads it through `EventStore`.
    provide: PostgresEventStore,
    useFactory: (database: Database, metrics: Metrics, activity: AppendActivity) =>
      new CountedEventStore(
        database.pool,
        (...counted) => {
          metrics.countAppend(...counted);
          activity.count(...counted);
        },
        (tenant, appends, events) => {
          metrics.observeGroup(appends, events);
          activity.group(tenant, appends);
        },
      ),
    inject: [Database, Metrics, AppendActivity],
  },
  {
    provide: EventStore,
    useFactory: (stored: PostgresEventStore) => storeAsShown(UpcastingEventStore.over(stored, upcasters)),
    inject: [PostgresEventStore],
  },
  {
    provide: SubjectKeys,
    useFactory: (database: Database, secrets: Secrets) => new SubjectKeys(database, secrets.masterKey),
    inject: [Database, Secrets],
  },
  {
    provide: SealedDrafts,
    useFactory: (database: Database, keys: SubjectKeys) => new SealedDrafts(database, keys),
    inject: [Database, SubjectKeys],
  },
  {
    provide: SubjectIndex,
    useFactory: (database: Database, secrets: Secrets) => new SubjectIndex(database, secrets.masterKey),
    inject: [Database, Secrets],
  },
  {
    provide: PersonalCodec,
    useFactory: (keys: SubjectKeys) => new PersonalCodec(keys, catalogue, upcasters),
    inject: [SubjectKeys],
  },
  {
    provide: CommandExecutor,
    useFactory: (store: EventStore, codec: PersonalCodec, clock: Clock) =>
      new CommandExecutor(store, codec, catalogue, routes, clock),
    inject: [EventStore, PersonalCodec, 'CLOCK'],
  },
  { provide: Checkpoints, useFactory: (database: Database) => new Checkpoints(database), inject: [Database] },
  { provide: SealedHistory, useFactory: (database: Database) => new SealedHistory(database), inject: [Database] },
  {
    provide: HistorySealer,
    useFactory: (stored: PostgresEventStore, database: Database, checkpoints: Checkpoints, secrets: Secrets) =>
      new HistorySealer(stored, database, checkpoints, secrets.sealingKey),
    inject: [PostgresEventStore, Database, Checkpoints, Secrets],
  },
  {
    provide: Evidence,
    useFactory: (stored: PostgresEventStore, history: SealedHistory) => new Evidence(stored, history),
    inject: [PostgresEventStore, SealedHistory],
  },
  {
    provide: SUBSCRIPTIONS,
    useFactory: (
      store: EventStore,
      database: Database,
      checkpoints: Checkpoints,
      bus: CommandBus,
      keys: SubjectKeys,
      sealer: HistorySealer,
    ): Subscription[] => [
      ...projections.map((each) => new ProjectionSubscription(each, store, database, checkpoints)),
      ...processes(bus, keys).map((each) => new ProcessSubscription(each, store, database, checkpoints)),
      sealer,
    ],
    inject: [EventStore, Database, Checkpoints, CommandBus, SubjectKeys, HistorySealer],
  },
  {
    provide: SubscriptionRunner,
    useFactory: (
      store: EventStore,
      subscriptions: Subscription[],
      councils: Councils,
      readiness: Readiness,
      follows: boolean,
    ) => {
      const runner = new SubscriptionRunner(
        store,
        subscriptions,
        async () => (await councils.list()).map(({ tenant }) => tenant),
        alarm,
        { runs: follows },
      );
      if (!follows) return runner;
      // What is parked, or is not sealed, does not count: everything else goes on, and taking this process out would help nobody.
      readiness.register('subscriptions', () => {
        const failing = runner.status().filter((each) => each.failing && each.kind !== 'sealing');
        return failing.length
          ? Promise.reject(new Error(`cannot go on: ${failing.map(({ name }) => name).join(', ')}`))
          : Promise.resolve();
      });
      return runner;
    },
    inject: [EventStore, SUBSCRIPTIONS, Councils, Readiness, FOLLOWS],
  },
  {
    provide: AppendNotices,
    useFactory: (database: Database, store: EventStore, runner: SubscriptionRunner) =>
      new AppendNotices(database.pool, store, (tenant) => runner.heard(tenant)),
    inject: [Database, EventStore, SubscriptionRunner],
  },
  {
    provide: SubscriptionControl,
    useFactory: (subscriptions: Subscription[], store: EventStore, database: Database, checkpoints: Checkpoints) =>
      new SubscriptionControl(subscriptions, store, database, checkpoints),
    inject: [SUBSCRIPTIONS, EventStore, Database, Checkpoints],
  },
  { provide: Freshness, useExisting: SubscriptionRunner },
  {
    provide: ViewPositions,
    useFactory: (checkpoints: Checkpoints): ViewPositions => ({
      upTo: async (tenant) => {
        const standings = new Map((await checkpoints.standings(tenant)).map(({ name, position }) => [name, position]));
        const read = projections.map(({ name }) => standings.get(name) ?? 0n);
        return read.reduce((least, position) => (position < least ? position : least));
      },
    }),
    inject: [Checkpoints],
  },
  WhatWasShown,
];

/** Store, keys, commands and subscriptions, wired once and provided everywhere. */
@Module({
  imports: [CqrsModule.forRoot()],
  controllers: [MetricsController],
  providers,
  exports: [CqrsModule, ...providers.map((each) => ('provide' in each ? each.provide : each))],
})
export class CoreModule {
  /** @param follows whether this process runs projections and processes, or leaves them to others and only waits for them */
  static forRoot(follows: boolean): DynamicModule {
    return { module: CoreModule, global: true, providers: [{ provide: FOLLOWS, useValue: follows }] };
  }
}
