import { Module } from '@nestjs/common';
import { EventExplorerController } from './event-explorer.controller.js';
import { EventPage } from './event-page.js';
import { ExploreEvents } from './explore-events.query.js';

/** The analyst's event explorer. */
@Module({ controllers: [EventExplorerController], providers: [ExploreEvents, EventPage] })
export class EventExplorerModule {}
