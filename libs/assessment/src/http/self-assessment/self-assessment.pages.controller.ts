import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type Account, Allow, SignedIn } from '@caretrail/access';
import {
  type Clock,
  type Command,
  type CommandResult,
  londonDate,
  NotFound,
  type PlainDate,
  RuleViolation,
} from '@caretrail/kernel';
import { commandMetaOf, formState, PageRenderer, registerTemplates, rememberPosition } from '@caretrail/web';
import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AnsweringAccess } from '../../application/answering-access.js';
import { type AssessmentRecord, AssessmentQuery } from '../../application/assessment.query.js';
import { type DraftAnswers, SelfAssessmentDrafts } from '../../application/self-assessment-drafts.js';
import {
  AnswerDifference,
  type AssessmentForm,
  currentForm,
  formOf,
  type FormAnswer,
  SubmitSelfAssessment,
} from '../../contracts/index.js';
import { compared } from '../work/assessor-answers.js';
import { answerFrom, progressOf, questionAfter, questionBefore, whoAnswered } from './self-assessment-steps.js';

registerTemplates(join(import.meta.dirname, 'templates'));

type Typed = Readonly<Record<string, unknown>>;

/** What every page of one self-assessment needs. */
interface Asked {
  readonly account: Account;
  readonly record: AssessmentRecord;
  readonly form: AssessmentForm;
  readonly role: Awaited<ReturnType<AnsweringAccess['roleOf']>>;
  readonly today: PlainDate;
  /** False when it was sent, or can no longer be answered. */
  readonly answerable: boolean;
}

/**
 * The person's own answers, one question on a page, saved as one goes: for the person, for a representative of theirs who
 * signs in, and for a practitioner who writes down what the person or a representative says.
 */
@ApiExcludeController()
@Controller('self-assessments/:id')
@Allow('person', 'practitioner')
export class SelfAssessmentPagesController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(PageRenderer) private readonly pages: PageRenderer,
    @Inject(AssessmentQuery) private readonly assessments: AssessmentQuery,
    @Inject(AnsweringAccess) private readonly answering: AnsweringAccess,
    @Inject(SelfAssessmentDrafts) private readonly drafts: SelfAssessmentDrafts,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  @Get()
  async start(
    @Param('id') id: string,
    @Query('saved') saved: unknown,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.showStart(await this.asked(account, id), saved === 'yes', undefined, undefined, request, reply);
  }

  @Get('question')
  async question(
    @Param('id') id: string,
    @Query('q') questionId: unknown,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const asked = await this.asked(account, id);
    if (!asked.answerable) return this.toStart(asked, reply);
    const question = questionOf(asked.form, questionId ?? asked.form.questions[0]!.id);
    const { answer, words } = (await this.answersOf(asked))[question.id] ?? {};
    await this.showQuestion(asked, question.id, { answer, words }, undefined, request, reply);
  }

  @Post('question')
  async answer(
    @Param('id') id: string,
    @Body() typed: Typed,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const asked = await this.asked(account, id);
    if (!asked.answerable) return this.toStart(asked, reply);
    const question = questionOf(asked.form, typed['question']);
    const goesOn = typed['go'] !== 'later';
    let given: FormAnswer;
    try {
      given = answerFrom(question, typed, goesOn);
    } catch (error) {
      return this.showQuestion(asked, question.id, typed, error, request, reply);
    }
    await this.drafts.save(account, asked.record, { ...(await this.answersOf(asked)), [question.id]: given });
    const next = questionAfter(asked.form, question.id);
    const back = typed['from'] === 'check' || next === undefined ? 'check' : `question?q=${next}`;
    await reply.redirect(`/self-assessments/${id}${goesOn ? `/${back}` : '?saved=yes'}`, 303);
  }

  @Get('check')
  async check(
    @Param('id') id: string,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const asked = await this.asked(account, id);
    if (!asked.answerable) return this.toStart(asked, reply);
    await this.showCheck(asked, undefined, undefined, request, reply);
  }

  @Post('submit')
  async submit(
    @Param('id') id: string,
    @Body() typed: Typed,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const asked = await this.asked(account, id);
    if (asked.record.state.own) return this.toStart(asked, reply); // sent twice: it was sent
    try {
      await this.execute(await this.submission(asked, typed, request), reply);
    } catch (error) {
      return this.showCheck(asked, typed, error, request, reply);
    }
    await this.drafts.remove(account.tenant, asked.record.assessmentId);
    await this.toStart(asked, reply);
  }

  @Post('difference')
  async difference(
    @Param('id') id: string,
    @Body() typed: Typed,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const asked = await this.asked(account, id);
    const { assessmentId, personId } = asked.record;
    const question = questionOf(asked.form, typed['question']).id;
    const commandId = typeof typed['commandId'] === 'string' ? typed['commandId'] : randomUUID();
    const meta = commandMetaOf(account, request, { effectiveOn: asked.today, commandId });
    const said = { assessmentId, personId, question, personsReasons: typed[`persons.${question}`] };
    try {
      const command = new AnswerDifference(AnswerDifference.schema.parse(said), { ...meta, onBehalfOf: personId });
      await this.execute(command, reply);
    } catch (error) {
      return this.showStart(asked, false, typed, atQuestion(error, question), request, reply);
    }
    await this.toStart(asked, reply);
  }

  private async execute(command: Command, reply: FastifyReply): Promise<void> {
    const result: CommandResult = await this.commands.execute(command);
    rememberPosition(reply, result);
  }

  private async submission(asked: Asked, typed: Typed, request: FastifyRequest): Promise<SubmitSelfAssessment> {
    const { account, record, form, role, today } = asked;
    const { assessmentId, personId } = record;
    const { representationId, ...who } =
      typeof role === 'object'
        ? { answeredBy: 'a representative' as const, representationId: role.representationId }
        : whoAnswered(typed);
    const proxy =
      representationId &&
      role !== 'the person' &&
      (await this.answering.proxyOf(account.tenant, personId, representationId, today));
    const commandId = `self-assessment-${assessmentId}`;
    const meta = { ...commandMetaOf(account, request, { effectiveOn: today, commandId }), onBehalfOf: personId };
    const answers = Object.values(await this.answersOf(asked));
    const { id, version } = form;
    const data = { assessmentId, personId, form: { id, version }, answers, ...who, ...(proxy && { proxy }) };
    return new SubmitSelfAssessment(SubmitSelfAssessment.schema.parse(data), meta);
  }

  /** @throws NotFound, and Forbidden for whoever may not answer for this person */
  private async asked(account: Account, id: string): Promise<Asked> {
    const today = londonDate(this.clock.now(account.tenant));
    const record = await this.assessments.get(account.tenant, id);
    const role = await this.answering.roleOf(account, record.personId, today);
    const { form: reference, selfAssessment, own, subject = 'adult' } = record.state;
    const form = (reference && formOf(reference)) ?? currentForm(subject);
    const wanted = selfAssessment?.offered === true && selfAssessment.accepted !== false;
    return { account, record, form, role, today, answerable: record.open && wanted && !own };
  }

  /** What was sent, once it was; else what this writer has saved. */
  private async answersOf({ account, record }: Asked): Promise<DraftAnswers> {
    const { own } = record.state;
    if (own) return Object.fromEntries(own.data.answers.map((answer) => [answer.question, answer]));
    return this.drafts.read(account, record);
  }

  private async toStart({ record }: Asked, reply: FastifyReply): Promise<void> {
    await reply.redirect(`/self-assessments/${record.assessmentId}`, 303);
  }

  private async showStart(
    asked: Asked,
    saved: boolean,
    typed: Typed | undefined,
    error: unknown,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const questions = progressOf(asked.form, await this.answersOf(asked));
    const values = {
      form: formState(typed, error),
      questions,
      done: questions.filter(({ answered }) => answered).length,
      next: questions.find(({ answered }) => !answered)?.id ?? questions[0]!.id,
      saved,
      differences: compared(asked.form, asked.record).filter(({ differs }) => differs),
      commandId: randomUUID(),
    };
    await this.send('self-assessment.njk', asked, values, request, reply, error);
  }

  private async showQuestion(
    asked: Asked,
    questionId: string,
    typed: Typed,
    error: unknown,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const question = questionOf(asked.form, questionId);
    const number = asked.form.questions.indexOf(question) + 1;
    const from = typed['from'] ?? new URL(request.url, 'http://here').searchParams.get('from');
    const before = questionBefore(asked.form, questionId);
    const values = { form: formState(typed, error), question, number, total: asked.form.questions.length };
    await this.send('self-assessment-question.njk', asked, { ...values, from, before }, request, reply, error);
  }

  private async showCheck(
    asked: Asked,
    typed: Typed | undefined,
    error: unknown,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const { account, record, today, role } = asked;
    const questions = progressOf(asked.form, await this.answersOf(asked));
    const speakers =
      role === 'practitioner' ? await this.answering.speakersFor(account.tenant, record.personId, today) : [];
    const form = formState(typed, error);
    await this.send('self-assessment-check.njk', asked, { form, questions, speakers }, request, reply, error);
  }

  private async send(
    template: string,
    asked: Asked,
    values: object,
    request: FastifyRequest,
    reply: FastifyReply,
    error?: unknown,
  ): Promise<void> {
    const { record, role, answerable } = asked;
    const title = record.state.subject === 'carer' ? 'About you as a carer' : 'About your life and your needs';
    const page = await this.pages.render(
      template,
      {
        title,
        heading: title,
        here: `/self-assessments/${record.assessmentId}`,
        record,
        role: typeof role === 'object' ? 'representative' : role,
        answerable,
        ...values,
      },
      request,
    );
    await reply
      .status(error === undefined ? 200 : 422)
      .type('text/html; charset=utf-8')
      .send(page);
  }
}

/** Each difference has a field of its own on the page. */
function atQuestion(error: unknown, question: string): unknown {
  if (!(error instanceof RuleViolation)) return error;
  return new RuleViolation(error.faults.map((fault) => ({ ...fault, field: `persons.${question}` })));
}

/** @throws NotFound for a question that the form does not ask */
function questionOf(form: AssessmentForm, id: unknown) {
  const question = form.questions.find((each) => each.id === id);
  if (!question) throw new NotFound('The form has no such question.');
  return question;
}
