import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type Account, Allow, SignedIn } from '@caretrail/access';
import { type Clock, type CommandResult, InvalidInput, londonDate } from '@caretrail/kernel';
import {
  CouncilDirectory,
  PageRenderer,
  commandMetaOf,
  formState,
  registerTemplates,
  rememberPosition,
  ukDate,
} from '@caretrail/web';
import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { SupportAroundQuery } from '../application/support-around.query.js';
import { CorrectDetails, RegisterPerson, recordNumber } from '../contracts/index.js';
import { correctedDetails, genders, personFrom, typedFrom } from './person-form.js';

registerTemplates(join(import.meta.dirname, 'templates'));

type Typed = Readonly<Record<string, unknown>>;

/** Making a person known to the council, and putting right what is known. */
@ApiExcludeController()
@Controller('people')
export class PeoplePagesController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(PageRenderer) private readonly pages: PageRenderer,
    @Inject(SupportAroundQuery) private readonly around: SupportAroundQuery,
    @Inject(CouncilDirectory) private readonly councils: CouncilDirectory,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  @Get('new')
  @Allow('practitioner')
  async form(@SignedIn() account: Account, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.show(account, undefined, undefined, request, reply);
  }

  @Post('new')
  @Allow('practitioner')
  async register(
    @Body() typed: Typed,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    try {
      const { details, effectiveOn } = personFrom(typed);
      const personId = idOf(typed);
      const { simulated } = await this.councils.get(account.tenant);
      const meta = commandMetaOf(account, request, { effectiveOn, commandId: `register-${personId}` });
      const command = new RegisterPerson(RegisterPerson.schema.parse({ personId, simulated, details }), meta);
      const result: CommandResult = await this.commands.execute(command);
      rememberPosition(reply, result);
      await reply.redirect(`/people/${personId}`, 303);
    } catch (error) {
      await this.show(account, typed, error, request, reply);
    }
  }

  @Get(':id/details')
  @Allow('practitioner')
  async details(
    @Param('id') id: string,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const standing = typedFrom(await this.around.detailsOf(account.tenant, id));
    await this.showDetails(id, account, standing, undefined, request, reply);
  }

  @Post(':id/details')
  @Allow('practitioner')
  async correct(
    @Param('id') id: string,
    @Body() typed: Typed,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const before = await this.around.detailsOf(account.tenant, id);
    try {
      const { details, effectiveOn } = personFrom(typed);
      const meta = commandMetaOf(account, request, { effectiveOn, commandId: commandIdOf(typed) });
      const data = CorrectDetails.schema.parse({ personId: id, details: correctedDetails(before, details) });
      const result: CommandResult = await this.commands.execute(new CorrectDetails(data, meta));
      rememberPosition(reply, result);
      await reply.redirect(`/people/${id}`, 303);
    } catch (error) {
      await this.showDetails(id, account, typed, error, request, reply);
    }
  }

  private async showDetails(
    personId: string,
    account: Account,
    typed: Typed,
    error: unknown,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const page = await this.pages.render(
      'correct-details.njk',
      {
        title: 'Correct the details',
        form: formState(typed, error),
        today: ukDate(londonDate(this.clock.now(account.tenant))),
        personId,
        record: recordNumber(personId),
        commandId: commandIdOf(typed),
        genders,
      },
      request,
    );
    await reply
      .status(error === undefined ? 200 : 422)
      .type('text/html; charset=utf-8')
      .send(page);
  }

  private async show(
    account: Account,
    typed: Typed | undefined,
    error: unknown,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const form = formState(typed, error);
    const today = ukDate(londonDate(this.clock.now(account.tenant)));
    const personId = typeof typed?.['personId'] === 'string' ? typed['personId'] : randomUUID();
    const page = await this.pages.render(
      'register-person.njk',
      { title: 'Register a person', form, today, personId, genders },
      request,
    );
    await reply
      .status(error === undefined ? 200 : 422)
      .type('text/html; charset=utf-8')
      .send(page);
  }
}

const commandIdOf = ({ commandId }: Typed): string =>
  typeof commandId === 'string' && commandId ? commandId : randomUUID();

/** The id that the form was given when it was shown, so that sending it twice registers one person. */
function idOf(typed: Typed): string {
  const id = z.uuid().safeParse(typed['personId']);
  if (id.success) return id.data;
  throw new InvalidInput([{ rule: 'input-shape', message: 'The form was changed on its way. Load the page again.' }]);
}
