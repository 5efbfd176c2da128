import type { EventCatalogue } from '@caretrail/kernel';
import type { EntityClass, MigrationClass } from '@caretrail/platform';
import type { Projection } from '@caretrail/projections';
import type { Type } from '@nestjs/common';
import { CasesModule, casesMigrations, casesProjection } from './cases/index.js';
import { DirectoryModule, directoryMigrations, directoryProjection } from './directory/index.js';
import { DirectPaymentsModule, directPaymentsMigrations, directPaymentsProjection } from './direct-payments/index.js';
import { DutyLedgerModule, dutyLedgerMigrations, dutyLedgerProjection } from './duty-ledger/index.js';
import {
  EventExplorerModule,
  EventExplorerProjection,
  ExploredEvent,
  eventExplorerMigrations,
} from './event-explorer/index.js';
import {
  MarketPositionModule,
  marketPositionMigrations,
  marketPositionProjection,
  replayableMarketPosition,
} from './market-position/index.js';
import { OperationsModule } from './operations/index.js';
import {
  safeguardingChronologyMigrations,
  SafeguardingChronologyModule,
  SafeguardingChronologyProjection,
} from './safeguarding-chronology/index.js';
import {
  safeguardingConcernsMigrations,
  SafeguardingConcernsModule,
  safeguardingConcernsProjection,
} from './safeguarding-concerns/index.js';
import { SealedHistoryModule } from './sealed-history/index.js';
import { SignpostingModule, signpostingMigrations, signpostingProjection } from './signposting/index.js';
import type { ReplayableView } from './replayable-view.port.js';

export { clockAsShown, databaseAsShown, storeAsShown } from './safeguarding-chronology/index.js';
export * from './replayable-view.port.js';
export { streamsAbout } from './sealed-history/index.js';
export { marketPositionMigrations, marketPositionProjection, replayableMarketPosition };

/** Nest modules of all views. */
export const viewModules: readonly Type[] = [
  CasesModule,
  DirectoryModule,
  DirectPaymentsModule,
  DutyLedgerModule,
  EventExplorerModule,
  MarketPositionModule,
  OperationsModule,
  SafeguardingChronologyModule,
  SafeguardingConcernsModule,
  SealedHistoryModule,
  SignpostingModule,
];

/** Tables of all views. */
export const viewMigrations: readonly MigrationClass[] = [
  ...eventExplorerMigrations,
  ...casesMigrations,
  ...dutyLedgerMigrations,
  ...directoryMigrations,
  ...directPaymentsMigrations,
  ...marketPositionMigrations,
  ...safeguardingChronologyMigrations,
  ...safeguardingConcernsMigrations,
  ...signpostingMigrations,
];

/** Entities through which views read their tables. */
export const viewEntities: readonly EntityClass[] = [ExploredEvent];

/** What keeps the tables of all views up to date. */
export const viewProjections = (catalogue: EventCatalogue): readonly Projection[] => [
  new EventExplorerProjection(catalogue),
  casesProjection,
  dutyLedgerProjection,
  directoryProjection,
  directPaymentsProjection,
  marketPositionProjection,
  new SafeguardingChronologyProjection(catalogue),
  safeguardingConcernsProjection,
  signpostingProjection,
];

/** Views that can be built again as they stood on a day. */
export const replayableViews: readonly ReplayableView[] = [replayableMarketPosition];
