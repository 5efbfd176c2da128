import { Module } from '@nestjs/common';
import { DutyLedgerController } from './duty-ledger.controller.js';
import { DutyLedgerPagesController } from './duty-ledger.pages.controller.js';
import { DutyLedgerQuery } from './duty-ledger.query.js';

/** What the law asks of the council, and whose turn it is. */
@Module({ controllers: [DutyLedgerController, DutyLedgerPagesController], providers: [DutyLedgerQuery] })
export class DutyLedgerModule {}
