import { setTimeout as pause } from 'node:timers/promises';

/** What the work resolves to, or a rejection when it takes longer; the work itself goes on. */
export async function withinLimit<T>(work: Promise<T>, limitMs: number, sentence: string): Promise<T> {
  const done = new AbortController();
  const late = pause(limitMs, undefined, { signal: done.signal }).then(() => {
    throw new Error(sentence);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    late.catch(() => undefined);
    done.abort();
  }
}
