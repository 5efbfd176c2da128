import { type Account, Allow, SignedIn } from '@caretrail/access';
import { type Clock, londonDate } from '@caretrail/kernel';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { DirectPaymentsQuery } from './direct-payments.query.js';

const days = {
  /** What was true on this day, `yyyy-mm-dd`; the known day where it is left out. */
  effective: z.iso.date().optional(),
  /** As it was known by the end of this day; today where it is left out. */
  known: z.iso.date().optional(),
};
const asOf = z.object(days);
const listing = z.object({
  ...days,
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(200).default(50),
});

/** What was paid as direct payments, spent, taken back and is left, for finance systems. Whole pence. */
@ApiTags('direct payments')
@Controller('api/direct-payments')
@Allow('finance')
export class DirectPaymentsController {
  constructor(
    @Inject(DirectPaymentsQuery) private readonly payments: DirectPaymentsQuery,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  @Get()
  async totals(@Query({ schema: asOf }) query: z.infer<typeof asOf>, @SignedIn() { tenant }: Account) {
    const asked = this.daysOf(query, tenant);
    return { ...asked, ...(await this.payments.totals(tenant, asked)) };
  }

  @Get('accounts')
  async accounts(@Query({ schema: listing }) query: z.infer<typeof listing>, @SignedIn() { tenant }: Account) {
    const { page, pageSize } = query;
    const asked = { ...this.daysOf(query, tenant), page, pageSize };
    return { ...asked, accounts: await this.payments.accounts(tenant, asked) };
  }

  private daysOf({ effective, known }: z.infer<typeof asOf>, tenant: string) {
    const knownOn = known ?? londonDate(this.clock.now(tenant));
    return { effectiveOn: effective ?? knownOn, knownOn };
  }
}
