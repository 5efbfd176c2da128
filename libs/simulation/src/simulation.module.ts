import { CommissioningModule } from '@caretrail/commissioning';
import { ReturnsModule } from '@caretrail/returns';
import { Module } from '@nestjs/common';
import { ClockSetting } from './clock-setting.js';
import { ClockController } from './clock.controller.js';
import { DemonstrationCouncil } from './demonstration-council.js';
import { SyntheticCase } from './synthetic-case.js';

/** Made-up councils, made through the command bus, and their clocks. */
@Module({
  imports: [ReturnsModule, CommissioningModule],
  controllers: [ClockController],
  providers: [ClockSetting, DemonstrationCouncil, SyntheticCase],
  exports: [ClockSetting, DemonstrationCouncil, SyntheticCase],
})
export class SimulationModule {}
