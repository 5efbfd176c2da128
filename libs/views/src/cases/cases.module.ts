import { Module } from '@nestjs/common';
import { CasePagesController } from './case.pages.controller.js';
import { CasesController } from './cases.controller.js';
import { CasesQuery } from './cases.query.js';
import { MyRecordQuery } from './my-record.query.js';

/** Where each person's case stands, and their own record. */
@Module({ controllers: [CasesController, CasePagesController], providers: [CasesQuery, MyRecordQuery] })
export class CasesModule {}
