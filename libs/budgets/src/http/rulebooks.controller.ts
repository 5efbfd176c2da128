import { type Account, Allow, SignedIn } from '@caretrail/access';
import { type Clock, londonDate } from '@caretrail/kernel';
import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Rulebook, RulebookQuery } from '../application/rulebook.query.js';
import { DraftRulebook, PublishRulebook, rulebookContent, WithdrawRulebook } from '../contracts/index.js';
import { BudgetCommands, type Sent } from './budget-commands.js';

const publication = PublishRulebook.schema.omit({ rulebookId: true });
const withdrawal = WithdrawRulebook.schema.omit({ rulebookId: true });
const asked = z.looseObject({ on: z.iso.date().optional() });

/** Rulebooks of the resource allocation system, as data. `:id` is `adults` or `carers`, or the id. */
@ApiTags('budgets')
@Controller('api/rulebooks')
export class RulebooksController {
  constructor(
    @Inject(BudgetCommands) private readonly commands: BudgetCommands,
    @Inject(RulebookQuery) private readonly rulebooks: RulebookQuery,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  /** All versions, and the one in force on a day (`?on=2026-04-01`; today where it is left out). */
  @Get(':id')
  @Allow('commissioner', 'analyst', 'practitioner', 'broker', 'finance')
  show(
    @Param('id') id: string,
    @Query({ schema: asked }) { on }: z.infer<typeof asked>,
    @SignedIn() account: Account,
  ): Promise<Rulebook> {
    return this.rulebooks.get(account.tenant, id, on ?? this.today(account));
  }

  /** Writes the next version down, or its draft anew. The body is the rulebook itself. */
  @Post(':id/draft')
  @Allow('commissioner', 'finance')
  draft(
    @Param('id') id: string,
    @Body({ schema: rulebookContent }) content: z.infer<typeof rulebookContent>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sent> {
    const { rulebookId } = this.rulebooks.named(id);
    const effectiveOn = this.today(account);
    return this.commands.send(
      { account, request, reply },
      { effectiveOn },
      (meta) => new DraftRulebook({ rulebookId, content }, meta),
    );
  }

  /** Publishes the draft, for ever unchanged, for calculations for days from `effectiveFrom` on. */
  @Post(':id/publication')
  @Allow('commissioner', 'finance')
  publish(
    @Param('id') id: string,
    @Body({ schema: publication }) body: z.infer<typeof publication>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sent> {
    const { rulebookId } = this.rulebooks.named(id);
    const effectiveOn = this.today(account);
    return this.commands.send(
      { account, request, reply },
      { effectiveOn },
      (meta) => new PublishRulebook({ rulebookId, ...body }, meta),
    );
  }

  /** Withdraws a published version for days from `from` on; the one before it is in force again. */
  @Post(':id/withdrawal')
  @Allow('commissioner', 'finance')
  withdraw(
    @Param('id') id: string,
    @Body({ schema: withdrawal }) body: z.infer<typeof withdrawal>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sent> {
    const { rulebookId } = this.rulebooks.named(id);
    const effectiveOn = this.today(account);
    return this.commands.send(
      { account, request, reply },
      { effectiveOn },
      (meta) => new WithdrawRulebook({ rulebookId, ...body }, meta),
    );
  }

  private today({ tenant }: Account): string {
    return londonDate(this.clock.now(tenant));
  }
}
