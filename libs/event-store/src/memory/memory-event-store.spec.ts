import { eventStoreContract } from '../contract/event-store.contract.js';
import { MemoryEventStore } from './memory-event-store.adapter.js';

eventStoreContract('The memory event store', () => {
  const simulated = new Set<string>();
  return Promise.resolve({
    store: new MemoryEventStore(
      () => new Date().toISOString(),
      (tenant) => simulated.has(tenant),
    ),
    simulate: (tenant) => Promise.resolve(void simulated.add(tenant)),
    stop: () => Promise.resolve(),
  });
});
