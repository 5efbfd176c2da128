import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type Account, Allow, SignedIn } from '@caretrail/access';
import { type Clock, type Command, type CommandResult, londonDate, NotFound, type PlainDate } from '@caretrail/kernel';
import { commandMetaOf, formState, PageRenderer, registerTemplates, rememberPosition, ukDate } from '@caretrail/web';
import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type AssessmentRecord, AssessmentQuery } from '../../application/assessment.query.js';
import {
  type AssessmentForm,
  assessmentEvents,
  currentForm,
  formOf,
  RecordAssessorAnswers,
} from '../../contracts/index.js';
import { type AssessmentStep, assessmentSteps, stepFrom } from './assessment-steps.js';
import { assessorAnswersFrom, compared, typedBefore } from './assessor-answers.js';

registerTemplates(join(import.meta.dirname, 'templates'));

type Typed = Readonly<Record<string, unknown>>;
const HTML = 'text/html; charset=utf-8';
const titles = new Map<string, (data: never) => string>(assessmentEvents.map(({ type, title }) => [type, title]));

/** An assessment as a practitioner works on it: both sides' answers, the steps of the law, and what was decided. */
@ApiExcludeController()
@Controller('assessments/:id')
@Allow('practitioner')
export class AssessmentWorkPagesController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(PageRenderer) private readonly pages: PageRenderer,
    @Inject(AssessmentQuery) private readonly assessments: AssessmentQuery,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  @Get()
  async show(
    @Param('id') id: string,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const record = await this.assessments.get(account.tenant, id);
    const history = await Promise.all(
      record.history.map(async ({ type, data, on, by }) => ({
        what: titles.get(type)?.(data as never) ?? type,
        on,
        by: await this.pages.nameOf(account, by),
      })),
    );
    const page = await this.pages.render(
      'assessment.njk',
      {
        title: titleOf(record),
        ...common(record),
        questions: compared(questionsOf(record), record),
        steps: Object.entries(assessmentSteps)
          .filter(([, step]) => step.isNext(record))
          .map(([name, { title }]) => ({ name, title })),
        history,
      },
      request,
    );
    await reply.type(HTML).send(page);
  }

  @Get('answers')
  async answers(
    @Param('id') id: string,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const record = await this.assessments.get(account.tenant, id);
    await this.showAnswers(record, typedBefore(record), undefined, request, reply);
  }

  @Post('answers')
  async record(
    @Param('id') id: string,
    @Body() typed: Typed,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const record = await this.assessments.get(account.tenant, id);
    const { assessmentId, personId } = record;
    try {
      const given = assessorAnswersFrom(questionsOf(record), record, typed);
      const data = RecordAssessorAnswers.schema.parse({ assessmentId, personId, ...given });
      const meta = commandMetaOf(account, request, { effectiveOn: this.today(account), commandId: commandIdOf(typed) });
      await this.send(new RecordAssessorAnswers(data, meta), reply);
      await reply.redirect(`/assessments/${id}`, 303);
    } catch (error) {
      await this.showAnswers(record, typed, error, request, reply);
    }
  }

  @Get('step')
  async step(
    @Param('id') id: string,
    @Query('take') name: unknown,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const record = await this.assessments.get(account.tenant, id);
    await this.showStep(account, record, name ?? 'signpost', undefined, undefined, request, reply);
  }

  @Post('step')
  async take(
    @Param('id') id: string,
    @Body() typed: Typed,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const record = await this.assessments.get(account.tenant, id);
    const step = stepOf(typed['take']);
    try {
      const { data, effectiveOn } = stepFrom(step, record, typed);
      const meta = commandMetaOf(account, request, { effectiveOn, commandId: commandIdOf(typed) });
      await this.send(new step.command(data as never, meta), reply);
      await reply.redirect(`/assessments/${id}`, 303);
    } catch (error) {
      await this.showStep(account, record, typed['take'], typed, error, request, reply);
    }
  }

  private async send(command: Command, reply: FastifyReply): Promise<void> {
    const result: CommandResult = await this.commands.execute(command);
    rememberPosition(reply, result);
  }

  private async showAnswers(
    record: AssessmentRecord,
    typed: Typed,
    error: unknown,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const values = { questions: compared(questionsOf(record), record), commandId: commandIdOf(typed) ?? randomUUID() };
    const page = await this.pages.render(
      'assessor-answers.njk',
      { title: 'Your answers beside the person’s', form: formState(typed, error), ...common(record), ...values },
      request,
    );
    await reply
      .status(error === undefined ? 200 : 422)
      .type(HTML)
      .send(page);
  }

  private async showStep(
    account: Account,
    record: AssessmentRecord,
    name: unknown,
    typed: Typed | undefined,
    error: unknown,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const step = stepOf(name);
    const page = await this.pages.render(
      'assessment-step.njk',
      {
        title: step.title,
        form: formState(typed, error),
        ...common(record),
        step,
        name,
        today: ukDate(this.today(account)),
        commandId: commandIdOf(typed ?? {}) ?? randomUUID(),
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

const titleOf = ({ state }: AssessmentRecord): string =>
  state.subject === 'carer' ? 'Carer’s assessment' : 'Assessment of needs';

/** The questions as they were put to the person; those of today where no form was put. */
const questionsOf = ({ state }: AssessmentRecord): AssessmentForm =>
  (state.form && formOf(state.form)) ?? currentForm(state.subject ?? 'adult');

const common = (record: AssessmentRecord) => ({
  assessment: record,
  heading: titleOf(record),
  record: `P-${record.personId.slice(0, 8)}`,
  here: `/assessments/${record.assessmentId}`,
});

const commandIdOf = ({ commandId }: Typed): string | undefined =>
  typeof commandId === 'string' && commandId ? commandId : undefined;

/** @throws NotFound for a step that there is not */
function stepOf(name: unknown): AssessmentStep {
  const step = typeof name === 'string' && Object.hasOwn(assessmentSteps, name) ? assessmentSteps[name] : undefined;
  if (!step) throw new NotFound('An assessment has no such step.');
  return step;
}
