import { commandHandlers } from '@caretrail/commands';
import { Module } from '@nestjs/common';
import { SupportPlanQuery } from './application/support-plan.query.js';
import { AgreementPagesController } from './http/agreement.pages.controller.js';
import { SupportPlansController } from './http/support-plans.controller.js';
import { planningRoutes } from './routes.js';

/** Support plans and reviews. */
@Module({
  controllers: [SupportPlansController, AgreementPagesController],
  providers: [...commandHandlers(planningRoutes), SupportPlanQuery],
})
export class PlanningModule {}
