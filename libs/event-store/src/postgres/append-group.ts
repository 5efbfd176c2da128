import type { WritableRequest } from '../append-request.policy.js';
import { GROUP } from './appends.migration.js';
import { binaryArray } from './binary-array.js';

/** No stream comes this far; whoever expects more is as wrong as with this. */
export const LAST_VERSION = 2_147_483_647;

/** What is no version, as the functions take it. */
export const EXPECTATION = { none: 0, any: -1, exists: -2 } as const;

const PARAMETERS = GROUP.map(([, type], index) => `$${index + 1}::${type}`).join(', ');

/** Writes a group in a transaction of its own; answers when it is on the disk. Parameters by `groupParameters`. */
export const APPEND_DURABLY_SQL = `call append_durably(${PARAMETERS}, null, null, null)`;

/** Writes a group within a transaction that somebody else ends. */
export const APPEND_GROUP_SQL = `select versions, positions, verdicts from append_group(${PARAMETERS})`;

/** What both answer. JSON: the version of each stream, the position of each event, and `Verdict`s unless all was written. */
export interface GroupAnswer {
  readonly versions: string | null;
  readonly positions: string | null;
  readonly verdicts: string | null;
}

/** What became of one request; `stream` counts from 1 through the whole group. */
export interface Verdict {
  readonly verdict:
    'written' | 'repeated' | 'conflict' | 'partly written' | 'not-simulated' | 'before-last-event' | 'in-the-future';
  readonly result: StoredResult | null;
  readonly stream: number | null;
  readonly actual: number | null;
  /** True where an event was added. */
  readonly added: boolean;
}

/** A result as PostgreSQL keeps it. */
export interface StoredResult {
  readonly position: string;
  readonly eventIds: readonly string[];
  readonly versions: Readonly<Record<string, number>>;
}

export const eventCount = (request: WritableRequest): number =>
  request.streams.reduce((sum, { events }) => sum + events.length, 0);

/**
 * A group of requests of one council as columns, in the order of the parameters; null for what no request has.
 * @param decided whether each request is to be looked at by itself from the start
 */
export function groupParameters(requests: readonly WritableRequest[], decided = false): unknown[] {
  const parts = requests.flatMap((request) => request.streams);
  const events = parts.flatMap((part) => part.events);
  const eventParts: number[] = [];
  const partEnds = parts.map((part, at) => {
    for (let left = part.events.length; left; left--) eventParts.push(at + 1);
    return eventParts.length;
  });
  let streamEnd = 0;
  const streamEnds = requests.map((request) => (streamEnd += request.streams.length));
  const twins = twinsOf(parts);
  const moments = sparse('timestamptz', requests, (request) => request.recordedAt);
  const plain = !decided && !twins && !moments && requests.every(eventCount);
  const column = binaryArray;
  return [
    requests[0]!.tenant,
    plain,
    sparse('text', requests, (request) => request.commandId),
    moments,
    column('int', streamEnds),
    column(
      'int',
      streamEnds.map((end) => (end ? partEnds[end - 1]! : 0)),
    ),
    column(
      'text',
      parts.map(({ stream }) => stream),
    ),
    twins && column('int', twins),
    column('int', partEnds),
    column(
      'int',
      parts.map(({ expected }) =>
        typeof expected === 'number' ? Math.min(expected, LAST_VERSION) : EXPECTATION[expected],
      ),
    ),
    column('int', eventParts),
    column(
      'uuid',
      events.map(({ id }) => id),
    ),
    column(
      'text',
      events.map(({ type }) => type),
    ),
    column(
      'json',
      events.map(({ body }) => body),
    ),
    column(
      'json',
      events.map(({ metadata }) => metadata),
    ),
    column(
      'date',
      events.map(({ effectiveOn }) => effectiveOn),
    ),
    sparse('date', events, ({ knownOn }) => knownOn),
    sparse('text', events, ({ content }) => content),
  ];
}

/** For each part the first of the same stream, counted from 1; null where no stream is named twice. */
function twinsOf(parts: readonly { readonly stream: string }[]): number[] | null {
  const first = new Map<string, number>();
  const twins = parts.map(({ stream }, at) => {
    const known = first.get(stream);
    if (known === undefined) first.set(stream, at + 1);
    return known ?? at + 1;
  });
  return first.size === parts.length ? null : twins;
}

function sparse<Item>(
  type: Parameters<typeof binaryArray>[0],
  items: readonly Item[],
  value: (item: Item) => string | undefined,
): Buffer | null {
  const elements = items.map((item) => value(item) ?? null);
  return elements.every((element) => element === null) ? null : binaryArray(type, elements);
}
