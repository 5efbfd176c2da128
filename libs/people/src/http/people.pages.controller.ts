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
import { Body, Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { RegisterPerson } from '../contracts/index.js';
import { genders, personFrom } from './person-form.js';

registerTemplates(join(import.meta.dirname, 'templates'));

type Typed = Readonly<Record<string, unknown>>;

/** Making a person known to the council. */
@ApiExcludeController()
@Controller('people')
export class PeoplePagesController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(PageRenderer) private readonly pages: PageRenderer,
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

/** The id that the form was given when it was shown, so that sending it twice registers one person. */
function idOf(typed: Typed): string {
  const id = z.uuid().safeParse(typed['personId']);
  if (id.success) return id.data;
  throw new InvalidInput([{ rule: 'input-shape', message: 'The form was changed on its way. Load the page again.' }]);
}
