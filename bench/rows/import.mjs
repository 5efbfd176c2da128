// A large import, in streams of 25 events.
import { someEvents, someStream, TENANT } from '../events.mjs';
import { alternate, rateOf, ratioRow } from '../measure.mjs';

const PER_STREAM = 25;
/** Rivals slower than this many events a second run on as many events. */
export const SLOW = 20_000;

/** Made as they are asked for: nobody holds half a million events in memory. */
export function* streamsOf(events) {
  for (let from = 0; from < events; from += PER_STREAM)
    yield { stream: someStream(), events: someEvents(Math.min(PER_STREAM, events - from), from) };
}

export const load = (ours, events) => importThrough(ours.store, streamsOf(events));

/** As many appends at a time as the store puts into one transaction, and as many again behind them. */
async function importThrough(store, streams) {
  const rest = streams[Symbol.iterator]();
  await Promise.all(
    Array.from({ length: 128 }, async () => {
      for (const { stream, events } of rest)
        await store.append({ tenant: TENANT, streams: [{ stream, expected: 'none', events }] });
    }),
  );
}

export const bulk = {
  name: 'import',
  needs: ['ours', 'limit', 'emmett'],
  async measure({ ours, limit, emmett }, { rounds, events }, say) {
    const slice = (contender, count, work) => async () => {
      await contender.empty();
      return rateOf(count, () => work(streamsOf(count)));
    };
    const few = Math.min(SLOW, events);
    const values = await alternate(
      {
        ours: slice(ours, events, () => load(ours, events)),
        limit: slice(limit, events, (streams) => limit.copy(streams)),
        emmett: slice(emmett, few, (streams) => emmett.load(streams)),
      },
      rounds,
      say,
    );
    const what = `import of ${events.toLocaleString('en-GB')} events`;
    return [
      ratioRow(what, 'COPY into the same tables and indexes', values.ours, values.limit, 0.8, 0.95),
      ratioRow(what, 'Emmett', values.ours, values.emmett, 4, 6),
    ];
  },
};
