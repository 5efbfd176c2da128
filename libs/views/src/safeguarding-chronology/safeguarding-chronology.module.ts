import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { ChronologyController } from './chronology.controller.js';
import { ChronologyPage } from './chronology-page.js';
import { Chronology } from './chronology.query.js';
import { DecisionPage } from './decisions/decision-page.js';
import { PageAsShown } from './decisions/page-as-shown.interceptor.js';
import { DecisionsController } from './decisions/decisions.controller.js';
import { ShoesController } from './shoes/shoes.controller.js';
import { ShoesPage } from './shoes/shoes-page.js';

/** One person's history across all contexts: as a chronology, in many shoes, and as the maker of a decision had it. */
@Module({
  controllers: [ChronologyController, ShoesController, DecisionsController],
  providers: [Chronology, ChronologyPage, ShoesPage, DecisionPage, { provide: APP_INTERCEPTOR, useClass: PageAsShown }],
})
export class SafeguardingChronologyModule {}
