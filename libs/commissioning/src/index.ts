export * from './contracts/index.js';
export * from './routes.js';
export {
  type DirectoryImport,
  DirectoryImporter,
  type DirectoryOutcome,
} from './application/directory/directory-importer.js';
export { CommissioningModule } from './commissioning.module.js';
