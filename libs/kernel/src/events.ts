import type { Instant, PlainDate } from './dates.js';

/** A council, named by its ONS code: `E09000012`. */
export type Tenant = string;

/**
 * Who, under what, why, and when: a flat map of strings, because that is what every store we support can carry.
 * `effectiveOn` is when it is true in the world; `knownOn` is set only where a dated source says that the council
 * knew earlier than this system recorded it.
 */
export interface EventMetadata {
  readonly actorId: string;
  readonly actorRole: string;
  readonly actorTeam?: string;
  readonly onBehalfOf?: string;
  readonly commandId: string;
  readonly correlationId: string;
  readonly causationId?: string;
  /** Name of the process that sent the command, when no person did. */
  readonly process?: string;
  readonly effectiveOn: PlainDate;
  readonly knownOn?: PlainDate;
  /** What the dated source is: `Client Level Data submitted on 2025-07-30`. */
  readonly source?: string;
  /** Overrides the definition's authority where the command names its own. */
  readonly legalBasis?: string;
  readonly rulebookVersion?: string;
  /** Id of the event that this one corrects. */
  readonly corrects?: string;
  /** Of a decision: what its maker was shown, so that it can be put on the screen again. */
  readonly shown?: string;
}

/** An event on its way into the store. Personal fields are ciphertext already. */
export interface NewEvent {
  readonly id: string;
  /** Stored name with version: `budgets.budget-allocated.v1`. */
  readonly type: string;
  readonly data: unknown;
  readonly metadata: EventMetadata;
}

/** An event as the store gives it back. */
export interface StoredEvent<Data = unknown> extends NewEvent {
  readonly data: Data;
  readonly tenant: Tenant;
  /** `budgets.allocation-0b0f…`: category, a hyphen, the id. */
  readonly stream: string;
  /** 1 for the first event of a stream. */
  readonly version: number;
  /** Where it stands among all events of the store; only order and equality mean anything. */
  readonly position: bigint;
  readonly recordedAt: Instant;
  /** London day on which the council knew: of the dated source, else of `recordedAt`. */
  readonly knownOn: PlainDate;
  /** Only where an older version was brought forward: what stands in the store, as its personal fields were locked. */
  readonly asStored?: Pick<NewEvent, 'type' | 'data'>;
}

/** What a context publishes about one type of event. */
export interface EventDefinition<Type extends string = string, Data = unknown> {
  readonly type: Type;
  /** Checked on the way in; throws on data that does not fit. */
  readonly schema: { parse(data: unknown): Data };
  /**
   * Paths of the fields that identify somebody, or are their own words; stored as ciphertext under the subject's key.
   * `details.firstName`, or `answers.*.words` for every element of an array. The values are strings or absent.
   */
  readonly personal: readonly string[];
  /** Whose key protects the personal fields: a person's id. Undefined when there is no personal field. */
  readonly subject: (data: Data) => string | undefined;
  /** Ids of all people whom this event is about, so that it stands in their chronology. */
  readonly people: (data: Data) => readonly string[];
  /** One line without personal data: `Budget allocated: £412.30 a week`. */
  readonly title: (data: Data) => string;
  /** True where somebody decided (a square in the chronology), false where something happened (a circle). */
  readonly decision: boolean;
  /** Under which authority, where the event does not name another: `Care Act 2014 s26`. */
  readonly authority: string;
  /** Whether it is kept from everybody without a safeguarding role: because of its type, or of what it says in clear. */
  readonly needToKnow: (data: Data) => boolean;
}

/** Declares an event; left out are what most events do not have. */
export function defineEvent<const Type extends string, Data>(
  definition: Pick<EventDefinition<Type, Data>, 'type' | 'schema' | 'people' | 'title' | 'authority'> &
    Partial<EventDefinition<Type, Data>>,
): EventDefinition<Type, Data> {
  return { personal: [], subject: () => undefined, decision: false, needToKnow: () => false, ...definition };
}

/** The domain event that a definition describes, for the unions of the deciders. */
export type EventOf<Definition> =
  Definition extends EventDefinition<infer Type, infer Data>
    ? {
        readonly type: Type;
        readonly data: Data;
        readonly effectiveOn?: PlainDate;
        readonly corrects?: string;
      }
    : never;

const UUID_LENGTH = 36;

/** A stream's name: its category (`context.aggregate`) and the aggregate's UUID. */
export const streamName = (category: string, id: string): string => `${category}-${id}`;

/** `assessment.contact-episode-0b0f…` → `assessment.contact-episode`. */
export const categoryOf = (stream: string): string => stream.slice(0, -UUID_LENGTH - 1);

/** The UUID at the end of a stream's name. */
export const idOf = (stream: string): string => stream.slice(-UUID_LENGTH);

/** `budgets.budget-allocated.v1` → `budgets`. */
export const contextOf = (typeOrStream: string): string => typeOrStream.slice(0, typeOrStream.indexOf('.'));

/** Every event type that this program knows, by stored name. */
export class EventCatalogue {
  private readonly byType: ReadonlyMap<string, EventDefinition>;

  /** @throws Error when two definitions share a stored name. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- definitions of any data stand side by side here
  constructor(definitions: readonly EventDefinition<string, any>[]) {
    this.byType = new Map(definitions.map((definition) => [definition.type, definition as EventDefinition]));
    if (this.byType.size !== definitions.length) throw new Error('Two event definitions share one stored name.');
  }

  /** @throws Error for a type that no context published. */
  get(type: string): EventDefinition {
    const definition = this.byType.get(type);
    if (!definition) throw new Error(`No context published the event type “${type}”.`);
    return definition;
  }

  all(): readonly EventDefinition[] {
    return [...this.byType.values()];
  }
}
