import { describe, expect, it } from '@jest/globals';
import type { ChronologyEntry } from './chronology.query.js';
import { type ChronologyChoice, selectEntries } from './chronology-selection.js';

let position = 0;
const entry = (eventId: string, effectiveOn: string, given: Partial<ChronologyEntry> = {}): ChronologyEntry => ({
  position: String((position += 1)),
  eventId,
  type: 'people.person-registered.v1',
  context: 'people',
  stream: 'people.person-x',
  effectiveOn,
  knownOn: effectiveOn,
  recordedAt: `${effectiveOn}T10:00:00.000Z`,
  actorId: 'ruth',
  actorRole: 'safeguarding',
  process: null,
  source: null,
  authority: 'Care Act 2014 s9',
  decision: false,
  needToKnow: false,
  corrects: null,
  ...given,
});
const choice: ChronologyChoice = { period: 'everything', show: 'all', order: 'true' };
const TODAY = '2026-04-21';

describe('what a chronology shows', () => {
  it('numbers in the order of truth and calls late what was known more than two days after', () => {
    const entries = [
      entry('a', '2026-01-05', { knownOn: '2026-01-07' }),
      entry('b', '2026-01-06', { knownOn: '2026-01-09' }),
    ];
    const { entries: shown } = selectEntries(entries, choice, TODAY);
    expect(shown.map(({ number, late, daysToKnow }) => [number, late, daysToKnow])).toEqual([
      [1, false, 2],
      [2, true, 3],
    ]);
  });

  it('ties a correction and what it corrects by their numbers', () => {
    const entries = [entry('a', '2026-01-05'), entry('b', '2026-01-05', { corrects: 'a', knownOn: '2026-01-20' })];
    const [first, second] = selectEntries(entries, choice, TODAY).entries;
    expect(first).toMatchObject({ number: 1, correctedBy: 2 });
    expect(second).toMatchObject({ number: 2, correctsNumber: 1 });
  });

  it('names the correction that was learnt last, whichever day it is about', () => {
    const entries = [
      entry('a', '2026-01-05'),
      entry('c', '2026-01-05', { corrects: 'a', knownOn: '2026-03-01' }),
      entry('b', '2026-01-06', { corrects: 'a', knownOn: '2026-02-01' }),
    ];
    expect(selectEntries(entries, choice, TODAY).entries[0]!.correctedBy).toBe(2);
  });

  it('says when what is corrected lies before the period', () => {
    const entries = [entry('a', '2024-01-05'), entry('b', '2026-01-05', { corrects: 'a' })];
    const twelve = selectEntries(entries, { ...choice, period: '12-months' }, TODAY);
    expect(twelve.entries).toHaveLength(1);
    expect(twelve.entries[0]).toMatchObject({ number: 1, correctsNumber: 'earlier' });
    expect(twelve.from).toBe('2026-01-05');
  });

  it('filters without renumbering, and counts each choice', () => {
    const entries = [
      entry('a', '2026-01-05'),
      entry('b', '2026-01-06', { decision: true }),
      entry('c', '2026-01-07', { knownOn: '2026-02-07' }),
    ];
    const decisions = selectEntries(entries, { ...choice, show: 'decisions' }, TODAY);
    expect(decisions.entries.map(({ number }) => number)).toEqual([2]);
    expect(decisions.counts).toEqual({ all: 3, decisions: 1, 'late-or-corrected': 1 });
    const late = selectEntries(entries, { ...choice, show: 'late-or-corrected' }, TODAY);
    expect(late.entries.map(({ number }) => number)).toEqual([3]);
  });

  it('orders by the day on which each was learnt', () => {
    const entries = [entry('a', '2026-01-05', { knownOn: '2026-03-01' }), entry('b', '2026-01-06')];
    const { entries: shown } = selectEntries(entries, { ...choice, order: 'learnt' }, TODAY);
    expect(shown.map(({ number }) => number)).toEqual([2, 1]);
  });
});
