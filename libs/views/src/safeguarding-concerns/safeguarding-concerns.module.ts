import { Module } from '@nestjs/common';
import { AccessLog } from './access-log.js';
import { ConcernPage } from './concern-page.js';
import { ConcernQueue } from './concern-queue.query.js';
import { ConcernQueueApiController } from './concerns-api.controller.js';
import { ConcernQueueController } from './concerns.controller.js';
import { QueuePage } from './queue-page.js';

/** The safeguarding team's concern queue. */
@Module({
  controllers: [ConcernQueueController, ConcernQueueApiController],
  providers: [ConcernQueue, QueuePage, ConcernPage, AccessLog],
})
export class SafeguardingConcernsModule {}
