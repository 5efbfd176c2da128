import { Module } from '@nestjs/common';
import { ChronologyController } from './chronology.controller.js';
import { ChronologyPage } from './chronology-page.js';
import { Chronology } from './chronology.query.js';

/** One person's chronology across all contexts. */
@Module({ controllers: [ChronologyController], providers: [Chronology, ChronologyPage] })
export class SafeguardingChronologyModule {}
