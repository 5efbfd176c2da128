import {
  type Clock,
  type Command,
  type CommandMeta,
  type CommandRoute,
  Conflict,
  type DecisionContext,
  type DomainEvent,
  type EventCatalogue,
  type EventMetadata,
  RuleViolation,
  type StoredEvent,
  fold,
  londonDate,
  standingEvents,
} from '@caretrail/kernel';
import { type AppendResult, type EventStore, type StreamAppend, WrongExpectedVersion } from '@caretrail/event-store';
import type { PersonalCodec, PlacedEvent } from '@caretrail/privacy';
import { v5 as derivedUuid } from 'uuid';

const EVENT_ID_NAMESPACE = '6f0f5f4a-6a0e-4c53-9d54-3c7d9a1c2b11';
const ATTEMPTS = 5;

/** What one command adds to one stream, before it is stored. */
interface Decided {
  readonly stream: string;
  readonly version: number;
  readonly event: DomainEvent;
}

/**
 * The one way from a command to stored events: load the stream, fold, decide, lock the personal fields, append with
 * the version that was seen. When somebody else wrote first it decides again, a bounded number of times.
 */
export class CommandExecutor {
  private readonly routes: ReadonlyMap<unknown, CommandRoute>;

  constructor(
    private readonly store: EventStore,
    private readonly codec: PersonalCodec,
    private readonly catalogue: EventCatalogue,
    routes: readonly CommandRoute[],
    private readonly clock: Clock,
  ) {
    this.routes = new Map(routes.map((route) => [route.command, route]));
  }

  /** @throws RuleViolation when the rules refuse, Conflict when others kept writing first. */
  execute(command: Command): Promise<AppendResult> {
    return this.executeTogether(command.meta, [command]);
  }

  /**
   * Several commands as one: decided in order, stored in one atomic write under one command id, or not at all.
   * The commands' own meta is set aside for `meta`, but for the days each is true for and known on.
   */
  async executeTogether(meta: CommandMeta, commands: readonly Command[]): Promise<AppendResult> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(meta, commands);
      } catch (error) {
        if (error instanceof RuleViolation) {
          // Said twice, it may be refused only because it was accepted the first time.
          const first = await this.store.resultOf(meta.tenant, meta.commandId);
          if (first) return first;
        }
        if (!(error instanceof WrongExpectedVersion)) throw error;
        if (attempt >= ATTEMPTS)
          throw new Conflict('Somebody else is changing the same record. Nothing was stored; please try again.');
      }
    }
  }

  private async attempt(meta: CommandMeta, commands: readonly Command[]): Promise<AppendResult> {
    await this.clock.lookUp(meta.tenant);
    const now = this.clock.now(meta.tenant);
    const routed = commands.map((command) => {
      const route = this.routeOf(command);
      return { command, route, stream: route.stream(command.data) };
    });
    const history = await this.load(meta.tenant, [...new Set(routed.map(({ stream }) => stream))]);
    const decided: Decided[] = [];
    for (const { command, route, stream } of routed) {
      const stored = history.get(stream) ?? [];
      const known = standingEvents(stored, { knownOn: command.meta.knownOn });
      let state = fold(route.decider, known);
      const pending = decided.filter((earlier) => earlier.stream === stream);
      for (const { event, version } of pending)
        state = route.decider.evolve(state, {
          ...event,
          id: idFor(meta, stream, version),
          effectiveOn: dayOf(event, command),
        });
      const context: DecisionContext = {
        now,
        today: londonDate(now),
        effectiveOn: command.meta.effectiveOn,
        actor: meta.actor,
      };
      let version = stored.length + pending.length;
      for (const event of route.decider.decide(command, state, context))
        decided.push({ stream, version: ++version, event: { ...event, effectiveOn: dayOf(event, command) } });
    }
    if (!decided.length) return this.nothingToAdd(meta);
    return this.store.append({
      tenant: meta.tenant,
      commandId: meta.commandId,
      streams: await this.seal(meta, decided, history),
      ...(this.clock.isSet(meta.tenant) && { recordedAt: now }),
    });
  }

  /** The command's first result when it was sent before; else where the council's events stand now. */
  private async nothingToAdd({ tenant, commandId }: CommandMeta): Promise<AppendResult> {
    const first = await this.store.resultOf(tenant, commandId);
    return first ?? { position: await this.store.head(tenant), eventIds: [], versions: {}, repeated: false };
  }

  private routeOf(command: Command): CommandRoute {
    const route = this.routes.get(command.constructor);
    if (!route) throw new Error(`No context decides ${command.constructor.name}.`);
    return route;
  }

  private async load(tenant: string, streams: readonly string[]): Promise<ReadonlyMap<string, readonly StoredEvent[]>> {
    const stored = await this.store.readStreams(tenant, streams);
    const opened = await this.codec.open([...stored.values()].flat());
    return Map.groupBy(opened, (event) => event.stream);
  }

  private async seal(
    meta: CommandMeta,
    decided: readonly Decided[],
    history: ReadonlyMap<string, readonly StoredEvent[]>,
  ): Promise<StreamAppend[]> {
    const placed = decided.map(({ stream, version, event }): PlacedEvent => {
      const { schema, decision } = this.catalogue.get(event.type);
      const data = schema.parse(event.data);
      const id = idFor(meta, stream, version);
      const earlier = history.get(stream) ?? [];
      return {
        stream,
        version,
        event: { id, type: event.type, data, metadata: metadataOf(meta, event, earlier, decision) },
      };
    });
    const sealed = await this.codec.seal(meta.tenant, placed);
    const byStream = Map.groupBy(
      placed.map(({ stream }, index) => ({ stream, event: sealed[index]! })),
      ({ stream }) => stream,
    );
    return [...byStream].map(([stream, events]) => ({
      stream,
      expected: history.get(stream)?.length ?? 'none',
      events: events.map(({ event }) => event),
    }));
  }
}

const dayOf = (event: DomainEvent, command: Command): string => event.effectiveOn ?? command.meta.effectiveOn;

/** Derived, so that a write whose answer was lost can be repeated without doubling anything. */
const idFor = (meta: CommandMeta, stream: string, version: number): string =>
  derivedUuid(`${meta.tenant}/${meta.commandId}/${stream}/${version}`, EVENT_ID_NAMESPACE);

/** What a decision follows from, unless the sender says otherwise, is the last event that it was decided upon. */
function metadataOf(
  meta: CommandMeta,
  event: DomainEvent,
  earlier: readonly StoredEvent[],
  decision: boolean,
): EventMetadata {
  const { actor, commandId, process, onBehalfOf, knownOn, source, shown } = meta;
  const causationId = meta.causationId ?? earlier.at(-1)?.id;
  return {
    actorId: actor.id,
    actorRole: actor.role,
    commandId,
    correlationId: meta.correlationId ?? earlier[0]?.metadata.correlationId ?? commandId,
    effectiveOn: event.effectiveOn ?? meta.effectiveOn,
    ...(actor.team && { actorTeam: actor.team }),
    ...(causationId && { causationId }),
    ...(process && { process }),
    ...(onBehalfOf && { onBehalfOf }),
    ...(knownOn && { knownOn }),
    ...(source && { source }),
    ...(event.corrects && { corrects: event.corrects }),
    ...(decision && shown && { shown }),
  };
}
