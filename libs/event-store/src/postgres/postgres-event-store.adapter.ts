import { Gathered, type Instant, type PlainDate, type StoredEvent, type Tenant, unreachable } from '@caretrail/kernel';
import type { Pool } from 'pg';
import { checkLimit, isEventId, writable, type WritableRequest } from '../append-request.policy.js';
import { ClockRefused } from '../clock-refused.error.js';
import {
  type AppendRequest,
  type AppendResult,
  EventStore,
  type EventPage,
  PartlyWritten,
  type ReadAll,
  REPLAY_PAGE,
  WrongExpectedVersion,
} from '../port/event-store.port.js';
import {
  APPEND_GROUP_SQL,
  APPEND_SQL,
  eventCount,
  eventMoments,
  groupParameters,
  type GroupResult,
  isPlain,
  LAST_VERSION,
  type Verdict,
} from './append-group.js';
import { eventsIn, type PageRow } from './event-page.js';

interface Waiting {
  readonly request: WritableRequest;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (reason: unknown) => void;
}

/** Requests that go together, as they are sent. */
interface Group {
  readonly members: readonly Waiting[];
  readonly requests: readonly WritableRequest[];
  readonly values: readonly (Buffer | null)[];
  /** Only where the group is plain. */
  readonly moments: Buffer | null | undefined;
}

interface EventRow {
  readonly id: string;
  readonly stream: string;
  readonly version: number;
  readonly position: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
  readonly recorded_at: Instant;
  readonly known_on: PlainDate;
}

/** What PostgreSQL says where a row is there already. */
const UNIQUE_VIOLATION = '23505';
const MAX_REQUESTS = 64;
const MAX_EVENTS = 4_000;

/** Everything as text, so that neither driver nor settings of the session come between. */
const COLUMNS = `id::text, stream, version, position::text, type, data::text, metadata::text,
  to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as recorded_at,
  to_char(known_on, 'YYYY-MM-DD') as known_on`;

/**
 * The store in PostgreSQL (`eventStoreMigrations`). Each call is one round trip and one transaction that names its council.
 * Appends that come while one is under way go together in the next, each with a verdict of its own.
 */
export class PostgresEventStore extends EventStore {
  private readonly listeners = new Set<(tenant: Tenant, position: bigint) => void>();
  private readonly waiting: Waiting[] = [];
  private writing = false;
  private readonly streams = new Map<Tenant, Gathered<readonly StoredEvent[]>>();

  /** @param pool of the app role: not the owner of the tables, so that row-level security holds. Closed by its owner. */
  constructor(private readonly pool: Pool) {
    super();
  }

  async append(asked: AppendRequest): Promise<AppendResult> {
    const request = writable(asked);
    return new Promise((resolve, reject) => {
      this.waiting.push({ request, resolve, reject });
      if (this.writing) return;
      this.writing = true;
      // After this turn, so that what was sent at the same time goes together from the start.
      setImmediate(() => void this.writeAll());
    });
  }

  async resultOf(tenant: Tenant, commandId: string): Promise<AppendResult | undefined> {
    const { rows } = await this.pool.query<{ result: string | null }>(
      'select result_of_command($1, $2)::text as result',
      [tenant, commandId],
    );
    const result = rows[0]!.result;
    return result === null ? undefined : toResult(result, true);
  }

  async readStream(
    tenant: Tenant,
    stream: string,
    options: { readonly from?: number; readonly limit?: number; readonly backwards?: boolean } = {},
  ): Promise<readonly StoredEvent[]> {
    checkLimit(options.limit);
    const limit = options.limit ?? null;
    return options.backwards
      ? this.events(tenant, 'events_backwards($1, $2, $3, $4)', [
          stream,
          Math.min(options.from ?? LAST_VERSION, LAST_VERSION),
          limit,
        ])
      : this.events(tenant, 'events_forwards($1, $2, $3, $4)', [
          stream,
          Math.min(options.from ?? 1, LAST_VERSION),
          limit,
        ]);
  }

  async readStreams(tenant: Tenant, streams: readonly string[]): Promise<ReadonlyMap<string, readonly StoredEvent[]>> {
    if (!streams.length) return new Map();
    let gathered = this.streams.get(tenant);
    if (!gathered) this.streams.set(tenant, (gathered = this.gatherStreams(tenant)));
    return gathered.find(streams);
  }

  private gatherStreams(tenant: Tenant): Gathered<readonly StoredEvent[]> {
    return new Gathered(async (streams) =>
      Map.groupBy(await this.events(tenant, 'events_of_streams($1, $2)', [streams]), (event) => event.stream),
    );
  }

  async readAll(query: ReadAll): Promise<EventPage> {
    checkLimit(query.limit);
    const row = await this.page(query);
    return { ...reached(row, query), events: eventsIn(row, query.tenant) };
  }

  /** As of the port, with the next page on its way while this one is taken apart and used. */
  override async *replay(query: Omit<ReadAll, 'limit'>): AsyncGenerator<EventPage, void, undefined> {
    let asked: ReadAll | undefined = { ...query, limit: REPLAY_PAGE };
    let coming = this.page(asked);
    while (asked) {
      const row = await coming;
      const place = reached(row, asked);
      asked = place.caughtUp ? undefined : { ...asked, after: place.position };
      if (asked) {
        coming = this.page(asked);
        coming.catch(() => undefined); // told when it is waited for; who stops reading before does not care
      }
      yield { ...place, events: eventsIn(row, query.tenant) };
    }
  }

  private async page({ tenant, after, limit, types, categories }: ReadAll): Promise<PageRow> {
    const { rows } = await this.pool.query<PageRow>({
      name: 'events_page',
      text: 'select size, events, last::text, head::text from events_page($1, $2, $3, $4, $5)',
      values: [tenant, after.toString(), limit, types ?? null, categories ?? null],
    });
    return rows[0]!;
  }

  async streamsOf(tenant: Tenant, category: string, after: string, limit: number): Promise<readonly string[]> {
    checkLimit(limit);
    const { rows } = await this.pool.query<{ stream: string }>(
      'select stream from streams_after($1, $2, $3, $4) as stream',
      [tenant, category, after, limit],
    );
    return rows.map(({ stream }) => stream);
  }

  async readEvents(tenant: Tenant, ids: readonly string[]): Promise<readonly StoredEvent[]> {
    const possible = ids.filter(isEventId);
    return possible.length ? this.events(tenant, 'events_by_id($1, $2)', [possible]) : [];
  }

  async head(tenant: Tenant): Promise<bigint> {
    const { rows } = await this.pool.query<{ head: string }>('select head_position($1)::text as head', [tenant]);
    return BigInt(rows[0]!.head);
  }

  onAppend(listener: (tenant: Tenant, position: bigint) => void): () => void {
    const own: typeof listener = (tenant, position) => listener(tenant, position);
    this.listeners.add(own);
    return () => void this.listeners.delete(own);
  }

  private async events(tenant: Tenant, call: string, parameters: readonly unknown[]): Promise<StoredEvent[]> {
    return (await this.rows(tenant, call, parameters)).map((row) => toEvent(tenant, row));
  }

  private async rows(tenant: Tenant, call: string, parameters: readonly unknown[]): Promise<EventRow[]> {
    return (await this.pool.query<EventRow>(`select ${COLUMNS} from ${call}`, [tenant, ...parameters])).rows;
  }

  /** One group after another, until nobody waits. */
  private async writeAll(): Promise<void> {
    for (let group = this.nextGroup(); group;) {
      const sent = this.writeOrReject(group);
      // A group that is full can be put into its form while PostgreSQL has the one before: once that one is sent.
      await new Promise(setImmediate);
      const ahead = this.waiting.length >= MAX_REQUESTS ? this.nextGroup() : undefined;
      await sent;
      group = ahead ?? this.nextGroup();
    }
    this.writing = false;
  }

  private async writeOrReject(group: Group): Promise<void> {
    try {
      await this.writeGroup(group);
    } catch (error) {
      if (group.members.length > 1 && isFaultOfOne(error)) await this.writeSingly(group);
      else for (const { reject } of group.members) reject(error);
    }
  }

  /** Of one council, which is what can be written as a whole; in the order in which they came. */
  private nextGroup(): Group | undefined {
    const group: Waiting[] = [];
    const others: Waiting[] = [];
    let [seen, events] = [0, 0];
    for (const waiting of this.waiting) {
      if (waiting.request.tenant === this.waiting[0]!.request.tenant) {
        events += eventCount(waiting.request);
        if (group.length === MAX_REQUESTS || (group.length > 0 && events > MAX_EVENTS)) break;
        group.push(waiting);
      } else others.push(waiting);
      seen++;
    }
    this.waiting.splice(0, seen, ...others);
    return group.length ? formed(group) : undefined;
  }

  /** Nothing of the group was written; alone, each fails for its own reason only. */
  private async writeSingly({ members }: Group): Promise<void> {
    for (const one of members)
      try {
        await this.writeGroup(formed([one]));
      } catch (error) {
        one.reject(error);
      }
  }

  private async writeGroup(group: Group): Promise<void> {
    const { members, requests } = group;
    const rows = await this.verdicts(group);
    if (rows[0]?.request === 0) {
      const results = resultsOf(requests, JSON.parse(rows[0].result!) as GroupResult);
      members.forEach(({ resolve }, index) => resolve(results[index]!));
      this.tell(members.map(({ request }, index) => [request.tenant, results[index]!.position]));
      return;
    }
    const streams = requests.flatMap((request) => request.streams);
    const added: [Tenant, bigint][] = [];
    for (const row of rows) {
      const { request, resolve, reject } = members[row.request - 1]!;
      const { tenant, recordedAt } = request;
      const named = row.stream_index === null ? undefined : streams[row.stream_index - 1];
      switch (row.verdict) {
        case 'written': {
          const result = toResult(row.result!, false);
          resolve(result);
          if (result.eventIds.length) added.push([tenant, result.position]);
          break;
        }
        case 'repeated':
          resolve(toResult(row.result!, true));
          break;
        case 'conflict':
          reject(new WrongExpectedVersion(named!.stream, named!.expected, row.actual!));
          break;
        case 'partly written':
          reject(new PartlyWritten(named!.stream));
          break;
        case 'not-simulated':
        case 'before-last-event':
        case 'in-the-future':
          reject(new ClockRefused(tenant, recordedAt!, row.verdict));
          break;
        default:
          unreachable(row.verdict);
      }
    }
    this.tell(added);
  }

  private async verdicts({ values, moments }: Group): Promise<readonly Verdict[]> {
    if (moments !== undefined)
      try {
        const whole = { name: 'append_group', text: APPEND_GROUP_SQL, values: [...values, moments] };
        return (await this.pool.query<Verdict>(whole)).rows;
      } catch (error) {
        // Some id, or some command, was there before. Nothing of the group was written.
        if ((error as { code?: unknown }).code !== UNIQUE_VIOLATION) throw error;
      }
    return (await this.pool.query<Verdict>({ name: 'append_events', text: APPEND_SQL, values: [...values] })).rows;
  }

  /** After all verdicts, and before any writer goes on: its answer comes in a later turn. */
  private tell(added: readonly (readonly [Tenant, bigint])[]): void {
    for (const [tenant, position] of added) for (const listener of this.listeners) listener(tenant, position);
  }
}

function formed(members: readonly Waiting[]): Group {
  const requests = members.map(({ request }) => request);
  const moments = isPlain(requests) ? eventMoments(requests) : undefined;
  return { members, requests, values: groupParameters(requests), moments };
}

/** How far a reader has come with a page. */
function reached({ size, last, head: headText }: PageRow, { after, limit }: ReadAll): Omit<EventPage, 'events'> {
  const head = BigInt(headText);
  const position = size === limit ? BigInt(last!) : head > after ? head : after;
  return { position, caughtUp: position >= head };
}

/** The result of each request of a group that was written as a whole. */
function resultsOf(requests: readonly WritableRequest[], { positions, versions }: GroupResult): AppendResult[] {
  let at = 0;
  return requests.map(({ streams }, index) => ({
    position: BigInt(positions[index]!),
    eventIds: streams.flatMap(({ events }) => events.map(({ id }) => id)),
    versions: Object.fromEntries(streams.map(({ stream, events }) => [stream, versions[at++]! + events.length])),
    repeated: false,
  }));
}

function toResult(json: string, repeated: boolean): AppendResult {
  const { position, eventIds, versions } = JSON.parse(json) as Pick<AppendResult, 'eventIds' | 'versions'> & {
    position: string;
  };
  return { position: BigInt(position), eventIds, versions, repeated };
}

const toEvent = (tenant: Tenant, row: EventRow): StoredEvent => ({
  id: row.id,
  type: row.type,
  data: JSON.parse(row.data) as unknown,
  metadata: JSON.parse(row.metadata) as StoredEvent['metadata'],
  tenant,
  stream: row.stream,
  version: row.version,
  position: BigInt(row.position),
  recordedAt: row.recorded_at,
  knownOn: row.known_on,
});

/**
 * True where PostgreSQL refused the statement and so wrote nothing. A lost connection (08), a lack of resources (53) or
 * a shutdown (57) is nobody's fault: asking again for each would only hold everybody up.
 */
function isFaultOfOne(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !['08', '53', '57'].includes(code.slice(0, 2));
}
