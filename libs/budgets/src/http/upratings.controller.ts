import { type Account, Allow, SignedIn } from '@caretrail/access';
import type { CommandMeta } from '@caretrail/kernel';
import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { UpratingsQuery } from '../application/upratings.query.js';
import { PublishUprating, UPRATINGS_ID, WithdrawUprating } from '../contracts/index.js';
import { BudgetCommands, type Sent } from './budget-commands.js';

const day = { effectiveOn: z.iso.date() };
/** `effectiveOn` is the day of publication. */
const publication = PublishUprating.schema
  .omit({ registerId: true, upratingId: true })
  .extend({ ...day, upratingId: z.uuid().optional() });
const withdrawal = WithdrawUprating.schema.omit({ registerId: true, upratingId: true }).extend(day);

/** Published lists of prices and charges, which a change of a personal budget may cite by their id. */
@ApiTags('budgets')
@Controller('api/upratings')
export class UpratingsController {
  constructor(
    @Inject(BudgetCommands) private readonly commands: BudgetCommands,
    @Inject(UpratingsQuery) private readonly upratings: UpratingsQuery,
  ) {}

  /** All lists, the one in force latest first. */
  @Get()
  @Allow('commissioner', 'analyst', 'practitioner', 'broker', 'finance')
  async list(@SignedIn() account: Account) {
    return { lists: await this.upratings.all(account.tenant) };
  }

  /** Notes a list as published. Its id follows from the command where none is given. */
  @Post()
  @Allow('commissioner', 'finance')
  async publish(
    @Body({ schema: publication }) { effectiveOn, upratingId, ...list }: z.infer<typeof publication>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sent & { readonly upratingId: string }> {
    const { id, ...sent } = await this.commands.note(
      { account, request, reply },
      { effectiveOn, id: upratingId },
      (made, meta) => new PublishUprating({ ...list, registerId: UPRATINGS_ID, upratingId: made }, meta),
    );
    return { ...sent, upratingId: id };
  }

  /** Withdraws a list: nothing changes because of it any more. */
  @Post(':id/withdrawal')
  @Allow('commissioner', 'finance')
  async withdraw(
    @Param('id') id: string,
    @Body({ schema: withdrawal }) { effectiveOn, reason }: z.infer<typeof withdrawal>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sent> {
    const { registerId, upratingId } = await this.upratings.one(account.tenant, id);
    const make = (meta: CommandMeta) => new WithdrawUprating({ registerId, upratingId, reason }, meta);
    return this.commands.send({ account, request, reply }, { effectiveOn }, make);
  }
}
