import { type Account, Accounts, maySeePersonal } from '@caretrail/access';
import { EventStore } from '@caretrail/event-store';
import {
  EventCatalogue,
  type StoredEvent,
  categoryOf,
  idOf,
  daysBetween,
  formatDate,
  londonClock,
  londonDate,
} from '@caretrail/kernel';
import { PersonalCodec, isSealed } from '@caretrail/privacy';
import { Inject, Injectable } from '@nestjs/common';
import { type CausationNode, causationTree } from './causation-tree.js';
import { ExploreEvents, LATE_DAYS, type Reader } from './explore-events.query.js';
import type { ExploredEvent } from './explored-event.entity.js';

/** One line of the list, in words. */
export interface EventLine {
  readonly id: string;
  readonly position: string;
  readonly recorded: string;
  readonly trueOn: string;
  readonly lateDays?: number;
  readonly type: string;
  readonly stream: string;
  /** The aggregate and the start of its id: `allocation-5919`. */
  readonly streamShort: string;
  readonly by: string;
  readonly correlation: string;
  /** Four characters of the correlation, enough to see what belongs together on a page. */
  readonly tied: string;
  readonly correction: boolean;
}

/** A value of an event's data: its path in words, and the value or why it is not shown. */
export interface EventField {
  readonly name: string;
  readonly value?: string;
  readonly locked: boolean;
}

/** An event opened: its envelope, what is in it, and what it hangs together with. */
export interface OpenedEvent {
  readonly line: EventLine;
  readonly version: number;
  readonly decision: boolean;
  readonly title: string;
  readonly authority: string;
  readonly role: string;
  readonly process?: string;
  readonly causation?: EventLine;
  readonly source?: string;
  readonly fields: readonly EventField[];
  readonly tied: number;
  readonly tree: readonly TreeLine[];
}

export interface TreeLine {
  readonly line: EventLine;
  readonly process?: string;
  readonly opened: boolean;
  readonly effects: readonly TreeLine[];
}

/** Puts explored events into words, and opens one of them for a reader. */
@Injectable()
export class EventPage {
  constructor(
    @Inject(ExploreEvents) private readonly explore: ExploreEvents,
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(EventCatalogue) private readonly catalogue: EventCatalogue,
    @Inject(PersonalCodec) private readonly codec: PersonalCodec,
    @Inject(Accounts) private readonly accounts: Accounts,
  ) {}

  /** Lines in the order of the events. */
  async lines(reader: Reader, events: readonly ExploredEvent[]): Promise<EventLine[]> {
    const names = new Map<string, string>();
    for (const { actorId, actorRole } of events)
      if (!names.has(actorId)) names.set(actorId, await this.accounts.nameOf(reader.tenant, actorId, actorRole));
    return events.map((event) => lineOf(event, names.get(event.actorId)!));
  }

  /** Undefined when there is no such event, or not for this reader on these days. */
  async open(reader: Reader, account: Account, eventId: string): Promise<OpenedEvent | undefined> {
    const explored = await this.explore.one(reader, eventId);
    const [stored] = explored ? await this.store.readEvents(reader.tenant, [eventId]) : [];
    if (!explored || !stored) return undefined;
    const definition = this.catalogue.get(stored.type);
    const tied = await this.explore.tiedTogether(reader, explored.correlationId);
    const lines = new Map((await this.lines(reader, tied)).map((line) => [line.id, line]));
    const [line] = await this.lines(reader, [explored]);
    return {
      line: line!,
      version: explored.version,
      decision: explored.decision,
      title: definition.title(stored.data),
      authority: stored.metadata.legalBasis ?? definition.authority,
      role: explored.actorRole,
      process: explored.process ?? undefined,
      causation: explored.causationId ? lines.get(explored.causationId) : undefined,
      source: stored.metadata.source,
      fields: fieldsOf(await this.readable(stored, account)),
      tied: tied.length,
      tree: causationTree(tied).map((node) => treeLine(node, lines, eventId)),
    };
  }

  private async readable(stored: StoredEvent, account: Account): Promise<unknown> {
    const people = this.catalogue.get(stored.type).people(stored.data);
    const may = people.every((personId) => maySeePersonal(account, personId)) && maySeePersonal(account);
    return may ? (await this.codec.open([stored]))[0]!.data : stored.data;
  }
}

function lineOf(event: ExploredEvent, by: string): EventLine {
  const recordedAt = event.recordedAt.toISOString();
  const late = daysBetween(event.effectiveOn, event.knownOn);
  return {
    id: event.eventId,
    position: Number(event.position).toLocaleString('en-GB'),
    recorded: `${formatDate(londonDate(recordedAt), 'shortYear')} ${londonClock(recordedAt, true)}`,
    trueOn: formatDate(event.effectiveOn, 'shortYear'),
    ...(late > LATE_DAYS && { lateDays: late }),
    type: event.type,
    stream: event.stream,
    streamShort: `${categoryOf(event.stream).slice(event.context.length + 1)}-${idOf(event.stream).slice(0, 4)}`,
    by,
    correlation: event.correlationId,
    tied: `c-${shortOf(event.correlationId)}`,
    correction: event.corrects !== null,
  };
}

function treeLine({ event, effects }: CausationNode, lines: ReadonlyMap<string, EventLine>, opened: string): TreeLine {
  return {
    line: lines.get(event.eventId)!,
    ...(event.process && { process: event.process.replaceAll('-', ' ') }),
    opened: event.eventId === opened,
    effects: effects.map((node) => treeLine(node, lines, opened)),
  };
}

/** The data as a flat list; arrays are counted from 1. */
export function fieldsOf(data: unknown, name = ''): EventField[] {
  if (isSealed(data)) return [{ name, locked: true }];
  if (data === null || data === undefined) return [];
  if (typeof data === 'string' || typeof data === 'number' || typeof data === 'boolean')
    return [{ name, value: String(data), locked: false }];
  return Object.entries(data).flatMap(([key, value]) =>
    fieldsOf(value, [name, Array.isArray(data) ? String(Number(key) + 1) : words(key)].filter(Boolean).join(' › ')),
  );
}

/** The end of the last UUID in a correlation; an import's has several, and a number behind them. */
const shortOf = (correlation: string): string => (correlation.match(/[0-9a-f]{12}/g)?.at(-1) ?? correlation).slice(-4);

const words = (key: string): string => key.replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
