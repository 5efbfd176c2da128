import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type Account, Allow, SignedIn } from '@caretrail/access';
import { type Clock, type Command, type CommandMeta, type CommandResult, londonDate } from '@caretrail/kernel';
import {
  commandMetaOf,
  formState,
  idMadeBy,
  PageRenderer,
  registerTemplates,
  rememberPosition,
  ukDate,
} from '@caretrail/web';
import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BeforeAssessmentQuery } from '../../application/before-assessment.query.js';
import { RegisteredPeople } from '../../application/registered-people.query.js';
import {
  ConcludeRequest,
  EndUrgentHelp,
  eventOutcomes,
  MeetUrgentNeed,
  outcomes,
  RequestSupport,
  routesOfAccess,
  stepsLeftForLater,
  urgentEndings,
} from '../../contracts/index.js';
import { textOf, type Typed } from '../typed-form.js';
import { conclusionFrom, endingFrom, requestFrom, urgentNeedFrom } from './before-forms.js';

registerTemplates(join(import.meta.dirname, 'templates'));

/** Who asks, and where the answer goes. */
interface Exchange {
  readonly account: Account;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** A page with its form: how it is shown, what it sends, and where it leads. */
interface FormPage {
  readonly template: string;
  readonly title: string;
  readonly personId: string;
  readonly values: object;
}

/** What stands before an assessment: a request and what came of it, and a need that is met at once. */
@ApiExcludeController()
@Controller()
@Allow('practitioner')
export class BeforeAssessmentPagesController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(PageRenderer) private readonly pages: PageRenderer,
    @Inject(BeforeAssessmentQuery) private readonly before: BeforeAssessmentQuery,
    @Inject(RegisteredPeople) private readonly people: RegisteredPeople,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  @Get('people/:id/request')
  async askedFor(
    @Param('id') personId: string,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.show({ account, request, reply }, await this.requestForm(account, personId));
  }

  @Post('people/:id/request')
  async ask(
    @Param('id') personId: string,
    @Body() typed: Typed,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const page = await this.requestForm(account, personId);
    await this.take({ account, request, reply }, page, typed, () => {
      const { effectiveOn, ...asked } = requestFrom(typed);
      return {
        effectiveOn,
        command: (meta) => new RequestSupport({ ...asked, personId, episodeId: idMadeBy(meta) }, meta),
        next: (meta) => `/requests/${idMadeBy(meta)}`,
      };
    });
  }

  @Get('requests/:id')
  async request(
    @Param('id') id: string,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.show({ account, request, reply }, await this.requestPage(account, id));
  }

  @Post('requests/:id')
  async conclude(
    @Param('id') id: string,
    @Body() typed: Typed,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const page = await this.requestPage(account, id);
    const ids = { episodeId: id, personId: page.personId };
    await this.take({ account, request, reply }, page, typed, () => {
      const { effectiveOn, ...said } = conclusionFrom(typed);
      return {
        effectiveOn,
        command: (meta) => new ConcludeRequest({ ...said, ...ids }, meta),
        next: () => `/people/${page.personId}`,
      };
    });
  }

  @Get('people/:id/urgent-need')
  async urgent(
    @Param('id') personId: string,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.show({ account, request, reply }, await this.urgentForm(account, personId));
  }

  @Post('people/:id/urgent-need')
  async meet(
    @Param('id') personId: string,
    @Body() typed: Typed,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const page = await this.urgentForm(account, personId);
    await this.take({ account, request, reply }, page, typed, () => {
      const { effectiveOn, ...said } = urgentNeedFrom(typed);
      return {
        effectiveOn,
        command: (meta) => new MeetUrgentNeed({ ...said, personId, urgentNeedId: idMadeBy(meta) }, meta),
        next: (meta) => `/urgent-needs/${idMadeBy(meta)}`,
      };
    });
  }

  @Get('urgent-needs/:id')
  async urgentNeed(
    @Param('id') id: string,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.show({ account, request, reply }, await this.urgentPage(account, id));
  }

  @Post('urgent-needs/:id')
  async end(
    @Param('id') id: string,
    @Body() typed: Typed,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const page = await this.urgentPage(account, id);
    const ids = { urgentNeedId: id, personId: page.personId };
    await this.take({ account, request, reply }, page, typed, () => {
      const { effectiveOn, ...said } = endingFrom(typed);
      return {
        effectiveOn,
        command: (meta) => new EndUrgentHelp({ ...said, ...ids }, meta),
        next: () => `/urgent-needs/${id}`,
      };
    });
  }

  private async requestForm({ tenant }: Account, personId: string): Promise<FormPage> {
    await this.people.assertRegistered(tenant, personId);
    return { template: 'request-new.njk', title: 'Record a request for support', personId, values: { routesOfAccess } };
  }

  private async requestPage({ tenant }: Account, id: string): Promise<FormPage> {
    const found = await this.before.request(tenant, id);
    const { personId } = found;
    return { template: 'request.njk', title: 'Request for support', personId, values: { found, eventOutcomes } };
  }

  private async urgentForm({ tenant }: Account, personId: string): Promise<FormPage> {
    await this.people.assertRegistered(tenant, personId);
    const values = { outcomes, stepsLeftForLater };
    return { template: 'urgent-need-new.njk', title: 'Meet an urgent need first', personId, values };
  }

  private async urgentPage({ tenant }: Account, id: string): Promise<FormPage> {
    const found = await this.before.urgentNeed(tenant, id);
    const { personId } = found;
    return { template: 'urgent-need.njk', title: 'Urgent need', personId, values: { found, urgentEndings } };
  }

  private async take(
    exchange: Exchange,
    page: FormPage,
    typed: Typed,
    read: () => {
      readonly effectiveOn: string;
      readonly command: (meta: CommandMeta) => Command;
      readonly next: (meta: CommandMeta) => string;
    },
  ): Promise<void> {
    const { account, request, reply } = exchange;
    try {
      const { effectiveOn, command, next } = read();
      const commandId = textOf(typed, 'commandId') || randomUUID();
      const meta = commandMetaOf(account, request, { effectiveOn, commandId });
      const result: CommandResult = await this.commands.execute(command(meta));
      rememberPosition(reply, result);
      await reply.redirect(next(meta), 303);
    } catch (error) {
      await this.show(exchange, page, typed, error);
    }
  }

  private async show(
    { account, request, reply }: Exchange,
    { template, title, personId, values }: FormPage,
    typed: Typed = {},
    error?: unknown,
  ): Promise<void> {
    const page = await this.pages.render(
      template,
      {
        title,
        ...values,
        personId,
        record: `P-${personId.slice(0, 8)}`,
        form: formState(typed, error),
        commandId: textOf(typed, 'commandId') || randomUUID(),
        today: ukDate(londonDate(this.clock.now(account.tenant))),
      },
      request,
    );
    await reply
      .status(error === undefined ? 200 : 422)
      .type('text/html; charset=utf-8')
      .send(page);
  }
}
