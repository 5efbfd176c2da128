import { CommandExecutor } from '@caretrail/commands';
import type { CommandResult } from '@caretrail/kernel';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AllocateBudget, LocalPrices } from '../contracts/index.js';

/** Puts what services cost here on the command's day into the command, whoever sends it: pages, API, CLI and processes cannot differ. */
@CommandHandler(AllocateBudget)
export class AllocateBudgetHandler implements ICommandHandler<AllocateBudget, CommandResult> {
  constructor(
    @Inject(CommandExecutor) private readonly executor: CommandExecutor,
    @Inject(LocalPrices) private readonly prices: LocalPrices,
  ) {}

  async execute({ data, meta }: AllocateBudget): Promise<CommandResult> {
    const localPrices = [...(await this.prices.knownOn(meta.tenant, meta.effectiveOn))];
    return this.executor.execute(new AllocateBudget({ ...data, localPrices }, meta));
  }
}
