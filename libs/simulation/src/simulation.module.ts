import { ReturnsModule } from '@caretrail/returns';
import { Module } from '@nestjs/common';
import { DemonstrationCouncil } from './demonstration-council.js';

/** Made-up councils, made through the command bus. */
@Module({ imports: [ReturnsModule], providers: [DemonstrationCouncil], exports: [DemonstrationCouncil] })
export class SimulationModule {}
