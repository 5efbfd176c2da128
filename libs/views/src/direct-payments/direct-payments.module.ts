import { Module } from '@nestjs/common';
import { DirectPaymentsController } from './direct-payments.controller.js';
import { DirectPaymentsQuery } from './direct-payments.query.js';

/** What the council has paid as direct payments, and what became of it. */
@Module({ controllers: [DirectPaymentsController], providers: [DirectPaymentsQuery] })
export class DirectPaymentsModule {}
