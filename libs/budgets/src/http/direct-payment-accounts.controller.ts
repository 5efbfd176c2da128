import { type Account, Allow, SignedIn } from '@caretrail/access';
import { type Command, type CommandMeta, type CommandResult } from '@caretrail/kernel';
import { commandMetaOf, idMadeBy, rememberPosition } from '@caretrail/web';
import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllocationQuery } from '../application/allocation.query.js';
import { type DirectPaymentLedger, DirectPaymentAccountQuery } from '../application/direct-payment-account.query.js';
import {
  CloseDirectPaymentAccount,
  OpenDirectPaymentAccount,
  ReclaimDirectPayment,
  RecordDirectPayment,
  RecordSpend,
  ReverseDirectPaymentEntry,
} from '../contracts/index.js';

/** The day on which it happened. */
const effectiveOn = z.iso.date();
const opening = OpenDirectPaymentAccount.schema
  .pick({ allocationId: true, receivedBy: true })
  .extend({ effectiveOn, accountId: z.uuid().optional() });
const paying = RecordDirectPayment.schema.omit({ accountId: true }).extend({ effectiveOn });
const spending = RecordSpend.schema.omit({ accountId: true }).extend({ effectiveOn });
const reclaiming = ReclaimDirectPayment.schema.omit({ accountId: true }).extend({ effectiveOn });
const reversing = ReverseDirectPaymentEntry.schema.omit({ accountId: true }).extend({ effectiveOn });
const closing = CloseDirectPaymentAccount.schema.omit({ accountId: true }).extend({ effectiveOn });
const days = z.object({
  /** What was true on this day, `yyyy-mm-dd`; no limit where it is left out. */
  effective: z.iso.date().optional(),
  /** As it was known by the end of this day; as it is known now where it is left out. */
  known: z.iso.date().optional(),
});

/** Direct payment accounts and their ledgers, for finance systems. Amounts are whole pence; an entry's id is its event's. */
@ApiTags('budgets')
@Controller('api/direct-payment-accounts')
export class DirectPaymentAccountsController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(AllocationQuery) private readonly allocations: AllocationQuery,
    @Inject(DirectPaymentAccountQuery) private readonly accounts: DirectPaymentAccountQuery,
  ) {}

  /** The ledger and what is in the account, on any day. */
  @Get(':id')
  @Allow('finance', 'practitioner')
  show(
    @Param('id') id: string,
    @Query({ schema: days }) { effective, known }: z.infer<typeof days>,
    @SignedIn() account: Account,
  ): Promise<DirectPaymentLedger> {
    const asked = { ...(effective && { effectiveOn: effective }), ...(known && { knownOn: known }) };
    return this.accounts.get(account.tenant, id, asked);
  }

  /** Opens an account for the budget of an allocation (Care Act 2014 s31, s32). The id follows from the command's where none is given. */
  @Post()
  @Allow('finance')
  async open(
    @Body({ schema: opening }) body: z.infer<typeof opening>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const meta = commandMetaOf(account, request, body);
    const { allocationId, receivedBy } = body;
    const { accountId = idMadeBy(meta) } = body;
    const { personId, budget } = await this.allocations.get(account.tenant, allocationId);
    const councilPaysPencePerWeek = budget?.councilPaysPencePerWeek ?? 0;
    const data = { accountId, personId, allocationId, councilPaysPencePerWeek, receivedBy };
    return this.send(accountId, new OpenDirectPaymentAccount(data, meta), reply);
  }

  /** The council paid into the account. */
  @Post(':id/payments')
  @Allow('finance')
  pay(
    @Param('id') id: string,
    @Body({ schema: paying }) body: z.infer<typeof paying>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.enter(RecordDirectPayment, id, body, account, request, reply);
  }

  /** Money of the account was spent, with evidence (Care Act 2014 s33(3)). */
  @Post(':id/spend')
  @Allow('finance')
  spend(
    @Param('id') id: string,
    @Body({ schema: spending }) body: z.infer<typeof spending>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.enter(RecordSpend, id, body, account, request, reply);
  }

  /** The council takes money back, after a decision that heard the person (Care Act 2014 s33(5)). */
  @Post(':id/reclaims')
  @Allow('finance')
  reclaim(
    @Param('id') id: string,
    @Body({ schema: reclaiming }) body: z.infer<typeof reclaiming>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.enter(ReclaimDirectPayment, id, body, account, request, reply);
  }

  /** An entry was wrong: it stays, and the same amount goes back. */
  @Post(':id/reversals')
  @Allow('finance')
  reverse(
    @Param('id') id: string,
    @Body({ schema: reversing }) body: z.infer<typeof reversing>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.enter(ReverseDirectPaymentEntry, id, body, account, request, reply);
  }

  /** Closes an account; what is left in it goes back by the decision that is given. */
  @Post(':id/closing')
  @Allow('finance')
  close(
    @Param('id') id: string,
    @Body({ schema: closing }) body: z.infer<typeof closing>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.enter(CloseDirectPaymentAccount, id, body, account, request, reply);
  }

  private enter<Data extends object>(
    command: { readonly schema: { parse(data: unknown): Data }; new (data: Data, meta: CommandMeta): Command<Data> },
    accountId: string,
    { effectiveOn: on, ...entry }: { readonly effectiveOn: string },
    account: Account,
    request: FastifyRequest,
    reply: FastifyReply,
  ) {
    const meta = commandMetaOf(account, request, { effectiveOn: on });
    return this.send(accountId, new command(command.schema.parse({ ...entry, accountId }), meta), reply);
  }

  private async send(accountId: string, command: Command, reply: FastifyReply) {
    const result: CommandResult = await this.commands.execute(command);
    rememberPosition(reply, result);
    return { position: result.position.toString(), eventIds: result.eventIds, accountId };
  }
}
