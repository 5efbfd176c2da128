import { commandHandlers } from '@caretrail/commands';
import { Global, Module } from '@nestjs/common';
import { StoredPersonDirectory } from './application/stored-person-directory.js';
import { PersonDirectory } from './contracts/index.js';
import { PeopleController } from './http/people.controller.js';
import { PeoplePagesController } from './http/people.pages.controller.js';
import { peopleRoutes } from './routes.js';

/** People: who they are, under keys of their own. Global, because every page may have to name somebody. */
@Global()
@Module({
  controllers: [PeopleController, PeoplePagesController],
  providers: [...commandHandlers(peopleRoutes), { provide: PersonDirectory, useClass: StoredPersonDirectory }],
  exports: [PersonDirectory],
})
export class PeopleModule {}
