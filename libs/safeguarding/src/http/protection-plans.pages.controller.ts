import { randomUUID } from 'node:crypto';
import { type Account, Allow, SignedIn, type SignedInRequest } from '@caretrail/access';
import {
  type Clock,
  type Command,
  type CommandMeta,
  type CommandResult,
  londonDate,
  NotFound,
  type PlainDate,
} from '@caretrail/kernel';
import { commandMetaOf, formState, PageRenderer, rememberPosition, ukDate } from '@caretrail/web';
import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { recordNumberOf } from '../application/adult-records.js';
import { OpenConcern } from '../application/open-concern.js';
import {
  AgreeProtectionPlan,
  DecideNoProtectionPlan,
  planAgreements,
  planBases,
  ReviewProtectionPlan,
  reviewSequels,
  riskOutcomes,
  stepStates,
  wishesAchieved,
  wishesAsked,
} from '../contracts/index.js';
import type { ProtectionState } from '../domain/concern/concern.state.js';
import { choices, textOf } from './alert-form.js';
import { noPlanFrom, planFrom, reviewFrom, roomForSteps, typedAs, withoutGaps } from './protection-plan-form.js';

type PageRequest = FastifyRequest & SignedInRequest;
type Typed = Readonly<Record<string, unknown>>;

const lists = {
  wishesAsked: choices(wishesAsked),
  wishesAchieved: choices(wishesAchieved),
  agreements: choices(planAgreements),
  bases: choices(planBases),
  stepStates: choices(stepStates),
  riskOutcomes: choices(riskOutcomes),
  sequels: choices(reviewSequels),
};

/** Whose plan it is, and what stands. */
interface AtPlan {
  readonly concernId: string;
  readonly adult: string;
  readonly reference: string;
  readonly protection?: ProtectionState;
}

/** What was typed, as a command. */
type Asked = (meta: (effectiveOn: PlainDate) => CommandMeta) => Command;

/** Pages that agree the protection plan of one adult of a concern, review it, or say that none is needed. */
@ApiExcludeController()
@Allow('safeguarding')
@Controller('concerns/:id/plans/:adult')
export class ProtectionPlanPagesController {
  constructor(
    @Inject(PageRenderer) private readonly pages: PageRenderer,
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(OpenConcern) private readonly concerns: OpenConcern,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  @Get('agree')
  async newPlan(
    @Param('id') id: string,
    @Param('adult') adult: string,
    @SignedIn() account: Account,
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const at = await this.at(account, id, adult);
    const typed = { ...(at.protection && typedAs(at.protection.plan)), ...this.today(account) };
    await this.planPage(at, typed, request, reply);
  }

  @Post('agree')
  async agree(
    @Param('id') id: string,
    @Param('adult') adult: string,
    @Body() body: Typed,
    @SignedIn() account: Account,
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const at = await this.at(account, id, adult);
    const typed = withoutGaps(body);
    if (typed['more'] === 'yes') return this.planPage(at, typed, request, reply);
    const asked: Asked = (meta) => {
      const { data, effectiveOn } = planFrom(at, typed);
      return new AgreeProtectionPlan(AgreeProtectionPlan.schema.parse(data), meta(effectiveOn));
    };
    await this.send(asked, typed, at, account, request, reply, (error) =>
      this.planPage(at, typed, request, reply, error),
    );
  }

  @Get('none')
  async newRefusal(
    @Param('id') id: string,
    @Param('adult') adult: string,
    @SignedIn() account: Account,
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.nonePage(await this.at(account, id, adult), this.today(account), request, reply);
  }

  @Post('none')
  async decideNone(
    @Param('id') id: string,
    @Param('adult') adult: string,
    @Body() typed: Typed,
    @SignedIn() account: Account,
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const at = await this.at(account, id, adult);
    const asked: Asked = (meta) => {
      const { data, effectiveOn } = noPlanFrom(at, typed);
      return new DecideNoProtectionPlan(DecideNoProtectionPlan.schema.parse(data), meta(effectiveOn));
    };
    await this.send(asked, typed, at, account, request, reply, (error) =>
      this.nonePage(at, typed, request, reply, error),
    );
  }

  @Get('review')
  async newReview(
    @Param('id') id: string,
    @Param('adult') adult: string,
    @SignedIn() account: Account,
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.reviewPage(await this.at(account, id, adult), this.today(account), request, reply);
  }

  @Post('review')
  async review(
    @Param('id') id: string,
    @Param('adult') adult: string,
    @Body() typed: Typed,
    @SignedIn() account: Account,
    @Req() request: PageRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const at = await this.at(account, id, adult);
    const asked: Asked = (meta) => {
      const { data, effectiveOn } = reviewFrom(at, at.protection?.plan.steps.length ?? 0, typed);
      return new ReviewProtectionPlan(ReviewProtectionPlan.schema.parse(data), meta(effectiveOn));
    };
    await this.send(asked, typed, at, account, request, reply, (error) =>
      this.reviewPage(at, typed, request, reply, error),
    );
  }

  /** @throws NotFound where there is no such concern, or it is not about this adult */
  private async at({ tenant }: Account, concernId: string, adult: string): Promise<AtPlan> {
    const { raised, protection } = await this.concerns.open(tenant, concernId);
    if (!raised.adults.includes(adult)) throw new NotFound('This concern is not about such a person.');
    const { reference } = raised.alert;
    return { concernId, adult, reference, ...(protection[adult] && { protection: protection[adult] }) };
  }

  private async send(
    asked: Asked,
    typed: Typed,
    { concernId }: AtPlan,
    account: Account,
    request: PageRequest,
    reply: FastifyReply,
    again: (error: unknown) => Promise<void>,
  ): Promise<void> {
    try {
      const command = asked((effectiveOn) =>
        commandMetaOf(account, request, { effectiveOn, commandId: commandIdOf(typed) }),
      );
      rememberPosition(reply, await this.commands.execute<Command, CommandResult>(command));
      await reply.redirect(`/concerns/${concernId}#protection`, 303);
    } catch (error) {
      await again(error);
    }
  }

  private planPage(at: AtPlan, typed: Typed, request: PageRequest, reply: FastifyReply, error?: unknown) {
    const title = at.protection ? 'Change the protection plan' : 'Agree a protection plan';
    return this.show('protection-plan.njk', title, at, typed, request, reply, error, { room: roomForSteps(typed) });
  }

  private nonePage(at: AtPlan, typed: Typed, request: PageRequest, reply: FastifyReply, error?: unknown) {
    return this.show('no-protection-plan.njk', 'No protection plan is needed', at, typed, request, reply, error);
  }

  /** @throws NotFound where there is no plan to review */
  private reviewPage(at: AtPlan, typed: Typed, request: PageRequest, reply: FastifyReply, error?: unknown) {
    if (!at.protection) throw new NotFound('No protection plan was agreed for this adult.');
    const { plan } = at.protection;
    const title = 'Review the protection plan';
    return this.show('protection-plan-review.njk', title, at, typed, request, reply, error, { plan });
  }

  private async show(
    template: string,
    title: string,
    { concernId, adult, reference }: AtPlan,
    typed: Typed,
    request: PageRequest,
    reply: FastifyReply,
    error: unknown,
    more: object = {},
  ): Promise<void> {
    const page = await this.pages.render(
      template,
      {
        title,
        caption: `Concern ${reference}, record ${recordNumberOf(adult)}`,
        here: `/concerns/${concernId}/plans/${adult}`,
        back: `/concerns/${concernId}`,
        form: formState(typed, error),
        commandId: commandIdOf(typed),
        lists,
        ...more,
      },
      request,
    );
    await reply
      .status(error === undefined ? 200 : 422)
      .type('text/html; charset=utf-8')
      .send(page);
  }

  private today({ tenant }: Account): Typed {
    return { effectiveOn: ukDate(londonDate(this.clock.now(tenant))) };
  }
}

const commandIdOf = (typed: Typed): string => textOf(typed, 'commandId') || randomUUID();
