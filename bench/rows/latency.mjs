// From the start of an append until the read model shows it, at a steady 200 events a second.
import { SubscriptionRunner } from '../../dist/libs/projections/src/index.js';
import { setTimeout as pause } from 'node:timers/promises';
import { openEmmett } from '../emmett.mjs';
import { someEvent, someStream, TENANT } from '../events.mjs';
import { openView } from '../view.mjs';

const PER_SECOND = 200;
const PATIENCE_MS = 20_000;

/** @returns milliseconds from the start of each append until `visits` counts it */
async function latencies(milliseconds, append, visits) {
  const before = await visits();
  const started = [];
  const seen = [];
  const count = Math.round((milliseconds * PER_SECOND) / 1_000);
  const begin = performance.now();
  const writing = (async () => {
    const under = [];
    for (let n = 0; n < count; n++) {
      const left = begin + (n * 1_000) / PER_SECOND - performance.now();
      if (left > 0) await pause(left);
      started.push(performance.now());
      under.push(append(n));
    }
    await Promise.all(under);
  })();
  const end = begin + milliseconds + PATIENCE_MS;
  while (seen.length < count && performance.now() < end) {
    const shown = (await visits()) - before;
    const now = performance.now();
    while (seen.length < shown) seen.push(now - started[seen.length]);
    await pause(1);
  }
  await writing;
  if (seen.length < count) throw new Error(`The read model shows ${seen.length} of ${count} events.`);
  return seen;
}

const percentile = (values, share) => values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)];

export const latency = {
  name: 'latency',
  needs: [],
  async measure(_, { rounds, milliseconds, cluster }, say) {
    const [ours, emmett] = [await openView(cluster, 'latency'), await openEmmett(cluster, 'emmett_latency')];
    const runner = new SubscriptionRunner(
      ours.store,
      [ours.subscription()],
      () => Promise.resolve([TENANT]),
      (error) => say(`${error}`),
    );
    const appendOurs = (n) =>
      ours.store.append({
        tenant: TENANT,
        streams: [{ stream: someStream(), expected: 'none', events: [someEvent(n)] }],
      });
    try {
      await runner.start();
      const following = await emmett.follow();
      const found = { ours: [], emmett: [] };
      for (let round = 0; round < rounds; round++) {
        await latencies(500, appendOurs, ours.visits); // warm
        found.ours.push(await latencies(milliseconds, appendOurs, ours.visits));
        found.emmett.push(await latencies(milliseconds, (n) => emmett.appendOne(n), emmett.visits));
        for (const name of ['ours', 'emmett'])
          say(`${name} ${[0.5, 0.99].map((share) => percentile(found[name].at(-1), share).toFixed(1)).join(' / ')} ms`);
      }
      await following.close();
      const of = (name, share) => found[name].map((values) => percentile(values, share));
      const row = (what, values, rest) => ({
        what,
        value: percentile(values, 0.5),
        min: Math.min(...values),
        max: Math.max(...values),
        ...rest,
      });
      const what = 'append → visible in the read model at 200 events/s';
      const sooner = of('emmett', 0.5).map((theirs, round) => theirs / of('ours', 0.5)[round]);
      return [
        row(`${what}, p50 in ms`, of('ours', 0.5), { against: 'the clock', atMost: 3, aim: 1.5 }),
        row(`${what}, p99 in ms`, of('ours', 0.99), { against: 'the clock', atMost: 10, aim: 4 }),
        {
          what: `${what}, sooner`,
          against: 'Emmett’s consumer',
          ratio: percentile(sooner, 0.5),
          min: Math.min(...sooner),
          max: Math.max(...sooner),
          atLeast: 150,
          aim: 150,
        },
      ];
    } finally {
      await runner.stop();
      await ours.close();
      await emmett.close();
    }
  },
};
