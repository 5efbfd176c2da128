import { type Account, Allow, SignedIn } from '@caretrail/access';
import { AppendActivity } from '@caretrail/event-store';
import { SubscriptionControl } from '@caretrail/projections';
import { Body, Controller, Get, HttpCode, HttpStatus, Inject, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { carryOut, decisionFrom } from './operations-decision.js';

const DECISIONS_SHOWN = 50;

/** The operations page for other systems. */
@ApiTags('operations')
@Controller('api/operations')
@Allow('analyst')
export class OperationsApiController {
  constructor(
    @Inject(SubscriptionControl) private readonly control: SubscriptionControl,
    @Inject(AppendActivity) private readonly activity: AppendActivity,
  ) {}

  @Get()
  @ApiOperation({
    summary:
      'Where each view and process of the council stands, who runs it, what fails, what is parked, how far a rebuild is, and what became of the appends',
    description:
      'Positions are text. The lag counts events that are not handled yet, up to a limit: then orMore is true. `rebuilding` is there while rows are built anew, `previous` while rows of before are kept, with what was compared when they were switched. `appends` counts what was appended through the process that answers, since it started and in the last minutes, and how many transactions held how many appends at most.',
  })
  async show(@SignedIn() { tenant }: Account) {
    const [subscriptions, decisions] = await Promise.all([
      this.control.overview(tenant),
      this.control.decisions(tenant, DECISIONS_SHOWN),
    ]);
    return {
      subscriptions: subscriptions.map(({ position, head, previous, ...each }) => ({
        ...each,
        position: position.toString(),
        head: head.toString(),
        ...(previous && { previous: { ...previous, position: previous.position.toString() } }),
      })),
      decisions,
      appends: this.activity.of(tenant),
    };
  }

  @Post('decisions')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary:
      'Release or skip what is parked under a key, start a subscription over, or rebuild a view, give that up, roll it back, or drop the rows of before: { decision, subscription, key, workers, reason }',
  })
  async decide(@Body() body: unknown, @SignedIn() account: Account) {
    return { outcome: await carryOut(this.control, account, decisionFrom(body)) };
  }
}
