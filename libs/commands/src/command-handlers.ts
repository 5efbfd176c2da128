import type { Command, CommandResult, CommandRoute } from '@caretrail/kernel';
import { Inject, type Type } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CommandExecutor } from './command-executor.js';

/** One CommandBus handler for each route, all of them the generic executor. Providers for a Nest module. */
export function commandHandlers(routes: readonly CommandRoute[]): Type<ICommandHandler<Command, CommandResult>>[] {
  return routes.map((route) => {
    class Handler implements ICommandHandler<Command, CommandResult> {
      constructor(@Inject(CommandExecutor) private readonly executor: CommandExecutor) {}

      execute(command: Command): Promise<CommandResult> {
        return this.executor.execute(command);
      }
    }
    Object.defineProperty(Handler, 'name', { value: `${route.command.name}Handler` });
    CommandHandler(route.command as unknown as Type<Command>)(Handler);
    return Handler;
  });
}
