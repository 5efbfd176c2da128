import type { StoredEvent, Tenant } from '@caretrail/kernel';
import type { Pool } from 'pg';
import { type EventPage, type ReadAll, REPLAY_PAGE } from '../port/event-store.port.js';
import { eventsIn } from './event-page.js';

/** Statements on their way while a page is used: one is read by PostgreSQL while the other is received. */
const AHEAD = 2;
/** Texts in which a page comes: each is sent while the next is put together, and short enough to be had from the heap. */
const TEXTS = 10;
const FIRST_WIDTH = 500n;
/** However few events of the council there are in so many positions, what follows may be all its own. */
const MOST_WIDTH = 40_000n;
/** A page beyond it is made shorter, because pages are kept in memory. In UTF-16 units. */
const MANY_LETTERS = 8_000_000;
/** What `events_page` and `events_between` say of a text that is too long. */
const TOO_LONG = '54000';

/** Whether a page is to be asked for in parts. */
export const isTooLong = (error: unknown): boolean => (error as { code?: unknown }).code === TOO_LONG;

/** The newest position of a council; 0n where it has no events. */
export async function headPosition(pool: Pool, tenant: Tenant): Promise<bigint> {
  const { rows } = await pool.query<{ head: string }>('select head_position($1)::text as head', [tenant]);
  return BigInt(rows[0]!.head);
}

/**
 * `EventStore.replay`. What lies between two positions that are both written is known to be complete, so that several
 * pages can be asked for at once, each without waiting for where the one before it ends.
 */
export async function* replayed(pool: Pool, query: Omit<ReadAll, 'limit'>): AsyncGenerator<EventPage, void, undefined> {
  const { tenant } = query;
  let head = await headPosition(pool, tenant);
  let [asked, width] = [query.after, FIRST_WIDTH];
  const coming: { readonly to: bigint; readonly texts: Promise<readonly string[]> }[] = [];
  const ask = (): void => {
    while (coming.length < AHEAD && asked < head) {
      const to = asked + width < head ? asked + width : head;
      const texts = textsBetween(pool, query, asked, to, (to - asked) / BigInt(TEXTS) + 1n);
      texts.catch(() => undefined); // told when it is waited for; who stops reading before does not care
      coming.push({ to, texts });
      asked = to;
    }
  };
  ask();
  if (!coming.length) yield { events: [], position: asked, caughtUp: true };
  for (let page = coming.shift(); page; page = coming.shift()) {
    const texts = await page.texts;
    // The last page says whether it is the last.
    if (page.to === head) head = await headPosition(pool, tenant);
    ask();
    const events = eventsIn(texts, tenant);
    width = widthAfter(width, events, texts);
    yield { events, position: page.to, caughtUp: page.to === head };
  }
}

/** @param step positions of each text; a text that is too long is asked for in shorter ones */
async function textsBetween(
  pool: Pool,
  query: Omit<ReadAll, 'limit'>,
  from: bigint,
  to: bigint,
  step: bigint,
): Promise<readonly string[]> {
  const { tenant, types, categories } = query;
  try {
    const { rows } = await pool.query<[string | null]>({
      name: 'events_between',
      text: `select events_between($1, start, least(start + $4, $3), $5, $6)
        from generate_series($2::bigint, $3::bigint - 1, $4::bigint) start`,
      values: [tenant, from.toString(), to.toString(), step.toString(), types ?? null, categories ?? null],
      rowMode: 'array',
    });
    return rows.flatMap(([text]) => text ?? []);
  } catch (error) {
    if (!isTooLong(error) || step === 1n) throw error;
    return textsBetween(pool, query, from, to, step / 8n + 1n);
  }
}

/** How many positions to ask for next: for many events, and not too many letters. */
function widthAfter(width: bigint, events: readonly StoredEvent[], texts: readonly string[]): bigint {
  const letters = texts.reduce((sum, { length }) => sum + length, 0);
  if (letters > MANY_LETTERS || events.length > 2 * REPLAY_PAGE) return width > 1n ? width / 2n : width;
  if (letters > MANY_LETTERS / 2 || events.length > REPLAY_PAGE / 2) return width;
  return width * 2n < MOST_WIDTH ? width * 2n : MOST_WIDTH;
}
