export * from './contracts/index.js';
export * from './routes.js';
export { AssessmentModule } from './assessment.module.js';
