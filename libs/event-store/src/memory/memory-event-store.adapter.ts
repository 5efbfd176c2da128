/* eslint-disable @typescript-eslint/require-await -- the port is asynchronous, and what is thrown here must reject */
import { categoryOf, type Instant, londonDate, type StoredEvent, type Tenant } from '@caretrail/kernel';
import { checkLimit, exactVersion, writable, type WritableRequest } from '../append-request.policy.js';
import { canonicalJson } from '../hashing/canonical-json.js';
import { writableMetadata } from '../stream-metadata.policy.js';
import { ClockRefused } from '../clock-refused.error.js';
import {
  type AppendRequest,
  type AppendResult,
  EventStore,
  type EventPage,
  type ExpectedVersion,
  PartlyWritten,
  type ReadAll,
  type StreamMetadata,
  WrongExpectedVersion,
} from '../port/event-store.port.js';

interface Council {
  readonly events: StoredEvent[];
  readonly streams: Map<string, StoredEvent[]>;
  readonly byId: Map<string, StoredEvent>;
  readonly results: Map<string, AppendResult>;
  readonly metadata: Map<string, StreamMetadata>;
}

const UNSAID: StreamMetadata = { version: 0, metadata: {} };

/**
 * The store without a disk: for tests, and for replays that write what might have been.
 * Each append is one synchronous step, so that no reader sees half of it.
 */
export class MemoryEventStore extends EventStore {
  private readonly councils = new Map<Tenant, Council>();
  private readonly listeners = new Set<(tenant: Tenant, position: bigint) => void>();
  private position = 0n;

  /** @param clock the moment of an event, and the end of time for a simulated council's own clock. */
  constructor(
    private readonly clock: () => Instant = () => new Date().toISOString(),
    private readonly isSimulated: (tenant: Tenant) => boolean = () => false,
  ) {
    super();
  }

  async append(asked: AppendRequest): Promise<AppendResult> {
    const request = writable(asked);
    const council = this.council(request.tenant);
    const earlier = request.commandId === undefined ? undefined : council.results.get(request.commandId);
    if (earlier) return { ...earlier, repeated: true };
    const result = this.repeated(council, request) ?? this.write(council, request);
    if (request.commandId !== undefined) council.results.set(request.commandId, { ...result, repeated: false });
    if (!result.repeated && result.eventIds.length)
      for (const listener of this.listeners) listener(request.tenant, result.position);
    return result;
  }

  async resultOf(tenant: Tenant, commandId: string): Promise<AppendResult | undefined> {
    const result = this.council(tenant).results.get(commandId);
    return result && { ...result, repeated: true };
  }

  async readStream(
    tenant: Tenant,
    stream: string,
    options: { readonly from?: number; readonly limit?: number; readonly backwards?: boolean } = {},
  ): Promise<readonly StoredEvent[]> {
    checkLimit(options.limit);
    const events = this.council(tenant).streams.get(stream) ?? [];
    const { from, backwards } = options;
    const wanted = backwards
      ? events.slice(0, from === undefined ? undefined : Math.max(from, 0)).reverse()
      : events.slice(Math.max((from ?? 1) - 1, 0));
    return wanted.slice(0, options.limit);
  }

  async readStreams(tenant: Tenant, streams: readonly string[]): Promise<ReadonlyMap<string, readonly StoredEvent[]>> {
    const council = this.council(tenant);
    const found = new Map<string, readonly StoredEvent[]>();
    for (const stream of streams) {
      const events = council.streams.get(stream);
      if (events) found.set(stream, [...events]);
    }
    return found;
  }

  async metadataOf(tenant: Tenant, stream: string): Promise<StreamMetadata> {
    return this.council(tenant).metadata.get(stream) ?? UNSAID;
  }

  async setMetadata(
    tenant: Tenant,
    stream: string,
    said: Readonly<Record<string, string>>,
    expected: ExpectedVersion,
  ): Promise<StreamMetadata> {
    const text = writableMetadata(said, expected);
    const known = this.council(tenant).metadata;
    const now = known.get(stream) ?? UNSAID;
    if (canonicalJson(now.metadata) === text) return now;
    if (!isMet(expected, now.version)) throw new WrongExpectedVersion(stream, expected, now.version);
    const metadata = JSON.parse(text) as Record<string, string>;
    const then = frozen({ version: now.version + 1, metadata });
    known.set(stream, then);
    return then;
  }

  async readAll({ tenant, after, limit, types, categories }: ReadAll): Promise<EventPage> {
    checkLimit(limit);
    const { events } = this.council(tenant);
    const page: StoredEvent[] = [];
    for (let at = firstAfter(events, after); at < events.length && page.length < limit; at++) {
      const event = events[at]!;
      if (types && !types.includes(event.type)) continue;
      if (categories && !categories.includes(categoryOf(event.stream))) continue;
      page.push(event);
    }
    const head = events.at(-1)?.position ?? 0n;
    const seen = page.length === limit ? page.at(-1)!.position : later(head, after);
    return { events: page, position: seen, caughtUp: seen >= head };
  }

  async streamsOf(tenant: Tenant, category: string, after: string, limit: number): Promise<readonly string[]> {
    checkLimit(limit);
    return [...this.council(tenant).streams.keys()]
      .filter((stream) => categoryOf(stream) === category && stream > after)
      .sort()
      .slice(0, limit);
  }

  async readEvents(tenant: Tenant, ids: readonly string[]): Promise<readonly StoredEvent[]> {
    const { byId } = this.council(tenant);
    return [...new Set(ids)]
      .flatMap((id) => byId.get(id) ?? [])
      .sort((one, other) => (one.position < other.position ? -1 : 1));
  }

  async head(tenant: Tenant): Promise<bigint> {
    return this.council(tenant).events.at(-1)?.position ?? 0n;
  }

  onAppend(listener: (tenant: Tenant, position: bigint) => void): () => void {
    const own: typeof listener = (tenant, position) => listener(tenant, position);
    this.listeners.add(own);
    return () => void this.listeners.delete(own);
  }

  private council(tenant: Tenant): Council {
    let council = this.councils.get(tenant);
    if (!council) {
      council = { events: [], streams: new Map(), byId: new Map(), results: new Map(), metadata: new Map() };
      this.councils.set(tenant, council);
    }
    return council;
  }

  /** The first result when all events of the request are there, each where the request would put it. */
  private repeated(council: Council, request: WritableRequest): AppendResult | undefined {
    const ids = request.streams.flatMap(({ events }) => events.map(({ id }) => id));
    if (!ids.some((id) => council.byId.has(id))) return undefined;
    const stranger = request.streams.find((written) => !standsTogether(council, written));
    if (stranger) throw new PartlyWritten(stranger.stream);
    const stored = ids.map((id) => council.byId.get(id)!);
    const versions = request.streams.map(({ stream, events }): [string, number] => [
      stream,
      events.length ? council.byId.get(events.at(-1)!.id)!.version : (council.streams.get(stream)?.length ?? 0),
    ]);
    const position = stored.reduce((highest, event) => later(highest, event.position), 0n);
    return { position, eventIds: ids, versions: Object.fromEntries(versions), repeated: true };
  }

  private write(council: Council, request: WritableRequest): AppendResult {
    const { tenant, streams } = request;
    for (const { stream, expected } of streams) {
      const actual = council.streams.get(stream)?.length ?? 0;
      if (!isMet(expected, actual)) throw new WrongExpectedVersion(stream, expected, actual);
    }
    const recordedAt = this.moment(council, request);
    const versions: Record<string, number> = {};
    for (const { stream, events } of streams) {
      const history = council.streams.get(stream) ?? [];
      for (const event of events) {
        const stored = frozen<StoredEvent>({
          id: event.id,
          type: event.type,
          data: JSON.parse(event.body) as unknown,
          metadata: JSON.parse(event.metadata) as StoredEvent['metadata'],
          tenant,
          stream,
          version: history.length + 1,
          position: ++this.position,
          recordedAt,
          knownOn: event.knownOn ?? londonDate(recordedAt),
        });
        history.push(stored);
        council.events.push(stored);
        council.byId.set(stored.id, stored);
      }
      if (history.length) council.streams.set(stream, history);
      versions[stream] = history.length;
    }
    const eventIds = streams.flatMap(({ events }) => events.map(({ id }) => id));
    return { position: council.events.at(-1)?.position ?? 0n, eventIds, versions, repeated: false };
  }

  private moment(council: Council, { tenant, recordedAt }: WritableRequest): Instant {
    const now = this.clock();
    if (recordedAt === undefined) return now;
    const moment = new Date(recordedAt).toISOString();
    if (!this.isSimulated(tenant)) throw new ClockRefused(tenant, recordedAt, 'not-simulated');
    if (moment > now) throw new ClockRefused(tenant, recordedAt, 'in-the-future');
    if (moment < (council.events.at(-1)?.recordedAt ?? ''))
      throw new ClockRefused(tenant, recordedAt, 'before-last-event');
    return moment;
  }
}

function isMet(expected: ExpectedVersion, actual: number): boolean {
  const wanted = exactVersion(expected);
  return wanted === 'exists' ? actual > 0 : wanted === 'any' || wanted === actual;
}

const later = (one: bigint, other: bigint): bigint => (one > other ? one : other);

/** True when the events stand one after another in the stream that the request names. */
function standsTogether(council: Council, { stream, events }: WritableRequest['streams'][number]): boolean {
  const first = events[0] && council.byId.get(events[0].id)?.version;
  return events.every(({ id }, index) => {
    const stored = council.byId.get(id);
    return stored?.stream === stream && stored.version === first! + index;
  });
}

/** Index of the first event beyond a position, by halving: the list is in order. */
function firstAfter(events: readonly StoredEvent[], position: bigint): number {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (events[middle]!.position > position) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** What is stored cannot be changed, not even by the hand that reads it. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    for (const inner of Object.values(value)) frozen(inner);
    Object.freeze(value);
  }
  return value;
}
