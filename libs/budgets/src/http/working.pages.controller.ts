import { join } from 'node:path';
import { type Account, Allow, SignedIn } from '@caretrail/access';
import { type CommandMeta, NotFound } from '@caretrail/kernel';
import { registerTemplates } from '@caretrail/web';
import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Working, WorkingQuery } from '../application/working.query.js';
import {
  CalculateIndicativeBudget,
  DecideOverride,
  ProposeOverride,
  ReceiveAnswers,
  rulebookIdFor,
} from '../contracts/index.js';
import { BudgetReaders } from './budget-readers.js';
import { type Exchange, type FormsPage, type FormValues, PageForms } from './page-forms.js';
import type { Typed } from './typed.js';
import { differenceShown, missingShown, traceShown } from './working-page.js';

registerTemplates(join(import.meta.dirname, 'templates'));

const DAY = 'Enter the day for which it is true, such as 14/3/2026.';

/** How an amount was worked out, what it lacks, and another amount where it does not fit. */
@ApiExcludeController()
@Controller('allocations/:id/working')
export class WorkingPagesController {
  constructor(
    @Inject(WorkingQuery) private readonly workings: WorkingQuery,
    @Inject(PageForms) private readonly forms: PageForms,
    @Inject(BudgetReaders) private readonly readers: BudgetReaders,
  ) {}

  /** The person sees how the amount came about, too (Care and Support Statutory Guidance 11.4: transparency). */
  @Get()
  @Allow('practitioner', 'finance', 'broker', 'person')
  async show(
    @Param('id') id: string,
    @Query('form') form: unknown,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const exchange = { account, request, reply };
    const { allocation } = await this.workings.get(account.tenant, id, this.forms.today(account));
    if (!(await this.readers.mayRead(account, allocation.personId)))
      throw new NotFound('No allocation with this id is known here.');
    await this.forms.show(exchange, await this.page(exchange, id, form));
  }

  @Post('answers')
  @Allow('practitioner')
  async answer(
    @Param('id') id: string,
    @Body() values: FormValues,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { allocation, rulebook } = await this.workings.get(account.tenant, id, this.forms.today(account));
    const { allocationId } = allocation;
    const read = (typed: Typed) => {
      const asked = [
        ...(rulebook?.content.questions ?? []),
        ...(rulebook?.content.carer ? [rulebook.content.carer] : []),
      ];
      const answers = asked.flatMap(({ question }) => {
        const answer = typed.text(`answers.${question}`);
        // What the assessment said and nobody changed stays the assessment's.
        const isHeld = allocation.answers.some((held) => held.question === question && held.answer === answer);
        return answer && !isHeld ? [{ question, answer }] : [];
      });
      const [willing, able] = [typed.text('carer.willing'), typed.text('carer.able')];
      const carer = willing && able ? { carer: { willing: willing === 'yes', able: able === 'yes' } } : {};
      const effectiveOn = typed.day('effectiveOn', DAY);
      const command = (meta: CommandMeta) => new ReceiveAnswers({ allocationId, answers, ...carer }, meta);
      return { effectiveOn, command };
    };
    await this.take({ account, request, reply }, id, 'answers', values, read);
  }

  @Post('indication')
  @Allow('practitioner', 'finance')
  async calculate(
    @Param('id') id: string,
    @Body() values: FormValues,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { allocation } = await this.workings.get(account.tenant, id, this.forms.today(account));
    const data = { allocationId: allocation.allocationId, rulebookId: rulebookIdFor(allocation) };
    await this.take({ account, request, reply }, id, 'indication', values, (typed) => ({
      effectiveOn: typed.day('effectiveOn', DAY),
      command: (meta) => new CalculateIndicativeBudget(data, meta),
    }));
  }

  @Post('override')
  @Allow('practitioner', 'finance')
  async propose(
    @Param('id') id: string,
    @Body() values: FormValues,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { allocationId } = (await this.workings.get(account.tenant, id, this.forms.today(account))).allocation;
    await this.take({ account, request, reply }, id, 'override', values, (typed) => {
      const pencePerWeek = typed.pence('pencePerWeek', 'Enter the amount a week, in pounds, such as 412.30.');
      const reasons = typed.text('reasons');
      return {
        effectiveOn: typed.day('effectiveOn', DAY),
        command: (meta) => new ProposeOverride({ allocationId, pencePerWeek, reasons }, meta),
      };
    });
  }

  @Post('decision')
  @Allow('finance')
  async decide(
    @Param('id') id: string,
    @Body() values: FormValues,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { allocationId } = (await this.workings.get(account.tenant, id, this.forms.today(account))).allocation;
    await this.take({ account, request, reply }, id, 'decision', values, (typed) => {
      const approved = typed.oneOf('approved', ['yes', 'no'], 'Choose whether it is approved.') === 'yes';
      const reasons = typed.text('reasons');
      return {
        effectiveOn: typed.day('effectiveOn', DAY),
        command: (meta) => new DecideOverride({ allocationId, approved, reasons }, meta),
      };
    });
  }

  private take(
    exchange: Exchange,
    id: string,
    form: string,
    values: FormValues,
    read: Parameters<PageForms['take']>[2],
  ): Promise<void> {
    const page = () => this.page(exchange, id, form);
    return this.forms.take(exchange, { form, values }, read, `/allocations/${id}/working`, page);
  }

  private async page({ account }: Exchange, id: string, asked: unknown): Promise<FormsPage> {
    const today = this.forms.today(account);
    const working = await this.workings.get(account.tenant, id, today);
    const { allocation, rulebook } = working;
    const { indicative, overrides, budget } = allocation;
    const waiting = overrides.find(({ decided }) => !decided);
    const possible = formsFor(account, working);
    return {
      template: 'working.njk',
      title: 'How the amount was worked out',
      values: {
        allocation,
        rulebook,
        ...(await this.forms.whose(account, allocation.personId)),
        reproduced: working.reproduced,
        missing: missingShown(working, today),
        open: working.open,
        trace: indicative && rulebook && traceShown(indicative.trace, rulebook.content),
        differences: differenceShown(working),
        approved: overrides.findLast(({ decided }) => decided?.approved),
        waiting,
        proposedBy: waiting && (await this.forms.nameOf(account, waiting.by)),
        possible,
        chosen: possible.find(({ form }) => form === asked)?.form ?? (budget || asked ? undefined : possible[0]?.form),
        given: Object.fromEntries(allocation.answers.map(({ question, answer }) => [question, answer])),
      },
    };
  }
}

/** The forms that somebody may use now, the one that comes next first. */
function formsFor({ role, id }: Account, { allocation, rulebook, open }: Working): { form: string; text: string }[] {
  const { indicative, overrides, budget } = allocation;
  if (budget) return [];
  const waiting = overrides.find(({ decided }) => !decided);
  const practitioner = role === 'practitioner';
  const may = practitioner || role === 'finance';
  return [
    ...(waiting && role === 'finance' && waiting.by !== id
      ? [{ form: 'decision', text: 'Decide on the proposed amount' }]
      : []),
    ...(may && rulebook && !indicative && !open.length
      ? [{ form: 'indication', text: 'Work the indication out' }]
      : []),
    ...(practitioner && rulebook ? [{ form: 'answers', text: 'Answer the questions of the rulebook' }] : []),
    ...(may && indicative && !waiting ? [{ form: 'override', text: 'Propose another amount' }] : []),
  ];
}
