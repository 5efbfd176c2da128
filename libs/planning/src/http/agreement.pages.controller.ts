import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type Account, Allow, SignedIn } from '@caretrail/access';
import { type Clock, type CommandResult, RuleViolation, londonDate } from '@caretrail/kernel';
import { PageRenderer, commandMetaOf, formState, registerTemplates, rememberPosition, ukDate } from '@caretrail/web';
import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SupportPlanQuery } from '../application/support-plan.query.js';
import type { SupportPlan } from '../application/support-plan.reading.js';
import { AgreeSupportPlan, type AgreeSupportPlanData, contributors, reasonsNotMet } from '../contracts/index.js';
import { LINES_PER_NEED, agreementFrom, faultsInForm } from './agreement-form.js';

registerTemplates(join(import.meta.dirname, 'templates'));

type Typed = Readonly<Record<string, unknown>>;

/** Signing a support plan off. */
@ApiExcludeController()
@Controller('support-plans/:id/agreement')
export class AgreementPagesController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(PageRenderer) private readonly pages: PageRenderer,
    @Inject(SupportPlanQuery) private readonly plans: SupportPlanQuery,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  @Get()
  @Allow('practitioner')
  async form(
    @Param('id') id: string,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const plan = await this.plans.get(account.tenant, id);
    await this.show(account, plan, undefined, undefined, request, reply);
  }

  @Post()
  @Allow('practitioner')
  async agree(
    @Param('id') id: string,
    @Body() typed: Typed,
    @SignedIn() account: Account,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const plan = await this.plans.get(account.tenant, id);
    try {
      const { data, effectiveOn } = agreementFrom(plan.planId, plan.needs, typed);
      const meta = commandMetaOf(account, request, { effectiveOn, commandId: commandIdOf(typed) });
      const command = new AgreeSupportPlan(AgreeSupportPlan.schema.parse(data), meta);
      const result: CommandResult = await this.commands
        .execute<AgreeSupportPlan, CommandResult>(command)
        .catch((error: unknown) => Promise.reject(inFormFields(error, data, plan)));
      rememberPosition(reply, result);
      await reply.redirect(`/people/${plan.personId}`, 303);
    } catch (error) {
      await this.show(account, plan, typed, error, request, reply);
    }
  }

  private async show(
    account: Account,
    plan: SupportPlan,
    typed: Typed | undefined,
    error: unknown,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const page = await this.pages.render(
      'agree-support-plan.njk',
      {
        title: plan.signedOff ? 'Support plan' : 'Agree the plan',
        form: formState(typed, error),
        today: ukDate(londonDate(this.clock.now(account.tenant))),
        commandId: commandIdOf(typed ?? {}) ?? randomUUID(),
        record: `P-${plan.personId.slice(0, 8)}`,
        plan,
        signedOffBy: plan.signedOff && (await this.pages.nameOf(account, plan.signedOff.signedOffBy)),
        lines: Array.from({ length: LINES_PER_NEED }, (_, line) => line),
        contributors,
        reasonsNotMet,
      },
      request,
    );
    await reply
      .status(error === undefined ? 200 : 422)
      .type('text/html; charset=utf-8')
      .send(page);
  }
}

/** The rules' faults, pointing to the fields that the form has. */
function inFormFields(error: unknown, data: AgreeSupportPlanData, { needs }: SupportPlan): Error {
  if (error instanceof RuleViolation) return new RuleViolation(faultsInForm(error.faults, data, needs));
  return error instanceof Error ? error : new Error(String(error));
}

const commandIdOf = ({ commandId }: Typed): string | undefined =>
  typeof commandId === 'string' && commandId ? commandId : undefined;
