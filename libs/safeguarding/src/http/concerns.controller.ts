import { type Account, Allow, SignedIn } from '@caretrail/access';
import type { CommandResult } from '@caretrail/kernel';
import { commandMetaOf, rememberPosition } from '@caretrail/web';
import { Body, Controller, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ConcernOwners } from '../application/concern-owners.js';
import { RaiseConcern } from '../application/raise-concern.js';
import {
  AgreeProtectionPlan,
  ConcludeEnquiry,
  DecideNoProtectionPlan,
  DecideS42Criteria,
  GiveConcern,
  RaiseAlert,
  ReviewProtectionPlan,
} from '../contracts/index.js';

/** The day for which a command is true. */
const trueOn = { effectiveOn: z.iso.date() };
const raising = RaiseAlert.schema.omit({ concernId: true, reference: true }).extend(trueOn);
const giving = GiveConcern.schema.omit({ concernId: true }).extend(trueOn);
const concluding = ConcludeEnquiry.schema.omit({ concernId: true }).extend(trueOn);
const ofAdult = { concernId: true, adult: true } as const;
const planning = AgreeProtectionPlan.schema.omit(ofAdult).extend(trueOn);
const planningNothing = DecideNoProtectionPlan.schema.omit(ofAdult).extend(trueOn);
const reviewing = ReviewProtectionPlan.schema.omit(ofAdult).extend(trueOn);
const deciding = DecideS42Criteria.schema.omit({ concernId: true }).extend(trueOn);

/** Commands on safeguarding concerns, for other systems. What they read is another controller's, of the concern queue. */
@ApiTags('safeguarding')
@Controller('api/concerns')
export class ConcernsController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(RaiseConcern) private readonly raiseConcern: RaiseConcern,
    @Inject(ConcernOwners) private readonly owners: ConcernOwners,
  ) {}

  /** Raises an alert (Care Act 2014 s42). The concern's id and reference are given here. */
  @Post()
  @Allow('safeguarding', 'practitioner')
  async raise(
    @Body({ schema: raising }) body: z.infer<typeof raising>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { effectiveOn, ...told } = body;
    const meta = commandMetaOf(account, request, { effectiveOn });
    const { result, concernId, reference } = await this.raiseConcern.raise(meta, told);
    return { ...answer(reply, result), concernId, reference };
  }

  /** Gives a concern to somebody of the safeguarding team. */
  @Post(':id/owner')
  @HttpCode(200)
  @Allow('safeguarding')
  async give(
    @Param('id') id: string,
    @Body({ schema: giving }) body: z.infer<typeof giving>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const to = { id: await this.owners.check(account.tenant, body.to.id) };
    const meta = commandMetaOf(account, request, body);
    const data = GiveConcern.schema.parse({ concernId: id, to });
    const result: CommandResult = await this.commands.execute(new GiveConcern(data, meta));
    return { ...answer(reply, result), concernId: id };
  }

  /** Decides, part by part, whether there is a duty to enquire (Care Act 2014 s42(1)). */
  @Post(':id/s42-decision')
  @Allow('safeguarding')
  async decide(
    @Param('id') id: string,
    @Body({ schema: deciding }) body: z.infer<typeof deciding>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { effectiveOn, ...decision } = body;
    const meta = commandMetaOf(account, request, { effectiveOn });
    const data = DecideS42Criteria.schema.parse({ ...decision, concernId: id });
    const result: CommandResult = await this.commands.execute(new DecideS42Criteria(data, meta));
    return { ...answer(reply, result), concernId: id };
  }

  /** Concludes the enquiry: what it found, what action is to be taken and by whom (Care Act 2014 s42(2)). */
  @Post(':id/conclusion')
  @Allow('safeguarding')
  async conclude(
    @Param('id') id: string,
    @Body({ schema: concluding }) body: z.infer<typeof concluding>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { effectiveOn, ...conclusion } = body;
    const meta = commandMetaOf(account, request, { effectiveOn });
    const data = ConcludeEnquiry.schema.parse({ ...conclusion, concernId: id });
    const result: CommandResult = await this.commands.execute(new ConcludeEnquiry(data, meta));
    return { ...answer(reply, result), concernId: id };
  }

  /** Agrees how one adult is kept safe after the enquiry, or agrees it anew (Care Act 2014 s42(2)). */
  @Post(':id/protection-plans/:adult')
  @Allow('safeguarding')
  async agreePlan(
    @Param('id') id: string,
    @Param('adult') adult: string,
    @Body({ schema: planning }) body: z.infer<typeof planning>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { effectiveOn, ...said } = body;
    const meta = commandMetaOf(account, request, { effectiveOn });
    const data = AgreeProtectionPlan.schema.parse({ ...said, concernId: id, adult });
    const result: CommandResult = await this.commands.execute(new AgreeProtectionPlan(data, meta));
    return { ...answer(reply, result), concernId: id, adult };
  }

  /** Decides that one adult needs no protection plan, although action is taken (Care Act 2014 s42(2)). */
  @Post(':id/protection-plans/:adult/not-needed')
  @Allow('safeguarding')
  async decideNoPlan(
    @Param('id') id: string,
    @Param('adult') adult: string,
    @Body({ schema: planningNothing }) body: z.infer<typeof planningNothing>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { effectiveOn, ...said } = body;
    const meta = commandMetaOf(account, request, { effectiveOn });
    const data = DecideNoProtectionPlan.schema.parse({ ...said, concernId: id, adult });
    const result: CommandResult = await this.commands.execute(new DecideNoProtectionPlan(data, meta));
    return { ...answer(reply, result), concernId: id, adult };
  }

  /** Reviews the protection plan of one adult: it goes on, or it ends (Care Act 2014 s42(2)). */
  @Post(':id/protection-plans/:adult/review')
  @Allow('safeguarding')
  async reviewPlan(
    @Param('id') id: string,
    @Param('adult') adult: string,
    @Body({ schema: reviewing }) body: z.infer<typeof reviewing>,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { effectiveOn, ...said } = body;
    const meta = commandMetaOf(account, request, { effectiveOn });
    const data = ReviewProtectionPlan.schema.parse({ ...said, concernId: id, adult });
    const result: CommandResult = await this.commands.execute(new ReviewProtectionPlan(data, meta));
    return { ...answer(reply, result), concernId: id, adult };
  }
}

function answer(reply: FastifyReply, result: CommandResult) {
  rememberPosition(reply, result);
  return { position: result.position.toString(), eventIds: result.eventIds };
}
