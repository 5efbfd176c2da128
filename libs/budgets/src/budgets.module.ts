import { commandHandlers } from '@caretrail/commands';
import { Module } from '@nestjs/common';
import { AllocationQuery } from './application/allocation.query.js';
import { AllocationPagesController } from './http/allocation.pages.controller.js';
import { AllocationsController } from './http/allocations.controller.js';
import { budgetsRoutes } from './routes.js';

/** Allocations and personal budgets. */
@Module({
  controllers: [AllocationsController, AllocationPagesController],
  providers: [...commandHandlers(budgetsRoutes), AllocationQuery],
})
export class BudgetsModule {}
