import { commandHandlers } from '@caretrail/commands';
import { Module } from '@nestjs/common';
import { AllocateBudgetHandler } from './application/allocate-budget.handler.js';
import { AllocationQuery } from './application/allocation.query.js';
import { CalculateIndicativeBudgetHandler } from './application/calculate-indicative-budget.handler.js';
import { DirectPaymentAccountQuery } from './application/direct-payment-account.query.js';
import { FundingQuery } from './application/funding.query.js';
import { RevisePersonalBudgetHandler } from './application/revise-personal-budget.handler.js';
import { RulebookQuery } from './application/rulebook.query.js';
import { StatementQuery } from './application/statement.query.js';
import { UpratingsQuery } from './application/upratings.query.js';
import { WorkingQuery } from './application/working.query.js';
import { AllocateBudget, CalculateIndicativeBudget, RevisePersonalBudget } from './contracts/index.js';
import { AllocationPagesController } from './http/allocation.pages.controller.js';
import { AllocationsController } from './http/allocations.controller.js';
import { BudgetCommands } from './http/budget-commands.js';
import { BudgetReaders } from './http/budget-readers.js';
import { DirectPaymentAccountsController } from './http/direct-payment-accounts.controller.js';
import { FundingController } from './http/funding.controller.js';
import { FundingPagesController } from './http/funding.pages.controller.js';
import { IndicationsController } from './http/indications.controller.js';
import { PageForms } from './http/page-forms.js';
import { PersonalBudgetsController } from './http/personal-budgets.controller.js';
import { RulebookPagesController } from './http/rulebook.pages.controller.js';
import { RulebooksController } from './http/rulebooks.controller.js';
import { StatementPagesController } from './http/statement.pages.controller.js';
import { UpratingsController } from './http/upratings.controller.js';
import { UpratingsPagesController } from './http/upratings.pages.controller.js';
import { WorkingPagesController } from './http/working.pages.controller.js';
import { budgetsRoutes } from './routes.js';

const completed: readonly unknown[] = [AllocateBudget, CalculateIndicativeBudget, RevisePersonalBudget];
/** Every route but those whose commands are completed by a handler of their own. */
const plainRoutes = budgetsRoutes.filter(({ command }) => !completed.includes(command));

/** Rulebooks, allocations, personal budgets, other public money, and the ledger of direct payments. */
@Module({
  controllers: [
    AllocationsController,
    AllocationPagesController,
    IndicationsController,
    WorkingPagesController,
    PersonalBudgetsController,
    StatementPagesController,
    FundingController,
    FundingPagesController,
    RulebooksController,
    RulebookPagesController,
    UpratingsController,
    UpratingsPagesController,
    DirectPaymentAccountsController,
  ],
  providers: [
    ...commandHandlers(plainRoutes),
    AllocateBudgetHandler,
    CalculateIndicativeBudgetHandler,
    RevisePersonalBudgetHandler,
    AllocationQuery,
    WorkingQuery,
    RulebookQuery,
    StatementQuery,
    UpratingsQuery,
    FundingQuery,
    DirectPaymentAccountQuery,
    BudgetCommands,
    BudgetReaders,
    PageForms,
  ],
})
export class BudgetsModule {}
