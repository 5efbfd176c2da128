export * from './contracts/index.js';
export * from './routes.js';
export { CommissioningModule } from './commissioning.module.js';
