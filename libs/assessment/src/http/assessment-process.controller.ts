import { type Account, Allow, SignedIn } from '@caretrail/access';
import { Forbidden } from '@caretrail/kernel';
import { commandMetaOf, idMadeBy } from '@caretrail/web';
import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AnsweringAccess } from '../application/answering-access.js';
import { type AssessmentRecord, AssessmentQuery } from '../application/assessment.query.js';
import { RegisteredPeople } from '../application/registered-people.query.js';
import {
  AnswerDifference,
  AnswerSupportedSelfAssessment,
  ApproveAssessment,
  assessmentForms,
  OfferAssessment,
  RecordAssessorAnswers,
  RefuseAssessment,
  ReturnAssessment,
  StartAssessment,
  SubmitAssessment,
  SubmitSelfAssessment,
  SupersedeAssessment,
} from '../contracts/index.js';
import { AssessmentCommands } from './assessment-commands.js';

/** The day for which it is true. */
const effectiveOn = z.iso.date();
const ids = { assessmentId: true, personId: true } as const;
const offering = OfferAssessment.schema
  .partial({ assessmentId: true, caresFor: true, selfAssessmentOffered: true })
  .extend({ effectiveOn });
const supporting = AnswerSupportedSelfAssessment.schema.omit(ids).extend({ effectiveOn });
const refusing = RefuseAssessment.schema.omit(ids).extend({ effectiveOn });
const dayAlone = z.strictObject({ effectiveOn });
const submittingOwn = SubmitSelfAssessment.schema
  .omit({ ...ids, proxy: true })
  .extend({ effectiveOn, representationId: z.uuid().optional() });
const answering = RecordAssessorAnswers.schema.omit(ids).extend({ effectiveOn });
const responding = AnswerDifference.schema.omit(ids).extend({ effectiveOn });
const submitting = SubmitAssessment.schema.omit(ids).extend({ effectiveOn });
const returning = ReturnAssessment.schema.omit(ids).extend({ effectiveOn });
const superseding = SupersedeAssessment.schema.omit(ids).extend({ effectiveOn });

/** An assessment as a process: offered, refused, answered from both sides, approved. For other systems. */
@ApiTags('assessment')
@Controller('api')
export class AssessmentProcessController {
  constructor(
    @Inject(AssessmentCommands) private readonly commands: AssessmentCommands,
    @Inject(AssessmentQuery) private readonly assessments: AssessmentQuery,
    @Inject(AnsweringAccess) private readonly answering: AnsweringAccess,
    @Inject(RegisteredPeople) private readonly people: RegisteredPeople,
  ) {}

  /** The forms that were ever put to people, in all their versions, with the questions as they were asked. */
  @Get('assessment-forms')
  @Allow()
  forms() {
    return { forms: assessmentForms };
  }

  /** One assessment as it is known now: progress, both sides' answers, differences, decision, what followed it. */
  @Get('assessments/:id')
  @Allow('practitioner', 'safeguarding', 'person')
  async show(@Param('id') id: string, @SignedIn() account: Account): Promise<AssessmentRecord> {
    const record = await this.assessments.get(account.tenant, id);
    if (account.role === 'person' && account.personId !== record.personId)
      throw new Forbidden('This assessment is another person’s.');
    return record;
  }

  /** Offers an assessment (Care Act 2014 s9, s10), with a supported self-assessment unless it says why not. */
  @Post('assessment-offers')
  @Allow('practitioner')
  async offer(
    @Body({ schema: offering }) body: z.infer<typeof offering>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const meta = commandMetaOf(account, request, { effectiveOn: body.effectiveOn });
    const {
      effectiveOn: _,
      assessmentId = idMadeBy(meta),
      caresFor = [],
      selfAssessmentOffered = true,
      ...offer
    } = body;
    for (const each of [offer.personId, ...caresFor]) await this.people.assertRegistered(account.tenant, each);
    const command = new OfferAssessment({ ...offer, assessmentId, caresFor, selfAssessmentOffered }, meta);
    return this.commands.send(command, reply, { assessmentId, personId: offer.personId });
  }

  /** Says whether the person wants to assess themselves with support (SI 2014/2827 reg 2). */
  @Post('assessments/:id/supported-self-assessment')
  @Allow('practitioner', 'person')
  supported(
    @Param('id') id: string,
    @Body({ schema: supporting }) { effectiveOn, ...body }: z.infer<typeof supporting>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.commands.onBehalf(
      account,
      id,
      request,
      reply,
      effectiveOn,
      (ofIt, meta) => new AnswerSupportedSelfAssessment({ ...ofIt, ...body }, meta),
    );
  }

  /** Keeps that the person refuses to be assessed, and whether the duty stands all the same (s11(2)). */
  @Post('assessments/:id/refusal')
  @Allow('practitioner')
  refuse(
    @Param('id') id: string,
    @Body({ schema: refusing }) { effectiveOn, ...body }: z.infer<typeof refusing>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.commands.of(
      account,
      id,
      request,
      reply,
      effectiveOn,
      (ofIt, meta) => new RefuseAssessment({ ...ofIt, ...body }, meta),
    );
  }

  /** Begins the assessment. */
  @Post('assessments/:id/start')
  @Allow('practitioner')
  start(
    @Param('id') id: string,
    @Body({ schema: dayAlone }) { effectiveOn }: z.infer<typeof dayAlone>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.commands.of(account, id, request, reply, effectiveOn, (ofIt, meta) => new StartAssessment(ofIt, meta));
  }

  /** Hands in the person's own answers: by the person, with support, or by a representative whose scope covers it. */
  @Post('assessments/:id/self-assessment')
  @Allow('practitioner', 'person')
  async submitOwn(
    @Param('id') id: string,
    @Body({ schema: submittingOwn }) body: z.infer<typeof submittingOwn>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { effectiveOn, representationId, ...answers } = body;
    const { assessmentId, personId } = await this.assessments.get(account.tenant, id);
    const role = await this.answering.roleOf(account, personId, effectiveOn);
    // A representative who signs in answers as what the register has them as; nobody but a practitioner names another.
    const named = role === 'practitioner' ? representationId : undefined;
    const speaker = typeof role === 'object' ? role.representationId : named;
    const proxy = speaker && (await this.answering.proxyOf(account.tenant, personId, speaker, effectiveOn));
    const meta = { ...commandMetaOf(account, request, { effectiveOn }), onBehalfOf: personId };
    const answeredBy = typeof role === 'object' ? ('a representative' as const) : answers.answeredBy;
    const data = { ...answers, answeredBy, assessmentId, personId, ...(proxy && { proxy }) };
    return this.commands.send(new SubmitSelfAssessment(data, meta), reply, { assessmentId, personId });
  }

  /** Puts the assessor's answers beside the person's, with reasons for each question on which they differ. */
  @Post('assessments/:id/assessor-answers')
  @Allow('practitioner')
  assessor(
    @Param('id') id: string,
    @Body({ schema: answering }) { effectiveOn, ...body }: z.infer<typeof answering>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.commands.of(
      account,
      id,
      request,
      reply,
      effectiveOn,
      (ofIt, meta) => new RecordAssessorAnswers({ ...ofIt, ...body }, meta),
    );
  }

  /** Keeps what the person says to a difference. */
  @Post('assessments/:id/difference-answers')
  @Allow('practitioner', 'person')
  respond(
    @Param('id') id: string,
    @Body({ schema: responding }) { effectiveOn, ...body }: z.infer<typeof responding>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.commands.onBehalf(
      account,
      id,
      request,
      reply,
      effectiveOn,
      (ofIt, meta) => new AnswerDifference({ ...ofIt, ...body }, meta),
    );
  }

  /** Hands the assessment in for approval by somebody else. */
  @Post('assessments/:id/submission')
  @Allow('practitioner')
  submit(
    @Param('id') id: string,
    @Body({ schema: submitting }) { effectiveOn, ...body }: z.infer<typeof submitting>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.commands.of(
      account,
      id,
      request,
      reply,
      effectiveOn,
      (ofIt, meta) => new SubmitAssessment({ ...ofIt, ...body }, meta),
    );
  }

  /** Approves what somebody else handed in, and completes it. */
  @Post('assessments/:id/approval')
  @Allow('practitioner')
  approve(
    @Param('id') id: string,
    @Body({ schema: dayAlone }) { effectiveOn }: z.infer<typeof dayAlone>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.commands.of(
      account,
      id,
      request,
      reply,
      effectiveOn,
      (ofIt, meta) => new ApproveAssessment(ofIt, meta),
    );
  }

  /** Gives back what somebody else handed in, with reasons. */
  @Post('assessments/:id/return')
  @Allow('practitioner')
  giveBack(
    @Param('id') id: string,
    @Body({ schema: returning }) { effectiveOn, ...body }: z.infer<typeof returning>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.commands.of(
      account,
      id,
      request,
      reply,
      effectiveOn,
      (ofIt, meta) => new ReturnAssessment({ ...ofIt, ...body }, meta),
    );
  }

  /** Puts another assessment in the place of one that is complete. */
  @Post('assessments/:id/supersession')
  @Allow('practitioner')
  async supersede(
    @Param('id') id: string,
    @Body({ schema: superseding }) { effectiveOn, ...body }: z.infer<typeof superseding>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await this.assessments.get(account.tenant, body.by);
    return this.commands.of(
      account,
      id,
      request,
      reply,
      effectiveOn,
      (ofIt, meta) => new SupersedeAssessment({ ...ofIt, ...body }, meta),
    );
  }
}
