import { type Account, Allow, SignedIn } from '@caretrail/access';
import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { type ClockReading, ClockSetting } from './clock-setting.js';

const change = z.union([
  /** A London time: `2026-03-01T09:00`. */
  z.strictObject({ set: z.string().max(40) }),
  /** Hours, days, weeks or months: `12h`, `30d`, `6w`, `6m`. */
  z.strictObject({ advance: z.string().max(10) }),
  z.strictObject({ real: z.literal(true) }),
]);

/** The clock of a simulated council, for whoever tries it out. */
@ApiTags('simulation')
@Controller('api/clock')
export class ClockController {
  constructor(@Inject(ClockSetting) private readonly setting: ClockSetting) {}

  /** Where the clock of your council stands. */
  @Get()
  @Allow()
  read(@SignedIn() account: Account): Promise<ClockReading> {
    return this.setting.read(account.tenant);
  }

  /** Sets the clock, lets days pass, or lets the council live now again. Refused for a real council, and in production. */
  @Post()
  @HttpCode(200)
  @Allow('commissioner', 'safeguarding', 'analyst', 'practitioner', 'broker', 'finance')
  change(@Body({ schema: change }) body: z.infer<typeof change>, @SignedIn() account: Account): Promise<ClockReading> {
    return this.setting.change(account.tenant, body);
  }
}
