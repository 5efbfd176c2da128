import { describe, expect, it } from '@jest/globals';
import { Upcasters } from '@caretrail/event-store';
import { EventCatalogue, type StoredEvent, categoryOf, fold, standingEvents } from '@caretrail/kernel';
import { catalogue, routes, upcasters } from '../../apps/platform/src/house.js';
import { complaints, decidersByCategory, type GoldenEvent, goldenEvents, openedAs } from './golden-events.js';

const golden = goldenEvents();
const TYPE = 'budgets.budget-allocated.v1';
const definitions = catalogue.all();
const own = definitions.filter(({ type }) => type === TYPE);
const changed = (change: (event: StoredEvent) => Partial<StoredEvent>): GoldenEvent[] =>
  golden
    .filter(({ file }) => file === TYPE)
    .map(({ file, event }) => ({ file, event: { ...event, ...change(event) } }));
const changedData = (change: object) => changed(({ data }) => ({ data: { ...(data as object), ...change } }));
const heard = (events: readonly GoldenEvent[], among = own) => complaints(events, new EventCatalogue(among), upcasters);

describe('every event that was ever stored', () => {
  it('is kept in a golden file, and is read and understood to this day', () => {
    expect(complaints(golden, catalogue, upcasters)).toEqual([]);
  });

  it('stands at a place of its own, in streams without gaps', () => {
    for (const events of Map.groupBy(golden, ({ event }) => event.stream).values())
      expect(events.map(({ event }) => event.version)).toEqual(events.map((_, index) => index + 1));
    expect(new Set(golden.map(({ event }) => event.id)).size).toBe(golden.length);
  });

  it('is folded by the decider of its stream', () => {
    const deciders = decidersByCategory(routes);
    const streams = Map.groupBy(
      golden.map(({ event }) => upcasters.upcast(openedAs(event, catalogue))),
      ({ stream }) => stream,
    );
    for (const [stream, events] of streams) {
      const decider = deciders.get(categoryOf(stream));
      expect({ stream, decided: decider !== undefined }).toEqual({ stream, decided: true });
      expect(() => fold(decider!, standingEvents(events, {}))).not.toThrow();
    }
  });
});

describe('the golden files complain', () => {
  it('of a type without one', () => {
    expect(heard([])).toEqual([`${TYPE} has no golden file.`]);
  });

  it('of a type that nobody publishes any more', () => {
    expect(
      heard(
        changed(() => ({})),
        [],
      ).join(),
    ).toContain(`${TYPE} can no longer be read: No context published`);
  });

  it('of a file that keeps another type', () => {
    expect(heard(changed(() => ({ type: 'budgets.allocation-opened.v1' })))).toEqual([
      `${TYPE} keeps an event of another type, budgets.allocation-opened.v1.`,
    ]);
  });

  it('of a personal field that is left out, or in clear, and of ciphertext elsewhere', () => {
    expect(heard(changedData({ reasons: undefined }))).toContain(`${TYPE}: the personal field reasons is not filled.`);
    expect(heard(changedData({ reasons: 'in clear' }))).toEqual([
      `${TYPE}: the personal field reasons is not ciphertext.`,
    ]);
    expect(heard(changedData({ needs: [{ $enc: 'abc' }] }))).toContain(
      `${TYPE}: ciphertext stands where no personal field is.`,
    );
  });

  it('of a schema that takes in no more what was stored', () => {
    expect(heard(changedData({ costPencePerWeek: '412.30' })).join()).toContain(`${TYPE} can no longer be read`);
  });

  it('of a title that is made of personal fields, and of a person who is not named in clear', () => {
    const [definition] = own;
    const reasonsOf = (data: unknown) => (data as { reasons: string }).reasons;
    const among = [{ ...definition!, title: reasonsOf, people: (data: unknown) => [reasonsOf(data)] }];
    expect(
      heard(
        changed(() => ({})),
        among,
      ),
    ).toEqual([
      `${TYPE}: its title is empty, or is made of personal fields.`,
      `${TYPE}: its title shows a personal field.`,
      `${TYPE}: whom it is about is not said in clear.`,
    ]);
    expect(
      heard(
        changed(() => ({})),
        [{ ...definition!, subject: () => undefined }],
      ),
    ).toEqual([`${TYPE}: nobody’s key locks its personal fields.`]);
  });

  it('of a new version that has none, and of a step to it that does not fit', () => {
    const [definition] = own;
    const next = { ...definition!, type: 'budgets.budget-allocated.v2' };
    const among = [definition!, next];
    const to = (up: (data: unknown) => unknown) =>
      complaints(
        changed(() => ({})),
        new EventCatalogue(among),
        new Upcasters(
          [{ from: TYPE, up }],
          among.map(({ type }) => type),
        ),
      );
    expect(to((data) => data)).toEqual([`${next.type} has no golden file.`]);
    expect(to(() => ({})).join()).toContain(`${TYPE} can no longer be read`);
  });
});

/** The category in which a route's streams are: their ids are UUIDs, whatever field of the command holds them. */
