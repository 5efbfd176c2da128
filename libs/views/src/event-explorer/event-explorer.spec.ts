import { describe, expect, it } from '@jest/globals';
import { type CausationNode, causationTree } from './causation-tree.js';
import { aboutOf, eventFilterSchema, unreadableDays } from './event-filter.js';
import { fieldsOf } from './event-page.js';
import type { ExploredEvent } from './explored-event.entity.js';

const event = (eventId: string, causationId: string | null): ExploredEvent =>
  ({ eventId, causationId }) as unknown as ExploredEvent;
const shape = (events: readonly ExploredEvent[]): unknown => {
  const named = (nodes: readonly CausationNode[]): unknown =>
    nodes.map(({ event: { eventId }, effects }) => (effects.length ? { [eventId]: named(effects) } : eventId));
  return named(causationTree(events));
};

describe('what led to an event', () => {
  it('hangs each event from the one that caused it, in order', () => {
    const events = [event('a', null), event('b', 'a'), event('c', 'b'), event('d', 'a')];
    expect(shape(events)).toEqual([{ a: [{ b: ['c'] }, 'd'] }]);
  });

  it('begins anew where the cause is not shown, and never goes round in a circle', () => {
    expect(shape([event('b', 'hidden'), event('c', 'b'), event('d', 'd')])).toEqual([{ b: ['c'] }, 'd']);
  });
});

describe('the filter of the explorer', () => {
  it('takes garbage as no filter', () => {
    const filter = eventFilterSchema.parse({ page: '-3', order: 'sideways', late: 'perhaps', event: 'x', type: ['a'] });
    expect(filter).toMatchObject({ page: 1, order: 'newest', late: false });
    expect([filter.event, filter.type]).toEqual([undefined, undefined]);
  });

  it('says which of its days are none', () => {
    const readable = { recordedFrom: '31/1/2026', recordedTo: '2026-01-31', trueFrom: '31.1.2026' };
    expect(unreadableDays(eventFilterSchema.parse(readable))).toEqual({});
    expect(unreadableDays(eventFilterSchema.parse({ ...readable, trueFrom: '31/2/2026', trueTo: 'soon' }))).toEqual({
      trueFrom: '“True from” must be a real day, such as 31/3/2026',
      trueTo: '“True to” must be a real day, such as 31/3/2026',
    });
  });

  it('tells a record from an id and from a stream', () => {
    expect(aboutOf('P-4471C0DE')).toEqual({ kind: 'record', record: '4471c0de' });
    expect(aboutOf('6F0F5F4A-6a0e-4c53-9d54-3c7d9a1c2b11')).toMatchObject({ kind: 'id' });
    expect(aboutOf('budgets.allocation')).toEqual({ kind: 'stream', stream: 'budgets.allocation' });
    expect(aboutOf(undefined)).toBeUndefined();
  });
});

describe('what is in an event', () => {
  it('is a flat list in words, in which what is locked stays locked', () => {
    const data = { costPencePerWeek: 100, lines: [{ action: { $enc: 'abc' }, need: 'nutrition' }], nothing: null };
    expect(fieldsOf(data)).toEqual([
      { name: 'cost pence per week', value: '100', locked: false },
      { name: 'lines › 1 › action', locked: true },
      { name: 'lines › 1 › need', value: 'nutrition', locked: false },
    ]);
  });
});
