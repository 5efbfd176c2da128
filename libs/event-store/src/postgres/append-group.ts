import type { WritableRequest } from '../append-request.policy.js';
import { binaryArray } from './binary-array.js';

/** No stream comes this far; whoever expects more is as wrong as with this. */
export const LAST_VERSION = 2_147_483_647;

const EXPECTATION = { none: 0, any: -1, exists: -2 } as const;

const PARAMETERS = `$1::text[], $2::text[], $3::timestamptz[], $4::int[], $5::int[], $6::text[], $7::int[], $8::int[],
  $9::int[], $10::int[], $11::uuid[], $12::text[], $13::json[], $14::json[], $15::date[], $16::date[]`;
const ANSWER = 'select request, verdict, result::text as result, stream_index, actual from';

/** The call that decides each request of a group by itself; parameters by `groupParameters`. */
export const APPEND_SQL = `${ANSWER} append_events(${PARAMETERS})`;

/** The call for a plain group; its last parameter by `eventMoments`. */
export const APPEND_GROUP_SQL = `${ANSWER} append_group(${PARAMETERS}, $17::timestamptz[])`;

/**
 * What the SQL functions answer for one request; `request` and `stream_index` count from 1 through the whole group.
 * Request 0 stands for all: everything was written, and `result` is a `GroupResult`.
 */
export interface Verdict {
  readonly request: number;
  readonly verdict:
    'written' | 'repeated' | 'conflict' | 'partly written' | 'not-simulated' | 'before-last-event' | 'in-the-future';
  readonly result: string | null;
  readonly stream_index: number | null;
  readonly actual: number | null;
}

/** For a group that was written as a whole: per request its last position, per stream the version it had before. */
export interface GroupResult {
  readonly positions: readonly string[];
  readonly versions: readonly number[];
}

/**
 * True for what can be written as a whole: one council, every request with events, no stream and no id twice, and the
 * clock set for all or for none.
 */
export function isPlain(requests: readonly WritableRequest[]): boolean {
  const [first] = requests;
  const streams = new Set<string>();
  const ids = new Set<string>();
  let [streamCount, idCount] = [0, 0];
  for (const request of requests) {
    if (request.tenant !== first!.tenant || !eventCount(request)) return false;
    if ((request.recordedAt === undefined) !== (first!.recordedAt === undefined)) return false;
    for (const { stream, events } of request.streams) {
      streams.add(stream);
      streamCount++;
      for (const { id } of events) ids.add(id);
      idCount += events.length;
    }
  }
  return streams.size === streamCount && ids.size === idCount;
}

/** A group of requests as columns, in the order of the SQL functions' parameters; null for what no request has. */
export function groupParameters(requests: readonly WritableRequest[]): (Buffer | null)[] {
  const streams = requests.flatMap((request) => request.streams);
  const events = streams.flatMap((written, at) => written.events.map((event, place) => ({ event, at, place })));
  const streamEnds = runningTotals(requests.map((request) => request.streams.length));
  const eventEnds = runningTotals(requests.map(eventCount));
  const column = binaryArray;
  return [
    column(
      'text',
      requests.map(({ tenant }) => tenant),
    ),
    sparse(
      'text',
      requests.map(({ commandId }) => commandId),
    ),
    sparse(
      'timestamptz',
      requests.map(({ recordedAt }) => recordedAt),
    ),
    column('int', streamEnds),
    column('int', eventEnds),
    column(
      'text',
      streams.map(({ stream }) => stream),
    ),
    column(
      'int',
      streams.map(({ expected }) =>
        typeof expected === 'number' ? Math.min(expected, LAST_VERSION) : EXPECTATION[expected],
      ),
    ),
    column(
      'int',
      streams.map((written) => written.events.length),
    ),
    column(
      'int',
      events.map(({ at }) => at + 1),
    ),
    column(
      'int',
      events.map(({ place }) => place + 1),
    ),
    column(
      'uuid',
      events.map(({ event }) => event.id),
    ),
    column(
      'text',
      events.map(({ event }) => event.type),
    ),
    column(
      'json',
      events.map(({ event }) => event.body),
    ),
    column(
      'json',
      events.map(({ event }) => event.metadata),
    ),
    column(
      'date',
      events.map(({ event }) => event.effectiveOn),
    ),
    sparse(
      'date',
      events.map(({ event }) => event.knownOn),
    ),
  ];
}

/** For each event the moment of its request, where a clock is set. */
export const eventMoments = (requests: readonly WritableRequest[]): Buffer | null =>
  sparse(
    'timestamptz',
    requests.flatMap((request) => Array.from({ length: eventCount(request) }, () => request.recordedAt)),
  );

export const eventCount = (request: WritableRequest): number =>
  request.streams.reduce((sum, { events }) => sum + events.length, 0);

function sparse(type: Parameters<typeof binaryArray>[0], elements: readonly (string | undefined)[]): Buffer | null {
  if (elements.every((element) => element === undefined)) return null;
  return binaryArray(
    type,
    elements.map((element) => element ?? null),
  );
}

function runningTotals(counts: readonly number[]): number[] {
  let total = 0;
  return counts.map((count) => (total += count));
}
