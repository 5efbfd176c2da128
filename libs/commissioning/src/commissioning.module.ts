import { commandHandlers } from '@caretrail/commands';
import { Module } from '@nestjs/common';
import { DirectoryImporter } from './application/directory/directory-importer.js';
import { SpecificationQuery } from './application/specification.query.js';
import { DirectoryImportsController } from './http/directory-imports.controller.js';
import { SpecificationDesk } from './http/specification-desk.js';
import { SpecificationPagesController } from './http/specification.pages.controller.js';
import { SpecificationsController } from './http/specifications.controller.js';
import { commissioningRoutes } from './routes.js';

/** Care packages, the directory of universal services, and specifications of services. */
@Module({
  controllers: [DirectoryImportsController, SpecificationsController, SpecificationPagesController],
  providers: [...commandHandlers(commissioningRoutes), DirectoryImporter, SpecificationQuery, SpecificationDesk],
  exports: [DirectoryImporter],
})
export class CommissioningModule {}
