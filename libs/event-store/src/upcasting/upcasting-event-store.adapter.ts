import type { StoredEvent, Tenant } from '@caretrail/kernel';
import {
  type AppendRequest,
  type AppendResult,
  type EventPage,
  EventStore,
  type ReadAll,
  type StreamMetadata,
} from '../port/event-store.port.js';
import type { Upcasters } from './upcasters.js';

/**
 * The one place through which stored events reach the program: whoever reads, a decision, a projection, a process or
 * a page, sees current versions only. What is stored stays as it was written.
 */
export class UpcastingEventStore extends EventStore {
  /** The store itself where no version was left behind. */
  static over(store: EventStore, upcasters: Upcasters): EventStore {
    return upcasters.none ? store : new UpcastingEventStore(store, upcasters);
  }

  private constructor(
    private readonly store: EventStore,
    private readonly upcasters: Upcasters,
  ) {
    super();
  }

  async readStream(...query: Parameters<EventStore['readStream']>): Promise<readonly StoredEvent[]> {
    return this.current(await this.store.readStream(...query));
  }

  async readStreams(tenant: Tenant, streams: readonly string[]): Promise<ReadonlyMap<string, readonly StoredEvent[]>> {
    const found = await this.store.readStreams(tenant, streams);
    return new Map([...found].map(([stream, events]) => [stream, this.current(events)]));
  }

  /** Asked for a type, it answers with what was stored as an older version of it too. */
  async readAll(query: ReadAll): Promise<EventPage> {
    const page = await this.store.readAll({ ...query, ...this.stored(query) });
    return { ...page, events: this.current(page.events) };
  }

  override async *replay(query: Omit<ReadAll, 'limit'>): AsyncGenerator<EventPage, void, undefined> {
    for await (const page of this.store.replay({ ...query, ...this.stored(query) }))
      yield { ...page, events: this.current(page.events) };
  }

  async readEvents(tenant: Tenant, ids: readonly string[]): Promise<readonly StoredEvent[]> {
    return this.current(await this.store.readEvents(tenant, ids));
  }

  append(request: AppendRequest): Promise<AppendResult> {
    return this.store.append(request);
  }

  resultOf(tenant: Tenant, commandId: string): Promise<AppendResult | undefined> {
    return this.store.resultOf(tenant, commandId);
  }

  metadataOf(...query: Parameters<EventStore['metadataOf']>): Promise<StreamMetadata> {
    return this.store.metadataOf(...query);
  }

  setMetadata(...said: Parameters<EventStore['setMetadata']>): Promise<StreamMetadata> {
    return this.store.setMetadata(...said);
  }

  streamsOf(...query: Parameters<EventStore['streamsOf']>): Promise<readonly string[]> {
    return this.store.streamsOf(...query);
  }

  head(tenant: Tenant): Promise<bigint> {
    return this.store.head(tenant);
  }

  override durable(): Promise<void> {
    return this.store.durable();
  }

  onAppend(listener: Parameters<EventStore['onAppend']>[0]): () => void {
    return this.store.onAppend(listener);
  }

  private stored({ types }: Pick<ReadAll, 'types'>): Pick<ReadAll, 'types'> {
    return types ? { types: this.upcasters.storedTypes(types) } : {};
  }

  private current(events: readonly StoredEvent[]): readonly StoredEvent[] {
    return events.map((event) => this.upcasters.upcast(event));
  }
}
