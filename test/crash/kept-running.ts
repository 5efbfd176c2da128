import { setTimeout as pause } from 'node:timers/promises';
import { beginApp, type Finished, type Running } from '../cli/built-caretrail.js';

const RESTART_PAUSE_MS = 100;

/** A process that is started again whenever it ends, at the same port, as the supervisor of an operating system does. */
export class KeptRunning {
  readonly address: string;
  /** How each of its lives ended. */
  readonly ends: Finished[] = [];
  private running: Running;
  private kept = true;

  constructor(
    readonly app: 'api' | 'worker',
    private readonly dataDir: string,
    private readonly port: number,
  ) {
    this.address = `http://127.0.0.1:${port}`;
    this.running = this.begin();
  }

  kill(): void {
    this.running.signal('SIGKILL');
  }

  /** The status of `/health/ready`; 0 while nobody answers. */
  async readiness(): Promise<number> {
    const limit = AbortSignal.timeout(10_000);
    return fetch(`${this.address}/health/ready`, { signal: limit }).then(
      ({ status }) => status,
      () => 0,
    );
  }

  /** Ends it as an operator does, and lets it end. */
  async stop(): Promise<void> {
    this.kept = false;
    this.running.signal('SIGTERM');
    await this.running.finished;
  }

  private begin(): Running {
    const running = beginApp(this.app, this.dataDir, { PORT: String(this.port), LOG_LEVEL: 'fatal' });
    void running.finished.then(async (finished) => {
      this.ends.push(finished);
      await pause(RESTART_PAUSE_MS);
      if (this.kept) this.running = this.begin();
    });
    return running;
  }
}
