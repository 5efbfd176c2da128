import type { Account } from '@caretrail/access';
import { type Clock, type CommandResult, InvalidInput, type RoutedCommand, londonDate } from '@caretrail/kernel';
import { commandMetaOf, idMadeBy, rememberPosition } from '@caretrail/web';
import { createParamDecorator, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SupportPlanQuery } from '../application/support-plan.query.js';
import type { SupportPlan } from '../application/support-plan.reading.js';
import { PeopleOfPlans } from '../contracts/index.js';
import { recordNumberOf } from './plan-words.js';

/** Who sends something about a plan, and where the answer goes. */
export interface AtDesk {
  readonly account: Account;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** A command's data, with or without the plan's id, and the day it is true for: today where it is left out. */
interface SaidOfPlan {
  readonly planId?: string | undefined;
  readonly effectiveOn?: string | undefined;
  readonly [field: string]: unknown;
}

/** What every way in to a plan does alike: find the plan for whoever asks, send the command, remember the position. */
@Injectable()
export class PlanDesk {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(SupportPlanQuery) private readonly plans: SupportPlanQuery,
    @Inject(PeopleOfPlans) private readonly people: PeopleOfPlans,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  /** The London day at this council. */
  today(account: Account): string {
    return londonDate(this.clock.now(account.tenant));
  }

  /**
   * Whose plan it is, as its pages say it; the name is left out where none was recorded.
   * @param knownOn as known by the end of this day; now when left out
   */
  async whose(
    { tenant }: Account,
    { personId }: Pick<SupportPlan, 'personId'>,
    knownOn?: string,
  ): Promise<{ readonly caption: string; readonly record: string; readonly name?: string }> {
    const name = (await this.people.labelsOf(tenant, [personId], knownOn)).get(personId)?.name;
    const record = recordNumberOf({ personId });
    return name ? { caption: `${name}, record ${record}`, record, name } : { caption: `Record ${record}`, record };
  }

  /** The id of something new where its sender gives none: it follows from the Idempotency-Key, so that a repetition answers the same. */
  newId({ account, request }: AtDesk): string {
    return idMadeBy(commandMetaOf(account, request, { effectiveOn: this.today(account) }));
  }

  /**
   * @param planId of the address; a body that names another plan is refused
   * @throws NotFound, InvalidInput, RuleViolation
   */
  async send(
    { account, request, reply }: AtDesk,
    planId: string,
    Kind: RoutedCommand,
    said: SaidOfPlan,
    commandId?: string,
  ): Promise<{ plan: SupportPlan; result: CommandResult }> {
    const { effectiveOn = this.today(account), planId: named = planId, ...data } = said;
    if (named !== planId)
      throw new InvalidInput([
        {
          rule: 'one-plan',
          field: 'planId',
          message: 'The body names another plan than the address. Nothing was stored.',
        },
      ]);
    const plan = await this.plans.for(account, planId);
    const meta = commandMetaOf(account, request, { effectiveOn, ...(commandId && { commandId }) });
    const command = new Kind(Kind.schema.parse({ ...data, planId }) as never, meta);
    const result: CommandResult = await this.commands.execute(command);
    rememberPosition(reply, result);
    return { plan, result };
  }

  /** The same, with the answer that the API gives. */
  async answer(desk: AtDesk, planId: string, Kind: RoutedCommand, said: SaidOfPlan) {
    const { plan, result } = await this.send(desk, planId, Kind, said);
    return { position: result.position.toString(), eventIds: result.eventIds, planId, personId: plan.personId };
  }
}

/** Who sends a request, as one parameter of a handler. */
export const Desk = createParamDecorator((_: unknown, context: ExecutionContext): AtDesk => {
  const http = context.switchToHttp();
  const request = http.getRequest<FastifyRequest & { readonly account: Account }>();
  return { account: request.account, request, reply: http.getResponse<FastifyReply>() };
});
