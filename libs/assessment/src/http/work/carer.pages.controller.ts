import { type Account, Allow, SignedIn } from '@caretrail/access';
import { type Clock, type CommandResult, londonDate } from '@caretrail/kernel';
import { commandMetaOf, formState, PageRenderer, rememberPosition, ukDate } from '@caretrail/web';
import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type AssessmentRecord, AssessmentQuery } from '../../application/assessment.query.js';
import {
  ABLE,
  carerMeaningsOfUnable,
  carerOutcomes,
  CompleteCarerAssessment,
  eventOutcomes,
  wellbeingAreas,
} from '../../contracts/index.js';
import { carerOutcomeTitles, meaningWords } from '../outcome-words.js';
import { carerAssessmentFrom } from './carer-form.js';

type Typed = Readonly<Record<string, unknown>>;

const questions = carerOutcomes.map((outcome, at) => ({ name: `findings.${at}`, title: carerOutcomeTitles[outcome] }));
const answers = [
  { value: ABLE, text: 'Yes' },
  ...carerMeaningsOfUnable.map((meaning) => ({ value: meaning, text: meaningWords[meaning] })),
];

/** Completing a carer's assessment by regulation 3. */
@ApiExcludeController()
@Controller('assessments/:id/carer')
@Allow('practitioner')
export class CarerPagesController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(PageRenderer) private readonly pages: PageRenderer,
    @Inject(AssessmentQuery) private readonly assessments: AssessmentQuery,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  @Get()
  async form(
    @Param('id') id: string,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const record = await this.assessments.get(account.tenant, id);
    await this.show(account, record, undefined, undefined, request, reply);
  }

  @Post()
  async complete(
    @Param('id') id: string,
    @Body() typed: Typed,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const record = await this.assessments.get(account.tenant, id);
    const { assessmentId, personId, caresFor } = record;
    try {
      const { data, effectiveOn } = carerAssessmentFrom({ assessmentId, personId, caresFor: [...caresFor] }, typed);
      const meta = commandMetaOf(account, request, { effectiveOn, commandId: commandIdOf(record) });
      const result: CommandResult = await this.commands.execute(
        new CompleteCarerAssessment(CompleteCarerAssessment.schema.parse(data), meta),
      );
      rememberPosition(reply, result);
      await reply.redirect(`/assessments/${assessmentId}`, 303);
    } catch (error) {
      await this.show(account, record, typed, error, request, reply);
    }
  }

  private async show(
    account: Account,
    record: AssessmentRecord,
    typed: Typed | undefined,
    error: unknown,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const page = await this.pages.render(
      'carer-assessment.njk',
      {
        title: 'Complete the carer’s assessment',
        form: formState(typed, error),
        here: `/assessments/${record.assessmentId}`,
        commandId: commandIdOf(record),
        record: `P-${record.personId.slice(0, 8)}`,
        today: ukDate(londonDate(this.clock.now(account.tenant))),
        questions,
        answers,
        wellbeingAreas,
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

/** An assessment is completed once, however often its form is sent. */
const commandIdOf = ({ assessmentId }: AssessmentRecord): string => `complete-${assessmentId}`;
