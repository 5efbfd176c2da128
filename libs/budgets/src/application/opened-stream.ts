import type { EventStore } from '@caretrail/event-store';
import { type DomainEvent, type Recorded, type StoredEvent, standingEvents } from '@caretrail/kernel';
import type { PersonalCodec } from '@caretrail/privacy';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A stream with its personal fields opened; empty for an id that is none. */
export async function openedStream(
  store: EventStore,
  codec: PersonalCodec,
  tenant: string,
  stream: string,
): Promise<readonly StoredEvent[]> {
  return UUID.test(stream.slice(-36)) ? codec.open(await store.readStream(tenant, stream)) : [];
}

/** The events of one aggregate's stream, for its decider to fold. */
export const recorded = <Event extends DomainEvent>(events: readonly StoredEvent[]): readonly Recorded<Event>[] =>
  standingEvents(events, {}) as unknown as readonly Recorded<Event>[];
