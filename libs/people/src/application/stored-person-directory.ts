import { EventStore } from '@caretrail/event-store';
import { type EventOf, type StoredEvent, standingEvents, streamName, unreachable } from '@caretrail/kernel';
import { ERASED, PersonalCodec } from '@caretrail/privacy';
import { Inject, Injectable } from '@nestjs/common';
import type { carerIdentified, deathRecorded, detailsCorrected, personRegistered } from '../contracts/people.events.js';
import type { PersonDetails } from '../contracts/person-details.js';
import { PersonDirectory, type PersonLabel, recordNumber } from '../contracts/person-directory.port.js';

type PeopleEvent = EventOf<
  typeof personRegistered | typeof detailsCorrected | typeof deathRecorded | typeof carerIdentified
>;

interface Known {
  readonly details: PersonDetails;
  readonly simulated: boolean;
  readonly diedOn?: string;
}

/** The directory over the event store: streams of all asked people in one round trip, opened with their own keys. */
@Injectable()
export class StoredPersonDirectory extends PersonDirectory {
  constructor(
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(PersonalCodec) private readonly codec: PersonalCodec,
  ) {
    super();
  }

  async labelsOf(
    tenant: string,
    personIds: readonly string[],
    knownOn?: string,
  ): Promise<ReadonlyMap<string, PersonLabel>> {
    if (!personIds.length) return new Map();
    const streams = [...new Set(personIds)].map((id) => streamName('people.person', id));
    const stored = await this.store.readStreams(tenant, streams);
    const opened = await this.codec.open([...stored.values()].flat());
    const labels = new Map<string, PersonLabel>();
    for (const events of Map.groupBy(opened, ({ stream }) => stream).values()) {
      const label = labelOf(events, knownOn);
      if (label) labels.set(label.id, label);
    }
    return labels;
  }
}

function labelOf(events: readonly StoredEvent[], knownOn: string | undefined): PersonLabel | undefined {
  const standing = standingEvents(events, { knownOn });
  const known = standing.reduce<Known | undefined>((state, event) => learn(state, event as PeopleEvent), undefined);
  if (!known) return undefined;
  const { personId } = standing[0]!.data as PeopleEvent['data'];
  const { firstName, lastName, dateOfBirth, postcodeSector } = known.details;
  const names = [firstName, lastName].filter((name) => name !== undefined && name !== '');
  const name = names.includes(ERASED) ? ERASED : names.join(' ');
  return {
    id: personId,
    record: recordNumber(personId),
    simulated: known.simulated,
    ...(name && { name }),
    ...(dateOfBirth && dateOfBirth !== ERASED && { dateOfBirth }),
    ...(known.diedOn && { diedOn: known.diedOn }),
    ...(postcodeSector && { postcodeSector }),
  };
}

/** Details that are told before the registration (a dated source loaded later) do not make a person known. */
function learn(state: Known | undefined, event: PeopleEvent): Known | undefined {
  switch (event.type) {
    case 'people.person-registered.v1':
      return { ...state, details: event.data.details, simulated: event.data.simulated };
    case 'people.details-corrected.v1':
      return state && { ...state, details: event.data.details };
    case 'people.death-recorded.v1':
      return state && { ...state, diedOn: event.data.diedOn };
    case 'people.carer-identified.v1':
      return state;
    default:
      return unreachable(event);
  }
}
