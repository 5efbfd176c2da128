import { describe, expect, it } from '@jest/globals';
import type { StoredEvent } from '@caretrail/kernel';
import { type Upcaster, Upcasters } from './upcasters.js';

const opened: Upcaster = { from: 'demo.opened.v1', up: (data) => ({ ...(data as object), second: 'added in v2' }) };
const openedAgain: Upcaster = {
  from: 'demo.opened.v2',
  up: (data) => ({ third: (data as { second: string }).second.toUpperCase() }),
};

const stored = (type: string, data: unknown): StoredEvent => ({
  id: '00000000-0000-4000-8000-000000000001',
  type,
  data,
  metadata: { actorId: 'a', actorRole: 'broker', commandId: 'c', correlationId: 'c', effectiveOn: '2025-01-01' },
  tenant: 'E09000012',
  stream: 'demo.thing-00000000-0000-4000-8000-000000000002',
  version: 7,
  position: 9n,
  recordedAt: '2025-01-01T00:00:00.000Z',
  knownOn: '2025-01-01',
});

const versions = (newest: number) => Array.from({ length: newest }, (_, index) => `demo.opened.v${index + 1}`);

describe('upcasters', () => {
  const upcasters = new Upcasters([openedAgain, opened], [...versions(3), 'demo.closed.v1']);

  it('bring a first version through every step to the current one', () => {
    const event = upcasters.upcast(stored('demo.opened.v1', { first: 1 }));
    expect(event.type).toBe('demo.opened.v3');
    expect(event.data).toEqual({ third: 'ADDED IN V2' });
  });

  it('start in the middle of the chain', () => {
    expect(upcasters.upcast(stored('demo.opened.v2', { second: 'b' })).data).toEqual({ third: 'B' });
  });

  it('change nothing but type and data, and keep what was stored', () => {
    const before = stored('demo.opened.v1', { first: 1 });
    const { type: _type, data: _data, asStored, ...rest } = upcasters.upcast(before);
    expect(before).toMatchObject(rest);
    expect(asStored).toEqual({ type: before.type, data: before.data });
    expect(before.data).toEqual({ first: 1 });
  });

  it('leave a current event, and one of another type, as it is', () => {
    for (const type of ['demo.opened.v3', 'demo.closed.v1', 'other.thing.v1']) {
      const event = stored(type, {});
      expect(upcasters.upcast(event)).toBe(event);
    }
  });

  it('refuse a gap in the middle, and one at the beginning', () => {
    expect(() => new Upcasters([opened], versions(3))).toThrow('No upcaster starts from demo.opened.v2');
    expect(() => new Upcasters([openedAgain], versions(3))).toThrow('No upcaster starts from demo.opened.v1');
  });

  it('refuse two steps from one version', () => {
    expect(() => new Upcasters([opened, opened], versions(2))).toThrow('Two upcasters start from');
  });

  it('refuse a step to what nobody published', () => {
    expect(() => new Upcasters([opened, openedAgain], versions(2))).toThrow('no context published');
    expect(() => new Upcasters([opened], ['demo.closed.v1'])).toThrow('no context published');
  });

  it('refuse to bring forward what can no longer be opened', () => {
    expect(() => new Upcasters([opened], ['demo.opened.v2'])).toThrow('No context publishes demo.opened.v1 any more');
  });

  it('say under which names the events of a type are stored', () => {
    expect(upcasters.storedTypes(['demo.opened.v3', 'demo.closed.v1']).sort()).toEqual([
      'demo.closed.v1',
      ...versions(3),
    ]);
    expect(upcasters.storedTypes(['demo.closed.v1'])).toEqual(['demo.closed.v1']);
  });

  it('refuse a name without a version', () => {
    expect(() => new Upcasters([], ['demo.opened'])).toThrow('carries no version');
  });
});
