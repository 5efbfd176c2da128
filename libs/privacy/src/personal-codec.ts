import { type EventCatalogue, type NewEvent, RuleViolation, type StoredEvent, type Tenant } from '@caretrail/kernel';
import { decrypt, encrypt } from './field-cipher.js';
import { ERASED, type Sealed, isSealed, mapPersonal } from './personal-fields.js';
import type { SubjectKey, SubjectKeys } from './subject-keys.js';

/** An event about to be stored at a known place of a stream. */
export interface PlacedEvent {
  readonly stream: string;
  readonly version: number;
  readonly event: NewEvent;
}

/** How an event of an older version is brought to the current one. */
export interface Versions {
  upcast(event: StoredEvent): StoredEvent;
}

/** Thrown when something new would be locked with a key that was destroyed. */
export class SubjectWasErased extends RuleViolation {
  constructor() {
    super([
      {
        rule: 'subject-was-not-erased',
        section: 'UK GDPR Article 17',
        message: 'The record of this person was erased; nothing can be added to it.',
      },
    ]);
  }
}

/** Locks and opens the personal fields of events; which fields those are, their definitions say. */
export class PersonalCodec {
  /** @param versions brings opened events of older versions forward; left out where there are none */
  constructor(
    private readonly keys: SubjectKeys,
    private readonly catalogue: EventCatalogue,
    private readonly versions: Versions = { upcast: (event) => event },
  ) {}

  /** The same events with ciphertext in place of personal fields, locked to tenant, stream, version, event and field. */
  async seal(tenant: Tenant, placed: readonly PlacedEvent[]): Promise<NewEvent[]> {
    const subjects = placed.flatMap(({ event }) => this.subjectOf(event) ?? []);
    const keys = await this.keys.findOrCreate(tenant, [...new Set(subjects)]);
    return placed.map(({ event, stream, version }) => {
      const { personal } = this.catalogue.get(event.type);
      const subject = this.subjectOf(event);
      if (!subject) return event;
      const key = keys.get(subject);
      if (!key || key === 'erased') throw new SubjectWasErased();
      const data = mapPersonal(event.data, personal, (value, field) => {
        if (typeof value !== 'string') throw new Error(`${event.type}: personal field ${field} must be text.`);
        const sealed = encrypt(key, placeOf(tenant, stream, version, event.id, field), Buffer.from(value));
        return { $enc: sealed.toString('base64url') } satisfies Sealed;
      });
      return { ...event, data };
    });
  }

  /**
   * The same events with their personal fields in clear, in their current version; `[erased]` where the key was
   * destroyed. A ciphertext is locked to the path at which it was stored, so an event of an older version is opened
   * first, as it was stored and by the definition of that version, and only then brought forward.
   * @throws Tampered when a ciphertext does not belong where it stands.
   */
  async open<Event extends StoredEvent>(events: readonly Event[]): Promise<Event[]> {
    const asStored = events.map(storedForm);
    const subjects = asStored.map((event) => this.subjectOf(event));
    const keys = await this.keysOf(asStored, subjects);
    return asStored.map((event, nth) => {
      const subject = subjects[nth];
      // Whose key is not there was erased, too.
      return this.current(subject ? this.opened(event, keys.get(event.tenant)!.get(subject) ?? 'erased') : event);
    });
  }

  /** By council and subject. @param subjects of the events, in their order */
  private async keysOf(
    events: readonly StoredEvent[],
    subjects: readonly (string | undefined)[],
  ): Promise<ReadonlyMap<Tenant, ReadonlyMap<string, SubjectKey>>> {
    const asked = new Map<Tenant, Set<string>>();
    for (const [nth, { tenant }] of events.entries()) {
      const subject = subjects[nth];
      if (!subject) continue;
      let own = asked.get(tenant);
      if (!own) asked.set(tenant, (own = new Set()));
      own.add(subject);
    }
    const keys = new Map<Tenant, ReadonlyMap<string, SubjectKey>>();
    for (const [tenant, own] of asked) keys.set(tenant, await this.keys.find(tenant, [...own]));
    return keys;
  }

  private opened<Event extends StoredEvent>(event: Event, key: SubjectKey): Event {
    const { personal } = this.catalogue.get(event.type);
    const data = mapPersonal(event.data, personal, (value, field) => {
      if (!isSealed(value)) return value;
      if (key === 'erased') return ERASED;
      const place = placeOf(event.tenant, event.stream, event.version, event.id, field);
      return decrypt(key, place, Buffer.from(value.$enc, 'base64url')).toString();
    });
    return { ...event, data };
  }

  /** What is open has no need of its stored form any more. */
  private current<Event extends StoredEvent>(event: Event): Event {
    const upcast = this.versions.upcast(event);
    if (upcast === event) return event;
    const { asStored: _, ...current } = upcast;
    return current as Event;
  }

  /** Whose key: undefined where the event has no personal field. */
  private subjectOf(event: NewEvent): string | undefined {
    const definition = this.catalogue.get(event.type);
    return definition.personal.length ? definition.subject(event.data) : undefined;
  }
}

/** An event as it stands in the store, whether or not it was brought forward on the way. */
function storedForm<Event extends StoredEvent>(event: Event): Event {
  if (!event.asStored) return event;
  const { asStored, ...rest } = event;
  return { ...rest, ...asStored } as Event;
}

const placeOf = (tenant: string, stream: string, version: number, id: string, field: string): string =>
  [tenant, stream, version, id, field].join('/');
