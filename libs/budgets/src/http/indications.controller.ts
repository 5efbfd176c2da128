import { type Account, Allow, SignedIn } from '@caretrail/access';
import { type Clock, type CommandMeta, londonDate } from '@caretrail/kernel';
import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllocationQuery } from '../application/allocation.query.js';
import { type Working, WorkingQuery } from '../application/working.query.js';
import {
  CalculateIndicativeBudget,
  DecideOverride,
  ProposeOverride,
  ReceiveAnswers,
  audiences,
  rulebookIdFor,
  rulebookIds,
} from '../contracts/index.js';
import { BudgetCommands, type Sent } from './budget-commands.js';

/** The day for which it is true. */
const day = { effectiveOn: z.iso.date() };
const answering = ReceiveAnswers.schema.omit({ allocationId: true }).extend(day);
const calculating = z.strictObject({ ...day, rulebook: z.enum(audiences).optional() });
const proposing = ProposeOverride.schema.omit({ allocationId: true }).extend(day);
const deciding = DecideOverride.schema.omit({ allocationId: true }).extend(day);

/** What the rulebook indicates for an allocation, how it was worked out, and another amount where it does not fit. */
@ApiTags('budgets')
@Controller('api/allocations')
export class IndicationsController {
  constructor(
    @Inject(BudgetCommands) private readonly commands: BudgetCommands,
    @Inject(AllocationQuery) private readonly allocations: AllocationQuery,
    @Inject(WorkingQuery) private readonly workings: WorkingQuery,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  /** Every point and every pound, the rulebook, and whether the cited events give the same again. */
  @Get(':id/working')
  @Allow('finance', 'practitioner', 'broker')
  show(@Param('id') id: string, @SignedIn() account: Account): Promise<Working> {
    return this.workings.get(account.tenant, id, londonDate(this.clock.now(account.tenant)));
  }

  /** Answers to the rulebook's questions. What follows from them is calculated at once, where a rulebook is in force. */
  @Post(':id/answers')
  @Allow('practitioner')
  async answer(
    @Param('id') id: string,
    @Body({ schema: answering }) { effectiveOn, ...body }: z.infer<typeof answering>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sent> {
    const { allocationId } = await this.allocations.get(account.tenant, id);
    const make = (meta: CommandMeta) => new ReceiveAnswers({ allocationId, ...body }, meta);
    return this.commands.send({ account, request, reply }, { effectiveOn }, make);
  }

  /** Works the indication out by the rulebook for these needs that is in force on `effectiveOn`. */
  @Post(':id/indication')
  @Allow('practitioner', 'finance')
  async calculate(
    @Param('id') id: string,
    @Body({ schema: calculating }) { effectiveOn, rulebook }: z.infer<typeof calculating>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sent> {
    const allocation = await this.allocations.get(account.tenant, id);
    const { allocationId } = allocation;
    const rulebookId = rulebook ? rulebookIds[rulebook] : rulebookIdFor(allocation);
    const make = (meta: CommandMeta) => new CalculateIndicativeBudget({ allocationId, rulebookId }, meta);
    return this.commands.send({ account, request, reply }, { effectiveOn }, make);
  }

  /** Asks for another amount than the indicated one; somebody else decides. */
  @Post(':id/override')
  @Allow('practitioner', 'finance')
  async propose(
    @Param('id') id: string,
    @Body({ schema: proposing }) { effectiveOn, ...body }: z.infer<typeof proposing>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sent> {
    const { allocationId } = await this.allocations.get(account.tenant, id);
    const make = (meta: CommandMeta) => new ProposeOverride({ allocationId, ...body }, meta);
    return this.commands.send({ account, request, reply }, { effectiveOn }, make);
  }

  /** Approves or declines the amount that somebody else proposed. */
  @Post(':id/override/decision')
  @Allow('finance')
  async decide(
    @Param('id') id: string,
    @Body({ schema: deciding }) { effectiveOn, ...body }: z.infer<typeof deciding>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sent> {
    const { allocationId } = await this.allocations.get(account.tenant, id);
    const make = (meta: CommandMeta) => new DecideOverride({ allocationId, ...body }, meta);
    return this.commands.send({ account, request, reply }, { effectiveOn }, make);
  }
}
