import { withinLimit } from './deadline.js';

/** Three steps at their longest still end before whoever sent the signal loses patience. */
const STEP_LIMIT_MS = 4_500;

/**
 * On the first SIGTERM or SIGINT runs the steps one after the other, then ends the process: the server first (it stops
 * accepting and finishes its requests), PostgreSQL last. A step that fails or hangs does not keep the later ones from
 * running. Further signals change nothing: Ctrl-C reaches a process twice when npm started it.
 */
export function shutDownOnSignal(steps: readonly (() => Promise<unknown>)[], report: (error: unknown) => void): void {
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    let exitCode = 0;
    for (const step of steps)
      await withinLimit(
        Promise.resolve().then(step),
        STEP_LIMIT_MS,
        `A step of the shutdown took longer than ${STEP_LIMIT_MS} ms.`,
      ).catch((error: unknown) => {
        exitCode = 1;
        report(error);
      });
    process.exit(exitCode);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
}
