import type { StoredEvent, Tenant } from '@caretrail/kernel';
import pg from 'pg';
import { type EventPage, type ReadAll, REPLAY_PAGE } from '../port/event-store.port.js';
import { CopiedRows } from './copied-events.js';
import { HOT_READS, LONGEST_TEXT_BYTES } from './event-reads.migration.js';

/** Stretches on their way while one is used: one is read by PostgreSQL while the other is received. */
const AHEAD = 2;
const FIRST_WIDTH = 500n;
/** However few events of the council there are in so many positions, what follows may be all its own. */
const MOST_WIDTH = 40_000n;
/** A stretch beyond it is made shorter, because stretches are kept in memory. */
const MANY_BYTES = 8_000_000;

/** What `events_page` says of a text that is too long. */
const TOO_LONG = '54000';

/** Whether a page is to be asked for in parts. */
export const isTooLong = (error: unknown): boolean => (error as { code?: unknown }).code === TOO_LONG;

/** The newest position of a council; 0n where it has no events. */
export async function headPosition(pool: pg.Pool, tenant: Tenant): Promise<bigint> {
  const { rows } = await pool.query<{ head: string }>('select head_position($1)::text as head', [tenant]);
  return BigInt(rows[0]!.head);
}

/**
 * `EventStore.replay`. What lies between two positions that are both written is known to be complete, so that several
 * stretches can be asked for at once, each without waiting for where the one before it ends.
 */
export async function* replayed(
  pool: pg.Pool,
  query: Omit<ReadAll, 'limit'>,
): AsyncGenerator<EventPage, void, undefined> {
  const { tenant } = query;
  let head = await headPosition(pool, tenant);
  let [asked, width] = [query.after, FIRST_WIDTH];
  let coming: { readonly from: bigint; readonly to: bigint; readonly rows: Promise<CopiedRows> }[] = [];
  const spare: Buffer[] = [];
  const ask = (): void => {
    while (coming.length < AHEAD && asked < head) {
      const [from, to] = [asked, asked + width < head ? asked + width : head];
      const rows = copied(pool, query, from, to, spare.pop());
      rows.catch(() => undefined); // told when it is waited for; who stops reading before does not care
      coming.push({ from, to, rows });
      asked = to;
    }
  };
  ask();
  if (!coming.length) yield { events: [], position: asked, caughtUp: true };
  for (let stretch = coming.shift(); stretch; stretch = coming.shift()) {
    const rows = await stretch.rows;
    let { to } = stretch;
    if (rows.isCut) {
      // What was asked for behind it begins too late.
      coming = [];
      asked = to = rows.lastPosition;
      width = to - stretch.from;
    }
    // The last page says whether it is the last.
    if (to === head) head = await headPosition(pool, tenant);
    ask();
    const events = [...rows.events(tenant)].flat();
    if (!rows.isCut) width = widthAfter(width, events, rows.size);
    spare.push(rows.bytes);
    yield { events, position: to, caughtUp: to === head };
  }
}

/**
 * The events between two positions; the first of them where all would be too long. By COPY, which takes PostgreSQL half
 * of what it takes to make one text of them.
 */
async function copied(
  pool: pg.Pool,
  { tenant, types, categories }: Omit<ReadAll, 'limit'>,
  from: bigint,
  to: bigint,
  bytes: Buffer | undefined,
): Promise<CopiedRows> {
  // COPY takes no parameters.
  const values = [literal(tenant), from, to, arrayOf(types), arrayOf(categories)];
  const between = HOT_READS.between.replace(/\$(\d)/g, (_, nth: string) => String(values[Number(nth) - 1]));
  const rows = new CopiedRows(
    `select set_config('app.tenant', ${literal(tenant)}, true), set_config('enable_seqscan', 'off', true),
       set_config('enable_sort', 'off', true);
     copy (${between}) to stdout (format binary)`,
    LONGEST_TEXT_BYTES,
    bytes,
  );
  // Typed as a cursor would be, which is no promise.
  await (pool.query(rows) as unknown as Promise<unknown>);
  return rows;
}

const literal = (text: string): string => pg.escapeLiteral(text);
const arrayOf = (texts: readonly string[] | undefined): string =>
  texts ? `array[${texts.map(literal).join(', ')}]::text[]` : 'null::text[]';

/** How many positions to ask for next: for many events, and not too many bytes. */
function widthAfter(width: bigint, { length }: readonly StoredEvent[], bytes: number): bigint {
  if (bytes > MANY_BYTES || length > 2 * REPLAY_PAGE) return width > 1n ? width / 2n : width;
  if (bytes > MANY_BYTES / 2 || length > REPLAY_PAGE / 2) return width;
  return width * 2n < MOST_WIDTH ? width * 2n : MOST_WIDTH;
}
