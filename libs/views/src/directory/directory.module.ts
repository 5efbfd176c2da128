import { ServiceDirectory } from '@caretrail/assessment/contracts';
import { Global, Module } from '@nestjs/common';
import { DirectoryApiController } from './directory.api.controller.js';
import { DirectoryPagesController } from './directory.pages.controller.js';
import { DirectoryQuery } from './directory.query.js';

/** The directory of universal services. Global, because whoever signposts somebody chooses from it. */
@Global()
@Module({
  controllers: [DirectoryApiController, DirectoryPagesController],
  providers: [DirectoryQuery, { provide: ServiceDirectory, useExisting: DirectoryQuery }],
  exports: [ServiceDirectory],
})
export class DirectoryModule {}
