import { describe, expect, it } from '@jest/globals';
import { MemoryEventStore } from '@caretrail/event-store';
import { TestClock, WRENBRIDGE } from '@caretrail/testing';
import { clockAsShown, drawnAsOf, storeAsShown } from './as-shown.js';

const id = (last: number): string => `10000000-0000-4000-8000-${String(last).padStart(12, '0')}`;
const stream = `some.stream-${id(1)}`;
const later = `some.stream-${id(2)}`;

describe('what a page reads that is drawn as it was shown', () => {
  async function told() {
    const store = storeAsShown(new MemoryEventStore());
    const append = async (of: string, expected: 'none' | number, nth: number) =>
      store.append({
        tenant: WRENBRIDGE,
        commandId: `command-${nth}`,
        streams: [
          {
            stream: of,
            expected,
            events: [
              {
                id: id(10 + nth),
                type: 'some.thing-happened.v1',
                data: {},
                metadata: {
                  actorId: 'nadia',
                  actorRole: 'practitioner',
                  commandId: `command-${nth}`,
                  correlationId: 'case',
                  effectiveOn: '2026-03-14',
                },
              },
            ],
          },
        ],
      });
    const { position } = await append(stream, 'none', 1);
    await append(stream, 1, 2);
    await append(later, 'none', 3);
    return { store, then: { position, at: '2026-03-14T10:00:00.000Z' } };
  }

  it('ends at the position up to which it was shown, in every way of reading', async () => {
    const { store, then } = await told();
    const read = async () => ({
      one: (await store.readStream(WRENBRIDGE, stream)).length,
      several: [...(await store.readStreams(WRENBRIDGE, [stream, later])).keys()],
      byId: (await store.readEvents(WRENBRIDGE, [id(11), id(12), id(13)])).map((event) => event.id),
    });
    expect(await drawnAsOf(then, read)).toEqual({ one: 1, several: [stream], byId: [id(11)] });
    expect(await read()).toEqual({ one: 2, several: [stream, later], byId: [id(11), id(12), id(13)] });
  });

  it('has the clock of that moment, and for nobody else', async () => {
    const clock = new TestClock();
    clock.set(WRENBRIDGE, '2026-06-01T08:00:00.000Z');
    const shown = clockAsShown(clock);
    const { then } = await told();
    expect(drawnAsOf(then, () => shown.now(WRENBRIDGE))).toBe(then.at);
    expect(shown.now(WRENBRIDGE)).toBe('2026-06-01T08:00:00.000Z');
    await shown.lookUp();
  });
});
