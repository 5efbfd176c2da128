import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { superuserOf } from '../cli/built-caretrail.js';

const LOOK_MS = 25;

/** Looks all the time where the checkpoints of every subscription stand, whatever happens to PostgreSQL meanwhile. */
export class WatchedCheckpoints {
  /** By council, subscription and version of its rows: where it was seen, in the order of looking. */
  readonly seen = new Map<string, number[]>();
  private watching = true;
  private readonly done: Promise<void>;

  constructor(private readonly dataDir: string) {
    this.done = this.watch();
  }

  async stop(): Promise<void> {
    this.watching = false;
    await this.done;
  }

  private async watch(): Promise<void> {
    while (this.watching) {
      let client: pg.Client | undefined;
      try {
        client = await superuserOf(this.dataDir);
        while (this.watching) {
          await this.look(client);
          await pause(LOOK_MS);
        }
      } catch {
        await pause(LOOK_MS); // PostgreSQL is away
      } finally {
        await client?.end().catch(() => undefined);
      }
    }
  }

  private async look(client: pg.Client): Promise<void> {
    const { rows } = await client.query<{ name: string; position: string }>(
      `select tenant || ' ' || name || ' ' || version as name, position from checkpoint`,
    );
    for (const { name, position } of rows) {
      const positions = this.seen.get(name) ?? [];
      this.seen.set(name, positions);
      if (positions.at(-1) !== Number(position)) positions.push(Number(position));
    }
  }
}
