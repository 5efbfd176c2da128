import { commandHandlers } from '@caretrail/commands';
import { Module } from '@nestjs/common';
import { AdultRecords } from './application/adult-records.js';
import { ConcernOwners } from './application/concern-owners.js';
import { ConcernReferences } from './application/concern-references.js';
import { OpenConcern } from './application/open-concern.js';
import { RaiseConcern } from './application/raise-concern.js';
import { ConcernFormsController } from './http/concern-forms.controller.js';
import { ConcernsController } from './http/concerns.controller.js';
import { ProtectionPlanPagesController } from './http/protection-plans.pages.controller.js';
import { safeguardingRoutes } from './routes.js';

/** Safeguarding's commands, and the pages and calls that send them. */
@Module({
  controllers: [ConcernsController, ConcernFormsController, ProtectionPlanPagesController],
  providers: [
    ...commandHandlers(safeguardingRoutes),
    AdultRecords,
    ConcernOwners,
    ConcernReferences,
    OpenConcern,
    RaiseConcern,
  ],
})
export class SafeguardingModule {}
