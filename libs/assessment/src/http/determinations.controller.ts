import { type Account, Allow, SignedIn } from '@caretrail/access';
import { Forbidden } from '@caretrail/kernel';
import { commandMetaOf, idMadeBy } from '@caretrail/web';
import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  BeforeAssessmentQuery,
  type RequestRecord,
  type UrgentNeedRecord,
} from '../application/before-assessment.query.js';
import { DirectoryChoice } from '../application/directory-choice.js';
import { RegisteredPeople } from '../application/registered-people.query.js';
import {
  CompleteCarerAssessment,
  ConcludeRequest,
  EndUrgentHelp,
  EstablishOrdinaryResidence,
  GiveDecisionInWriting,
  GiveWrittenAdvice,
  MeetUrgentNeed,
  RecordWishes,
  RequestSupport,
  SignpostToUniversalService,
} from '../contracts/index.js';
import { AssessmentCommands } from './assessment-commands.js';

/** The day for which it is true. */
const effectiveOn = z.iso.date();
const ids = { assessmentId: true, personId: true } as const;
const requesting = RequestSupport.schema.partial({ episodeId: true }).extend({ effectiveOn });
const concluding = ConcludeRequest.schema.omit({ episodeId: true }).extend({ effectiveOn });
const carer = CompleteCarerAssessment.schema.partial({ assessmentId: true }).extend({ effectiveOn });
const wishing = RecordWishes.schema.omit(ids).extend({ effectiveOn });
const residing = EstablishOrdinaryResidence.schema.omit(ids).extend({ effectiveOn });
const writing = GiveDecisionInWriting.schema.omit(ids).extend({ effectiveOn });
const advising = GiveWrittenAdvice.schema.omit(ids).extend({ effectiveOn });
/** A service of the directory needs no name: the directory has it. */
const signposting = SignpostToUniversalService.schema.omit(ids).partial({ service: true }).extend({ effectiveOn });
const urgent = MeetUrgentNeed.schema.partial({ urgentNeedId: true }).extend({ effectiveOn });
const ending = EndUrgentHelp.schema.omit({ urgentNeedId: true }).extend({ effectiveOn });

/** What stands around the decision on eligibility: the request before it, what the law asks after it, urgent need. */
@ApiTags('assessment')
@Controller('api')
export class DeterminationsController {
  constructor(
    @Inject(AssessmentCommands) private readonly commands: AssessmentCommands,
    @Inject(RegisteredPeople) private readonly people: RegisteredPeople,
    @Inject(DirectoryChoice) private readonly choice: DirectoryChoice,
    @Inject(BeforeAssessmentQuery) private readonly before: BeforeAssessmentQuery,
  ) {}

  /** Somebody asks for support, or is referred. */
  @Post('requests')
  @Allow('practitioner')
  async request(
    @Body({ schema: requesting }) { effectiveOn, episodeId: own, ...body }: z.infer<typeof requesting>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await this.people.assertRegistered(account.tenant, body.personId);
    const meta = commandMetaOf(account, request, { effectiveOn });
    const episodeId = own ?? idMadeBy(meta);
    return this.commands.send(new RequestSupport({ ...body, episodeId }, meta), reply, { episodeId });
  }

  /** One request as it is known now: when it was made, by which route, and what came of it. */
  @Get('requests/:id')
  @Allow('practitioner', 'safeguarding', 'person')
  async showRequest(@Param('id') id: string, @SignedIn() account: Account): Promise<RequestRecord> {
    return ownOf(account, await this.before.request(account.tenant, id));
  }

  /** What came of a request. */
  @Post('requests/:id/conclusion')
  @Allow('practitioner')
  conclude(
    @Param('id') episodeId: string,
    @Body({ schema: concluding }) { effectiveOn, ...body }: z.infer<typeof concluding>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const data = ConcludeRequest.schema.parse({ ...body, episodeId });
    return this.commands.send(new ConcludeRequest(data, commandMetaOf(account, request, { effectiveOn })), reply);
  }

  /** Completes a carer's assessment (Care Act 2014 s10) and decides on eligibility by regulation 3. */
  @Post('carer-assessments')
  @Allow('practitioner')
  async assessCarer(
    @Body({ schema: carer }) { effectiveOn, assessmentId: own, ...body }: z.infer<typeof carer>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    for (const each of [body.personId, ...body.caresFor]) await this.people.assertRegistered(account.tenant, each);
    const meta = commandMetaOf(account, request, { effectiveOn });
    const assessmentId = own ?? idMadeBy(meta);
    return this.commands.send(new CompleteCarerAssessment({ ...body, assessmentId }, meta), reply, { assessmentId });
  }

  /** What could be done, and whether the person wants the council to do it (s13(3)(a), (b)). */
  @Post('assessments/:id/wishes')
  @Allow('practitioner')
  wishes(
    @Param('id') id: string,
    @Body({ schema: wishing }) { effectiveOn, ...body }: z.infer<typeof wishing>,
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
      (ofIt, meta) => new RecordWishes({ ...ofIt, ...body }, meta),
    );
  }

  /** Where the person is ordinarily resident (s13(3)(c), s39). */
  @Post('assessments/:id/ordinary-residence')
  @Allow('practitioner')
  residence(
    @Param('id') id: string,
    @Body({ schema: residing }) { effectiveOn, ...body }: z.infer<typeof residing>,
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
      (ofIt, meta) => new EstablishOrdinaryResidence({ ...ofIt, ...body }, meta),
    );
  }

  /** What the person was given in writing (s12(3), s13(2)). */
  @Post('assessments/:id/writing')
  @Allow('practitioner')
  writing(
    @Param('id') id: string,
    @Body({ schema: writing }) { effectiveOn, ...body }: z.infer<typeof writing>,
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
      (ofIt, meta) => new GiveDecisionInWriting({ ...ofIt, ...body }, meta),
    );
  }

  /** Written advice and information where none of the needs is eligible (s13(5)). */
  @Post('assessments/:id/advice')
  @Allow('practitioner')
  advise(
    @Param('id') id: string,
    @Body({ schema: advising }) { effectiveOn, ...body }: z.infer<typeof advising>,
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
      (ofIt, meta) => new GiveWrittenAdvice({ ...ofIt, ...body }, meta),
    );
  }

  /** Points the person to a service that is there for everybody (s2, s4). */
  @Post('assessments/:id/signposts')
  @Allow('practitioner')
  async signpost(
    @Param('id') id: string,
    @Body({ schema: signposting }) { effectiveOn, ...body }: z.infer<typeof signposting>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { service, ...said } = await this.choice.named(account.tenant, effectiveOn, body);
    return this.commands.of(account, id, request, reply, effectiveOn, (ofIt, meta) => {
      const data = SignpostToUniversalService.schema.parse({ ...ofIt, ...said, service });
      return new SignpostToUniversalService(data, meta);
    });
  }

  /** Meets a need that appears urgent before the steps of the law are done (s19(3)). It ends none of the duties. */
  @Post('urgent-needs')
  @Allow('practitioner')
  async meetUrgent(
    @Body({ schema: urgent }) { effectiveOn, urgentNeedId: own, ...body }: z.infer<typeof urgent>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await this.people.assertRegistered(account.tenant, body.personId);
    const meta = commandMetaOf(account, request, { effectiveOn });
    const urgentNeedId = own ?? idMadeBy(meta);
    return this.commands.send(new MeetUrgentNeed({ ...body, urgentNeedId }, meta), reply, { urgentNeedId });
  }

  /** One urgent need as it is known now: what was done, what is left for later, and whether help goes on. */
  @Get('urgent-needs/:id')
  @Allow('practitioner', 'safeguarding', 'person')
  async showUrgent(@Param('id') id: string, @SignedIn() account: Account): Promise<UrgentNeedRecord> {
    return ownOf(account, await this.before.urgentNeed(account.tenant, id));
  }

  /** Ends urgent help. */
  @Post('urgent-needs/:id/end')
  @Allow('practitioner')
  endUrgent(
    @Param('id') urgentNeedId: string,
    @Body({ schema: ending }) { effectiveOn, ...body }: z.infer<typeof ending>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const data = EndUrgentHelp.schema.parse({ ...body, urgentNeedId });
    return this.commands.send(new EndUrgentHelp(data, commandMetaOf(account, request, { effectiveOn })), reply);
  }
}

/** @throws Forbidden for a person whose it is not */
function ownOf<Found extends { readonly personId: string }>(account: Account, found: Found): Found {
  if (account.role === 'person' && account.personId !== found.personId)
    throw new Forbidden('This is about another person.');
  return found;
}
