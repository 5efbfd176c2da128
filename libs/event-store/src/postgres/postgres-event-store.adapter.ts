import { Gathered, type StoredEvent, type Tenant } from '@caretrail/kernel';
import type { Pool } from 'pg';
import { checkLimit, isEventId, writable } from '../append-request.policy.js';
import {
  type AppendRequest,
  type AppendResult,
  EventStore,
  type EventPage,
  type ExpectedVersion,
  type ReadAll,
  type StreamMetadata,
  WrongExpectedVersion,
} from '../port/event-store.port.js';
import { writableMetadata } from '../stream-metadata.policy.js';
import { type AlteredEvent, alteredEvents, type CheckedEvent, checkedEvents, type Compared } from './altered-events.js';
import { EXPECTATION, LAST_VERSION, type StoredResult } from './append-group.js';
import { type EventHashes, eventHashes } from './event-hashes.js';
import { eventsIn } from './event-page.js';
import { headPosition, isTooLong, replayed } from './event-replay.js';
import { COLUMNS, type EventRow, toEvent } from './event-row.js';
import { GroupedAppends, toResult } from './grouped-appends.js';

export interface PostgresEventStoreOptions {
  /** Whether each event is stored with its hash (`eventHash`), by which `alteredEvents` tells what was changed. */
  readonly hashed?: boolean;
  /** Told of each group of appends that went together: how many, and with how many events. */
  readonly grouped?: (tenant: Tenant, appends: number, events: number) => void;
}

/**
 * The store in PostgreSQL (`eventStoreMigrations`). Each call is one round trip and one transaction that names its council.
 * Appends that come while others are under way go together in the next group, each with a verdict of its own.
 */
export class PostgresEventStore extends EventStore {
  private readonly listeners = new Set<(tenant: Tenant, position: bigint) => void>();
  private readonly appends: GroupedAppends;
  private readonly streams = new Map<Tenant, Gathered<readonly StoredEvent[]>>();

  /** @param pool of the app role: not the owner of the tables, so that row-level security holds. Closed by its owner. */
  constructor(
    private readonly pool: Pool,
    private readonly options: PostgresEventStoreOptions = {},
  ) {
    super();
    this.appends = new GroupedAppends(pool, {
      added: (appends) => this.tell(appends),
      grouped: (...grouped) => options.grouped?.(...grouped),
    });
  }

  async append(asked: AppendRequest): Promise<AppendResult> {
    return this.appends.write(writable(asked, this.options.hashed));
  }

  async resultOf(tenant: Tenant, commandId: string): Promise<AppendResult | undefined> {
    // Whoever is told of it believes that it is kept, and its writer may still wait for the disk.
    const { rows } = await this.pool.query<{ result: string | null }>(
      `select result::text, case when result is not null then pg_logical_emit_message(false, 'caretrail', '', true) end
         from (select result_of_command($1, $2) as result offset 0) found`,
      [tenant, commandId],
    );
    const result = rows[0]!.result;
    return result === null ? undefined : toResult(JSON.parse(result) as StoredResult, true);
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

  async metadataOf(tenant: Tenant, stream: string): Promise<StreamMetadata> {
    const { rows } = await this.pool.query<{ version: number; metadata: StreamMetadata['metadata'] }>(
      'select said_version as version, said as metadata from metadata_of_stream($1, $2)',
      [tenant, stream],
    );
    return rows[0]!;
  }

  async setMetadata(
    tenant: Tenant,
    stream: string,
    metadata: Readonly<Record<string, string>>,
    expected: ExpectedVersion,
  ): Promise<StreamMetadata> {
    const text = writableMetadata(metadata, expected);
    const wanted = typeof expected === 'number' ? Math.min(expected, LAST_VERSION) : EXPECTATION[expected];
    const { rows } = await this.pool.query<{ version: number; fits: boolean }>(
      'select said_version as version, fits from say_of_stream($1, $2, $3, $4)',
      [tenant, stream, text, wanted],
    );
    const { version, fits } = rows[0]!;
    if (!fits) throw new WrongExpectedVersion(stream, expected, version);
    return { version, metadata: JSON.parse(text) as StreamMetadata['metadata'] };
  }

  async readAll(query: ReadAll): Promise<EventPage> {
    checkLimit(query.limit);
    const { tenant, after, limit, types, categories } = query;
    try {
      const { rows } = await this.pool.query<{ events: string | null; head: string }>({
        name: 'events_page',
        text: 'select events, head::text from events_page($1, $2, $3, $4, $5)',
        values: [tenant, after.toString(), limit, types ?? null, categories ?? null],
      });
      const { events: text, head } = rows[0]!;
      const events = eventsIn(text === null ? [] : [text], tenant);
      return { events, ...reached(events, BigInt(head), query) };
    } catch (error) {
      if (!isTooLong(error) || limit === 1) throw error;
      return this.readAll({ ...query, limit: Math.ceil(limit / 8) });
    }
  }

  override replay(query: Omit<ReadAll, 'limit'>): AsyncGenerator<EventPage, void, undefined> {
    return replayed(this.pool, query);
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

  head(tenant: Tenant): Promise<bigint> {
    return headPosition(this.pool, tenant);
  }

  override async durable(): Promise<void> {
    await this.pool.query("select pg_logical_emit_message(false, 'caretrail', '', true)");
  }

  /**
   * The events that are not as they were stored, in order of position, and those that were stored without a hash.
   * @param onPage told how far it has come
   */
  alteredEvents(tenant: Tenant, onPage?: (compared: Compared) => void): AsyncGenerator<AlteredEvent, void, undefined> {
    return alteredEvents(this.pool, tenant, onPage);
  }

  /** Every event with its hash computed again, in pages in order of position; the last one may be empty. */
  checkedEvents(tenant: Tenant): AsyncGenerator<readonly CheckedEvent[], void, undefined> {
    return checkedEvents(this.pool, tenant);
  }

  /** The hashes of the next so many events, as they are stored: what a history is sealed by. */
  hashesAfter(tenant: Tenant, after: bigint, limit: number): Promise<EventHashes> {
    return eventHashes(this.pool, tenant, after, limit);
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

  /** After all verdicts, and before any writer goes on: its answer comes in a later turn. */
  private tell(added: readonly (readonly [Tenant, bigint])[]): void {
    for (const [tenant, position] of added) for (const listener of this.listeners) listener(tenant, position);
  }
}

/** How far a reader has come with a page. */
function reached(events: readonly StoredEvent[], head: bigint, { after, limit }: ReadAll): Omit<EventPage, 'events'> {
  const position = events.length === limit ? events.at(-1)!.position : head > after ? head : after;
  return { position, caughtUp: position >= head };
}
