import { randomUUID } from 'node:crypto';
import { type Account, Allow, SignedIn } from '@caretrail/access';
import {
  type Clock,
  type Command,
  type CommandResult,
  InvalidInput,
  londonDate,
  NotFound,
  type PlainDate,
  RuleViolation,
} from '@caretrail/kernel';
import { commandMetaOf, formState, PageRenderer, rememberPosition, ukDate } from '@caretrail/web';
import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type SupportAround, SupportAroundQuery } from '../application/support-around.query.js';
import {
  AppointRepresentative,
  conflictKinds,
  evidenceKinds,
  recordNumber,
  representationKinds,
  representationScopes,
  revocationReasons,
  RevokeRepresentative,
} from '../contracts/index.js';
import { appointmentFrom, inFormFields, revocationFrom } from './representation-form.js';

type Typed = Readonly<Record<string, unknown>>;
const HTML = 'text/html; charset=utf-8';

/** Who may speak for a person: the register, appointing, and ending it. Beside it advocates, capacity and consent. */
@ApiExcludeController()
@Controller('people/:id/representatives')
export class RepresentationPagesController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(PageRenderer) private readonly pages: PageRenderer,
    @Inject(SupportAroundQuery) private readonly around: SupportAroundQuery,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  @Get()
  @Allow('practitioner', 'safeguarding')
  async show(
    @Param('id') id: string,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = await this.around.of(account, id, this.today(account));
    const mayChange = account.role === 'practitioner';
    const page = await this.pages.render(
      'representatives.njk',
      {
        title: 'Who speaks for the person',
        ...common(found),
        found,
        mayChange,
        advocacy: {
          offered: found.advocacy.some(({ stands }) => stands === 'offered'),
          appointed: found.advocacy.some(({ stands }) => stands === 'appointed'),
        },
        undecided: found.capacity.some(({ assessed, bestInterests }) => !assessed.hasCapacity && !bestInterests),
      },
      request,
    );
    await reply.type(HTML).send(page);
  }

  @Get('new')
  @Allow('practitioner')
  async form(
    @Param('id') id: string,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.showForm(account, id, undefined, undefined, request, reply);
  }

  @Post('new')
  @Allow('practitioner')
  async appoint(
    @Param('id') id: string,
    @Body() typed: Typed,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    try {
      const representationId = idOf(typed);
      const { data, effectiveOn } = appointmentFrom({ personId: id, representationId }, typed);
      const { diedOn } = await this.around.labelOf(account.tenant, id);
      await this.knownRepresentative(account.tenant, data.representative.personId);
      const meta = commandMetaOf(account, request, { effectiveOn, commandId: appointing(representationId) });
      const checked = AppointRepresentative.schema.parse({ ...data, ...(diedOn && { diedOn }) });
      await this.send(new AppointRepresentative(checked, meta), reply);
      await reply.redirect(`/people/${id}/representatives`, 303);
    } catch (error) {
      await this.showForm(account, id, typed, error, request, reply);
    }
  }

  @Get('end')
  @Allow('practitioner')
  async endForm(
    @Param('id') id: string,
    @Query('representation') representationId: unknown,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.showEnd(account, id, { representationId }, undefined, request, reply);
  }

  @Post('end')
  @Allow('practitioner')
  async revoke(
    @Param('id') id: string,
    @Body() typed: Typed,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    try {
      const { data, effectiveOn } = revocationFrom(id, typed);
      const meta = commandMetaOf(account, request, { effectiveOn, ...commandIdOf(typed) });
      await this.send(new RevokeRepresentative(RevokeRepresentative.schema.parse(data), meta), reply);
      await reply.redirect(`/people/${id}/representatives`, 303);
    } catch (error) {
      await this.showEnd(account, id, typed, error, request, reply);
    }
  }

  private async knownRepresentative(tenant: string, own: string | undefined): Promise<void> {
    if (!own) return;
    await this.around.labelOf(tenant, own).catch((error: unknown) => {
      if (!(error instanceof NotFound)) throw error;
      const message = 'No person with this id is known here. Leave it out, and give the name.';
      throw new InvalidInput([{ rule: 'representative-is-known', field: 'representative.personId', message }]);
    });
  }

  private async send(command: Command, reply: FastifyReply): Promise<void> {
    const result: CommandResult = await this.commands.execute(command);
    rememberPosition(reply, result);
  }

  private async showForm(
    account: Account,
    id: string,
    typed: Typed | undefined,
    error: unknown,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const found = await this.around.of(account, id, this.today(account));
    const representationId = typeof typed?.['representationId'] === 'string' ? typed['representationId'] : randomUUID();
    const lists = { representationKinds, representationScopes, evidenceKinds, conflictKinds };
    const page = await this.pages.render(
      'appoint-representative.njk',
      {
        title: 'Appoint a representative',
        ...common(found),
        ...lists,
        form: formState(typed, inForm(error)),
        representationId,
        commandId: appointing(representationId),
        today: ukDate(this.today(account)),
      },
      request,
    );
    await reply
      .status(error === undefined ? 200 : 422)
      .type(HTML)
      .send(page);
  }

  private async showEnd(
    account: Account,
    id: string,
    typed: Typed,
    error: unknown,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const found = await this.around.of(account, id, this.today(account));
    const standing = found.representations.filter(
      (each) => each.standing === 'in force' || each.standing === 'not yet',
    );
    const page = await this.pages.render(
      'end-representation.njk',
      {
        title: 'End a representation',
        ...common(found),
        form: formState(typed, error),
        standing,
        commandId: commandIdOf(typed).commandId ?? randomUUID(),
        revocationReasons,
        today: ukDate(this.today(account)),
      },
      request,
    );
    await reply
      .status(error === undefined ? 200 : 422)
      .type(HTML)
      .send(page);
  }

  private today({ tenant }: Account): PlainDate {
    return londonDate(this.clock.now(tenant));
  }
}

const common = ({ personId, label }: SupportAround) => ({
  personId,
  record: recordNumber(personId),
  name: label.name,
  here: `/people/${personId}/representatives`,
});

/** Somebody is appointed once, however often the form is sent. */
const appointing = (representationId: string): string => `appoint-${representationId}`;

const commandIdOf = ({ commandId }: Typed): { commandId?: string } =>
  typeof commandId === 'string' && commandId ? { commandId } : {};

const inForm = (error: unknown): unknown =>
  error instanceof RuleViolation ? new RuleViolation(inFormFields(error.faults)) : error;

/** The id that the form was given when it was shown, so that sending it twice appoints once. */
function idOf(typed: Typed): string {
  const id = z.uuid().safeParse(typed['representationId']);
  if (id.success) return id.data;
  throw new InvalidInput([{ rule: 'input-shape', message: 'The form was changed on its way. Load the page again.' }]);
}
