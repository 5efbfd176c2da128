import type { EventStore } from '@caretrail/event-store';
import {
  fold,
  type PlainDate,
  type Recorded,
  sameContent,
  standingEvents,
  type StoredEvent,
  type Tenant,
} from '@caretrail/kernel';
import type { DirectoryEntry, DirectoryReceivedData } from '../../contracts/index.js';
import { directoryFileCategory } from '../../domain/directory-file/directory-file.decider.js';
import {
  directoryServiceDecider,
  type DirectoryServiceEvent,
} from '../../domain/directory-service/directory-service.decider.js';

const AT_ONCE = 100;

/** A whole directory that was taken in for a later day than the one that comes now. */
export interface LaterDirectory {
  readonly publishedOn: PlainDate;
  /** Whether each of its records was understood, so that a service of which it says nothing was not in it. */
  readonly isSure: boolean;
}

/** What has to be told again of a service, and for which day; without an entry it was not listed on that day. */
export interface Restatement {
  readonly publishedOn: PlainDate;
  readonly entry: DirectoryEntry | undefined;
}

/** The whole directories of later days that were taken in, by their days. */
export async function wholeDirectoriesAfter(
  store: EventStore,
  tenant: Tenant,
  day: PlainDate,
): Promise<readonly LaterDirectory[]> {
  const found: LaterDirectory[] = [];
  for (let after = ''; ;) {
    const names = await store.streamsOf(tenant, directoryFileCategory, after, AT_ONCE);
    if (!names.length) return found.sort((one, other) => (one.publishedOn < other.publishedOn ? -1 : 1));
    for (const events of (await store.readStreams(tenant, names)).values())
      for (const { type, data } of events) {
        if (type !== 'commissioning.directory-received.v1') continue;
        const { publishedOn, whole, counts } = data as DirectoryReceivedData;
        if (whole && publishedOn > day) found.push({ publishedOn, isSure: counts.rejected === 0 });
      }
    after = names.at(-1)!;
  }
}

/**
 * What a later directory said of a service by leaving it as it was, or by not telling of it: it left no event then, so an older
 * directory that comes now would outlive it. Needed on the first of the later days alone: from then on all is as it was.
 * @param events the stream of the service, with what the older directory has just brought
 * @param isNew whether an event is of those
 */
export function restatementOf(
  events: readonly StoredEvent[],
  isNew: (event: StoredEvent) => boolean,
  later: readonly LaterDirectory[],
): Restatement | undefined {
  const others = events.filter((event) => !isNew(event));
  for (const { publishedOn, isSure } of later) {
    const entry = entryOn(others, publishedOn);
    if (sameContent(entry, entryOn(events, publishedOn))) return undefined;
    if (entry || isSure) return { publishedOn, entry };
  }
  return undefined;
}

/** What stood of a service, as it was known on a day; undefined where it was not listed. */
export function entryOn(events: readonly StoredEvent[], knownOn: PlainDate | undefined): DirectoryEntry | undefined {
  return fold(directoryServiceDecider, standingEvents(events, { knownOn }) as Recorded<DirectoryServiceEvent>[]).entry;
}
