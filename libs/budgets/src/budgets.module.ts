import { commandHandlers } from '@caretrail/commands';
import { Module } from '@nestjs/common';
import { AllocationQuery } from './application/allocation.query.js';
import { DirectPaymentAccountQuery } from './application/direct-payment-account.query.js';
import { AllocationPagesController } from './http/allocation.pages.controller.js';
import { AllocationsController } from './http/allocations.controller.js';
import { DirectPaymentAccountsController } from './http/direct-payment-accounts.controller.js';
import { budgetsRoutes } from './routes.js';

/** Allocations and personal budgets. */
@Module({
  controllers: [AllocationsController, AllocationPagesController, DirectPaymentAccountsController],
  providers: [...commandHandlers(budgetsRoutes), AllocationQuery, DirectPaymentAccountQuery],
})
export class BudgetsModule {}
