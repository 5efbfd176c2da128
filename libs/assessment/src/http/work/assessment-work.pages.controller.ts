import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type Account, Allow, SignedIn } from '@caretrail/access';
import { type Clock, type Command, type CommandResult, londonDate, NotFound, type PlainDate } from '@caretrail/kernel';
import {
  commandMetaOf,
  formState,
  PageRenderer,
  parseUkDate,
  registerTemplates,
  rememberPosition,
  ukDate,
} from '@caretrail/web';
import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type AssessmentRecord, AssessmentQuery } from '../../application/assessment.query.js';
import { DirectoryChoice } from '../../application/directory-choice.js';
import {
  type AssessmentForm,
  assessmentEvents,
  currentForm,
  formOf,
  RecordAssessorAnswers,
} from '../../contracts/index.js';
import { type AssessmentStep, assessmentSteps, stepFrom } from './assessment-steps.js';
import { textOf } from '../typed-form.js';
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
    @Inject(DirectoryChoice) private readonly choice: DirectoryChoice,
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
    @Query() { take: name, ...asked }: Typed,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const record = await this.assessments.get(account.tenant, id);
    await this.showStep(account, record, name ?? 'signpost', asked, undefined, request, reply);
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
      const { data, effectiveOn } = stepFrom(step, record, await this.withService(account, step, typed));
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
    typed: Typed,
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
        commandId: commandIdOf(typed) ?? randomUUID(),
        found: chosenFrom(step) && (await this.offered(account, typed)),
      },
      request,
    );
    await reply
      .status(error === undefined ? 200 : 422)
      .type(HTML)
      .send(page);
  }

  /** With the directory’s name for the service that was chosen from it. */
  private async withService(account: Account, step: AssessmentStep, typed: Typed): Promise<Typed> {
    if (!chosenFrom(step)) return typed;
    const said = { serviceId: textOf(typed, 'serviceId'), service: textOf(typed, 'service') };
    return { ...typed, ...(await this.choice.named(account.tenant, this.dayOf(account, typed), said)) };
  }

  /** Services of the directory that fit what was looked for. */
  private offered(account: Account, typed: Typed) {
    const [words, chosen] = [textOf(typed, 'words'), textOf(typed, 'serviceId')];
    return this.choice.offered(account.tenant, this.dayOf(account, typed), words, chosen || undefined);
  }

  /** The day that was typed; today where it cannot be read, or has not come. */
  private dayOf(account: Account, typed: Typed): PlainDate {
    const [today, day] = [this.today(account), parseUkDate(textOf(typed, 'effectiveOn'))];
    return day && day < today ? day : today;
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

/** Whether the step chooses a service of the directory. */
const chosenFrom = ({ fields }: AssessmentStep): boolean => fields.some(({ kind }) => kind === 'directory');

const commandIdOf = ({ commandId }: Typed): string | undefined =>
  typeof commandId === 'string' && commandId ? commandId : undefined;

/** @throws NotFound for a step that there is not */
function stepOf(name: unknown): AssessmentStep {
  const step = typeof name === 'string' && Object.hasOwn(assessmentSteps, name) ? assessmentSteps[name] : undefined;
  if (!step) throw new NotFound('An assessment has no such step.');
  return step;
}
