import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type Account, Allow, SignedIn } from '@caretrail/access';
import { type Clock, type CommandResult, londonDate } from '@caretrail/kernel';
import { PageRenderer, commandMetaOf, formState, registerTemplates, rememberPosition, ukDate } from '@caretrail/web';
import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Allocation, AllocationQuery } from '../application/allocation.query.js';
import { AllocateBudget, type LocalPrice, LocalPrices } from '../contracts/index.js';
import { budgetFrom } from './budget-form.js';

registerTemplates(join(import.meta.dirname, 'templates'));

type Typed = Readonly<Record<string, unknown>>;

/** Deciding a personal budget. */
@ApiExcludeController()
@Controller('allocations/:id/budget')
export class AllocationPagesController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(PageRenderer) private readonly pages: PageRenderer,
    @Inject(AllocationQuery) private readonly allocations: AllocationQuery,
    @Inject(LocalPrices) private readonly prices: LocalPrices,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  @Get()
  @Allow('finance')
  async form(
    @Param('id') id: string,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const allocation = await this.allocations.get(account.tenant, id);
    await this.show(account, allocation, undefined, undefined, request, reply);
  }

  @Post()
  @Allow('finance')
  async allocate(
    @Param('id') id: string,
    @Body() typed: Typed,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const allocation = await this.allocations.get(account.tenant, id);
    try {
      const { data, effectiveOn } = budgetFrom(allocation.allocationId, typed, await this.pricesToday(account));
      const meta = commandMetaOf(account, request, { effectiveOn, commandId: commandIdOf(typed) });
      const command = new AllocateBudget(AllocateBudget.schema.parse(data), meta);
      const result: CommandResult = await this.commands.execute(command);
      rememberPosition(reply, result);
      await reply.redirect(`/people/${allocation.personId}`, 303);
    } catch (error) {
      await this.show(account, allocation, typed, error, request, reply);
    }
  }

  /** Of the services that the form asks about. */
  private pricesToday({ tenant }: Account): Promise<readonly LocalPrice[]> {
    return this.prices.knownOn(tenant, londonDate(this.clock.now(tenant)));
  }

  private async show(
    account: Account,
    allocation: Allocation,
    typed: Typed | undefined,
    error: unknown,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const { budget } = allocation;
    const page = await this.pages.render(
      'allocate-budget.njk',
      {
        title: budget ? 'Personal budget' : 'Decide the budget',
        form: formState(typed, error),
        today: ukDate(londonDate(this.clock.now(account.tenant))),
        commandId: commandIdOf(typed ?? {}) ?? randomUUID(),
        record: `P-${allocation.personId.slice(0, 8)}`,
        allocation,
        prices: budget ? [] : await this.pricesToday(account),
        allocatedBy: budget && (await this.pages.nameOf(account, budget.allocatedBy)),
      },
      request,
    );
    await reply
      .status(error === undefined ? 200 : 422)
      .type('text/html; charset=utf-8')
      .send(page);
  }
}

const commandIdOf = ({ commandId }: Typed): string | undefined =>
  typeof commandId === 'string' && commandId ? commandId : undefined;
