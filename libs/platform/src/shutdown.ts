import { withinLimit } from './deadline.js';

const STEP_LIMIT_MS = 4_500;
/** So many steps at their longest still end before whoever sent the signal loses patience. */
const STEPS_AT_THEIR_LONGEST = 3;

/**
 * On the first SIGTERM or SIGINT runs the steps one after the other, then ends the process: the server first (it stops
 * accepting and finishes its requests), PostgreSQL last. A step that fails or hangs does not keep the later ones from
 * running. What the first ones leave of their time the later ones may use: on a slow machine PostgreSQL needs it, to come up
 * or to write what it holds. Further signals change nothing: Ctrl-C reaches a process twice when npm started it.
 */
export function shutDownOnSignal(steps: readonly (() => Promise<unknown>)[], report: (error: unknown) => void): void {
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    let exitCode = 0;
    const begun = performance.now();
    for (const [index, step] of steps.entries()) {
      const together = Math.min(index + 1, STEPS_AT_THEIR_LONGEST) * STEP_LIMIT_MS;
      const limit = Math.max(STEP_LIMIT_MS, Math.round(together - (performance.now() - begun)));
      await withinLimit(
        Promise.resolve().then(step),
        limit,
        `A step of the shutdown took longer than ${limit} ms.`,
      ).catch((error: unknown) => {
        exitCode = 1;
        report(error);
      });
    }
    process.exit(exitCode);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
}
