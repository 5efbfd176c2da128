import { Module } from '@nestjs/common';
import { SignpostingController } from './signposting.controller.js';
import { SignpostingQuery } from './signposting.query.js';

/** What came of pointing people to universal services. */
@Module({ controllers: [SignpostingController], providers: [SignpostingQuery] })
export class SignpostingModule {}
