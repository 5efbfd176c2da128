import type { Account } from '@caretrail/access';
import { type Clock, type CommandMeta, type CommandResult, londonDate, type RoutedCommand } from '@caretrail/kernel';
import { commandMetaOf, rememberPosition } from '@caretrail/web';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { v5 as derivedUuid } from 'uuid';
import type { ContributorRole } from '../contracts/index.js';

/** Under it the id of what a command makes is derived from the command’s own. */
const MADE = 'c4c0a3c6-5a1f-4b1e-8f37-0b8ce4b0d5a1';

/** As what somebody may say that they take part for themselves. */
export const ownRoles = ['people with lived experience', 'carers', 'families and friends'] as const;

/** Who sends something about a specification. */
export interface AtSpecification {
  readonly account: Account;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** What both ways in to a specification do alike: the day, the id of what is made, the command, the position. */
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

  /** The same for a command that is sent twice. */
  idMadeBy({ tenant, commandId }: CommandMeta): string {
    return derivedUuid(`${tenant}/${commandId}`, MADE);
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
