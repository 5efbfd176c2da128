import { type Account, Allow, SignedIn } from '@caretrail/access';
import { type CommandResult, InvalidInput } from '@caretrail/kernel';
import { commandMetaOf, rememberPosition } from '@caretrail/web';
import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Allocation, AllocationQuery } from '../application/allocation.query.js';
import { AllocateBudget } from '../contracts/index.js';

const allocating = AllocateBudget.schema
  .omit({ localPrices: true })
  .partial({ allocationId: true })
  // The day from which the budget is true.
  .extend({ effectiveOn: z.iso.date() });

/** Allocations and their budgets, for other systems. */
@ApiTags('budgets')
@Controller('api/allocations')
export class AllocationsController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(AllocationQuery) private readonly allocations: AllocationQuery,
  ) {}

  @Get(':id')
  @Allow('finance', 'practitioner', 'broker')
  show(@Param('id') id: string, @SignedIn() account: Account): Promise<Allocation> {
    return this.allocations.get(account.tenant, id);
  }

  /** Decides the personal budget (Care Act 2014 s26), checked at the local prices of the day. An id in the body must be that of the address. */
  @Post(':id/budget')
  @Allow('finance')
  async allocate(
    @Param('id') id: string,
    @Body({ schema: allocating }) body: z.infer<typeof allocating>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { effectiveOn, allocationId = id, ...budget } = body;
    if (allocationId !== id)
      throw new InvalidInput([
        {
          rule: 'one-allocation',
          field: 'allocationId',
          message: 'The body names another allocation than the address. Nothing was stored.',
        },
      ]);
    const { personId } = await this.allocations.get(account.tenant, id);
    const meta = commandMetaOf(account, request, { effectiveOn });
    const result: CommandResult = await this.commands.execute(new AllocateBudget({ allocationId, ...budget }, meta));
    rememberPosition(reply, result);
    return { position: result.position.toString(), eventIds: result.eventIds, allocationId, personId };
  }
}
