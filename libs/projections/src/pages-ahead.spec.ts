import { type EventPage, MemoryEventStore, type ReadAll } from '@caretrail/event-store';
import { WRENBRIDGE } from '@caretrail/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { PagesAhead } from './pages-ahead.js';
import { counted } from './tally.fixture.js';

const LIMIT = 3_000;
const EVENTS = 10_500;

class AskedStore extends MemoryEventStore {
  asked = 0;
  away = false;

  override readAll(query: ReadAll): Promise<EventPage> {
    this.asked++;
    if (this.away) return Promise.reject(new Error('away'));
    return super.readAll(query);
  }
}

describe('pages that are read ahead', () => {
  let store: AskedStore;
  const streams = Array.from({ length: 10 }, () => `testing.counter-${randomUUID()}`);
  const count = async (events: number, from = 0) => {
    for (let by = from; by < from + events; by++) await store.append(counted(WRENBRIDGE, streams[by % 10]!, by));
  };
  const ahead = (types?: readonly string[]) =>
    new PagesAhead(store, { tenant: WRENBRIDGE, ...(types && { types }) }, LIMIT);
  const amounts = ({ events }: EventPage) => events.map(({ data }) => (data as { by: number }).by);
  const upTo = (end: number) => Array.from({ length: end }, (_, by) => by);

  beforeEach(() => void (store = new AskedStore()));

  it('hold each event once and in order, in pages of at least what was asked for, and go on with what comes later', async () => {
    await count(EVENTS);
    const pages = ahead();
    const seen: EventPage[] = [];
    do seen.push(await pages.next(seen.at(-1)?.position ?? 0n));
    while (!seen.at(-1)!.caughtUp);
    for (const page of seen.slice(0, -1)) expect(page.events.length).toBeGreaterThanOrEqual(LIMIT);
    expect(seen.length).toBeGreaterThan(2);
    await count(5, EVENTS);
    seen.push(await pages.next(seen.at(-1)!.position));
    expect(seen.at(-1)!.caughtUp).toBe(true);
    expect(seen.flatMap(amounts)).toEqual(upTo(EVENTS + 5));
  });

  it('are asked for while the one before is used, and not beyond the newest event', async () => {
    await count(EVENTS);
    const pages = ahead();
    let { position, caughtUp } = await pages.next(0n);
    const asked = store.asked;
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate); // what is on its way arrives
    expect(store.asked).toBeGreaterThan(asked);
    while (!caughtUp) ({ position, caughtUp } = await pages.next(position));
    const all = store.asked;
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    expect(store.asked).toBe(all);
  });

  it('come one at a time to who is caught up', async () => {
    await count(1);
    const pages = ahead();
    const { position } = await pages.next(0n);
    expect(store.asked).toBe(1);
    expect(await pages.next(position)).toEqual({ events: [], position, caughtUp: true });
    expect(store.asked).toBe(2);
  });

  it('move on where there are no events of the types', async () => {
    await count(2_500);
    const page = await ahead(['testing.other.v1']).next(0n);
    expect(page).toEqual({ events: [], position: await store.head(WRENBRIDGE), caughtUp: true });
  });

  it('are asked for anew after one could not be read', async () => {
    await count(1);
    const pages = ahead();
    const { position } = await pages.next(0n);
    store.away = true;
    await expect(pages.next(position)).rejects.toThrow('away');
    store.away = false;
    await count(1, 1);
    expect(amounts(await pages.next(position))).toEqual([1]);
  });
});
