import { type Fault, InvalidInput, isPlainDate, type NewEvent, type PlainDate } from '@caretrail/kernel';
import { contentHash, type EventPlace } from './hashing/event-hash.js';
import type { AppendRequest, ExpectedVersion } from './port/event-store.port.js';

/** An event as it will be stored: its JSON is fixed, whatever the writer does with its objects afterwards. */
export interface WritableEvent {
  readonly id: string;
  readonly type: string;
  readonly body: string;
  readonly metadata: string;
  readonly effectiveOn: PlainDate;
  readonly knownOn?: PlainDate;
  /** Hash of its content, where the store keeps hashes. */
  readonly content?: string;
}

/** A request that was checked, with its events as JSON. */
export interface WritableRequest extends Omit<AppendRequest, 'streams'> {
  readonly streams: readonly {
    readonly stream: string;
    readonly expected: ExpectedVersion;
    readonly events: readonly WritableEvent[];
  }[];
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/;

/** True for a UUID as the store gives it back: lower case, with hyphens. */
export const isEventId = (text: string): boolean => UUID.test(text);

/** A moment that there was: the 30th of February is none, though JavaScript reads it as one in March. */
const isInstant = (text: string): boolean => {
  const moment = INSTANT.test(text) ? new Date(text) : undefined;
  return (
    !!moment && !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text.slice(0, 'yyyy-mm-dd'.length))
  );
};

/** `none` is version 0: a stream without an event is a stream that is not there. */
export const exactVersion = (expected: ExpectedVersion): number | 'exists' | 'any' =>
  expected === 'none' ? 0 : expected;

/**
 * Fixes what is to be written. What no store can write is told before any store is asked, so that all refuse the same.
 * @param hashed whether each event gets the hash of its content
 * @throws InvalidInput with every fault found.
 */
export function writable(request: AppendRequest, hashed = false): WritableRequest {
  checkRequest(request);
  return {
    ...request,
    streams: request.streams.map(({ stream, expected, events }, at) => ({
      stream,
      expected,
      events: events.map((event, index) =>
        fixed(event, `streams.${at}.events.${index}`, hashed ? { stream, tenant: request.tenant } : undefined),
      ),
    })),
  };
}

/** @param place where it will stand, where it is to be hashed */
function fixed(event: NewEvent, field: string, place: EventPlace | undefined): WritableEvent {
  const { id, type, data, metadata } = event;
  const { effectiveOn, knownOn } = metadata;
  const texts = { body: json(data, `${field}.data`), metadata: json(metadata, `${field}.metadata`) };
  return {
    id,
    type,
    ...texts,
    effectiveOn,
    ...(knownOn && { knownOn }),
    ...(place && { content: contentHash(place, event, texts) }),
  };
}

function json(value: unknown, field: string): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch {
    // A bigint, or a circle: told below like a function or undefined, which have no JSON either.
  }
  if (text === undefined)
    throw new InvalidInput([
      fault('event-is-json', 'An event carries what JSON can say; one without data carries null.', field),
    ]);
  return text;
}

function checkRequest(request: AppendRequest): void {
  const faults: Fault[] = [];
  const names = new Set<string>();
  const ids = new Set<string>();
  if (request.recordedAt !== undefined && !isInstant(request.recordedAt))
    faults.push(fault('instant-is-utc', 'The moment must be an ISO 8601 instant in UTC.', 'recordedAt'));
  request.streams.forEach(({ stream, expected, events }, at) => {
    const path = `streams.${at}`;
    if (names.has(stream))
      faults.push(fault('stream-named-once', 'One write names each stream once.', `${path}.stream`));
    names.add(stream);
    if (typeof expected === 'number' && !(Number.isInteger(expected) && expected >= 0))
      faults.push(
        fault('version-is-whole', 'An expected version is a whole number from 0 upwards.', `${path}.expected`),
      );
    events.forEach((event, index) => {
      const field = `${path}.events.${index}`;
      if (!isEventId(event.id))
        faults.push(fault('event-id-is-uuid', 'An event id is a UUID in lower case.', `${field}.id`));
      if (ids.has(event.id))
        faults.push(fault('event-ids-differ', 'Every event of a write has an id of its own.', `${field}.id`));
      ids.add(event.id);
      for (const [key, said] of Object.entries(event.metadata))
        if (typeof said !== 'string' && said !== undefined)
          faults.push(fault('metadata-is-flat', 'Metadata is a flat map of strings.', `${field}.metadata.${key}`));
      for (const key of ['effectiveOn', 'knownOn'] as const) {
        const day = event.metadata[key];
        if ((key === 'effectiveOn' || day !== undefined) && !isPlainDate(day ?? ''))
          faults.push(fault('date-is-plain', 'A day is written yyyy-mm-dd.', `${field}.metadata.${key}`));
      }
    });
  });
  if (faults.length) throw new InvalidInput(faults);
}

/** @throws InvalidInput for a page of no events, with which a reader would never come forward. */
export function checkLimit(limit: number | undefined): void {
  if (limit !== undefined && !(Number.isInteger(limit) && limit > 0))
    throw new InvalidInput([fault('limit-is-positive', 'A limit is a whole number from 1 upwards.', 'limit')]);
}

const fault = (rule: string, message: string, field: string): Fault => ({ rule, message, field });
