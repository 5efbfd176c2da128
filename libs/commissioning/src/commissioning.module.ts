import { commandHandlers } from '@caretrail/commands';
import { Module } from '@nestjs/common';
import { DirectoryImporter } from './application/directory/directory-importer.js';
import { DirectoryImportsController } from './http/directory-imports.controller.js';
import { commissioningRoutes } from './routes.js';

/** Care packages, the directory of universal services, and specifications of services. */
@Module({
  controllers: [DirectoryImportsController],
  providers: [...commandHandlers(commissioningRoutes), DirectoryImporter],
  exports: [DirectoryImporter],
})
export class CommissioningModule {}
