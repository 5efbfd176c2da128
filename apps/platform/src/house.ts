import { assessmentEvents, assessmentRoutes } from '@caretrail/assessment';
import { auditMigrations } from '@caretrail/audit';
import { budgetsEvents, budgetsRoutes } from '@caretrail/budgets';
import { commissioningEvents, commissioningRoutes } from '@caretrail/commissioning';
import { eventStoreMigrations, Upcasters } from '@caretrail/event-store';
import { EventCatalogue } from '@caretrail/kernel';
import { peopleEvents, peopleMigrations, peopleRoutes, representedPeopleProjection } from '@caretrail/people';
import { planningEvents, planningRoutes } from '@caretrail/planning';
import type { PlatformParts } from '@caretrail/platform';
import { privacyMigrations } from '@caretrail/privacy';
import { type Projection, projectionMigrations } from '@caretrail/projections';
import { returnsEvents, returnsRoutes } from '@caretrail/returns';
import { safeguardingEvents, safeguardingMigrations, safeguardingRoutes } from '@caretrail/safeguarding';
import { viewEntities, viewMigrations, viewProjections } from '@caretrail/views';

/** Every type of event of the house. */
export const catalogue = new EventCatalogue([
  ...peopleEvents,
  ...assessmentEvents,
  ...budgetsEvents,
  ...planningEvents,
  ...commissioningEvents,
  ...safeguardingEvents,
  ...returnsEvents,
]);

/**
 * What brings stored events of older versions to the current ones, one step for each version left behind: none yet.
 * A step that is missing, doubled or leads nowhere stops the start with a sentence.
 */
export const upcasters = new Upcasters(
  [],
  catalogue.all().map(({ type }) => type),
);

/** Every command and who decides it. */
export const routes = [
  ...peopleRoutes,
  ...assessmentRoutes,
  ...budgetsRoutes,
  ...planningRoutes,
  ...commissioningRoutes,
  ...safeguardingRoutes,
  ...returnsRoutes,
];

/** Every read model. */
export const projections: readonly Projection[] = [representedPeopleProjection, ...viewProjections(catalogue)];

/** What the database of this house holds. */
export const platformParts: PlatformParts = {
  entities: viewEntities,
  migrations: [
    ...eventStoreMigrations,
    ...privacyMigrations,
    ...projectionMigrations,
    ...auditMigrations,
    ...safeguardingMigrations,
    ...peopleMigrations,
    ...viewMigrations,
  ],
};
