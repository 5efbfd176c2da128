import type { PlainDate } from './dates.js';
import type { DomainEvent, Recorded } from './decider.js';
import type { StoredEvent } from './events.js';

/** Two days: what was true on the one, as it was known by the end of the other. Left out: no limit. */
export interface AsOf {
  readonly effectiveOn?: PlainDate;
  readonly knownOn?: PlainDate;
}

/**
 * What was true of a stream on one day, as it was known by the end of another: the events to fold, in order.
 *
 * 1. What became known later is left out, corrections included.
 * 2. What a known correction names is dropped, whatever the day: a correction holds about every day, also about the
 *    days before its own, on which then nothing stands.
 * 3. What takes effect later is left out.
 * 4. The rest is in order of effect, of one day in order of knowing, so that what took effect last stands, not what
 *    was typed last. A correction comes after everything that was known before it: it tells the whole fact anew,
 *    and an end that was recorded of the old one must not end the new.
 */
export function asOf(events: readonly StoredEvent[], { effectiveOn, knownOn }: AsOf): Recorded<DomainEvent>[] {
  const known = inOrderOfKnowing(events, knownOn);
  const replaced = new Set(known.flatMap(({ metadata }) => metadata.corrects ?? []));
  let corrections = 0;
  return known
    .map((event) => ({ event, after: event.metadata.corrects === undefined ? corrections : ++corrections }))
    .filter(({ event }) => !replaced.has(event.id))
    .filter(({ event }) => effectiveOn === undefined || event.metadata.effectiveOn <= effectiveOn)
    .sort((a, b) => a.after - b.after || compare(a.event.metadata.effectiveOn, b.event.metadata.effectiveOn))
    .map(({ event }) => recorded(event));
}

/**
 * What a decision is made upon: everything that was known by a day, whenever it takes effect, in the order in which it
 * became known (a file of an older quarter that is loaded later takes its place before the newer one). Corrections
 * stand after what they correct, which `evolve` has seen.
 */
export function standingEvents(
  events: readonly StoredEvent[],
  { knownOn }: Pick<AsOf, 'knownOn'>,
): Recorded<DomainEvent>[] {
  return inOrderOfKnowing(events, knownOn).map(recorded);
}

function inOrderOfKnowing(events: readonly StoredEvent[], knownOn: PlainDate | undefined): StoredEvent[] {
  return events
    .filter((event) => knownOn === undefined || event.knownOn <= knownOn)
    .sort((a, b) => compare(a.knownOn, b.knownOn) || a.version - b.version);
}

const compare = (one: PlainDate, other: PlainDate): number => (one === other ? 0 : one < other ? -1 : 1);

const recorded = ({ id, type, data, metadata }: StoredEvent): Recorded<DomainEvent> => ({
  id,
  type,
  data,
  effectiveOn: metadata.effectiveOn,
});
