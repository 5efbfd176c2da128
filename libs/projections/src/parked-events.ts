import type { StoredEvent, Tenant } from '@caretrail/kernel';
import type { Asking } from '@caretrail/platform';
import { TooManyKeys, passes, reasonOf } from './failures.js';

/** An event that waits, and why: what it failed with, or that an earlier one of its key waits. */
export interface Parked {
  readonly event: StoredEvent;
  readonly key: string;
  readonly reason: string;
}

/** A key of one subscription that does not go on. */
export interface ParkedKey {
  readonly subscription: string;
  readonly key: string;
  readonly events: number;
  /** The first of them: the one that failed. */
  readonly eventId: string;
  readonly reason: string;
  readonly parkedAt: Date;
}

export const FOLLOWS = 'follows a parked event';
const MOST_KEYS = 100;

interface KeyRow {
  readonly subscription: string;
  readonly key: string;
  readonly events: number;
  readonly event_id: string;
  readonly reason: string;
  readonly parked_at: Date;
}

/** The keys of one subscription that wait. */
export async function waitingKeys(manager: Asking, tenant: Tenant, subscription: string): Promise<Set<string>> {
  const rows = await manager.query<{ key: string }[]>(
    'select distinct key from parked_event where tenant = $1 and subscription = $2 and not with_previous',
    [tenant, subscription],
  );
  return new Set(rows.map(({ key }) => key));
}

/** The keys of all subscriptions that wait, each with how much and why. */
export async function parkedKeys(manager: Asking, tenant: Tenant): Promise<ParkedKey[]> {
  const rows = await manager.query<KeyRow[]>(
    `select distinct on (subscription, key) subscription, key, event_id::text, reason, parked_at,
            count(*) over (partition by subscription, key)::int as events
       from parked_event where tenant = $1 and not with_previous order by subscription, key, position`,
    [tenant],
  );
  return rows.map(({ event_id: eventId, parked_at: parkedAt, ...row }) => ({ ...row, eventId, parkedAt }));
}

/** Ids of what waits under a key, in order; the row locks keep two people from releasing it at once. */
export async function parkedEventIds(
  manager: Asking,
  tenant: Tenant,
  subscription: string,
  key: string,
): Promise<string[]> {
  const rows = await manager.query<{ id: string }[]>(
    `select event_id::text as id from parked_event
      where tenant = $1 and subscription = $2 and key = $3 and not with_previous order by position for update`,
    [tenant, subscription, key],
  );
  return rows.map(({ id }) => id);
}

/** Adds to what waits, in the transaction that moves the checkpoint past it. */
export async function park(
  manager: Asking,
  tenant: Tenant,
  subscription: string,
  parked: readonly Parked[],
): Promise<void> {
  if (!parked.length) return;
  await manager.query(
    `insert into parked_event (tenant, subscription, key, position, event_id, reason)
     select $1, $2, * from unnest($3::text[], $4::bigint[], $5::uuid[], $6::text[])`,
    [
      tenant,
      subscription,
      parked.map(({ key }) => key),
      parked.map(({ event }) => event.position.toString()),
      parked.map(({ event }) => event.id),
      parked.map(({ reason }) => reason),
    ],
  );
}

/** Takes events out of what waits. */
export async function unpark(
  manager: Asking,
  tenant: Tenant,
  subscription: string,
  ids: readonly string[],
): Promise<void> {
  await manager.query(
    `delete from parked_event
      where tenant = $1 and subscription = $2 and event_id = any($3) and not with_previous`,
    [tenant, subscription, ids],
  );
}

/** Nothing waits for rows that begin at the first event. */
export async function forgetParked(manager: Asking, tenant: Tenant, subscription: string): Promise<void> {
  await manager.query('delete from parked_event where tenant = $1 and subscription = $2 and not with_previous', [
    tenant,
    subscription,
  ]);
}

/** Nothing waits any more for the rows of before, which go. */
export async function forgetParkedWithPrevious(manager: Asking, tenant: Tenant, subscription: string): Promise<void> {
  await manager.query('delete from parked_event where tenant = $1 and subscription = $2 and with_previous', [
    tenant,
    subscription,
  ]);
}

/** What waits for the rows that are shown and for those of before change places, as the rows do. */
export async function swapParked(manager: Asking, tenant: Tenant, subscription: string): Promise<void> {
  await manager.query(
    'update parked_event set with_previous = not with_previous where tenant = $1 and subscription = $2',
    [tenant, subscription],
  );
}

/**
 * Handles what can be handled, in order, and returns the rest: halves what fails until single events are left, and
 * leaves aside each that fails alone together with what follows it under its key.
 * @param waiting keys that wait already
 * @param attempt handles all of the events or, when it throws, none of them
 * @throws what passes by itself, and TooManyKeys
 */
export async function handleAround(
  events: readonly StoredEvent[],
  waiting: ReadonlySet<string>,
  keyOf: (event: StoredEvent) => string,
  attempt: (events: readonly StoredEvent[]) => Promise<void>,
): Promise<Parked[]> {
  const parked: Parked[] = [];
  const keys = new Set(waiting);
  const handle = async (part: readonly StoredEvent[]): Promise<void> => {
    const free = part.filter((event) => !keys.has(keyOf(event)));
    for (const event of part) if (keys.has(keyOf(event))) parked.push({ event, key: keyOf(event), reason: FOLLOWS });
    if (!free.length) return;
    try {
      await attempt(free);
    } catch (error) {
      if (passes(error)) throw error;
      if (free.length === 1) {
        const [event] = free as [StoredEvent];
        keys.add(keyOf(event));
        if (keys.size > MOST_KEYS) throw new TooManyKeys(MOST_KEYS);
        parked.push({ event, key: keyOf(event), reason: reasonOf(error) });
        return;
      }
      const middle = Math.ceil(free.length / 2);
      await handle(free.slice(0, middle));
      await handle(free.slice(middle));
    }
  };
  await handle(events);
  return parked;
}
