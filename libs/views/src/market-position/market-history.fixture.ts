import {
  type RequestConcludedData,
  type RequestCorrectedData,
  type RequestWithdrawnData,
  requestConcluded,
  requestCorrected,
  requestWithdrawn,
  type SupportRequestedData,
  supportRequested,
} from '@caretrail/assessment/contracts';
import {
  type Element,
  elementCorrected,
  type ElementCorrectedData,
  elementEnded,
  elementPlaced,
  elementWithdrawn,
} from '@caretrail/commissioning/contracts';
import { type PlainDate, type StoredEvent, streamName, type Tenant } from '@caretrail/kernel';
import { deathRecorded, detailsCorrected, personRegistered } from '@caretrail/people/contracts';

/** `uuidOf('person', 3)`: the same id each time. */
export const uuidOf = (kind: 'person' | 'package' | 'episode', number: number): string =>
  `0000000${{ person: 1, package: 2, episode: 3 }[kind]}-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** Hours of home support a week at a price by the hour. */
export const homeSupport = (pence = 2_380, hours = 10): Element => ({
  serviceType: 'Long term support: Community',
  component: 'Home support or domiciliary care',
  rate: { pence, per: 'Hourly' },
  plannedUnitsPerWeek: hours,
  row: { clientType: 'Service user' },
});

/** A bed in a care home by the week. */
export const residential = (pence = 95_000): Element => ({
  serviceType: 'Long term support: Residential care',
  component: 'Long term residential care',
  rate: { pence, per: 'Weekly' },
  row: { clientType: 'Service user' },
});

/** Writes a history as a store would give it back: each event knows its day, its known day and its position. */
export class MarketHistory {
  readonly events: StoredEvent[] = [];
  private readonly versions = new Map<string, number>();

  constructor(
    private readonly tenant: Tenant,
    private readonly from = 0,
  ) {}

  person(person: number, postcodeSector: string | undefined, known: PlainDate = '2024-01-01'): this {
    const data = {
      personId: uuidOf('person', person),
      simulated: true,
      details: { firstName: { $enc: 'AAAA' }, ...(postcodeSector && { postcodeSector }) },
    };
    return this.add(personRegistered.type, 'people.person', data.personId, data, known, known);
  }

  moved(person: number, postcodeSector: string, known: PlainDate): this {
    const data = { personId: uuidOf('person', person), details: { postcodeSector } };
    return this.add(detailsCorrected.type, 'people.person', data.personId, data, known, known);
  }

  died(person: number, on: PlainDate, known = on): this {
    const data = { personId: uuidOf('person', person), diedOn: on };
    return this.add(deathRecorded.type, 'people.person', data.personId, data, on, known);
  }

  placed(number: number, person: number, element: Element, from: PlainDate, known = from): this {
    return this.aboutPackage(elementPlaced.type, number, person, { element }, from, known);
  }

  ended(number: number, person: number, on: PlainDate, known = on): this {
    return this.aboutPackage(elementEnded.type, number, person, {}, on, known);
  }

  corrected(
    number: number,
    person: number,
    data: Pick<ElementCorrectedData, 'element' | 'startedOn' | 'endedOn'>,
    known: PlainDate,
  ): this {
    return this.aboutPackage(elementCorrected.type, number, person, data, data.startedOn, known);
  }

  withdrawn(number: number, person: number, known: PlainDate): this {
    return this.aboutPackage(
      elementWithdrawn.type,
      number,
      person,
      { reason: 'No longer in the return' },
      known,
      known,
    );
  }

  requested(number: number, person: number, on: PlainDate, known = on): this {
    const data: Omit<SupportRequestedData, 'episodeId' | 'personId'> = { route: 'Community / other' };
    return this.aboutRequest(supportRequested.type, number, person, data, on, known);
  }

  concluded(number: number, person: number, outcome: string, on: PlainDate, known = on): this {
    const data: Omit<RequestConcludedData, 'episodeId' | 'personId'> = { outcome };
    return this.aboutRequest(requestConcluded.type, number, person, data, on, known);
  }

  requestCorrected(
    number: number,
    person: number,
    data: Pick<RequestCorrectedData, 'requestedOn' | 'concludedOn' | 'outcome'>,
    known: PlainDate,
  ): this {
    const whole = { route: 'Community / other', ...data };
    return this.aboutRequest(requestCorrected.type, number, person, whole, data.requestedOn, known);
  }

  requestWithdrawn(number: number, person: number, known: PlainDate): this {
    const data: Omit<RequestWithdrawnData, 'episodeId' | 'personId'> = { reason: 'No longer in the return' };
    return this.aboutRequest(requestWithdrawn.type, number, person, data, known, known);
  }

  private aboutPackage(
    type: string,
    number: number,
    person: number,
    data: object,
    effectiveOn: PlainDate,
    knownOn: PlainDate,
  ): this {
    const packageId = uuidOf('package', number);
    const whole = { packageId, personId: uuidOf('person', person), ...data };
    return this.add(type, 'commissioning.care-package', packageId, whole, effectiveOn, knownOn);
  }

  private aboutRequest(
    type: string,
    number: number,
    person: number,
    data: object,
    effectiveOn: PlainDate,
    knownOn: PlainDate,
  ): this {
    const episodeId = uuidOf('episode', number);
    const whole = { episodeId, personId: uuidOf('person', person), ...data };
    return this.add(type, 'assessment.contact-episode', episodeId, whole, effectiveOn, knownOn);
  }

  private add(
    type: string,
    category: string,
    id: string,
    data: object,
    effectiveOn: PlainDate,
    knownOn: PlainDate,
  ): this {
    const stream = streamName(category, id);
    const version = (this.versions.get(stream) ?? 0) + 1;
    this.versions.set(stream, version);
    const position = this.from + this.events.length + 1;
    this.events.push({
      id: `00000009-0000-4000-8000-${String(position).padStart(12, '0')}`,
      type,
      data,
      metadata: {
        actorId: 'import',
        actorRole: 'analyst',
        commandId: `command-${position}`,
        correlationId: `command-${position}`,
        effectiveOn,
        knownOn,
      },
      tenant: this.tenant,
      stream,
      version,
      position: BigInt(position),
      recordedAt: '2026-06-01T09:00:00Z',
      knownOn,
    });
    return this;
  }
}
