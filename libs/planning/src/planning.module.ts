import { commandHandlers } from '@caretrail/commands';
import { Module } from '@nestjs/common';
import {
  AgreeSupportPlanHandler,
  RecordDissentHandler,
  RequestReviewHandler,
  SignSupportPlanHandler,
  SigningAuthority,
} from './application/signature.handlers.js';
import { SupportPlanQuery } from './application/support-plan.query.js';
import { AgreeSupportPlan, RecordDissent, RequestReview, SignSupportPlan } from './contracts/index.js';
import { DraftingPagesController } from './http/drafting.pages.controller.js';
import { PlanCoursePagesController } from './http/plan-course.pages.controller.js';
import { PlanDesk } from './http/plan-desk.js';
import { PlanDraftingController } from './http/plan-drafting.controller.js';
import { PlanForms } from './http/plan-forms.js';
import { PlanReviewsController } from './http/plan-reviews.controller.js';
import { PlanPagesController } from './http/plan.pages.controller.js';
import { SupportPlansController } from './http/support-plans.controller.js';
import { planningRoutes } from './routes.js';

const completed: readonly unknown[] = [AgreeSupportPlan, SignSupportPlan, RecordDissent, RequestReview];
/** Every route but those whose commands are completed by a handler of their own. */
const plainRoutes = planningRoutes.filter(({ command }) => !completed.includes(command));

/** Support plans and reviews. */
@Module({
  controllers: [
    SupportPlansController,
    PlanDraftingController,
    PlanReviewsController,
    PlanPagesController,
    DraftingPagesController,
    PlanCoursePagesController,
  ],
  providers: [
    ...commandHandlers(plainRoutes),
    SignSupportPlanHandler,
    AgreeSupportPlanHandler,
    RecordDissentHandler,
    RequestReviewHandler,
    SigningAuthority,
    SupportPlanQuery,
    PlanDesk,
    PlanForms,
  ],
})
export class PlanningModule {}
