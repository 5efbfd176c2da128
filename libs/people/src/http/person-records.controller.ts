import { type Account, Allow, SignedIn } from '@caretrail/access';
import { type Clock, type Command, type CommandResult, londonDate } from '@caretrail/kernel';
import { commandMetaOf, idMadeBy, rememberPosition } from '@caretrail/web';
import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { PersonRecords } from '../application/person-records.js';
import { SupportAroundQuery } from '../application/support-around.query.js';
import {
  AgreeErasure,
  AppointAdvocate,
  AppointRepresentative,
  AssessCapacity,
  ConsiderAdvocacy,
  CorrectDetails,
  DecideInBestInterests,
  EndAdvocacy,
  ErasePerson,
  IdentifyCarer,
  RecordConflictOfInterest,
  RecordConsent,
  RecordDeath,
  ExtendErasure,
  RefuseErasure,
  RequestErasure,
  RevokeRepresentative,
} from '../contracts/index.js';

/** The day for which it is true. */
const effectiveOn = z.iso.date();
const appointing = AppointRepresentative.schema
  .omit({ personId: true, diedOn: true })
  .partial({ representationId: true })
  .extend({ effectiveOn });
const revoking = RevokeRepresentative.schema.omit({ personId: true, representationId: true }).extend({ effectiveOn });
const conflicting = RecordConflictOfInterest.schema
  .omit({ personId: true, representationId: true })
  .extend({ effectiveOn });
const considering = ConsiderAdvocacy.schema
  .omit({ personId: true })
  .partial({ advocacyId: true })
  .extend({ effectiveOn });
const advocating = AppointAdvocate.schema.omit({ personId: true, advocacyId: true }).extend({ effectiveOn });
const endingAdvocacy = EndAdvocacy.schema.omit({ personId: true, advocacyId: true }).extend({ effectiveOn });
const assessing = AssessCapacity.schema.omit({ personId: true }).partial({ capacityId: true }).extend({ effectiveOn });
const deciding = DecideInBestInterests.schema.omit({ personId: true, capacityId: true }).extend({ effectiveOn });
const consenting = RecordConsent.schema
  .omit({ personId: true, representation: true })
  .extend({ effectiveOn, representationId: z.uuid().optional() });
const caring = IdentifyCarer.schema.omit({ personId: true }).extend({ effectiveOn });
const correcting = CorrectDetails.schema.omit({ personId: true }).extend({ effectiveOn });
const dying = RecordDeath.schema.omit({ personId: true });
const askingErasure = RequestErasure.schema
  .omit({ personId: true, representation: true })
  .partial({ requestId: true })
  .extend({ effectiveOn, representationId: z.uuid().optional() });
const ofRequest = { personId: true, requestId: true } as const;
const extendingErasure = ExtendErasure.schema.omit(ofRequest).extend({ effectiveOn });
const refusingErasure = RefuseErasure.schema.omit(ofRequest).extend({ effectiveOn });
const agreeingErasure = AgreeErasure.schema.omit({ ...ofRequest, owed: true }).extend({ effectiveOn });
const erasing = ErasePerson.schema.omit({ ...ofRequest, owed: true }).extend({ effectiveOn });

/** What is known around a person: who speaks for them, advocates, capacity, consent, caring, death. For other systems. */
@ApiTags('people')
@Controller('api/people/:id')
export class PersonRecordsController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(SupportAroundQuery) private readonly around: SupportAroundQuery,
    @Inject(PersonRecords) private readonly records: PersonRecords,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  /** Representatives, advocates, capacity and consent of a person, as they are known now. */
  @Get('support-around')
  @Allow('practitioner', 'safeguarding')
  show(@Param('id') id: string, @SignedIn() account: Account) {
    return this.around.of(account, id, londonDate(this.clock.now(account.tenant)));
  }

  /** Appoints a representative (Care Act 2014 s9(5), s25(3)), from the day given. */
  @Post('representatives')
  @Allow('practitioner')
  async appoint(
    @Param('id') personId: string,
    @Body({ schema: appointing }) { effectiveOn, representationId: own, ...body }: z.infer<typeof appointing>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const meta = commandMetaOf(account, request, { effectiveOn });
    const representationId = own ?? idMadeBy(meta);
    const data = AppointRepresentative.schema.parse({ ...body, personId, representationId });
    return this.send(await this.records.appointRepresentative(data, meta), reply, { representationId });
  }

  /** Ends a representation, with reasons. */
  @Post('representatives/:representationId/revocation')
  @Allow('practitioner')
  revoke(
    @Param('id') personId: string,
    @Param('representationId') representationId: string,
    @Body({ schema: revoking }) { effectiveOn, ...body }: z.infer<typeof revoking>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const data = RevokeRepresentative.schema.parse({ ...body, personId, representationId });
    return this.send(new RevokeRepresentative(data, commandMetaOf(account, request, { effectiveOn })), reply);
  }

  /** Keeps a conflict of interest that came to light after the appointment. */
  @Post('representatives/:representationId/conflicts')
  @Allow('practitioner')
  conflict(
    @Param('id') personId: string,
    @Param('representationId') representationId: string,
    @Body({ schema: conflicting }) { effectiveOn, ...body }: z.infer<typeof conflicting>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const data = RecordConflictOfInterest.schema.parse({ ...body, personId, representationId });
    return this.send(new RecordConflictOfInterest(data, commandMetaOf(account, request, { effectiveOn })), reply);
  }

  /** Considers an independent advocate (Care Act 2014 s67, s68); whether one has to be arranged is worked out. */
  @Post('advocacy')
  @Allow('practitioner', 'safeguarding')
  async consider(
    @Param('id') personId: string,
    @Body({ schema: considering }) { effectiveOn, advocacyId: own, ...body }: z.infer<typeof considering>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const meta = commandMetaOf(account, request, { effectiveOn });
    const advocacyId = own ?? idMadeBy(meta);
    const command = await this.records.considerAdvocate(account, { ...body, personId, advocacyId }, meta);
    return this.send(command, reply, { advocacyId });
  }

  /** Says who the independent advocate is. */
  @Post('advocacy/:advocacyId/advocate')
  @Allow('practitioner', 'safeguarding')
  async advocate(
    @Param('id') personId: string,
    @Param('advocacyId') advocacyId: string,
    @Body({ schema: advocating }) { effectiveOn, ...body }: z.infer<typeof advocating>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const data = AppointAdvocate.schema.parse({ ...body, personId, advocacyId });
    const meta = commandMetaOf(account, request, { effectiveOn });
    return this.send(await this.records.appointAdvocate(account, data, meta), reply);
  }

  /** Says that the advocate acts no longer. */
  @Post('advocacy/:advocacyId/end')
  @Allow('practitioner', 'safeguarding')
  async endAdvocacy(
    @Param('id') personId: string,
    @Param('advocacyId') advocacyId: string,
    @Body({ schema: endingAdvocacy }) { effectiveOn, ...body }: z.infer<typeof endingAdvocacy>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const data = EndAdvocacy.schema.parse({ ...body, personId, advocacyId });
    const meta = commandMetaOf(account, request, { effectiveOn });
    return this.send(await this.records.endAdvocacy(account, data, meta), reply);
  }

  /** Assesses capacity for one decision (Mental Capacity Act 2005 s2, s3). */
  @Post('capacity')
  @Allow('practitioner', 'safeguarding')
  async assess(
    @Param('id') personId: string,
    @Body({ schema: assessing }) { effectiveOn, capacityId: own, ...body }: z.infer<typeof assessing>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const meta = commandMetaOf(account, request, { effectiveOn });
    const capacityId = own ?? idMadeBy(meta);
    const command = await this.records.assessCapacity({ ...body, personId, capacityId }, meta);
    return this.send(command, reply, { capacityId });
  }

  /** Decides in the person's best interests what they could not decide (Mental Capacity Act 2005 s4). */
  @Post('capacity/:capacityId/best-interests')
  @Allow('practitioner', 'safeguarding')
  decide(
    @Param('id') personId: string,
    @Param('capacityId') capacityId: string,
    @Body({ schema: deciding }) { effectiveOn, ...body }: z.infer<typeof deciding>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const data = DecideInBestInterests.schema.parse({ ...body, personId, capacityId });
    return this.send(new DecideInBestInterests(data, commandMetaOf(account, request, { effectiveOn })), reply);
  }

  /** Keeps what was answered to a request for consent, by the person or by a representative in force on that day. */
  @Post('consent')
  @Allow('practitioner', 'safeguarding')
  async consent(
    @Param('id') personId: string,
    @Body({ schema: consenting }) { effectiveOn, representationId, ...body }: z.infer<typeof consenting>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const meta = commandMetaOf(account, request, { effectiveOn });
    return this.send(await this.records.recordConsent({ ...body, personId }, representationId, meta), reply);
  }

  /** Says that the person cares for others, unpaid (Care Act 2014 s10). */
  @Post('caring')
  @Allow('practitioner')
  async care(
    @Param('id') personId: string,
    @Body({ schema: caring }) { effectiveOn, ...body }: z.infer<typeof caring>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const meta = commandMetaOf(account, request, { effectiveOn });
    return this.send(await this.records.identifyCarer({ ...body, personId }, meta), reply);
  }

  /** Gives the whole new details of the person. */
  @Post('details')
  @Allow('practitioner')
  correct(
    @Param('id') personId: string,
    @Body({ schema: correcting }) { effectiveOn, ...body }: z.infer<typeof correcting>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const data = CorrectDetails.schema.parse({ ...body, personId });
    return this.send(new CorrectDetails(data, commandMetaOf(account, request, { effectiveOn })), reply);
  }

  /** Keeps that the person, or a representative, asks to be erased (UK GDPR Article 17(1)), on the day of receipt. */
  @Post('erasures')
  @Allow('practitioner', 'safeguarding')
  async askErasure(
    @Param('id') personId: string,
    @Body({ schema: askingErasure })
    { effectiveOn, requestId: own, representationId, ...body }: z.infer<typeof askingErasure>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const meta = commandMetaOf(account, request, { effectiveOn });
    const requestId = own ?? idMadeBy(meta);
    const data = RequestErasure.schema.parse({ ...body, personId, requestId });
    return this.send(await this.records.requestErasure(data, representationId, meta), reply, { requestId });
  }

  /** Takes two further months for the answer; the person is told so, with the reasons, within the first (UK GDPR Article 12(3)). */
  @Post('erasures/:requestId/extension')
  @Allow('safeguarding')
  async extendErasure(
    @Param('id') personId: string,
    @Param('requestId') requestId: string,
    @Body({ schema: extendingErasure }) { effectiveOn, ...body }: z.infer<typeof extendingErasure>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const data = ExtendErasure.schema.parse({ ...body, personId, requestId });
    return this.send(await this.records.extendErasure(data, commandMetaOf(account, request, { effectiveOn })), reply);
  }

  /** Refuses to erase the person, with the reason that the law allows (UK GDPR Article 17(3)). */
  @Post('erasures/:requestId/refusal')
  @Allow('safeguarding')
  async refuseErasure(
    @Param('id') personId: string,
    @Param('requestId') requestId: string,
    @Body({ schema: refusingErasure }) { effectiveOn, ...body }: z.infer<typeof refusingErasure>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const data = RefuseErasure.schema.parse({ ...body, personId, requestId });
    return this.send(await this.records.refuseErasure(data, commandMetaOf(account, request, { effectiveOn })), reply);
  }

  /** Agrees to erase the person. Refused while the council owes them anything in law. */
  @Post('erasures/:requestId/agreement')
  @Allow('safeguarding')
  async agreeErasure(
    @Param('id') personId: string,
    @Param('requestId') requestId: string,
    @Body({ schema: agreeingErasure }) { effectiveOn, ...body }: z.infer<typeof agreeingErasure>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const data = AgreeErasure.schema.parse({ ...body, personId, requestId });
    return this.send(await this.records.agreeErasure(data, commandMetaOf(account, request, { effectiveOn })), reply);
  }

  /** Erases the person, by somebody else than whoever agreed: their key is destroyed. There is no way back. */
  @Post('erasures/:requestId/execution')
  @Allow('safeguarding')
  async erase(
    @Param('id') personId: string,
    @Param('requestId') requestId: string,
    @Body({ schema: erasing }) body: z.infer<typeof erasing>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const data = ErasePerson.schema.parse({ personId, requestId });
    return this.send(await this.records.erasePerson(data, commandMetaOf(account, request, body)), reply);
  }

  /** Records the day on which the person died. Who spoke for them speaks no longer from the day after. */
  @Post('death')
  @Allow('practitioner')
  die(
    @Param('id') personId: string,
    @Body({ schema: dying }) body: z.infer<typeof dying>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const data = RecordDeath.schema.parse({ ...body, personId });
    return this.send(new RecordDeath(data, commandMetaOf(account, request, { effectiveOn: body.diedOn })), reply);
  }

  private async send(command: Command, reply: FastifyReply, made: object = {}) {
    const result: CommandResult = await this.commands.execute(command);
    rememberPosition(reply, result);
    return { position: result.position.toString(), eventIds: result.eventIds, ...made };
  }
}
