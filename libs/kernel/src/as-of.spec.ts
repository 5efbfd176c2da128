import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type AsOf, asOf, standingEvents } from './as-of.js';
import { addDays, type PlainDate } from './dates.js';
import type { StoredEvent } from './events.js';

const day = (number: number): PlainDate => addDays('2025-01-01', number);
const id = (version: number): string => `00000000-0000-4000-8000-${String(version).padStart(12, '0')}`;

interface Told {
  /** Day of the year on which it takes effect, and on which it became known. */
  readonly effective: number;
  readonly known: number;
  /** Version of the event that it corrects. */
  readonly corrects?: number;
  readonly type?: string;
}

const stream = (told: readonly Told[], after = 0): StoredEvent[] =>
  told.map(({ effective, known, corrects, type = 'demo.told.v1' }, index) => {
    const version = after + index + 1;
    return {
      id: id(version),
      type,
      data: version,
      metadata: {
        actorId: 'a',
        actorRole: 'broker',
        commandId: 'c',
        correlationId: 'c',
        effectiveOn: day(effective),
        ...(corrects && { corrects: id(corrects) }),
      },
      tenant: 'E09000012',
      stream: `demo.thing-${id(0)}`,
      version,
      position: BigInt(version),
      recordedAt: `${day(known)}T12:00:00.000Z`,
      knownOn: day(known),
    };
  });
const versions = (events: readonly StoredEvent[], days: AsOf): unknown[] => asOf(events, days).map(({ data }) => data);

describe('what was true on a day, as known on another', () => {
  it('is what took effect last, not what was typed last', () => {
    const events = stream([
      { effective: 30, known: 30 },
      { effective: 10, known: 40 },
    ]);
    expect(versions(events, {})).toEqual([2, 1]);
    expect(versions(events, { effectiveOn: day(20) })).toEqual([2]);
    expect(versions(events, { effectiveOn: day(20), knownOn: day(39) })).toEqual([]);
    expect(versions(events, { effectiveOn: day(30), knownOn: day(39) })).toEqual([1]);
  });

  it('follows a correction from the day it was known, about every day', () => {
    const events = stream([
      { effective: 10, known: 10 },
      { effective: 20, known: 50, corrects: 1 },
    ]);
    expect(versions(events, { effectiveOn: day(15), knownOn: day(49) })).toEqual([1]);
    expect(versions(events, { effectiveOn: day(15), knownOn: day(50) })).toEqual([]);
    expect(versions(events, { effectiveOn: day(20), knownOn: day(50) })).toEqual([2]);
  });

  it('follows the correction of a correction, and does not bring the first back', () => {
    const events = stream([
      { effective: 10, known: 10 },
      { effective: 10, known: 20, corrects: 1 },
      { effective: 12, known: 30, corrects: 2 },
    ]);
    expect(versions(events, {})).toEqual([3]);
    expect(versions(events, { effectiveOn: day(11) })).toEqual([]);
    expect(versions(events, { effectiveOn: day(11), knownOn: day(29) })).toEqual([2]);
  });

  it('does not end by an old end what a correction says is still running', () => {
    const events = stream([
      { effective: 0, known: 0, type: 'demo.started.v1' },
      { effective: 90, known: 90, type: 'demo.ended.v1' },
      { effective: 0, known: 100, corrects: 1, type: 'demo.corrected.v1' },
      { effective: 95, known: 110, type: 'demo.ended.v1' },
    ]);
    const running = (days: AsOf): boolean => asOf(events, days).at(-1)?.type !== 'demo.ended.v1';
    expect(running({ effectiveOn: day(92), knownOn: day(99) })).toBe(false);
    expect(running({ effectiveOn: day(92), knownOn: day(100) })).toBe(true);
    expect(running({ effectiveOn: day(94), knownOn: day(110) })).toBe(true);
    expect(running({ effectiveOn: day(95), knownOn: day(110) })).toBe(false);
  });

  it('takes an older source that is loaded later for known on its own day', () => {
    const events = stream([
      { effective: 5, known: 60 },
      { effective: 5, known: 40 },
    ]);
    expect(versions(events, { knownOn: day(50) })).toEqual([2]);
    expect(versions(events, {})).toEqual([2, 1]);
  });

  it('carries what evolve needs, and nothing of the envelope', () => {
    expect(asOf(stream([{ effective: 3, known: 4 }]), {})).toEqual([
      { id: id(1), type: 'demo.told.v1', data: 1, effectiveOn: day(3) },
    ]);
  });
});

describe('what a decision is made upon', () => {
  it('is everything known, in order of knowing, with what was corrected before its correction', () => {
    const events = stream([
      { effective: 10, known: 60 },
      { effective: 90, known: 40 },
      { effective: 10, known: 60, corrects: 1 },
      { effective: 10, known: 80 },
    ]);
    expect(standingEvents(events, { knownOn: day(60) }).map(({ data }) => data)).toEqual([2, 1, 3]);
    expect(standingEvents(events, {}).map(({ data }) => data)).toEqual([2, 1, 3, 4]);
  });
});

describe('both clocks, on any stream', () => {
  const date = fc.integer({ min: 0, max: 12 });
  const days = fc.record({ effectiveOn: date.map(day), knownOn: date.map(day) });
  /** A correction names any event of the stream: older, later known, or itself a correction. */
  const told = fc
    .array(fc.record({ effective: date, known: date, corrects: fc.option(fc.nat(), { nil: undefined }) }), {
      maxLength: 14,
    })
    .map((all) =>
      all.map(({ corrects, ...rest }, index) =>
        corrects !== undefined && index ? { ...rest, corrects: (corrects % index) + 1 } : rest,
      ),
    );
  const check = <Values extends [unknown, ...unknown[]]>(property: fc.IProperty<Values>): void =>
    fc.assert(property, { seed: 26, numRuns: 500 });

  it('answers like the rules read one by one', () => {
    check(
      fc.property(told, days, (all, when) => {
        const events = stream(all);
        expect(versions(events, when)).toEqual(oneByOne(events, when));
      }),
    );
  });

  it('answers the same about an earlier day of knowing, whatever becomes known later', () => {
    check(
      fc.property(told, told, days, (before, later, when) => {
        const events = stream(before);
        const after = later.map((each) => ({ ...each, known: each.known + 13 }));
        const more = [...events, ...stream(after, before.length)];
        expect(asOf(more, when)).toEqual(asOf(events, when));
      }),
    );
  });

  it('adds events as the day moves on, and takes none away nor turns any around', () => {
    check(
      fc.property(told, days, date, (all, when, further) => {
        const events = stream(all);
        const earlier = asOf(events, when);
        const later = asOf(events, { ...when, effectiveOn: addDays(when.effectiveOn, further) });
        expect(later.filter(({ effectiveOn }) => effectiveOn <= when.effectiveOn)).toEqual(earlier);
      }),
    );
  });

  it('does not depend on the order in which the events are handed over', () => {
    check(
      fc.property(told, days, fc.infiniteStream(fc.nat()), (all, when, random) => {
        const events = stream(all);
        const keys = new Map(events.map((event) => [event, random.next().value]));
        const shuffled = events.toSorted((a, b) => keys.get(a)! - keys.get(b)!);
        expect(asOf(shuffled, when)).toEqual(asOf(events, when));
      }),
    );
  });
});

/** The reference: puts the smallest of what is left next, comparing each pair by the rules as they are written. */
function oneByOne(events: readonly StoredEvent[], when: Required<AsOf>): unknown[] {
  const known = events.filter((event) => event.knownOn <= when.knownOn);
  const knownBefore = (one: StoredEvent, other: StoredEvent): boolean =>
    one.knownOn < other.knownOn || (one.knownOn === other.knownOn && one.version < other.version);
  const correctionBetween = (one: StoredEvent, other: StoredEvent): boolean =>
    known.some(
      (each) =>
        each.metadata.corrects !== undefined &&
        (each === other || knownBefore(each, other)) &&
        each !== one &&
        knownBefore(one, each),
    );
  const first = (one: StoredEvent, other: StoredEvent): boolean => {
    if (correctionBetween(one, other)) return true;
    if (correctionBetween(other, one)) return false;
    const [mine, theirs] = [one.metadata.effectiveOn, other.metadata.effectiveOn];
    return mine === theirs ? knownBefore(one, other) : mine < theirs;
  };
  const left = known.filter(
    (event) =>
      !known.some((each) => each.metadata.corrects === event.id) && event.metadata.effectiveOn <= when.effectiveOn,
  );
  const ordered: unknown[] = [];
  while (left.length) {
    const next = left.find((event) => left.every((other) => other === event || first(event, other)))!;
    ordered.push(next.data);
    left.splice(left.indexOf(next), 1);
  }
  return ordered;
}
