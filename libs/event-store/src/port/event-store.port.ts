import { setTimeout as pause } from 'node:timers/promises';
import type { Instant, NewEvent, StoredEvent, Tenant } from '@caretrail/kernel';

/** What the writer believes of a stream: a version exactly, that it is not there, that it is, or nothing at all. */
export type ExpectedVersion = number | 'none' | 'exists' | 'any';

export interface StreamAppend {
  readonly stream: string;
  readonly expected: ExpectedVersion;
  readonly events: readonly NewEvent[];
}

/** One atomic write: all of its streams, or nothing. */
export interface AppendRequest {
  readonly tenant: Tenant;
  readonly streams: readonly StreamAppend[];
  /** The command that this write is the effect of; the same id answers with its first result. */
  readonly commandId?: string;
  /** Only for a simulated council, whose clock can be set; refused for a real one, and never earlier than the last event. */
  readonly recordedAt?: Instant;
}

export interface AppendResult {
  /** Position of the last event written; of the tenant's head when the request held no event. */
  readonly position: bigint;
  readonly eventIds: readonly string[];
  /** Version of each stream after the write. */
  readonly versions: Readonly<Record<string, number>>;
  /** True when these very events, or this command, had been written before and nothing was added. */
  readonly repeated: boolean;
}

/** What is said of a stream as a whole: labels, and nothing personal. Version 0 and empty where nothing was said yet. */
export interface StreamMetadata {
  readonly version: number;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface ReadAll {
  readonly tenant: Tenant;
  /** Exclusive; 0n reads from the beginning (or from the end, backwards). */
  readonly after: bigint;
  readonly limit: number;
  readonly types?: readonly string[];
  readonly categories?: readonly string[];
}

/** A page of events in order, and how far the reader has now seen, events of other kinds included. */
export interface EventPage {
  readonly events: readonly StoredEvent[];
  readonly position: bigint;
  /** True when nothing lies beyond `position` at this moment. */
  readonly caughtUp: boolean;
}

/** About so many events are in a page that is read for the sake of reading all. */
export const REPLAY_PAGE = 2_000;
/** How often a subscriber asks who is told of no append: other processes write too. */
const POLL_MS = 250;

/**
 * The store of one or many councils. Every call names the council; nothing reads across.
 * All of it holds for every adapter, and is what the contract suite tests.
 */
export abstract class EventStore {
  /**
   * Writes atomically. Same event ids again (or same command id again): the first result, also with `any`.
   * @throws WrongExpectedVersion with the actual version; PartlyWritten when only some of the ids are there.
   */
  abstract append(request: AppendRequest): Promise<AppendResult>;
  /** The result of a command that was accepted before. */
  abstract resultOf(tenant: Tenant, commandId: string): Promise<AppendResult | undefined>;
  /** Events of one stream in order of version. A stream that is not there is empty. */
  abstract readStream(
    tenant: Tenant,
    stream: string,
    options?: { readonly from?: number; readonly limit?: number; readonly backwards?: boolean },
  ): Promise<readonly StoredEvent[]>;
  /** Several streams in one round trip; streams that are not there are left out of the map. */
  abstract readStreams(
    tenant: Tenant,
    streams: readonly string[],
  ): Promise<ReadonlyMap<string, readonly StoredEvent[]>>;
  /** What is said of a stream; also of one without events. */
  abstract metadataOf(tenant: Tenant, stream: string): Promise<StreamMetadata>;
  /**
   * Says all of it anew; what was said before is kept. The same map again answers with what is there, whatever was expected.
   * It is no event: no reader is told, and no position drawn.
   * @param expected version of what is said, which counts by itself
   * @throws WrongExpectedVersion with the actual version; InvalidInput for what is no flat map of strings, and for a key
   *   that would let events expire or say who may read them
   */
  abstract setMetadata(
    tenant: Tenant,
    stream: string,
    metadata: Readonly<Record<string, string>>,
    expected: ExpectedVersion,
  ): Promise<StreamMetadata>;
  /** Everything in order of position. Never misses, doubles or reorders an event, whatever writers do. */
  abstract readAll(query: ReadAll): Promise<EventPage>;
  /**
   * Everything after a position, page by page, for whoever reads it all. Ends with the page that is caught up; each says
   * how far the reader has seen, so that it can go on from there.
   */
  async *replay(query: Omit<ReadAll, 'limit'>): AsyncGenerator<EventPage, void, undefined> {
    let after = query.after;
    for (let caughtUp = false; !caughtUp;) {
      const page = await this.readAll({ ...query, after, limit: REPLAY_PAGE });
      yield page;
      ({ position: after, caughtUp } = page);
    }
  }
  /**
   * As `replay`, and then what is appended, through whichever process, until the signal. A page that is caught up comes as
   * soon as there is nothing more, with no event where the subscriber stands at the end already; then each brings something.
   */
  async *subscribe(query: Omit<ReadAll, 'limit'>, signal: AbortSignal): AsyncGenerator<EventPage, void, undefined> {
    let after = query.after;
    let appended = Promise.withResolvers<void>();
    const ring = () => appended.resolve();
    const stop = this.onAppend((tenant) => tenant === query.tenant && ring());
    signal.addEventListener('abort', ring, { once: true });
    try {
      for (let first = true; !signal.aborted; first = false) {
        appended = Promise.withResolvers();
        for await (const page of this.replay({ ...query, after })) {
          if (first || page.position > after) yield page;
          after = page.position;
          if (signal.aborted) return;
        }
        await Promise.race([appended.promise, pause(POLL_MS, undefined, { ref: false })]);
      }
    } finally {
      signal.removeEventListener('abort', ring);
      stop();
    }
  }
  /** Names of a category's streams after `after`, in order of name: for sweeps that must not hold everything in memory. */
  abstract streamsOf(tenant: Tenant, category: string, after: string, limit: number): Promise<readonly string[]>;
  /** Events by id, in order of position; unknown ids are left out. */
  abstract readEvents(tenant: Tenant, ids: readonly string[]): Promise<readonly StoredEvent[]>;
  /** Position of the council's newest event; 0n when it has none. */
  abstract head(tenant: Tenant): Promise<bigint>;
  /**
   * Resolves when all that can be read now is kept for ever. A reader may see an event a moment before its writer is told,
   * and a crash in that moment takes it back: so what leaves the house, to another system, waits for this first. What is
   * written to the same database need not.
   */
  async durable(): Promise<void> {}
  /** Calls back after each append through this process; the listener must not throw. Returns the way to stop. */
  abstract onAppend(listener: (tenant: Tenant, position: bigint) => void): () => void;
}

/** Somebody else wrote to the stream first. */
export class WrongExpectedVersion extends Error {
  constructor(
    readonly stream: string,
    readonly expected: ExpectedVersion,
    readonly actual: number,
  ) {
    super(`Stream ${stream} stands at version ${actual}, not at ${expected}.`);
    this.name = 'WrongExpectedVersion';
  }
}

/** Some of the events of this write are in the store, and others are not: the ids were used for something else. */
export class PartlyWritten extends Error {
  constructor(readonly stream: string) {
    super(`Some event ids of this write to ${stream} are in the store already, and others are not.`);
    this.name = 'PartlyWritten';
  }
}
