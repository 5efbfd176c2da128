export { CasesModule } from './cases.module.js';
export { casesMigrations } from './cases.migration.js';
export { casesProjection } from './cases.projection.js';
