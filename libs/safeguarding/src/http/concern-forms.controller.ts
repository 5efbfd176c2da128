import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { type Account, Allow, SignedIn, type SignedInRequest } from '@caretrail/access';
import { type Clock, type CommandResult, InvalidInput, londonDate } from '@caretrail/kernel';
import { commandMetaOf, formState, PageRenderer, registerTemplates, rememberPosition, ukDate } from '@caretrail/web';
import { Body, Controller, Get, Header, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { recordNumberOf } from '../application/adult-records.js';
import { ConcernOwners } from '../application/concern-owners.js';
import { OpenConcern } from '../application/open-concern.js';
import { RaiseConcern } from '../application/raise-concern.js';
import {
  ConcludeEnquiry,
  consents,
  DecideS42Criteria,
  enquirers,
  findings,
  GiveConcern,
  locationsOfRisk,
  relations,
  riskOutcomes,
  sequelsWithoutDuty,
  sourcesOfRisk,
  typesOfRisk,
  wishesAchieved,
  wishesAsked,
} from '../contracts/index.js';
import { alertFrom, choices, listOf, textOf } from './alert-form.js';
import { conclusionFrom, findingQuestions, roomForActions } from './conclusion-form.js';
import {
  decisionFields,
  decisionFrom,
  type DecisionStep,
  everyPartMet,
  faultsOf,
  firstOpenStep,
  stepsFor,
} from './decision-steps.js';

registerTemplates(join(import.meta.dirname, 'templates'));

type PageRequest = FastifyRequest & SignedInRequest;
type Typed = Readonly<Record<string, unknown>>;
const HTML = 'text/html; charset=utf-8';
const OK = 200;
const UNPROCESSABLE = 422;

const lists = {
  typesOfRisk: choices(typesOfRisk),
  sourcesOfRisk: choices(sourcesOfRisk),
  locationsOfRisk: choices(locationsOfRisk),
  relations: choices(relations),
  consents: choices(consents),
};
const conclusionLists = {
  enquirers: choices(enquirers),
  findings: choices(findings),
  riskOutcomes: choices(riskOutcomes),
  wishesAsked: choices(wishesAsked),
  wishesAchieved: choices(wishesAchieved),
};

/** Pages that raise, give, decide and conclude concerns; all of them work without script. */
@ApiExcludeController()
@Controller('concerns')
export class ConcernFormsController {
  constructor(
    @Inject(PageRenderer) private readonly pages: PageRenderer,
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(RaiseConcern) private readonly raiseConcern: RaiseConcern,
    @Inject(OpenConcern) private readonly concerns: OpenConcern,
    @Inject(ConcernOwners) private readonly owners: ConcernOwners,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  @Get('new')
  @Allow('safeguarding', 'practitioner')
  @Header('content-type', HTML)
  newAlert(@Query('person') person: unknown, @SignedIn() account: Account, @Req() request: PageRequest) {
    const adults = typeof person === 'string' ? person.slice(0, 40) : '';
    return this.alertPage(request, randomUUID(), formState({ adults, effectiveOn: this.today(account) }));
  }

  @Post()
  @Allow('safeguarding', 'practitioner')
  async raise(
    @Body() typed: Typed,
    @SignedIn() account: Account,
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    try {
      const { told, effectiveOn } = alertFrom(typed);
      const meta = commandMetaOf(account, request, { effectiveOn, commandId: commandIdOf(typed) });
      const { result, concernId, reference } = await this.raiseConcern.raise(meta, told);
      rememberPosition(reply, result);
      // Whoever raises an alert need not be somebody who may read it.
      const next =
        account.role === 'safeguarding' ? `/concerns/${concernId}` : `/concerns/raised?reference=${reference}`;
      await reply.redirect(next, 303);
    } catch (error) {
      const page = await this.alertPage(request, commandIdOf(typed), formState(typed, error));
      await reply.status(UNPROCESSABLE).type(HTML).send(page);
    }
  }

  /** What somebody sees who raised an alert: that it is there, and nothing of it. */
  @Get('raised')
  @Allow('safeguarding', 'practitioner')
  @Header('content-type', HTML)
  raised(@Query('reference') given: unknown, @Req() request: PageRequest) {
    const reference = typeof given === 'string' && /^SC-\d{4}-\d{4,9}$/.test(given) ? given : undefined;
    return this.pages.render('concern-raised.njk', { title: 'Concern raised', reference }, request);
  }

  @Post('give')
  @Allow('safeguarding')
  async giveSelected(
    @Body() typed: Typed,
    @SignedIn() account: Account,
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const selected = [...new Set(listOf(typed, 'concerns'))];
    if (!selected.length)
      throw new InvalidInput([
        {
          rule: 'concern-is-selected',
          field: 'concerns',
          message: 'Select at least one concern, then choose who gets it.',
        },
      ]);
    for (const id of selected) await this.giveOne(id, typed, `${commandIdOf(typed)}:${id}`, account, request, reply);
    await reply.redirect('/concerns', 303);
  }

  @Post(':id/owner')
  @Allow('safeguarding')
  async give(
    @Param('id') id: string,
    @Body() typed: Typed,
    @SignedIn() account: Account,
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.giveOne(id, typed, commandIdOf(typed), account, request, reply);
    await reply.redirect(`/concerns/${id}`, 303);
  }

  @Get(':id/decide')
  @Allow('safeguarding')
  @Header('content-type', HTML)
  async firstQuestion(@Param('id') id: string, @SignedIn() account: Account, @Req() request: PageRequest) {
    const answers = { commandId: randomUUID() };
    return this.questionPage(id, firstOpenStep(answers)!, answers, account, request);
  }

  /**
   * One answer came in: the next question, the answers to check, or the decision. Answers travel in hidden fields of the
   * body, because reasons are personal and must not stand in an address.
   */
  @Post(':id/decide')
  @Allow('safeguarding')
  async answer(
    @Param('id') id: string,
    @Body() typed: Typed,
    @SignedIn() account: Account,
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const send = async (page: Promise<string>, status: number) =>
      void (await reply
        .status(status)
        .type(HTML)
        .send(await page));
    const change = stepsFor(typed).find(({ name }) => name === typed['change']);
    if (change) return send(this.questionPage(id, change, typed, account, request), OK);
    const answered = stepsFor(typed).find(({ name }) => name === typed['step']);
    const faults = answered ? faultsOf(answered, typed) : [];
    if (answered && faults.length)
      return send(this.questionPage(id, answered, typed, account, request, new InvalidInput(faults)), UNPROCESSABLE);
    const open = firstOpenStep(typed);
    if (open) return send(this.questionPage(id, open, typed, account, request), OK);
    if (typed['decide'] !== 'yes') return send(this.checkPage(id, typed, account, request), OK);
    try {
      const { data, effectiveOn } = decisionFrom(id, typed);
      const meta = commandMetaOf(account, request, { effectiveOn, commandId: commandIdOf(typed) });
      const result = await this.commands.execute<DecideS42Criteria, CommandResult>(new DecideS42Criteria(data, meta));
      rememberPosition(reply, result);
      await reply.redirect(`/concerns/${id}`, 303);
    } catch (error) {
      await send(this.checkPage(id, typed, account, request, error), UNPROCESSABLE);
    }
  }

  @Get(':id/conclude')
  @Allow('safeguarding')
  @Header('content-type', HTML)
  newConclusion(@Param('id') id: string, @SignedIn() account: Account, @Req() request: PageRequest) {
    return this.conclusionPage(id, randomUUID(), formState({ effectiveOn: this.today(account) }), account, request);
  }

  @Post(':id/conclude')
  @Allow('safeguarding')
  async conclude(
    @Param('id') id: string,
    @Body() typed: Typed,
    @SignedIn() account: Account,
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const commandId = commandIdOf(typed);
    const send = async (status: number, error?: unknown) =>
      void (await reply
        .status(status)
        .type(HTML)
        .send(await this.conclusionPage(id, commandId, formState(typed, error), account, request)));
    if (typed['more'] === 'yes') return send(OK);
    try {
      const { raised } = await this.concerns.open(account.tenant, id);
      const { data, effectiveOn } = conclusionFrom(id, raised.adults, typed);
      const meta = commandMetaOf(account, request, { effectiveOn, commandId });
      const command = new ConcludeEnquiry(ConcludeEnquiry.schema.parse(data), meta);
      rememberPosition(reply, await this.commands.execute<ConcludeEnquiry, CommandResult>(command));
      await reply.redirect(`/concerns/${id}`, 303);
    } catch (error) {
      await send(UNPROCESSABLE, error);
    }
  }

  private async giveOne(
    concernId: string,
    typed: Typed,
    commandId: string,
    account: Account,
    request: PageRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const to = { id: await this.owners.check(account.tenant, textOf(typed, 'to')) };
    const meta = commandMetaOf(account, request, {
      effectiveOn: londonDate(this.clock.now(account.tenant)),
      commandId,
    });
    const data = GiveConcern.schema.parse({ concernId, to });
    rememberPosition(reply, await this.commands.execute<GiveConcern, CommandResult>(new GiveConcern(data, meta)));
  }

  private alertPage(request: PageRequest, commandId: string, form: ReturnType<typeof formState>): Promise<string> {
    return this.pages.render('concern-new.njk', { title: 'Raise a concern', form, commandId, lists }, request);
  }

  private async questionPage(
    id: string,
    step: DecisionStep,
    answers: Typed,
    account: Account,
    request: PageRequest,
    error?: unknown,
  ): Promise<string> {
    const { raised } = await this.concerns.open(account.tenant, id);
    const steps = stepsFor(answers);
    const shown = step.kind === 'day' && !textOf(answers, 'effectiveOn') ? { effectiveOn: this.today(account) } : {};
    return this.pages.render(
      'concern-decide.njk',
      {
        title: step.question,
        form: formState({ ...answers, ...shown }, error),
        step,
        previous: steps[steps.indexOf(step) - 1],
        progress: `Question ${steps.indexOf(step) + 1} of ${steps.length}`,
        alert: raised.alert,
        concernId: id,
        commandId: commandIdOf(answers),
        hidden: hiddenFields(answers, [step.field, step.reasons]),
        sequels: choices(sequelsWithoutDuty),
      },
      request,
    );
  }

  private async checkPage(id: string, answers: Typed, account: Account, request: PageRequest, error?: unknown) {
    const { raised } = await this.concerns.open(account.tenant, id);
    return this.pages.render(
      'concern-decide-check.njk',
      {
        title: 'Check your answers',
        form: formState(answers, error),
        alert: raised.alert,
        concernId: id,
        commandId: commandIdOf(answers),
        duty: everyPartMet(answers),
        rows: stepsFor(answers).map((step) => ({
          step,
          answer: textOf(answers, step.field),
          reasons: step.reasons && textOf(answers, step.reasons),
        })),
        hidden: hiddenFields(answers, []),
      },
      request,
    );
  }

  private async conclusionPage(
    id: string,
    commandId: string,
    form: ReturnType<typeof formState>,
    account: Account,
    request: PageRequest,
  ): Promise<string> {
    const { raised } = await this.concerns.open(account.tenant, id);
    return this.pages.render(
      'concern-conclude.njk',
      {
        title: 'Conclude the enquiry',
        form,
        commandId,
        concernId: id,
        alert: raised.alert,
        adults: raised.adults.map(recordNumberOf),
        parts: findingQuestions,
        room: roomForActions(form.values),
        lists: conclusionLists,
      },
      request,
    );
  }

  private today(account: Account): string {
    return ukDate(londonDate(this.clock.now(account.tenant)));
  }
}

const commandIdOf = (typed: Typed): string => textOf(typed, 'commandId') || randomUUID();

const hiddenFields = (answers: Typed, asked: readonly (string | undefined)[]) =>
  decisionFields
    .filter((field) => !asked.includes(field) && textOf(answers, field))
    .map((field) => ({ name: field, value: textOf(answers, field) }));
