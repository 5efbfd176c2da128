import { commandHandlers } from '@caretrail/commands';
import { Module } from '@nestjs/common';
import { RegisteredPeople } from './application/registered-people.query.js';
import { AssessmentPagesController } from './http/assessment.pages.controller.js';
import { AssessmentsController } from './http/assessments.controller.js';
import { assessmentRoutes } from './routes.js';

/** Requests, assessments and the decision on eligibility. */
@Module({
  controllers: [AssessmentsController, AssessmentPagesController],
  providers: [...commandHandlers(assessmentRoutes), RegisteredPeople],
})
export class AssessmentModule {}
