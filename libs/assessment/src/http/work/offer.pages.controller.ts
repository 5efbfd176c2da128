import { randomUUID } from 'node:crypto';
import { type Account, Allow, SignedIn } from '@caretrail/access';
import { type Clock, type CommandResult, InvalidInput, londonDate } from '@caretrail/kernel';
import { commandMetaOf, formState, PageRenderer, rememberPosition, ukDate } from '@caretrail/web';
import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { RegisteredPeople } from '../../application/registered-people.query.js';
import { OfferAssessment } from '../../contracts/index.js';
import { textOf } from '../typed-form.js';
import { offerFrom } from './offer-form.js';

type Typed = Readonly<Record<string, unknown>>;

/** Offering an assessment, with a supported self-assessment. */
@ApiExcludeController()
@Controller('people/:id/assessment-offer')
@Allow('practitioner')
export class OfferPagesController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(PageRenderer) private readonly pages: PageRenderer,
    @Inject(RegisteredPeople) private readonly people: RegisteredPeople,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  @Get()
  async form(
    @Param('id') personId: string,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.people.assertRegistered(account.tenant, personId);
    await this.show(account, personId, undefined, undefined, request, reply);
  }

  @Post()
  async offer(
    @Param('id') personId: string,
    @Body() typed: Typed,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.people.assertRegistered(account.tenant, personId);
    try {
      const { data, effectiveOn } = offerFrom({ personId, assessmentId: idOf(typed) }, typed);
      for (const each of data.caresFor) await this.people.assertRegistered(account.tenant, each);
      const meta = commandMetaOf(account, request, { effectiveOn, commandId: `offer-${data.assessmentId}` });
      const result: CommandResult = await this.commands.execute(
        new OfferAssessment(OfferAssessment.schema.parse(data), meta),
      );
      rememberPosition(reply, result);
      await reply.redirect(`/assessments/${data.assessmentId}`, 303);
    } catch (error) {
      await this.show(account, personId, typed, error, request, reply);
    }
  }

  private async show(
    account: Account,
    personId: string,
    typed: Typed | undefined,
    error: unknown,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const page = await this.pages.render(
      'assessment-offer.njk',
      {
        title: 'Offer an assessment',
        form: formState(typed, error),
        personId,
        record: `P-${personId.slice(0, 8)}`,
        assessmentId: (typed && textOf(typed, 'assessmentId')) || randomUUID(),
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

/** The id that the form was given when it was shown, so that sending it twice offers one assessment. */
function idOf(typed: Typed): string {
  const id = z.uuid().safeParse(typed['assessmentId']);
  if (id.success) return id.data;
  throw new InvalidInput([{ rule: 'input-shape', message: 'The form was changed on its way. Load the page again.' }]);
}
