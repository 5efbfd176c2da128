import { Representatives } from '@caretrail/access';
import { commandHandlers } from '@caretrail/commands';
import { Global, Module } from '@nestjs/common';
import { PersonRecords } from './application/person-records.js';
import { StoredPersonDirectory } from './application/stored-person-directory.js';
import { StoredRepresentatives } from './application/stored-representatives.js';
import { SupportAroundQuery } from './application/support-around.query.js';
import { PersonDirectory } from './contracts/index.js';
import { PeopleController } from './http/people.controller.js';
import { PeoplePagesController } from './http/people.pages.controller.js';
import { PersonRecordsController } from './http/person-records.controller.js';
import { ErasurePagesController } from './http/records/erasure.pages.controller.js';
import { MyErasure, MyErasureController, MyErasurePagesController } from './http/records/my-erasure.js';
import { RecordPagesController } from './http/records/record.pages.controller.js';
import { RepresentationPagesController } from './http/representation.pages.controller.js';
import { peopleRoutes } from './routes.js';

/**
 * People: who they are, under keys of their own, and who may speak for them. Global, because every page may have to name
 * somebody, and whoever takes an answer may have to ask on whose behalf it is given.
 */
@Global()
@Module({
  controllers: [
    PeopleController,
    PeoplePagesController,
    PersonRecordsController,
    RepresentationPagesController,
    RecordPagesController,
    ErasurePagesController,
    MyErasureController,
    MyErasurePagesController,
  ],
  providers: [
    ...commandHandlers(peopleRoutes),
    SupportAroundQuery,
    PersonRecords,
    MyErasure,
    { provide: PersonDirectory, useClass: StoredPersonDirectory },
    { provide: Representatives, useClass: StoredRepresentatives },
  ],
  exports: [PersonDirectory, Representatives],
})
export class PeopleModule {}
