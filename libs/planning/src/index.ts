export * from './contracts/index.js';
export * from './routes.js';
export { PlanningModule } from './planning.module.js';
