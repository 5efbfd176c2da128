import type { Account } from '@caretrail/access';
import { type Clock, type CommandMeta, type CommandResult, londonDate, type RoutedCommand } from '@caretrail/kernel';
import { commandMetaOf, rememberPosition } from '@caretrail/web';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ContributorRole } from '../contracts/index.js';

/** As what somebody may say that they take part for themselves. */
export const ownRoles = ['people with lived experience', 'carers', 'families and friends'] as const;

/** Who sends something about a specification. */
export interface AtSpecification {
  readonly account: Account;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** What both ways in to a specification do alike: the day, the command, the position. */
@Injectable()
export class SpecificationDesk {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject('CLOCK') private readonly clock: Clock,
  ) {}

  today({ tenant }: Account): string {
    return londonDate(this.clock.now(tenant));
  }

  metaOf({ account, request }: AtSpecification, effectiveOn?: string, commandId?: string): CommandMeta {
    const given = { effectiveOn: effectiveOn ?? this.today(account), ...(commandId && { commandId }) };
    return commandMetaOf(account, request, given);
  }

  /** A person speaks for themselves, as one, under their own key; staff record what others said. */
  spokenBy<Said extends { readonly role: ContributorRole }>({ role, personId }: Account, said: Said) {
    if (role !== 'person' || !personId) return said;
    const own = ownRoles.find((each) => each === said.role) ?? ownRoles[0];
    return { ...said, role: own, people: 1, way: 'on this page', personId };
  }

  async send(Kind: RoutedCommand, data: unknown, meta: CommandMeta, reply: FastifyReply): Promise<CommandResult> {
    const result: CommandResult = await this.commands.execute(new Kind(Kind.schema.parse(data) as never, meta));
    rememberPosition(reply, result);
    return result;
  }
}
