import { type Account, Allow, SignedIn } from '@caretrail/access';
import { type AsOf, type CommandMeta, InvalidInput, type RoutedCommand } from '@caretrail/kernel';
import { asOfFrom, idMadeBy } from '@caretrail/web';
import { Body, Controller, Get, Inject, Param, ParseUUIDPipe, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { SpecificationQuery } from '../application/specification.query.js';
import {
  ContributeToSpecification,
  OpenSpecification,
  PublishSpecification,
  WithdrawSpecification,
  WriteSpecificationVersion,
} from '../contracts/index.js';
import { type AtSpecification, SpecificationDesk } from './specification-desk.js';

/** The day on which it is true; today where it is left out. */
const on = { effectiveOn: z.iso.date().optional() };
const id = { specificationId: true } as const;
const opening = OpenSpecification.schema.omit(id).extend(on);
/** Whose words they are is never said by somebody else: a person who signs in speaks for themselves. */
const contributing = ContributeToSpecification.schema.omit({ ...id, contributionId: true, personId: true }).extend(on);
const writing = WriteSpecificationVersion.schema.omit(id).extend(on);
const publishing = PublishSpecification.schema.omit(id).extend(on);
const withdrawing = WithdrawSpecification.schema.omit(id).extend(on);
const days = z.object({ effective: z.iso.date().optional(), known: z.iso.date().optional() });

/** What services are to be, written together with those for whom they are there (Care Act 2014 s5). */
@ApiTags('specifications')
@Controller('api/specifications')
export class SpecificationsController {
  constructor(
    @Inject(SpecificationDesk) private readonly desk: SpecificationDesk,
    @Inject(SpecificationQuery) private readonly specifications: SpecificationQuery,
  ) {}

  /** All specifications of the council, by title. */
  @Get()
  @Allow()
  async all(@Query({ schema: days }) query: z.infer<typeof days>, @SignedIn() account: Account) {
    return this.specifications.all(account, this.daysOf(query, account));
  }

  /** One specification: its versions, who took part, and what became of what they said. */
  @Get(':id')
  @Allow()
  async one(
    @Param('id') specificationId: string,
    @Query({ schema: days }) query: z.infer<typeof days>,
    @SignedIn() account: Account,
  ) {
    return this.specifications.get(account, specificationId, this.daysOf(query, account));
  }

  /** Opens a specification, so that others may take part. */
  @Post()
  @Allow('commissioner')
  async open(
    @Body({ schema: opening }) { effectiveOn, ...body }: z.infer<typeof opening>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const meta = this.desk.metaOf({ account, request, reply }, effectiveOn);
    const specificationId = idMadeBy(meta);
    return this.answer(OpenSpecification, { ...body, specificationId }, meta, reply, { specificationId });
  }

  /** Keeps what somebody wants of the service, in their own words. */
  @Post(':id/contributions')
  @Allow('commissioner', 'person')
  async contribute(
    @Param('id', ParseUUIDPipe) specificationId: string,
    @Body({ schema: contributing }) { effectiveOn, ...body }: z.infer<typeof contributing>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const meta = this.desk.metaOf({ account, request, reply }, effectiveOn);
    const contributionId = idMadeBy(meta);
    const data = { ...this.desk.spokenBy(account, body), specificationId, contributionId };
    return this.answer(ContributeToSpecification, data, meta, reply, { specificationId, contributionId });
  }

  /** Writes the whole text anew, and says what became of contributions. */
  @Post(':id/versions')
  @Allow('commissioner')
  write(
    @Param('id', ParseUUIDPipe) specificationId: string,
    @Body({ schema: writing }) body: z.infer<typeof writing>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.about(WriteSpecificationVersion, specificationId, body, { account, request, reply });
  }

  /** Publishes the newest version, with who took part. */
  @Post(':id/publication')
  @Allow('commissioner')
  publish(
    @Param('id', ParseUUIDPipe) specificationId: string,
    @Body({ schema: publishing }) body: z.infer<typeof publishing>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.about(PublishSpecification, specificationId, body, { account, request, reply });
  }

  /** Ends a specification, with a reason. */
  @Post(':id/withdrawal')
  @Allow('commissioner')
  withdraw(
    @Param('id', ParseUUIDPipe) specificationId: string,
    @Body({ schema: withdrawing }) body: z.infer<typeof withdrawing>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.about(WithdrawSpecification, specificationId, body, { account, request, reply });
  }

  private about(
    Kind: RoutedCommand,
    specificationId: string,
    { effectiveOn, ...body }: { readonly effectiveOn?: string | undefined },
    at: AtSpecification,
  ) {
    const meta = this.desk.metaOf(at, effectiveOn);
    return this.answer(Kind, { ...body, specificationId }, meta, at.reply, { specificationId });
  }

  private async answer(Kind: RoutedCommand, data: unknown, meta: CommandMeta, reply: FastifyReply, made: object) {
    const { position, eventIds } = await this.desk.send(Kind, data, meta, reply);
    return { position: position.toString(), eventIds, ...made };
  }

  private daysOf(query: z.infer<typeof days>, account: Account): AsOf {
    const { effective, known, isToday, error } = asOfFrom(query, this.desk.today(account));
    const faults = Object.entries(error ?? {}).map(([field, message]) => ({ rule: 'input-shape', field, message }));
    if (faults.length) throw new InvalidInput(faults);
    return isToday ? {} : { effectiveOn: effective, knownOn: known };
  }
}
