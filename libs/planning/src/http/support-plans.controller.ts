import { type Account, Allow, SignedIn } from '@caretrail/access';
import { type CommandResult, InvalidInput } from '@caretrail/kernel';
import { commandMetaOf, rememberPosition } from '@caretrail/web';
import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type SupportPlan, SupportPlanQuery } from '../application/support-plan.query.js';
import { AgreeSupportPlan } from '../contracts/index.js';

const agreeing = AgreeSupportPlan.schema
  .partial({ planId: true })
  // The day on which the plan was agreed.
  .extend({ effectiveOn: z.iso.date() });

/** Support plans, for other systems. */
@ApiTags('planning')
@Controller('api/support-plans')
export class SupportPlansController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(SupportPlanQuery) private readonly plans: SupportPlanQuery,
  ) {}

  @Get(':id')
  @Allow('practitioner', 'broker', 'finance')
  show(@Param('id') id: string, @SignedIn() account: Account): Promise<SupportPlan> {
    return this.plans.get(account.tenant, id);
  }

  /** Signs the plan off (Care Act 2014 s25). An id in the body must be that of the address. */
  @Post(':id/agreement')
  @Allow('practitioner')
  async agree(
    @Param('id') id: string,
    @Body({ schema: agreeing }) body: z.infer<typeof agreeing>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { effectiveOn, planId = id, ...plan } = body;
    if (planId !== id)
      throw new InvalidInput([
        {
          rule: 'one-plan',
          field: 'planId',
          message: 'The body names another plan than the address. Nothing was stored.',
        },
      ]);
    const { personId } = await this.plans.get(account.tenant, id);
    const meta = commandMetaOf(account, request, { effectiveOn });
    const result: CommandResult = await this.commands.execute(new AgreeSupportPlan({ planId, ...plan }, meta));
    rememberPosition(reply, result);
    return { position: result.position.toString(), eventIds: result.eventIds, planId, personId };
  }
}
