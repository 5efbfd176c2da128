import { eventStoreContract } from '../contract/event-store.contract.js';
import { MemoryEventStore } from '../memory/memory-event-store.adapter.js';
import { Upcasters } from './upcasters.js';
import { UpcastingEventStore } from './upcasting-event-store.adapter.js';

const elsewhere = new Upcasters(
  [{ from: 'elsewhere.thing.v1', up: (data) => data }],
  ['elsewhere.thing.v1', 'elsewhere.thing.v2'],
);

eventStoreContract('The store of current versions', () => {
  const simulated = new Set<string>();
  const stored = new MemoryEventStore(
    () => new Date().toISOString(),
    (tenant) => simulated.has(tenant),
  );
  return Promise.resolve({
    store: UpcastingEventStore.over(stored, elsewhere),
    simulate: (tenant) => Promise.resolve(void simulated.add(tenant)),
    stop: () => Promise.resolve(),
  });
});
