import type { EventStore } from '@caretrail/event-store';
import type { PlainDate, Tenant } from '@caretrail/kernel';
import type { Database } from '@caretrail/platform';
import { transactionOf } from '@caretrail/projections';
import type { ReplayableView, ReplayTable } from '@caretrail/views';
import type { EntityManager } from 'typeorm';

/** How far a replay has come. `position` of `head` says how much of the store has been read. */
export interface ReplayProgress {
  /** Events of the view's types that have been read. */
  readonly events: number;
  readonly position: bigint;
  readonly head: bigint;
  readonly eventsPerSecond: number;
}

export interface ReplayRequest {
  readonly tenant: Tenant;
  /** The day in the world. */
  readonly effectiveOn: PlainDate;
  /** What became known after this day is left out. */
  readonly knownOn: PlainDate;
  readonly onProgress?: (progress: ReplayProgress) => void;
}

export interface Replayed {
  readonly table: ReplayTable;
  /** How many events were read, how many of them were known by the day, and the position up to which. */
  readonly read: number;
  readonly known: number;
  readonly position: bigint;
}

/**
 * Builds a view again from the event store as it stood on a day, and asks it the question of its page. The very same
 * projection and query run against temporary tables, which PostgreSQL looks for before the live ones; the transaction
 * is read-only for everything else, so that a projection with a table it did not declare fails and changes nothing.
 */
export async function replay(
  view: ReplayableView,
  { tenant, effectiveOn, knownOn, onProgress }: ReplayRequest,
  { store, database }: { readonly store: EventStore; readonly database: Database },
): Promise<Replayed> {
  const head = await store.head(tenant);
  return database.inTenant(tenant, async (manager) => {
    await putTablesFirst(manager, view);
    const transaction = transactionOf(tenant, manager);
    const types = typesOf(view);
    const began = performance.now();
    let [position, read, known] = [0n, 0, 0];
    for await (const page of head ? store.replay({ tenant, after: 0n, ...(types && { types }) }) : []) {
      const knownByThen = page.events.filter((event) => event.knownOn <= knownOn && event.position <= head);
      for (const projection of view.projections) {
        const taken = projection.types;
        const events = taken ? knownByThen.filter((event) => taken.includes(event.type)) : knownByThen;
        if (events.length) await projection.apply(events, transaction);
      }
      read += page.events.length;
      known += knownByThen.length;
      position = page.position < head ? page.position : head;
      const seconds = Math.max((performance.now() - began) / 1_000, 0.001);
      onProgress?.({ events: read, position, head, eventsPerSecond: Math.round(read / seconds) });
      if (position === head) break;
    }
    for (const table of tablesOf(view)) await manager.query(`analyze ${quoted(table)}`);
    const table = await view.query(transaction, { tenant, effectiveOn, knownOn });
    return { table, read, known, position };
  });
}

/** Empty tables of the same shape, for this transaction alone; after that nothing else can be written. */
async function putTablesFirst(manager: EntityManager, view: ReplayableView): Promise<void> {
  for (const table of tablesOf(view))
    await manager.query(`create temporary table ${quoted(table)} (like ${quoted(table)} including all) on commit drop`);
  await manager.query('set transaction read only');
}

const tablesOf = (view: ReplayableView): readonly string[] => [
  ...new Set(view.projections.flatMap(({ tables }) => tables)),
];

/** The types that any of the view's projections takes; undefined when one takes them all. */
function typesOf({ projections }: ReplayableView): readonly string[] | undefined {
  if (projections.some(({ types }) => types === undefined)) return undefined;
  return [...new Set(projections.flatMap(({ types }) => types ?? []))];
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
