import { commandHandlers } from '@caretrail/commands';
import { Module } from '@nestjs/common';
import { AnsweringAccess } from './application/answering-access.js';
import { AssessmentQuery } from './application/assessment.query.js';
import { BeforeAssessmentQuery } from './application/before-assessment.query.js';
import { DirectoryChoice } from './application/directory-choice.js';
import { RegisteredPeople } from './application/registered-people.query.js';
import { SelfAssessmentDrafts } from './application/self-assessment-drafts.js';
import { AssessmentCommands } from './http/assessment-commands.js';
import { AssessmentProcessController } from './http/assessment-process.controller.js';
import { AssessmentPagesController } from './http/assessment.pages.controller.js';
import { AssessmentsController } from './http/assessments.controller.js';
import { BeforeAssessmentPagesController } from './http/before/before.pages.controller.js';
import { DeterminationsController } from './http/determinations.controller.js';
import { SelfAssessmentPagesController } from './http/self-assessment/self-assessment.pages.controller.js';
import { AssessmentWorkPagesController } from './http/work/assessment-work.pages.controller.js';
import { CarerPagesController } from './http/work/carer.pages.controller.js';
import { OfferPagesController } from './http/work/offer.pages.controller.js';
import { assessmentRoutes } from './routes.js';

/** Requests, assessments and the decision on eligibility. */
@Module({
  controllers: [
    AssessmentsController,
    AssessmentProcessController,
    DeterminationsController,
    BeforeAssessmentPagesController,
    AssessmentPagesController,
    OfferPagesController,
    SelfAssessmentPagesController,
    CarerPagesController,
    AssessmentWorkPagesController,
  ],
  providers: [
    ...commandHandlers(assessmentRoutes),
    RegisteredPeople,
    AssessmentQuery,
    BeforeAssessmentQuery,
    AnsweringAccess,
    DirectoryChoice,
    SelfAssessmentDrafts,
    AssessmentCommands,
  ],
})
export class AssessmentModule {}
