import { Addressees } from '@caretrail/budgets/contracts';
import { PersonDirectory } from '@caretrail/people/contracts';
import { PeopleOfPlans } from '@caretrail/planning/contracts';
import { Global, Module } from '@nestjs/common';
import { CasePagesController } from './case.pages.controller.js';
import { CasesController } from './cases.controller.js';
import { CasesQuery } from './cases.query.js';
import { MyRecordQuery } from './my-record.query.js';
import { RepresentedQuery } from './represented.query.js';

/** Where each person's case stands, and their own record. Global, because letters and plans call people by their names. */
@Global()
@Module({
  controllers: [CasesController, CasePagesController],
  providers: [
    CasesQuery,
    MyRecordQuery,
    RepresentedQuery,
    { provide: Addressees, useExisting: PersonDirectory },
    { provide: PeopleOfPlans, useExisting: PersonDirectory },
  ],
  exports: [Addressees, PeopleOfPlans],
})
export class CasesModule {}
