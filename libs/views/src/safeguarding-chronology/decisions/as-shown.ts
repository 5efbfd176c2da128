import { AsyncLocalStorage } from 'node:async_hooks';
import type { EventStore } from '@caretrail/event-store';
import type { Clock, Instant } from '@caretrail/kernel';

/** When a page was drawn, and up to which position everything was in it. */
export interface Drawn {
  readonly position: bigint;
  readonly at: Instant;
}

const drawn = new AsyncLocalStorage<Drawn>();

/** Draws a page as it was then: whatever it reads of streams ends at the position, and its clock stands at the moment. */
export const drawnAsOf = <Result>(then: Drawn, draw: () => Result): Result => drawn.run(then, draw);

/** The store for pages that may be drawn again as they were: then nothing after the position is there. Writes are untouched. */
export function storeAsShown<Store extends EventStore>(store: Store): Store {
  const until = <Event extends { readonly position: bigint }>(events: readonly Event[]): readonly Event[] =>
    events.filter(({ position }) => position <= drawn.getStore()!.position);
  return insteadOf<Store, EventStore>(store, {
    readStream: async (...asked) => until(await store.readStream(...asked)),
    readStreams: async (...asked) => {
      const found = [...(await store.readStreams(...asked))].map(
        ([stream, events]) => [stream, until(events)] as const,
      );
      return new Map(found.filter(([, events]) => events.length));
    },
    readEvents: async (...asked) => until(await store.readEvents(...asked)),
  });
}

/** The clock of such pages: their today is the day on which they were drawn. */
export const clockAsShown = <Of extends Clock>(clock: Of): Of =>
  insteadOf<Of, Clock>(clock, { now: () => drawn.getStore()!.at });

/** The same object, but for what is done otherwise while a page is drawn as it was. */
function insteadOf<Of extends Usual, Usual extends object>(usual: Of, otherwise: Partial<Usual>): Of {
  return new Proxy(usual, {
    get(_, name) {
      const of = drawn.getStore() && name in otherwise ? otherwise : usual;
      const value: unknown = Reflect.get(of, name, of);
      return typeof value === 'function' ? (value.bind(of) as unknown) : value;
    },
  });
}
