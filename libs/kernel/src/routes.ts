import type { Command, CommandMeta } from './commands.js';
import type { Decider, DomainEvent } from './decider.js';

/** A command's class as the front door sees it: what it is called, how its data is checked, how it is made. */
export interface RoutedCommand {
  readonly name: string;
  /** Zod, strict; throws on data that does not fit. */
  readonly schema: { parse(data: unknown): unknown };
  /** `data` is what `schema.parse` answered. */
  new (data: never, meta: CommandMeta): Command;
}

/**
 * Which decider answers a command, and on which stream. The decider is handed the command itself (its class carries
 * the `type` that the decider switches on), with the data as `schema` left it.
 * States of different types stand side by side in one array, because the parameters of methods are bivariant.
 */
export interface CommandRoute {
  readonly command: RoutedCommand;
  readonly decider: Decider<Command, unknown, DomainEvent>;
  /** `budgets.allocation-<uuid>`, from the command's data. */
  stream(data: unknown): string;
}
