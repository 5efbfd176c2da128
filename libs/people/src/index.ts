export * from './contracts/index.js';
export * from './routes.js';
export { StoredPersonDirectory } from './application/stored-person-directory.js';
export { peopleMigrations } from './projections/represented-people.migration.js';
export { representedPeopleProjection } from './projections/represented-people.projection.js';
export { PeopleModule } from './people.module.js';
