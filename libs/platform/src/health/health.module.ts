import { Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';

/** `/health/live` and `/health/ready`; needs `PlatformModule`. */
@Module({ controllers: [HealthController] })
export class HealthModule {}
