import { type Account, Allow, SignedIn } from '@caretrail/access';
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
  constructor(@Inject(SubscriptionControl) private readonly control: SubscriptionControl) {}

  @Get()
  @ApiOperation({
    summary: 'Where each view and process of the council stands, who runs it, what fails and what is parked',
    description:
      'Positions are text. The lag counts events that are not handled yet, up to a limit: then orMore is true.',
  })
  async show(@SignedIn() { tenant }: Account) {
    const [subscriptions, decisions] = await Promise.all([
      this.control.overview(tenant),
      this.control.decisions(tenant, DECISIONS_SHOWN),
    ]);
    return {
      subscriptions: subscriptions.map(({ position, head, ...each }) => ({
        ...each,
        position: position.toString(),
        head: head.toString(),
      })),
      decisions,
    };
  }

  @Post('decisions')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary:
      'Release or skip what is parked under a key, or start a subscription over: { decision, subscription, key, reason }',
  })
  async decide(@Body() body: unknown, @SignedIn() account: Account) {
    return { outcome: await carryOut(this.control, account, decisionFrom(body)) };
  }
}
