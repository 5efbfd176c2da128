import { expect } from '@jest/globals';
import {
  fold,
  londonDate,
  RuleViolation,
  type Command,
  type CommandMeta,
  type Decider,
  type DecisionContext,
  type DomainEvent,
  type EventDefinition,
  type Fault,
} from '@caretrail/kernel';

/** An event of the past; its id is `event-1`, `event-2`, … where none is given, its day the day of the command. */
export type Given<Event extends DomainEvent> = Event & { readonly id?: string };

interface Outcome<Event extends DomainEvent> {
  /** Exactly these events, in this order. */
  then(...expected: Event[]): void;
  /** Possible, and nothing new. */
  thenNothing(): void;
  /**
   * Impossible under this rule, in words (these, where a figure in them matters), which cites this section and points to
   * this field. Others may be broken too; of none of them is the section or the field blank.
   */
  thenRefused(rule: string, at?: Partial<Pick<Fault, 'section' | 'field' | 'message'>>): void;
  /** The events themselves, for a spec that asks something else of them. */
  events(): readonly Event[];
}

interface Situation<All extends Command, Event extends DomainEvent> {
  when<Class extends new (data: never, meta: CommandMeta) => All>(
    command: Class,
    data: ConstructorParameters<Class>[0],
    context?: Partial<DecisionContext>,
  ): Outcome<Event>;
}

export interface Specification<All extends Command, Event extends DomainEvent> extends Situation<All, Event> {
  given(...history: Given<Event>[]): Situation<All, Event>;
}

/** Monday 2 March 2026, ten o'clock, a practitioner: what a specification says nothing about. */
const usualContext = {
  now: '2026-03-02T10:00:00.000Z',
  actor: { id: 'practitioner-1', role: 'practitioner' },
} as const;

/**
 * Given a history, when a command comes, then these events or this refusal.
 * With `definitions` every event that the decider emits is also checked by its published schema.
 */
export function specification<All extends Command, State, Event extends DomainEvent>(
  decider: Decider<All, State, Event>,
  definitions: readonly Pick<EventDefinition, 'type' | 'schema'>[] = [],
): Specification<All, Event> {
  const situation = (history: readonly Given<Event>[]): Situation<All, Event> => ({
    when: (command, data, overrides = {}) => {
      const context = contextOf(overrides);
      const past = history.map((event, index) => ({
        ...event,
        id: event.id ?? `event-${index + 1}`,
        effectiveOn: event.effectiveOn ?? context.effectiveOn,
      }));
      const meta: CommandMeta = {
        tenant: 'E09000012',
        commandId: 'command-1',
        actor: context.actor,
        effectiveOn: context.effectiveOn,
      };
      const decide = (): readonly Event[] => decider.decide(new command(data, meta), fold(decider, past), context);
      return outcomeOf(decide, definitions);
    },
  });
  return { ...situation([]), given: (...history) => situation(history) };
}

function contextOf(overrides: Partial<DecisionContext>): DecisionContext {
  const now = overrides.now ?? usualContext.now;
  const today = overrides.today ?? londonDate(now);
  return { ...usualContext, effectiveOn: today, ...overrides, now, today };
}

function outcomeOf<Event extends DomainEvent>(
  decide: () => readonly Event[],
  definitions: readonly Pick<EventDefinition, 'type' | 'schema'>[],
): Outcome<Event> {
  const events = (): readonly Event[] => {
    const decided = decide();
    for (const { type, data } of decided)
      definitions.find((definition) => definition.type === type)?.schema.parse(data);
    return decided;
  };
  return {
    events,
    then: (...expected) => expect(events()).toEqual(expected),
    thenNothing: () => expect(events()).toEqual([]),
    thenRefused: (rule, at = {}) => {
      const faults = faultsOf(decide);
      expect(faults).toContainEqual(expect.objectContaining({ rule, message: expect.stringMatching(/\w/), ...at }));
      expect(faults.filter((fault) => Object.values(fault).includes(''))).toEqual([]);
    },
  };
}

function faultsOf(decide: () => unknown): readonly Fault[] {
  try {
    decide();
  } catch (error) {
    if (error instanceof RuleViolation) return error.faults;
    throw error;
  }
  return [];
}
