import type { Account } from '@caretrail/access';
import { type Command, type CommandMeta, type CommandResult } from '@caretrail/kernel';
import { commandMetaOf, idMadeBy, rememberPosition } from '@caretrail/web';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** What an API call that sent a command answers with. */
export interface Sent {
  readonly position: string;
  readonly eventIds: readonly string[];
}

/** From a request to a command and back: who sends it, for which day, and where its effect stands. */
@Injectable()
export class BudgetCommands {
  constructor(@Inject(CommandBus) private readonly bus: CommandBus) {}

  async send(
    { account, request, reply }: { account: Account; request: FastifyRequest; reply: FastifyReply },
    given: { readonly effectiveOn: string; readonly commandId?: string },
    command: (meta: CommandMeta) => Command,
  ): Promise<Sent> {
    const result: CommandResult = await this.bus.execute(command(commandMetaOf(account, request, given)));
    rememberPosition(reply, result);
    return { position: result.position.toString(), eventIds: result.eventIds };
  }

  /** The same for a command that notes something new. @param id the sender's own; one that follows from the command where it is left out */
  async note(
    exchange: { account: Account; request: FastifyRequest; reply: FastifyReply },
    { id, ...given }: { readonly effectiveOn: string; readonly id?: string | undefined },
    command: (id: string, meta: CommandMeta) => Command,
  ): Promise<Sent & { readonly id: string }> {
    let noted = '';
    const sent = await this.send(exchange, given, (meta) => command((noted = id ?? idMadeBy(meta)), meta));
    return { ...sent, id: noted };
  }
}
