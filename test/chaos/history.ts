/** An event as it stands in the store, or as somebody read it. */
export interface Placed {
  readonly position: number;
  readonly id: string;
  readonly stream: string;
  readonly version: number;
}

/** What a writer was told of one append; what it was never told of can be there or not, whole. */
export interface Told {
  readonly writer: string;
  readonly stream: string;
  readonly expected: number | 'none' | 'exists' | 'any';
  /** Of the events that it sent, in order. */
  readonly ids: readonly string[];
  readonly outcome: 'written' | 'conflict' | 'rolled back' | 'unknown';
  /** Of what was written: the position of the last event and the version of the stream after it. */
  readonly position?: number;
  readonly version?: number;
  /** With a conflict: the version at which the stream was said to stand. */
  readonly actual?: number;
}

/** What one reader saw, from the beginning, in the order in which it saw it. */
export interface Reading {
  readonly reader: string;
  readonly events: readonly Placed[];
  /** How far it said that it had seen, page by page. */
  readonly checkpoints: readonly number[];
}

/** All that happened in a run, as those who took part were told it, and what the store holds at the end. */
export interface History {
  /** In the order of the store. */
  readonly stored: readonly Placed[];
  readonly told: readonly Told[];
  readonly readings: readonly Reading[];
}

export interface Violation {
  readonly kind:
    | 'missed'
    | 'doubled'
    | 'reordered'
    | 'seen but not stored'
    | 'stream order broken'
    | 'version gap'
    | 'acknowledged but absent'
    | 'told another place'
    | 'stored in part'
    | 'stored though refused'
    | 'conflict that was not one'
    | 'checkpoint went back';
  /** Who or what is concerned, in a few words. */
  readonly where: string;
}

/** Everything in which a history breaks what the store promises; nothing when it keeps it. Knows nothing of the store's ways. */
export function violationsOf({ stored, told, readings }: History): Violation[] {
  return [
    ...orderOf('the store', stored),
    ...answers(stored, told),
    ...readings.flatMap((reading) => [...orderOf(reading.reader, reading.events), ...against(reading, stored)]),
    ...readings.flatMap(({ reader, checkpoints }) => wentBack(reader, checkpoints)),
  ];
}

/** Positions that were seen one after the other and do not go up. */
export function wentBack(where: string, checkpoints: readonly number[]): Violation[] {
  return checkpoints.some((position, index) => index > 0 && position < checkpoints[index - 1]!)
    ? [{ kind: 'checkpoint went back', where }]
    : [];
}

/** What is wrong with a sequence by itself: each event once, positions going up, each stream 1, 2, 3 … */
function orderOf(where: string, events: readonly Placed[]): Violation[] {
  const found: Violation[] = [];
  const seen = new Set<string>();
  const versions = new Map<string, number>();
  let last = -Infinity;
  for (const { id, position, stream, version } of events) {
    if (seen.has(id)) {
      found.push({ kind: 'doubled', where: `${where}: event ${id}` });
      continue;
    }
    seen.add(id);
    if (position <= last) found.push({ kind: 'reordered', where: `${where}: position ${position} after ${last}` });
    last = Math.max(last, position);
    const before = versions.get(stream) ?? 0;
    if (version <= before)
      found.push({ kind: 'stream order broken', where: `${where}: ${stream} ${version} after ${before}` });
    else if (version > before + 1)
      found.push({ kind: 'version gap', where: `${where}: ${stream} from ${before} to ${version}` });
    versions.set(stream, Math.max(version, before));
  }
  return found;
}

/** A reading is the store's events up to where the reader says that it has come. */
function against({ reader, events, checkpoints }: Reading, stored: readonly Placed[]): Violation[] {
  const seen = new Set(events.map(({ id }) => id));
  const there = new Map(stored.map((event) => [event.id, event]));
  const upTo = Math.max(-Infinity, ...checkpoints.slice(-1), ...events.slice(-1).map(({ position }) => position));
  return [
    ...stored
      .filter(({ id, position }) => position <= upTo && !seen.has(id))
      .map(({ id }): Violation => ({ kind: 'missed', where: `${reader}: event ${id}` })),
    ...events
      .filter(({ id, position }) => there.get(id)?.position !== position)
      .map(({ id }): Violation => ({ kind: 'seen but not stored', where: `${reader}: event ${id}` })),
  ];
}

/** Whether what the writers were told is so. */
function answers(stored: readonly Placed[], told: readonly Told[]): Violation[] {
  const there = new Map(stored.map((event) => [event.id, event]));
  const reached = new Map<string, number>();
  for (const { stream, version } of stored) reached.set(stream, Math.max(version, reached.get(stream) ?? 0));
  return told.flatMap((answer) => {
    const { writer, stream, ids, outcome, position, version } = answer;
    const where = `${writer}: ${stream}, events ${ids.join(', ')}`;
    const events = ids.flatMap((id) => there.get(id) ?? []);
    const found: Violation[] = [];
    if (outcome === 'written') {
      if (events.length < ids.length) found.push({ kind: 'acknowledged but absent', where });
      else if (
        events.at(-1)?.position !== position ||
        events.some((event, index) => event.stream !== stream || event.version !== version! - ids.length + 1 + index)
      )
        found.push({ kind: 'told another place', where });
      return found;
    }
    if (outcome === 'unknown') return events.length % ids.length ? [{ kind: 'stored in part', where }] : [];
    if (events.length) found.push({ kind: 'stored though refused', where });
    if (outcome === 'conflict' && !standsInTheWay(answer, reached.get(stream) ?? 0))
      found.push({ kind: 'conflict that was not one', where });
    return found;
  });
}

/** Whether a stream that was said to stand at `actual`, and has come as far as `reached` since, refuses what was expected. */
function standsInTheWay({ expected, actual = 0 }: Told, reached: number): boolean {
  if (actual > reached) return false;
  switch (expected) {
    case 'any':
      return false;
    case 'none':
      return actual > 0;
    case 'exists':
      return actual === 0;
    default:
      return actual !== expected;
  }
}
