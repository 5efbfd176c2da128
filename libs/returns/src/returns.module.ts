import { commandHandlers } from '@caretrail/commands';
import { Module } from '@nestjs/common';
import { CldImporter } from './application/cld-importer.js';
import { ReceivePersonRowsHandler } from './application/receive-person-rows.handler.js';
import { ImportsController } from './http/imports.controller.js';
import { returnsRoutes } from './routes.js';

/** Client Level Data: importing it, and what became of each file. */
@Module({
  controllers: [ImportsController],
  providers: [CldImporter, ReceivePersonRowsHandler, ...commandHandlers(returnsRoutes)],
  exports: [CldImporter],
})
export class ReturnsModule {}
