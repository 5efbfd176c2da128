// Everything read again in order, decoded and folded by one worker.
import { Upcasters, UpcastingEventStore } from '../../dist/libs/event-store/src/index.js';
import { fold, TENANT, TYPE } from '../events.mjs';
import { alternate, rateOf, ratioRow } from '../measure.mjs';
import { openEmmett } from '../emmett.mjs';
import { load, SLOW, streamsOf } from './import.mjs';

/** Pages of everything, in order. */
export async function* pagesOf(store) {
  for await (const page of store.replay({ tenant: TENANT, after: 0n })) yield page.events;
}

export const replay = {
  name: 'replay',
  needs: ['ours', 'emmett'],
  async measure({ ours, emmett }, { rounds, events, cluster }, say) {
    const store = UpcastingEventStore.over(ours.store, new Upcasters([], [TYPE]));
    await ours.empty();
    await load(ours, events);
    await ours.database.superuser.query('vacuum analyze event');
    // Outside the heap while the others have their turn: half a million strings would have them wait for the collector.
    const kept = [];
    for await (const page of pagesOf(store)) {
      const lines = page.map((event) => JSON.stringify({ ...event, position: String(event.position) }));
      if (lines.length) kept.push(Buffer.from(lines.join('\n')));
    }
    await emmett.empty();
    await emmett.load(streamsOf(events));
    await emmett.database.superuser.query('vacuum analyze emt_messages');
    const slow = await openEmmett(cluster, 'emmett_consumer');
    const few = Math.min(SLOW, events);
    await slow.load(streamsOf(few));
    await slow.database.superuser.query('vacuum analyze emt_messages');
    const check = (totals, expected) => {
      const visits = [...totals.values()].reduce((sum, total) => sum + total.visits, 0);
      if (visits !== expected) throw new Error(`Folded ${visits} events of ${expected}.`);
    };
    const values = await alternate(
      {
        ours: () =>
          rateOf(events, async () => {
            const totals = new Map();
            for await (const page of pagesOf(store)) for (const event of page) fold(totals, event.data);
            check(totals, events);
          }),
        memory: () => {
          const texts = kept.flatMap((page) => page.toString().split('\n'));
          return rateOf(events, async () => {
            const totals = new Map();
            for (const text of texts) fold(totals, JSON.parse(text).data);
            check(totals, events);
          });
        },
        emmett: () =>
          rateOf(events, async () => {
            const totals = new Map();
            await emmett.readAll((data) => fold(totals, data));
            // It reads on from positions alone, while it sorts by transaction: what came out of order is not found again.
            if (!totals.size) throw new Error('Emmett read nothing.');
          }),
        consumer: () => {
          const totals = new Map();
          return slow.consumeRate(few, (data) => fold(totals, data));
        },
      },
      rounds,
      say,
    );
    await slow.close();
    const what = `replay of ${events.toLocaleString('en-GB')} events, decoded and folded`;
    return [
      ratioRow(what, 'the same events parsed and folded from memory', values.ours, values.memory, 0.67, 0.8),
      ratioRow(what, 'Emmett’s readMessagesBatch at 10,000', values.ours, values.emmett, 10, 13),
      ratioRow(what, 'Emmett’s consumer, batches of 10,000', values.ours, values.consumer, 60, 100),
    ];
  },
};
