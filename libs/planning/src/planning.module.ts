import { commandHandlers } from '@caretrail/commands';
import { Module } from '@nestjs/common';
import { SupportPlanQuery } from './application/support-plan.query.js';
import { AgreementPagesController } from './http/agreement.pages.controller.js';
import { PlanDesk } from './http/plan-desk.js';
import { PlanDraftingController } from './http/plan-drafting.controller.js';
import { PlanReviewsController } from './http/plan-reviews.controller.js';
import { SupportPlansController } from './http/support-plans.controller.js';
import { planningRoutes } from './routes.js';

/** Support plans and reviews. */
@Module({
  controllers: [SupportPlansController, PlanDraftingController, PlanReviewsController, AgreementPagesController],
  providers: [...commandHandlers(planningRoutes), SupportPlanQuery, PlanDesk],
})
export class PlanningModule {}
