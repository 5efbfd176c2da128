import type { ExploredEvent } from './explored-event.entity.js';

/** An event and what it led to. `hidden` stands where the cause is not among the events shown. */
export interface CausationNode {
  readonly event: ExploredEvent;
  readonly effects: readonly CausationNode[];
}

/** Hangs each event from the one that caused it; events whose cause is not among them become roots. In order of position. */
export function causationTree(events: readonly ExploredEvent[]): CausationNode[] {
  const ids = new Set(events.map((event) => event.eventId));
  const byCause = Map.groupBy(events, (event) =>
    event.causationId && ids.has(event.causationId) && event.causationId !== event.eventId ? event.causationId : '',
  );
  const hang = (cause: string): CausationNode[] =>
    (byCause.get(cause) ?? []).map((event) => ({ event, effects: hang(event.eventId) }));
  return hang('');
}
