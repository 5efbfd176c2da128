import { Module } from '@nestjs/common';
import { EvidenceApiController } from './evidence.api.controller.js';
import { EvidencePagesController } from './evidence.pages.controller.js';
import { SealedHistoryApiController } from './sealed-history.api.controller.js';
import { SealedHistoryController } from './sealed-history.controller.js';

/** What was sealed of a council's history, and evidence from it; needs a `SealedHistory` and an `Evidence`. */
@Module({
  controllers: [SealedHistoryController, SealedHistoryApiController, EvidenceApiController, EvidencePagesController],
})
export class SealedHistoryModule {}
