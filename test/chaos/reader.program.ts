// Readers in a process of their own, over the built libs: two that follow, one that subscribes, and one that reads all from the beginning
// again and again. When they are told to stop they come to the end of what is there, and say so by ending.
import { appendFileSync, existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Order, ReaderLine, SeenEvent } from './told-by-programs.js';

type StoredEvent = import('@caretrail/kernel').StoredEvent;

const built = new URL('../../dist/libs/event-store/src/index.js', import.meta.url).href;
const { PostgresEventStore } = (await import(built)) as typeof import('@caretrail/event-store');

const order = JSON.parse(process.env['CHAOS']!) as Order;
const { tenant } = order;
const pool = new pg.Pool({ connectionString: order.url, max: 3 });
pool.on('error', () => undefined);
const store = new PostgresEventStore(pool);
const say = (line: ReaderLine): void => appendFileSync(order.log, `${JSON.stringify(line)}\n`);
const seen = ({ position, id, stream, version }: StoredEvent): SeenEvent => [Number(position), id, stream, version];

/** One page after another, as subscriptions do. */
async function follow(reader: string, limit: number): Promise<void> {
  for (let after = 0n; ;) {
    const last = existsSync(order.stop);
    const { events, position, caughtUp } = await store.readAll({ tenant, after, limit });
    if (events.length || position !== after) say({ reader, events: events.map(seen), checkpoint: Number(position) });
    after = position;
    if (!caughtUp) continue;
    if (last) return;
    await pause(2);
  }
}

/** By the port's own subscription, which nobody asks for a page. */
async function subscribe(reader: string): Promise<void> {
  const ending = new AbortController();
  let reached = 0n;
  const watching = (async () => {
    while (!existsSync(order.stop)) await pause(20);
    const head = await store.head(tenant);
    while (reached < head) await pause(5);
    ending.abort();
  })();
  for await (const { events, position } of store.subscribe({ tenant, after: 0n }, ending.signal)) {
    say({ reader, events: events.map(seen), checkpoint: Number(position) });
    reached = position;
  }
  await watching;
}

/** All there is, as rebuilds do; a pass is written down as what it adds to the one before. */
async function readFromZero(reader: string): Promise<void> {
  let before: readonly SeenEvent[] = [];
  for (let pass = 1; ; pass++) {
    const last = existsSync(order.stop);
    const events: SeenEvent[] = [];
    let checkpoint = 0;
    for await (const page of store.replay({ tenant, after: 0n })) {
      events.push(...page.events.map(seen));
      checkpoint = Number(page.position);
    }
    const differs = events.findIndex((event, index) => String(event) !== String(before[index]));
    const same = differs < 0 ? events.length : differs;
    say({ reader, pass, same, events: events.slice(same), checkpoint });
    before = events;
    if (last) return;
    await pause(2);
  }
}

await Promise.all([
  follow('follower in pages of 7', 7),
  follow('follower in pages of 500', 500),
  subscribe('subscriber'),
  readFromZero('from zero'),
]);
await pool.end();
