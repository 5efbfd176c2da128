import { type Account, Allow, SignedIn } from '@caretrail/access';
import type { CommandMeta } from '@caretrail/kernel';
import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Funding, FundingQuery } from '../application/funding.query.js';
import {
  AddFundingStream,
  HoldFundingStep,
  PlanFundingStep,
  PoolFunding,
  WithdrawFundingStream,
} from '../contracts/index.js';
import { BudgetCommands, type Sent } from './budget-commands.js';

/** The day for which it is true. */
const day = { effectiveOn: z.iso.date() };
/** A random UUID of the caller's own; left out, it follows from the Idempotency-Key. */
const id = z.uuid().optional();
const adding = AddFundingStream.schema.omit({ personId: true }).extend({ ...day, fundingId: id });
const withdrawing = WithdrawFundingStream.schema.omit({ personId: true }).extend(day);
const pooling = PoolFunding.schema.omit({ personId: true }).extend({ ...day, poolId: id });
const planning = PlanFundingStep.schema.omit({ personId: true }).extend({ ...day, appointmentId: id });
const holding = HoldFundingStep.schema.omit({ personId: true }).extend(day);

/** Other public money beside the personal budget (Care Act 2014 s26(3)): streams, pools, and the calendar of their holders. */
@ApiTags('budgets')
@Controller('api/people/:id/funding')
export class FundingController {
  constructor(
    @Inject(BudgetCommands) private readonly commands: BudgetCommands,
    @Inject(FundingQuery) private readonly funding: FundingQuery,
  ) {}

  @Get()
  @Allow('practitioner', 'finance', 'broker')
  show(@Param('id') personId: string, @SignedIn() account: Account): Promise<Funding> {
    return this.funding.of(account.tenant, personId);
  }

  @Post('streams')
  @Allow('practitioner', 'finance')
  async add(
    @Param('id') person: string,
    @Body({ schema: adding }) { effectiveOn, fundingId: given, ...body }: z.infer<typeof adding>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sent & { fundingId: string }> {
    const { personId } = await this.funding.of(account.tenant, person);
    const make = (fundingId: string, meta: CommandMeta) => new AddFundingStream({ personId, fundingId, ...body }, meta);
    const asked = { effectiveOn, id: given };
    const { id: fundingId, ...sent } = await this.commands.note({ account, request, reply }, asked, make);
    return { ...sent, fundingId };
  }

  @Post('withdrawals')
  @Allow('practitioner', 'finance')
  async withdraw(
    @Param('id') person: string,
    @Body({ schema: withdrawing }) { effectiveOn, ...body }: z.infer<typeof withdrawing>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sent> {
    const { personId } = await this.funding.of(account.tenant, person);
    const make = (meta: CommandMeta) => new WithdrawFundingStream({ personId, ...body }, meta);
    return this.commands.send({ account, request, reply }, { effectiveOn }, make);
  }

  /** What may go together for a use is pooled; what may not is blocked, with the reason. */
  @Post('pools')
  @Allow('practitioner', 'finance')
  async pool(
    @Param('id') person: string,
    @Body({ schema: pooling }) { effectiveOn, poolId: given, ...body }: z.infer<typeof pooling>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sent & { poolId: string }> {
    const { personId } = await this.funding.of(account.tenant, person);
    const make = (poolId: string, meta: CommandMeta) => new PoolFunding({ personId, poolId, ...body }, meta);
    const asked = { effectiveOn, id: given };
    const { id: poolId, ...sent } = await this.commands.note({ account, request, reply }, asked, make);
    return { ...sent, poolId };
  }

  /** Plans an assessment or a review of one stream, or of several together. */
  @Post('appointments')
  @Allow('practitioner', 'finance')
  async plan(
    @Param('id') person: string,
    @Body({ schema: planning }) { effectiveOn, appointmentId: given, ...body }: z.infer<typeof planning>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sent & { appointmentId: string }> {
    const { personId } = await this.funding.of(account.tenant, person);
    const make = (appointmentId: string, meta: CommandMeta) =>
      new PlanFundingStep({ personId, appointmentId, ...body }, meta);
    const asked = { effectiveOn, id: given };
    const { id: appointmentId, ...sent } = await this.commands.note({ account, request, reply }, asked, make);
    return { ...sent, appointmentId };
  }

  /** It took place; who did not take part is kept. */
  @Post('appointments/held')
  @Allow('practitioner', 'finance')
  async hold(
    @Param('id') person: string,
    @Body({ schema: holding }) { effectiveOn, ...body }: z.infer<typeof holding>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sent> {
    const { personId } = await this.funding.of(account.tenant, person);
    const make = (meta: CommandMeta) => new HoldFundingStep({ personId, ...body }, meta);
    return this.commands.send({ account, request, reply }, { effectiveOn }, make);
  }
}
