import { type Account, Allow, SignedIn } from '@caretrail/access';
import type { CommandMeta } from '@caretrail/kernel';
import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Statement, StatementQuery } from '../application/statement.query.js';
import {
  AgreePersonalBudget,
  ChooseDeployment,
  ClosePersonalBudget,
  RecordFinancialAssessment,
  RevisePersonalBudget,
  citedCause,
} from '../contracts/index.js';
import { BudgetCommands, type Sent } from './budget-commands.js';

/** The day from which it is true. */
const day = { effectiveOn: z.iso.date() };
const assessing = RecordFinancialAssessment.schema.omit({ budgetId: true }).extend(day);
const agreeing = AgreePersonalBudget.schema.omit({ budgetId: true }).extend(day);
const revising = RevisePersonalBudget.schema.omit({ budgetId: true }).extend({ ...day, cause: citedCause });
const choosing = ChooseDeployment.schema.omit({ budgetId: true }).extend(day);
const closing = ClosePersonalBudget.schema.omit({ budgetId: true }).extend(day);
const numbered = z.looseObject({ at: z.uuid().optional() });

/** The statement of Care Act 2014 s26, by the id of the allocation that it follows from. */
@ApiTags('budgets')
@Controller('api/personal-budgets')
export class PersonalBudgetsController {
  constructor(
    @Inject(BudgetCommands) private readonly commands: BudgetCommands,
    @Inject(StatementQuery) private readonly statements: StatementQuery,
  ) {}

  /** The statement as it stands; with `?at=` its number, the one of that number, to the penny. */
  @Get(':id')
  @Allow('finance', 'practitioner', 'broker')
  show(
    @Param('id') id: string,
    @Query({ schema: numbered }) { at }: z.infer<typeof numbered>,
    @SignedIn() account: Account,
  ): Promise<Statement> {
    return this.statements.get(account.tenant, id, at);
  }

  /** What the financial assessment found (s17): it was made elsewhere. */
  @Post(':id/financial-assessment')
  @Allow('finance')
  async assess(
    @Param('id') id: string,
    @Body({ schema: assessing }) { effectiveOn, ...body }: z.infer<typeof assessing>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sent> {
    const { budgetId } = await this.statements.get(account.tenant, id);
    const make = (meta: CommandMeta) => new RecordFinancialAssessment({ budgetId, ...body }, meta);
    return this.commands.send({ account, request, reply }, { effectiveOn }, make);
  }

  /** Agrees the statement in its three parts (s26(1)). */
  @Post(':id/agreement')
  @Allow('finance')
  async agree(
    @Param('id') id: string,
    @Body({ schema: agreeing }) { effectiveOn, ...body }: z.infer<typeof agreeing>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sent> {
    const { budgetId } = await this.statements.get(account.tenant, id);
    const make = (meta: CommandMeta) => new AgreePersonalBudget({ budgetId, ...body }, meta);
    return this.commands.send({ account, request, reply }, { effectiveOn }, make);
  }

  /** Changes it, because of a review (s27) or a published uprating. */
  @Post(':id/revision')
  @Allow('finance')
  async revise(
    @Param('id') id: string,
    @Body({ schema: revising }) { effectiveOn, ...body }: z.infer<typeof revising>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sent> {
    const { budgetId } = await this.statements.get(account.tenant, id);
    const make = (meta: CommandMeta) => new RevisePersonalBudget({ budgetId, ...body }, meta);
    return this.commands.send({ account, request, reply }, { effectiveOn }, make);
  }

  /** How the council's amount is held, and what was offered (s31–s33). */
  @Post(':id/deployment')
  @Allow('practitioner', 'finance')
  async deploy(
    @Param('id') id: string,
    @Body({ schema: choosing }) { effectiveOn, ...body }: z.infer<typeof choosing>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sent> {
    const { budgetId } = await this.statements.get(account.tenant, id);
    const make = (meta: CommandMeta) => new ChooseDeployment({ budgetId, ...body }, meta);
    return this.commands.send({ account, request, reply }, { effectiveOn }, make);
  }

  @Post(':id/closure')
  @Allow('finance')
  async close(
    @Param('id') id: string,
    @Body({ schema: closing }) { effectiveOn, ...body }: z.infer<typeof closing>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Sent> {
    const { budgetId } = await this.statements.get(account.tenant, id);
    const make = (meta: CommandMeta) => new ClosePersonalBudget({ budgetId, ...body }, meta);
    return this.commands.send({ account, request, reply }, { effectiveOn }, make);
  }
}
