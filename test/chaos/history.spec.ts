import { describe, expect, it } from '@jest/globals';
import { type History, type Placed, type Told, violationsOf } from './history.js';

const event = (position: number, stream: string, version: number): Placed => ({
  position,
  id: `event-${position}`,
  stream,
  version,
});
const stored = [event(2, 'a', 1), event(3, 'b', 1), event(5, 'a', 2), event(8, 'a', 3), event(9, 'b', 2)] as const;
const [first, second, third, fourth, fifth] = stored;
const written: Told = {
  writer: 'writer',
  stream: 'a',
  expected: 1,
  ids: ['event-5', 'event-8'],
  outcome: 'written',
  position: 8,
  version: 3,
};
const history = (change: Partial<History> = {}): History => ({
  stored,
  told: [written],
  readings: [{ reader: 'reader', events: stored, checkpoints: [3, 3, 8, 9] }],
  ...change,
});
const told = (change: Partial<Told>) => history({ told: [{ ...written, ...change }] });
const read = (events: readonly Placed[], checkpoints: readonly number[] = []) =>
  history({ readings: [{ reader: 'reader', events, checkpoints }] });
const kinds = (found: History) => violationsOf(found).map(({ kind }) => kind);

describe('a history in which all is well', () => {
  it.each<[string, History]>([
    ['whole', history()],
    ['of a reader who has not come to the end', read([first, second], [2, 3])],
    ['of a reader who has seen nothing', read([])],
    ['of a reader who has seen that nothing lies further on', read(stored, [9, 12])],
    ['of a writer who never heard, and whose events are there', told({ outcome: 'unknown' })],
    ['of a writer who never heard, and whose events are not there', told({ outcome: 'unknown', ids: ['x', 'y'] })],
    ['of a writer who rolled back', told({ outcome: 'rolled back', ids: ['x'] })],
    ['of a writer who came second', told({ outcome: 'conflict', ids: ['x'], expected: 1, actual: 2 })],
    ['of one who expected nothing there', told({ outcome: 'conflict', ids: ['x'], expected: 'none', actual: 1 })],
    ['of one who expected too much', told({ outcome: 'conflict', ids: ['x'], expected: 4, actual: 3 })],
    [
      'of one who expected a stream',
      told({ outcome: 'conflict', ids: ['x'], stream: 'c', expected: 'exists', actual: 0 }),
    ],
  ])('has no violation (%s)', (_, found) => expect(violationsOf(found)).toEqual([]));
});

describe('a violation that was planted', () => {
  it.each<[string, History, string[]]>([
    ['an event that a reader passed over', read([first, second, fourth, fifth]), ['version gap', 'missed']],
    [
      'events below the place that a reader says it has reached',
      read([first], [9]),
      ['missed', 'missed', 'missed', 'missed'],
    ],
    ['an event that a reader saw twice', read([first, second, second, third, fourth, fifth]), ['doubled']],
    ['an event that a reader saw late', read([first, third, second, fourth, fifth]), ['reordered']],
    ['an event that nobody stored', read([first, second, event(4, 'c', 1)]), ['seen but not stored']],
    ['an event that a reader saw at another place', read([first, { ...second, position: 4 }]), ['seen but not stored']],
    [
      'a stream that turns around',
      read([{ ...first, version: 2 }, second, { ...third, version: 1 }]),
      ['version gap', 'stream order broken'],
    ],
    [
      'a stream with a hole',
      history({ stored: [first, second, { ...third, version: 4 }], told: [], readings: [] }),
      ['version gap'],
    ],
    [
      'a version that was given twice',
      history({ stored: [first, second, { ...third, version: 1 }], told: [], readings: [] }),
      ['stream order broken'],
    ],
    [
      'an event that stands in the store twice',
      history({ stored: [...stored, fifth], told: [], readings: [] }),
      ['doubled'],
    ],
    ['what was acknowledged and is not there', told({ ids: ['event-5', 'x'] }), ['acknowledged but absent']],
    ['what was acknowledged and lies elsewhere', told({ version: 2 }), ['told another place']],
    ['what was acknowledged at another position', told({ position: 9 }), ['told another place']],
    ['what was acknowledged of another stream', told({ stream: 'b' }), ['told another place']],
    ['half of what nobody heard of', told({ outcome: 'unknown', ids: ['event-5', 'x'] }), ['stored in part']],
    ['what was rolled back and is there', told({ outcome: 'rolled back' }), ['stored though refused']],
    ['what was refused and is there', told({ outcome: 'conflict', actual: 2 }), ['stored though refused']],
    [
      'a conflict with what was expected',
      told({ outcome: 'conflict', ids: ['x'], actual: 1 }),
      ['conflict that was not one'],
    ],
    [
      'a conflict with a version that never was',
      told({ outcome: 'conflict', ids: ['x'], actual: 7 }),
      ['conflict that was not one'],
    ],
    [
      'a conflict of one who expects anything',
      told({ outcome: 'conflict', ids: ['x'], expected: 'any', actual: 2 }),
      ['conflict that was not one'],
    ],
    [
      'a conflict of a first writer',
      told({ outcome: 'conflict', ids: ['x'], expected: 'none', actual: 0 }),
      ['conflict that was not one'],
    ],
    [
      'a conflict over a stream that is there',
      told({ outcome: 'conflict', ids: ['x'], expected: 'exists', actual: 3 }),
      ['conflict that was not one'],
    ],
    ['a checkpoint that went back', read(stored, [3, 8, 5, 9]), ['checkpoint went back']],
  ])('is found: %s', (_, found, expected) => expect(kinds(found)).toEqual(expected));

  it('says who and what', () => {
    expect(violationsOf(read([first, third]))[0]).toEqual({ kind: 'missed', where: 'reader: event event-3' });
  });
});
