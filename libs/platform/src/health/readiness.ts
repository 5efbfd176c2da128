import { Injectable } from '@nestjs/common';
import { withinLimit } from '../deadline.js';

/** Resolves when all is well with a part; rejects when the part cannot serve. */
export type ReadinessCheck = () => Promise<unknown>;

export interface ReadinessReport {
  readonly ready: boolean;
  /** By name of the check. Why one failed is in the log and not told to whoever asks. */
  readonly checks: Readonly<Record<string, 'up' | 'down'>>;
  /** What the checks that failed rejected with. */
  readonly reasons: Readonly<Record<string, unknown>>;
}

const CHECK_LIMIT_MS = 3_000;

/** The parts that must be well before this process takes requests; each registers itself. */
@Injectable()
export class Readiness {
  private readonly checks = new Map<string, ReadinessCheck>();

  /** @throws Error when the name is taken */
  register(name: string, check: ReadinessCheck): void {
    if (this.checks.has(name)) throw new Error(`A readiness check called ${name} is registered already.`);
    this.checks.set(name, check);
  }

  /** Asks every part at once; one that does not answer within three seconds is down. */
  async report(): Promise<ReadinessReport> {
    const answers = await Promise.all(
      [...this.checks].map(async ([name, check]) => {
        const reason = await withinLimit(check(), CHECK_LIMIT_MS, `no answer within ${CHECK_LIMIT_MS} ms`).then(
          () => undefined,
          (error: unknown) => error ?? new Error('unknown'),
        );
        return { name, reason };
      }),
    );
    const down = answers.filter(({ reason }) => reason !== undefined);
    return {
      ready: !down.length,
      checks: Object.fromEntries(answers.map(({ name, reason }) => [name, reason === undefined ? 'up' : 'down'])),
      reasons: Object.fromEntries(down.map(({ name, reason }) => [name, reason])),
    };
  }
}
