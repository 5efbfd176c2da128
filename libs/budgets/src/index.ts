export * from './contracts/index.js';
export * from './routes.js';
export { BudgetsModule } from './budgets.module.js';
