import { describe, expect, it } from '@jest/globals';
import {
  type CommandRoute,
  categoryOf,
  type DomainEvent,
  fold,
  type Recorded,
  standingEvents,
} from '@caretrail/kernel';
import fc from 'fast-check';
import { catalogue, routes, upcasters } from '../../apps/platform/src/house.js';
import { decidersByCategory, goldenEvents, openedAs } from './golden-events.js';

type AnyDecider = Pick<CommandRoute['decider'], 'initial' | 'evolve'>;
type History = readonly Recorded<DomainEvent>[];

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const aFewIds = fc.constantFrom(...[1, 2, 3].map((number) => `0b0f0000-0000-4000-8000-00000000000${number}`));
const aFewDays = fc.constantFrom('2025-12-31', '2026-01-01', '2026-02-28');

/** Anything of the shape of a value, with so few ids and days that events speak of the same things. */
function alike(value: unknown): fc.Arbitrary<unknown> {
  if (typeof value === 'number') return fc.nat(50_000);
  if (typeof value === 'boolean') return fc.boolean();
  if (typeof value === 'string') return UUID.test(value) ? aFewIds : DAY.test(value) ? aFewDays : fc.constant(value);
  if (Array.isArray(value))
    return value.length ? fc.array(fc.oneof(...value.map(alike)), { maxLength: 3 }) : fc.constant([]);
  if (typeof value !== 'object' || value === null) return fc.constant(value);
  return fc.record(Object.fromEntries(Object.entries(value).map(([key, each]) => [key, alike(each)])));
}

const understood = goldenEvents().map(({ event }) => upcasters.upcast(openedAs(event, catalogue)));
const kinds = Map.groupBy(understood, ({ stream }) => categoryOf(stream));

/** Histories, possible or not, of the events that a category of streams can hold. */
const historiesOf = (category: string): fc.Arbitrary<History> =>
  fc
    .array(
      fc.oneof(
        ...standingEvents(kinds.get(category) ?? [], {}).map(({ type, data }) =>
          fc.record({ type: fc.constant(type), data: alike(data), effectiveOn: aFewDays }),
        ),
      ),
      { maxLength: 12 },
    )
    .map((events) => events.map((event, at) => ({ ...event, id: `event-${at + 1}` })));

/** A history says the same again, from its beginning or from any state on the way, and nothing of it is touched. */
function saysTheSameAgain(decider: AnyDecider, history: History, cut: number): void {
  const untouched = structuredClone(history);
  const state = fold(decider, history);
  expect(fold(decider, structuredClone(history))).toEqual(state);
  const way = cut % (history.length + 1);
  const onTheWay = fold(decider, history.slice(0, way));
  const kept = structuredClone(onTheWay);
  expect(fold({ ...decider, initial: onTheWay }, history.slice(way))).toEqual(state);
  expect(onTheWay).toEqual(kept);
  expect(history).toEqual(untouched);
}

describe('any history', () => {
  it.each([...decidersByCategory(routes)])('of %s says the same again', (category, decider) =>
    fc.assert(
      fc.property(historiesOf(category), fc.nat(), (history, cut) => saysTheSameAgain(decider, history, cut)),
      { seed: 26 },
    ),
  );

  it.each<[string, AnyDecider]>([
    ['by chance', { initial: 0, evolve: () => Math.random() }],
    [
      'by how often it was asked',
      {
        initial: 0,
        evolve: (
          (asked) => () =>
            ++asked.times
        )({ times: 0 }),
      },
    ],
    ['by changing what it was given', { initial: 0, evolve: (_, event) => ((event.data as { seen?: 1 }).seen = 1) }],
    [
      'by changing what it knew',
      {
        initial: {},
        evolve: (state: unknown, { id }) =>
          Object.keys(state as object).length ? Object.assign(state as object, { [id]: 1 }) : { [id]: 1 },
      },
    ],
  ])('does not say the same again where it is folded %s', (_, decider) =>
    expect(() =>
      saysTheSameAgain(
        decider,
        ['one', 'two'].map((id) => ({ id, type: 'any', data: {}, effectiveOn: '2026-01-01' })),
        1,
      ),
    ).toThrow(),
  );
});
