export * from './contracts/index.js';
export * from './routes.js';
export { StoredPersonDirectory } from './application/stored-person-directory.js';
export { PeopleModule } from './people.module.js';
