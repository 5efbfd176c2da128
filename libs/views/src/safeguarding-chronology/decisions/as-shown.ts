import { AsyncLocalStorage } from 'node:async_hooks';
import type { EventStore } from '@caretrail/event-store';
import type { Clock, Instant } from '@caretrail/kernel';
import type { Asking, Database } from '@caretrail/platform';

/** When a page was drawn, and up to which position everything was in it. */
export interface Drawn {
  readonly position: bigint;
  readonly at: Instant;
}

const drawn = new AsyncLocalStorage<Drawn>();

/** Draws a page as it was then: whatever it reads of streams ends at the position, and its clock stands at the moment. */
export const drawnAsOf = <Result>(then: Drawn, draw: () => Result): Result => drawn.run(then, draw);

/** The store for pages that may be drawn again as they were: then nothing after the position is there. Writes are untouched. */
export function storeAsShown<Store extends EventStore>(store: Store): Store {
  const until = <Event extends { readonly position: bigint }>(events: readonly Event[]): readonly Event[] =>
    events.filter(({ position }) => position <= drawn.getStore()!.position);
  return insteadOf<Store, EventStore>(store, {
    readStream: async (...asked) => until(await store.readStream(...asked)),
    readStreams: async (...asked) => {
      const found = [...(await store.readStreams(...asked))].map(
        ([stream, events]) => [stream, until(events)] as const,
      );
      return new Map(found.filter(([, events]) => events.length));
    },
    readEvents: async (...asked) => until(await store.readEvents(...asked)),
  });
}

/**
 * Tables of read models as they were at a position, beside what tells the rows of one fact apart: of a fact a row is known
 * until the next one is. Where nothing stands the rows are never written again.
 */
export const cutTables: Readonly<Record<string, readonly string[]>> = {
  safeguarding_concern: [],
  safeguarding_concern_owner: [],
  safeguarding_concern_decision: [],
  safeguarding_concern_conclusion: [],
  chronology_entry: [],
  case_fact: ['kind', 'fact_id'],
  market_service: ['package_id'],
  market_request: ['episode_id'],
  market_person: ['person_id'],
  market_death: ['person_id'],
};

/**
 * The others: no page reads them from which anything is sent, and only such a page is drawn again. The ledger and the directory derive
 * their rows from several, which a position cannot cut; of the directory a form shows what was looked for, and that is not kept.
 */
export const uncutTables: readonly string[] = [
  'direct_payment_account',
  'direct_payment_posting',
  'directory_listing',
  'directory_version',
  'duty',
  'duty_mark',
  'explored_event',
  'represented_person',
  'signposting_mark',
];

/** The database for pages that may be drawn again: then no row of those tables is there that came after the position. */
export const databaseAsShown = <Of extends Database>(database: Of): Of =>
  insteadOf<Of, Database>(database, {
    inTenant: (tenant, work, how) => {
      const { position } = drawn.getStore()!;
      const inTenant: Database['inTenant'] = database.inTenant.bind(database);
      // Nothing can be made in a transaction that reads alone, and no page asks for one.
      if (how?.snapshot) return inTenant(tenant, work, how);
      return inTenant(tenant, async (manager) => {
        const shadows = await shadow(manager, position);
        const result = await work(manager);
        if (shadows.length) await manager.query(`drop view ${shadows.join(', ')}`);
        return result;
      });
    },
  });

/** For this transaction, views in the place of the tables: what is temporary is found first. @returns their names */
async function shadow(manager: Asking, position: bigint): Promise<readonly string[]> {
  const columns = await manager.query<{ table: string; columns: string[] }[]>(
    `select table_name as table, array_agg(column_name::text order by ordinal_position) as columns
       from information_schema.columns where table_schema = 'public' and table_name = any ($1) group by table_name`,
    [Object.keys(cutTables)],
  );
  const views = columns.map(({ table, columns: names }) => {
    const fact = cutTables[table]!;
    const known = `coalesce(lead(known_from) over (partition by ${['tenant', ...fact].join(', ')} order by known_from, position), 'infinity') as known_to`;
    const selected = names.map((name) => (fact.length && name === 'known_to' ? known : name)).join(', ');
    return `create temporary view ${table} as select ${selected} from public.${table} where position <= ${position}`;
  });
  if (views.length) await manager.query(views.join(';'));
  return columns.map(({ table }) => `pg_temp.${table}`);
}

/** The clock of such pages: their today is the day on which they were drawn. */
export const clockAsShown = <Of extends Clock>(clock: Of): Of =>
  insteadOf<Of, Clock>(clock, { now: () => drawn.getStore()!.at });

/** The same object, but for what is done otherwise while a page is drawn as it was. */
function insteadOf<Of extends Usual, Usual extends object>(usual: Of, otherwise: Partial<Usual>): Of {
  return new Proxy(usual, {
    get(_, name) {
      const of = drawn.getStore() && name in otherwise ? otherwise : usual;
      const value: unknown = Reflect.get(of, name, of);
      return typeof value === 'function' ? (value.bind(of) as unknown) : value;
    },
  });
}
