import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type Account, Allow, SignedIn } from '@caretrail/access';
import { type Clock, type CommandResult, InvalidInput, londonDate } from '@caretrail/kernel';
import { PageRenderer, commandMetaOf, formState, registerTemplates, rememberPosition, ukDate } from '@caretrail/web';
import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type AssessmentRecord, AssessmentQuery } from '../application/assessment.query.js';
import { RegisteredPeople } from '../application/registered-people.query.js';
import {
  ABLE,
  CompleteAssessment,
  eventOutcomes,
  meaningsOfUnable,
  outcomes,
  questionOfOutcome,
  SubmitAssessment,
  wellbeingAreas,
} from '../contracts/index.js';
import { assessmentFrom } from './assessment-form.js';
import { textOf } from './typed-form.js';
import { meaningWords, outcomeWords } from './outcome-words.js';

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
    @Inject(AssessmentQuery) private readonly assessments: AssessmentQuery,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  @Get()
  @Allow('practitioner')
  async form(
    @Param('id') personId: string,
    @Query('assessment') assessmentId: unknown,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.people.assertRegistered(account.tenant, personId);
    const record =
      typeof assessmentId === 'string' ? await this.assessments.get(account.tenant, assessmentId) : undefined;
    const known = record?.personId === personId ? answeredBefore(record) : undefined;
    await this.show(account, personId, known, undefined, request, reply);
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
      const handsIn = typed['then'] === 'approval';
      const commandId = handsIn ? textOf(typed, 'commandId') : `complete-${data.assessmentId}`;
      const meta = commandMetaOf(account, request, { effectiveOn, ...(commandId && { commandId }) });
      const checked = CompleteAssessment.schema.parse(data);
      const command = handsIn ? new SubmitAssessment(checked, meta) : new CompleteAssessment(checked, meta);
      const result: CommandResult = await this.commands.execute(command);
      rememberPosition(reply, result);
      await reply.redirect(handsIn ? `/assessments/${data.assessmentId}` : `/people/${personId}`, 303);
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
        // An assessment that was offered here can be handed in for approval; one that is only written down is complete.
        offered: typed?.['offered'] === 'yes',
        commandId: (typed && textOf(typed, 'commandId')) || randomUUID(),
        wellbeingAreas,
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

/** What the assessor answered beside the person, as the form has it: nobody types it twice. */
function answeredBefore({ assessmentId, assessor, state, history }: AssessmentRecord): Typed {
  const started = history.find(({ type }) => type === 'assessment.assessment-started.v1');
  const typed: Record<string, unknown> = {
    assessmentId,
    offered: 'yes',
    ...(started && { startedOn: ukDate(started.on) }),
  };
  for (const [at, outcome] of outcomes.entries()) {
    const given = assessor?.answers.find(({ question }) => question === questionOfOutcome[outcome]);
    if (given?.answer) typed[`findings.${at}`] = given.answer;
    if (given?.words) typed[`findings.${at}.words`] = given.words;
  }
  return state.submission ? { ...typed, reasons: state.submission.reasons } : typed;
}

/** The id that the form was given when it was shown, so that sending it twice completes one assessment. */
function idOf(typed: Typed): string {
  const id = z.uuid().safeParse(typed['assessmentId']);
  if (id.success) return id.data;
  throw new InvalidInput([{ rule: 'input-shape', message: 'The form was changed on its way. Load the page again.' }]);
}
