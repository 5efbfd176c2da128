// Contenders take turns within one run, the order reversed each round: what the machine does meanwhile meets all alike.
import { performance } from 'node:perf_hooks';

/**
 * @param contenders by name: each does its slice and gives its rate (or, `lower` being better, its time)
 * @returns per name the value of each round
 */
export async function alternate(contenders, rounds, say) {
  const names = Object.keys(contenders);
  const values = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const name of round % 2 ? names.toReversed() : names) {
      values[name].push(await contenders[name]());
      say(`${name} ${Math.round(values[name].at(-1)).toLocaleString('en-GB')}/s`);
    }
  return values;
}

/** Events a second of `clients` that each do `step` (which gives the number of events) again and again. */
export async function rateFor(milliseconds, clients, step) {
  let events = 0;
  const start = performance.now();
  const end = start + milliseconds;
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      while (performance.now() < end) {
        const done = await step(client); // apart from the sum: the others add to it meanwhile
        events += done;
      }
    }),
  );
  return (events * 1000) / (performance.now() - start);
}

/** Events a second of work that is done once. */
export async function rateOf(events, work) {
  const start = performance.now();
  await work();
  return (events * 1000) / (performance.now() - start);
}

export const median = (values) => {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** A line of the table: ours over theirs, round by round. */
export function ratioRow(what, against, ours, theirs, atLeast, aim) {
  const ratios = ours.map((own, round) => own / theirs[round]);
  return {
    what,
    against,
    ratio: median(ratios),
    atLeast,
    aim,
    min: Math.min(...ratios),
    max: Math.max(...ratios),
    ours: median(ours),
    theirs: median(theirs),
  };
}
