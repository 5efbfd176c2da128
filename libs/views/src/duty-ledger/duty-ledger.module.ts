import { OpenDuties } from '@caretrail/people/contracts';
import { Global, Module } from '@nestjs/common';
import { DutyLedgerController } from './duty-ledger.controller.js';
import { DutyLedgerPagesController } from './duty-ledger.pages.controller.js';
import { DutyLedgerQuery } from './duty-ledger.query.js';
import { StoredOpenDuties } from './stored-open-duties.js';

/** What the law asks of the council, and whose turn it is. Global: who erases a record has to ask what is still owed. */
@Global()
@Module({
  controllers: [DutyLedgerController, DutyLedgerPagesController],
  providers: [DutyLedgerQuery, { provide: OpenDuties, useClass: StoredOpenDuties }],
  exports: [OpenDuties],
})
export class DutyLedgerModule {}
