import type { Instant, PlainDate } from './dates.js';
import type { Actor } from './decider.js';
import type { Tenant } from './events.js';

/** For whom, by whom, for which day, and because of what a command is sent. */
export interface CommandMeta {
  readonly tenant: Tenant;
  /** A repeated command with the same id has one effect and answers with its first result. */
  readonly commandId: string;
  readonly actor: Actor;
  /** The day the command is true for. */
  readonly effectiveOn: PlainDate;
  readonly correlationId?: string;
  readonly causationId?: string;
  readonly onBehalfOf?: string;
  /** Only with a dated source: the day the council knew. */
  readonly knownOn?: PlainDate;
  readonly source?: string;
  readonly process?: string;
  /** What was before the person who sends it, in one line that only the edge understands; decisions keep it. */
  readonly shown?: string;
}

/** What the store answers: where the effect stands, so that a page can wait for it. */
export interface CommandResult {
  readonly position: bigint;
  readonly eventIds: readonly string[];
}

/** A command is a plain class: its data, and who sends it. Subclasses add nothing but a name. */
export abstract class Command<Data = unknown> {
  constructor(
    readonly data: Data,
    readonly meta: CommandMeta,
  ) {}
}

export type CommandClass<Data> = new (data: Data, meta: CommandMeta) => Command<Data>;

/** Where the time comes from. A simulated council's clock can be set; everybody else lives now. */
export interface Clock {
  /** Looks up where the council's clock stands: before a command is decided, and before a request is answered. */
  lookUp(tenant: Tenant): Promise<void>;
  /** The moment, as last looked up. */
  now(tenant: Tenant): Instant;
  /** True while the council's clock stands where somebody set it: its events are then recorded at that time. */
  isSet(tenant: Tenant): boolean;
}
