import { Module } from '@nestjs/common';
import { OperationsApiController } from './operations.api.controller.js';
import { OperationsController } from './operations.controller.js';
import { ViewRowsController } from './view-rows.controller.js';

/** Where the subscriptions of a council stand, and what does not go on; needs a `SubscriptionControl`. */
@Module({ controllers: [OperationsController, OperationsApiController, ViewRowsController] })
export class OperationsModule {}
