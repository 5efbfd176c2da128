import { join } from 'node:path';
import { type Account, Allow, SignedIn } from '@caretrail/access';
import { type CommandMeta, NotFound } from '@caretrail/kernel';
import { registerTemplates } from '@caretrail/web';
import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Statement, StatementQuery } from '../application/statement.query.js';
import { UpratingsQuery } from '../application/upratings.query.js';
import {
  AgreePersonalBudget,
  changeCauses,
  ChooseDeployment,
  ClosePersonalBudget,
  closingReasons,
  directPayments,
  exclusionCodes,
  meansOutcomes,
  notOfferedReasons,
  RecordFinancialAssessment,
  RevisePersonalBudget,
  waysToHold,
} from '../contracts/index.js';
import { BudgetReaders } from './budget-readers.js';
import { deploymentFrom, deploymentFieldOf, deploymentTyped } from './deployment-form.js';
import { type Exchange, type FormsPage, type FormValues, PageForms } from './page-forms.js';
import { toThePerson } from './statement-words.js';
import { causeFrom, statementFieldOf, statementFrom, statementTyped } from './statement-form.js';

registerTemplates(join(import.meta.dirname, 'templates'));

const DAY = 'Enter the day from which it is true, such as 14/3/2026.';
type Read = Parameters<PageForms['take']>[2];

/** The statement of Care Act 2014 s26 as a page and as a letter, and the forms that lead to it. */
@ApiExcludeController()
@Controller('personal-budgets/:id')
export class StatementPagesController {
  constructor(
    @Inject(StatementQuery) private readonly statements: StatementQuery,
    @Inject(UpratingsQuery) private readonly upratings: UpratingsQuery,
    @Inject(PageForms) private readonly forms: PageForms,
    @Inject(BudgetReaders) private readonly readers: BudgetReaders,
  ) {}

  @Get()
  @Allow('finance', 'practitioner', 'broker', 'person')
  async show(
    @Param('id') id: string,
    @Query() query: { readonly at?: unknown; readonly form?: unknown; readonly review?: unknown },
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const exchange = { account, request, reply };
    const page = await this.page(exchange, id, query.form, query.at);
    const review = typeof query.review === 'string' ? query.review : '';
    const cited = review && { 'cause.kind': changeCauses[0], 'cause.reviewEventId': review };
    await this.forms.show(exchange, { ...page, typed: { ...page.typed, ...cited } });
  }

  /** For print, in plain words. */
  @Get('letter')
  @Allow('finance', 'practitioner', 'broker', 'person')
  async letter(
    @Param('id') id: string,
    @Query('at') at: unknown,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const statement = await this.statement(account, id, at);
    const { name, caption } = await this.forms.whose(account, statement.personId);
    await this.forms.show(
      { account, request, reply },
      {
        template: 'personal-budget-letter.njk',
        title: 'Your personal budget',
        values: {
          statement,
          words: toThePerson,
          name,
          caption,
          ...recordOf(statement),
          byCadence: cadencesOf(statement),
        },
      },
    );
  }

  @Get('deployment')
  @Allow('finance', 'practitioner', 'broker')
  async deployment(
    @Param('id') id: string,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.forms.show({ account, request, reply }, await this.deploymentPage(account, id));
  }

  @Post('deployment')
  @Allow('practitioner', 'finance')
  async deploy(
    @Param('id') id: string,
    @Body() values: FormValues,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { budgetId } = await this.statements.get(account.tenant, id);
    await this.forms.take(
      { account, request, reply },
      { form: 'deployment', values },
      (typed) => {
        const choice = deploymentFrom(typed);
        const effectiveOn = typed.day('effectiveOn', DAY);
        return { effectiveOn, command: (meta: CommandMeta) => new ChooseDeployment({ budgetId, ...choice }, meta) };
      },
      `/personal-budgets/${id}/deployment`,
      () => this.deploymentPage(account, id),
      deploymentFieldOf(values),
    );
  }

  @Post('means')
  @Allow('finance')
  async assess(
    @Param('id') id: string,
    @Body() values: FormValues,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.take({ account, request, reply }, id, 'means', values, (budgetId) => (typed) => {
      const outcome = typed.oneOf('outcome', meansOutcomes, 'Choose what the financial assessment found.');
      const contributionPencePerWeek = typed.pence('contributionPencePerWeek', 'Enter it in pounds; 0 if nothing.');
      const data = { budgetId, outcome, contributionPencePerWeek, reasons: typed.text('reasons') };
      return {
        effectiveOn: typed.day('effectiveOn', DAY),
        command: (meta) => new RecordFinancialAssessment(data, meta),
      };
    });
  }

  @Post('agreement')
  @Allow('finance')
  async agree(
    @Param('id') id: string,
    @Body() values: FormValues,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.take({ account, request, reply }, id, 'agreement', values, (budgetId) => (typed) => {
      const data = { budgetId, ...statementFrom(typed) };
      return { effectiveOn: typed.day('effectiveOn', DAY), command: (meta) => new AgreePersonalBudget(data, meta) };
    });
  }

  @Post('revision')
  @Allow('finance')
  async revise(
    @Param('id') id: string,
    @Body() values: FormValues,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.take({ account, request, reply }, id, 'revision', values, (budgetId) => (typed) => {
      const data = { budgetId, ...statementFrom(typed), cause: causeFrom(typed) };
      return { effectiveOn: typed.day('effectiveOn', DAY), command: (meta) => new RevisePersonalBudget(data, meta) };
    });
  }

  @Post('closure')
  @Allow('finance')
  async close(
    @Param('id') id: string,
    @Body() values: FormValues,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.take({ account, request, reply }, id, 'closure', values, (budgetId) => (typed) => {
      const reason = typed.oneOf('reason', closingReasons, 'Choose why it ends.');
      const effectiveOn = typed.day('effectiveOn', DAY);
      return { effectiveOn, command: (meta) => new ClosePersonalBudget({ budgetId, reason }, meta) };
    });
  }

  private async take(
    exchange: Exchange,
    id: string,
    form: string,
    values: FormValues,
    read: (budgetId: string) => Read,
  ): Promise<void> {
    const { budgetId } = await this.statements.get(exchange.account.tenant, id);
    const page = () => this.page(exchange, id, form);
    const leadsTo = `/personal-budgets/${id}`;
    await this.forms.take(exchange, { form, values }, read(budgetId), leadsTo, page, statementFieldOf(values));
  }

  /** @throws NotFound also for a statement that is not the reader's to see */
  private async statement(account: Account, id: string, at: unknown): Promise<Statement> {
    const statement = await this.statements.get(account.tenant, id, typeof at === 'string' && at ? at : undefined);
    if (await this.readers.mayRead(account, statement.personId)) return statement;
    throw new NotFound('No personal budget with this id is known here.');
  }

  private async page({ account }: Exchange, id: string, asked: unknown, at?: unknown): Promise<FormsPage> {
    const statement = await this.statement(account, id, at);
    const possible = account.role === 'finance' && !at ? formsFor(statement) : [];
    const chosen = possible.find(({ form }) => form === asked)?.form;
    return {
      template: 'personal-budget.njk',
      title: 'Personal budget',
      values: {
        statement,
        me: account.role === 'person' && account.personId === statement.personId,
        words: toThePerson,
        ...(await this.forms.whose(account, statement.personId)),
        decidedBy: statement.decidedBy && (await this.forms.nameOf(account, statement.decidedBy)),
        byCadence: cadencesOf(statement),
        possible,
        chosen,
        lists: (chosen === 'revision' ? await this.upratings.all(account.tenant) : []).filter(
          ({ withdrawnOn }) => !withdrawnOn,
        ),
        meansOutcomes,
        closingReasons,
        changeCauses,
      },
      ...(chosen === 'revision' && { typed: statementTyped(statement) }),
    };
  }

  private async deploymentPage(account: Account, id: string): Promise<FormsPage> {
    const statement = await this.statement(account, id, undefined);
    const mayChoose = account.role === 'practitioner' || account.role === 'finance';
    return {
      template: 'deployment.njk',
      title: 'How the money is held',
      values: {
        statement,
        ...(await this.forms.whose(account, statement.personId)),
        ways: waysToHold.map((way) => ({ way, direct: directPayments.includes(way) })),
        exclusionCodes,
        notOfferedReasons,
        open: mayChoose && statement.councilPencePerWeek !== undefined && statement.status !== 'closed',
      },
      typed: deploymentTyped(statement),
    };
  }
}

const recordOf = ({ personId }: Statement) => ({ record: `P-${personId.slice(0, 8)}` });

const cadencesOf = ({ otherMoneyByCadence }: Statement) =>
  Object.entries(otherMoneyByCadence).map(([cadence, pence]) => ({ cadence, pence }));

/** What finance may do now, the next step first. */
function formsFor({ status, means }: Statement): { form: string; text: string }[] {
  const assess = { form: 'means', text: 'Record what the financial assessment found' };
  const close = { form: 'closure', text: 'Close the personal budget' };
  switch (status) {
    case 'drafted':
      return [...(means ? [{ form: 'agreement', text: 'Agree the statement' }] : []), assess, close];
    case 'agreed':
    case 'revised':
      return [{ form: 'revision', text: 'Change the statement' }, assess, close];
    case 'closed':
      return [];
  }
}
