import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type Account, Allow, SignedIn } from '@caretrail/access';
import { type Clock, type CommandResult, InvalidInput, londonDate } from '@caretrail/kernel';
import { PageRenderer, commandMetaOf, formState, registerTemplates, rememberPosition, ukDate } from '@caretrail/web';
import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { RegisteredPeople } from '../application/registered-people.query.js';
import { CompleteAssessment, eventOutcomes, meaningsOfUnable, outcomes } from '../contracts/index.js';
import { assessmentFrom } from './assessment-form.js';
import { ABLE, meaningWords, outcomeWords } from './outcome-words.js';

registerTemplates(join(import.meta.dirname, 'templates'));

type Typed = Readonly<Record<string, unknown>>;

const questions = outcomes.map((outcome, at) => ({ name: `findings.${at}`, ...outcomeWords[outcome] }));
const answers = [
  { value: ABLE, text: 'Yes' },
  ...meaningsOfUnable.map((meaning) => ({ value: meaning, text: meaningWords[meaning] })),
];

/** A practitioner's assessment, the ten outcomes one by one. */
@ApiExcludeController()
@Controller('people/:id/assessment')
export class AssessmentPagesController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(PageRenderer) private readonly pages: PageRenderer,
    @Inject(RegisteredPeople) private readonly people: RegisteredPeople,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  @Get()
  @Allow('practitioner')
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
  @Allow('practitioner')
  async complete(
    @Param('id') personId: string,
    @Body() typed: Typed,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.people.assertRegistered(account.tenant, personId);
    try {
      const { data, effectiveOn } = assessmentFrom({ personId, assessmentId: idOf(typed) }, typed);
      const meta = commandMetaOf(account, request, { effectiveOn, commandId: `complete-${data.assessmentId}` });
      const command = new CompleteAssessment(CompleteAssessment.schema.parse(data), meta);
      const result: CommandResult = await this.commands.execute(command);
      rememberPosition(reply, result);
      await reply.redirect(`/people/${personId}`, 303);
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
    const assessmentId = typeof typed?.['assessmentId'] === 'string' ? typed['assessmentId'] : randomUUID();
    const page = await this.pages.render(
      'complete-assessment.njk',
      {
        title: 'Complete an assessment',
        form: formState(typed, error),
        today: ukDate(londonDate(this.clock.now(account.tenant))),
        personId,
        record: `P-${personId.slice(0, 8)}`,
        assessmentId,
        questions,
        answers,
        eventOutcomes,
      },
      request,
    );
    await reply
      .status(error === undefined ? 200 : 422)
      .type('text/html; charset=utf-8')
      .send(page);
  }
}

/** The id that the form was given when it was shown, so that sending it twice completes one assessment. */
function idOf(typed: Typed): string {
  const id = z.uuid().safeParse(typed['assessmentId']);
  if (id.success) return id.data;
  throw new InvalidInput([{ rule: 'input-shape', message: 'The form was changed on its way. Load the page again.' }]);
}
