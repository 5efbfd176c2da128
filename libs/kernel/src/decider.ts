import type { Instant, PlainDate } from './dates.js';

/** A fact in the domain's words. `type` is the stable, versioned name under which it is stored. */
export interface DomainEvent<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly data: Data;
  /** The day on which it is true in the world; the command's own `effectiveOn` where it is left out. */
  readonly effectiveOn?: PlainDate;
  /** The id of the stored event that this one corrects. */
  readonly corrects?: string;
}

/** What a decision may know of the outside: it comes in, so that any history replays to the same result. */
export interface DecisionContext {
  /** The moment of the decision, UTC. */
  readonly now: Instant;
  /** The London day of `now`. */
  readonly today: PlainDate;
  /** The day for which the command claims to be true. */
  readonly effectiveOn: PlainDate;
  readonly actor: Actor;
}

/** A person who acts (never a role alone), or a process that acts because of an event. */
export interface Actor {
  readonly id: string;
  readonly role: string;
  readonly team?: string;
}

/**
 * One aggregate's rules as two pure functions.
 * `decide` returns the events of a possible command (a refusal of something to a person is an event, with reasons)
 * and throws `RuleViolation` for an impossible one; `evolve` folds an event into what later decisions need.
 */
export interface Decider<Command, State, Event extends DomainEvent> {
  readonly initial: State;
  decide(command: Command, state: State, context: DecisionContext): readonly Event[];
  evolve(state: State, event: Recorded<Event>): State;
}

/** An event as `evolve` sees it: with its id and the day it was true. */
export type Recorded<Event extends DomainEvent> = Event & { readonly id: string; readonly effectiveOn: PlainDate };

/** Folds a history into a state. */
export function fold<State, Event extends DomainEvent>(
  decider: Pick<Decider<never, State, Event>, 'initial' | 'evolve'>,
  events: Iterable<Recorded<Event>>,
): State {
  let state = decider.initial;
  for (const event of events) state = decider.evolve(state, event);
  return state;
}

/** Closes an exhaustive `switch`: a case that was forgotten does not compile. */
export function unreachable(value: never): never {
  throw new Error(`No case for ${JSON.stringify(value)}.`);
}
