import { commandHandlers } from '@caretrail/commands';
import { Module } from '@nestjs/common';
import { commissioningRoutes } from './routes.js';

/** Care packages. What it decides comes in from imports; it has no pages of its own yet. */
@Module({ providers: commandHandlers(commissioningRoutes) })
export class CommissioningModule {}
