import { join } from 'node:path';
import { type Account, Allow, maySeePersonal, Representatives, SignedIn } from '@caretrail/access';
import { type Clock, type CommandMeta, londonDate, NotFound } from '@caretrail/kernel';
import { registerTemplates } from '@caretrail/web';
import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Statement, StatementQuery } from '../application/statement.query.js';
import {
  Addressees,
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
import { deploymentFrom, deploymentFieldOf } from './deployment-form.js';
import { type Exchange, type FormsPage, type FormValues, PageForms } from './page-forms.js';
import { causeFrom, statementFrom } from './statement-form.js';

registerTemplates(join(import.meta.dirname, 'templates'));

const DAY = 'Enter the day from which it is true, such as 14/3/2026.';
/** In what a representative speaks for whom they may read the statement. */
const READ_BY_REPRESENTATIVES = ['financial assessment', 'direct payment'];
type Read = Parameters<PageForms['take']>[2];

/** The statement of Care Act 2014 s26 as a page and as a letter, and the forms that lead to it. */
@ApiExcludeController()
@Controller('personal-budgets/:id')
export class StatementPagesController {
  constructor(
    @Inject(StatementQuery) private readonly statements: StatementQuery,
    @Inject(Addressees) private readonly addressees: Addressees,
    @Inject(PageForms) private readonly forms: PageForms,
    @Inject(Representatives) private readonly representatives: Representatives,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  @Get()
  @Allow('finance', 'practitioner', 'broker', 'person')
  async show(
    @Param('id') id: string,
    @Query() query: { readonly at?: unknown; readonly form?: unknown },
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const exchange = { account, request, reply };
    await this.forms.show(exchange, await this.page(exchange, id, query.form, query.at));
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
    const { personId } = statement;
    const label = (await this.addressees.labelsOf(account.tenant, [personId])).get(personId);
    await this.forms.show(
      { account, request, reply },
      {
        template: 'personal-budget-letter.njk',
        title: 'Your personal budget',
        values: { statement, name: label?.name, ...recordOf(statement), byCadence: cadencesOf(statement) },
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
    await this.forms.take(exchange, { form, values }, read(budgetId), `/personal-budgets/${id}`, page);
  }

  /** @throws NotFound also for a statement that is not the reader's to see */
  private async statement(account: Account, id: string, at: unknown): Promise<Statement> {
    const statement = await this.statements.get(account.tenant, id, typeof at === 'string' && at ? at : undefined);
    if (maySeePersonal(account, statement.personId)) return statement;
    const today = londonDate(this.clock.now(account.tenant));
    if (await this.representatives.speaksFor(account, statement.personId, READ_BY_REPRESENTATIVES, today))
      return statement;
    throw new NotFound('No personal budget with this id is known here.');
  }

  private async page({ account }: Exchange, id: string, asked: unknown, at?: unknown): Promise<FormsPage> {
    const statement = await this.statement(account, id, at);
    const possible = account.role === 'finance' && !at ? formsFor(statement) : [];
    return {
      template: 'personal-budget.njk',
      title: 'Personal budget',
      values: {
        statement,
        ...recordOf(statement),
        decidedBy: statement.decidedBy && (await this.forms.nameOf(account, statement.decidedBy)),
        byCadence: cadencesOf(statement),
        possible,
        chosen: possible.find(({ form }) => form === asked)?.form,
        meansOutcomes,
        closingReasons,
        changeCauses,
      },
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
        ...recordOf(statement),
        ways: waysToHold.map((way) => ({ way, direct: directPayments.includes(way) })),
        exclusionCodes,
        notOfferedReasons,
        open: mayChoose && statement.councilPencePerWeek !== undefined && statement.status !== 'closed',
      },
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
