import { CommandExecutor } from '@caretrail/commands';
import type { CommandResult } from '@caretrail/kernel';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CalculateIndicativeBudget } from '../contracts/index.js';
import { RulebookQuery } from './rulebook.query.js';

/** Puts the rulebook that is in force on the command's day into the command, whoever sends it: the decider sees its own stream alone. */
@CommandHandler(CalculateIndicativeBudget)
export class CalculateIndicativeBudgetHandler implements ICommandHandler<CalculateIndicativeBudget, CommandResult> {
  constructor(
    @Inject(CommandExecutor) private readonly executor: CommandExecutor,
    @Inject(RulebookQuery) private readonly rulebooks: RulebookQuery,
  ) {}

  async execute({ data: { allocationId, rulebookId }, meta }: CalculateIndicativeBudget): Promise<CommandResult> {
    const found = await this.rulebooks.inForceOn(meta.tenant, rulebookId, meta.effectiveOn);
    const rulebook = found && {
      version: found.version,
      eventId: found.eventId,
      effectiveFrom: found.effectiveFrom,
      content: found.content,
    };
    const data = { allocationId, rulebookId, ...(rulebook && { rulebook }) };
    return this.executor.execute(new CalculateIndicativeBudget(data, meta));
  }
}
