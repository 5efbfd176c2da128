import type { Tenant } from '@caretrail/kernel';
import type { EntityManager } from 'typeorm';
import { CheckpointMoved } from './checkpoints.js';
import type { Comparison } from './comparison.js';

export const REBUILD_STAGES = ['asked for', 'filling', 'indexing', 'catching up', 'comparing', 'switching'] as const;
export type RebuildStage = (typeof REBUILD_STAGES)[number];

/** How far a rebuild has come, whichever process runs it; the rows of before are shown until it is complete. */
export interface RebuildProgress {
  readonly stage: RebuildStage;
  /** Events in the new rows. */
  readonly events: number;
  /** Since it was begun, or taken up again. */
  readonly eventsPerSecond: number;
  /** Share of the positions up to the newest event at the beginning, 0 to 1. */
  readonly done: number;
  /** Undefined until the rate is known. */
  readonly secondsLeft?: number;
  readonly workers: number;
  /** What keeps it from going on, if anything does. */
  readonly failing?: string;
}

/** Rows that were shown before the last switch, and are kept. */
export interface PreviousRows {
  /** Undefined where they are of no use: the store was replaced since, or there were none. */
  readonly version?: number;
  readonly position: bigint;
  readonly switchedAt: Date;
  /** What the switch found; undefined after somebody went back. */
  readonly comparison?: Comparison;
}

/** A rebuild that is under way; the id tells it from one that was begun in its place. */
export interface Begun {
  readonly id: string;
  /** Of the server, in which it was begun or taken up again; in the next it has to be taken up again. */
  readonly life: string;
  readonly epoch: string;
  readonly watermark: bigint;
  readonly stage: RebuildStage;
}

/** One worker's part of the events, and how far it has come. */
export interface Share {
  readonly share: number;
  position: bigint;
}

interface NewRebuild {
  readonly version: number;
  readonly epoch: string;
  /** Up to where the shares are filled side by side. */
  readonly watermark: bigint;
  /** Whether as many workers as were asked for can fill it, or only one. */
  readonly parallel: boolean;
}

interface RebuildRow {
  readonly id: string;
  readonly version: number | null;
  readonly epoch: string | null;
  readonly workers: number;
  readonly watermark: string;
  readonly stage: RebuildStage;
}

interface ProgressRow {
  readonly subscription: string;
  readonly stage: RebuildStage;
  readonly workers: number;
  readonly failing: string | null;
  readonly events: string;
  readonly done: number;
  readonly resumed_events: string;
  readonly resumed_done: number;
  readonly seconds: number | null;
}

interface PreviousRow {
  readonly subscription: string;
  readonly version: number | null;
  readonly position: string;
  readonly switched_at: Date;
  readonly comparison: Comparison | null;
}

const ofRebuild = 'tenant = $1 and subscription = $2';

/** How far the shares have come, from 0 to 1, and how many events they hold, of `rebuild r`. */
const SHARES = `lateral (
  select coalesce(sum(events), 0) as events,
         case when r.stage = 'asked for' then 0 when r.watermark = 0 then 1
              else coalesce(avg(least(position::float8 / r.watermark, 1)), 0) end as done
    from rebuild_share s where s.tenant = r.tenant and s.subscription = r.subscription) shares`;

/** Asks for one, to be run by whoever runs the subscription. False when one is asked for or under way already. */
export async function askFor(
  manager: EntityManager,
  tenant: Tenant,
  subscription: string,
  workers: number,
): Promise<boolean> {
  const asked = await manager.query<unknown[]>(
    `insert into rebuild (tenant, subscription, workers, stage) values ($1, $2, $3, 'asked for')
     on conflict (tenant, subscription) do nothing returning 1`,
    [tenant, subscription, workers],
  );
  return asked.length === 1;
}

/**
 * Takes up what was begun for this version and this store, else begins anew.
 * @param open makes the tables to fill, empty
 */
export async function beginOrResume(
  manager: EntityManager,
  tenant: Tenant,
  subscription: string,
  { version, epoch, watermark, parallel }: NewRebuild,
  open: () => Promise<unknown>,
): Promise<{ readonly begun: Begun; readonly shares: Share[] }> {
  await askFor(manager, tenant, subscription, 1);
  const [row] = await manager.query<[RebuildRow]>(
    `select id, version, epoch, workers, watermark, stage from rebuild where ${ofRebuild} for update`,
    [tenant, subscription],
  );
  if (row.stage === 'asked for' || row.version !== version || row.epoch !== epoch) {
    await open();
    await manager.query(`delete from rebuild_share where ${ofRebuild}`, [tenant, subscription]);
    await manager.query(
      `update rebuild set id = gen_random_uuid(), version = $3, epoch = $4, watermark = $5, stage = 'filling'
        where ${ofRebuild}`,
      [tenant, subscription, version, epoch, watermark.toString()],
    );
    await manager.query(
      `insert into rebuild_share (tenant, subscription, id, share)
       select tenant, subscription, id, share from rebuild, generate_series(1, $3::int) share where ${ofRebuild}`,
      [tenant, subscription, parallel ? row.workers : 1],
    );
  }
  const [begun] = await manager.query<[RebuildRow & { life: string }]>(
    `with resumed as (
       update rebuild r set resumed_at = clock_timestamp(), failing = null, resumed_events = shares.events,
              resumed_done = shares.done
         from rebuild self, ${SHARES.replaceAll('r.', 'self.')}
        where r.tenant = $1 and r.subscription = $2 and self.tenant = r.tenant and self.subscription = r.subscription
       returning r.*
     ) select id, version, epoch, workers, watermark, stage, begin_server_life() as life from resumed`,
    [tenant, subscription],
  );
  const shares = await manager.query<{ share: number; position: string }[]>(
    `select share, position from rebuild_share where ${ofRebuild} order by share`,
    [tenant, subscription],
  );
  return {
    begun: { id: begun.id, life: begun.life, epoch, watermark: BigInt(begun.watermark), stage: begun.stage },
    shares: shares.map(({ share, position }) => ({ share, position: BigInt(position) })),
  };
}

/** Moves a worker's mark from where it left it, in the transaction that writes its rows. @throws CheckpointMoved */
export async function moveShare(
  manager: EntityManager,
  tenant: Tenant,
  subscription: string,
  { id, life }: Begun,
  { share, position }: Share,
  to: bigint,
  events: number,
): Promise<void> {
  const moved = await manager.query<unknown[]>(
    `with moved as (
       update rebuild_share set position = $6, events = events + $7
        where ${ofRebuild} and id = $3 and share = $4 and position = $5 and server_life() = $8 returning 1
     ) select 1 from moved`,
    [tenant, subscription, id, share, position.toString(), to.toString(), events, life],
  );
  if (moved.length !== 1) throw new CheckpointMoved(subscription);
}

/** Says what it is about; @throws CheckpointMoved when it was given up, begun anew by another, or the server crashed */
export async function enterStage(
  manager: EntityManager,
  tenant: Tenant,
  subscription: string,
  { id, life }: Begun,
  stage: RebuildStage,
): Promise<void> {
  const entered = await manager.query<unknown[]>(
    `with entered as (
       update rebuild set stage = $4 where ${ofRebuild} and id = $3 and server_life() = $5 returning 1
     ) select 1 from entered`,
    [tenant, subscription, id, stage, life],
  );
  if (entered.length !== 1) throw new CheckpointMoved(subscription);
}

/** When each share has come to the watermark, one worker goes on from there. */
export async function joinShares(manager: EntityManager, tenant: Tenant, subscription: string): Promise<Share> {
  const [joined] = await manager.query<[{ position: string }]>(
    `with gone as (
       delete from rebuild_share where ${ofRebuild} and share > 1 returning events
     ), joined as (
       update rebuild_share set events = events + (select coalesce(sum(events), 0) from gone)
        where ${ofRebuild} and share = 1 returning position
     ) select position from joined`,
    [tenant, subscription],
  );
  return { share: 1, position: BigInt(joined.position) };
}

/** Writes down what keeps it from going on. */
export async function failRebuild(
  manager: EntityManager,
  tenant: Tenant,
  subscription: string,
  reason: string,
): Promise<void> {
  await manager.query(`update rebuild set failing = $3 where ${ofRebuild}`, [tenant, subscription, reason]);
}

/** Takes it off the list; what it built goes with it, unless it was switched. False when there was none. */
export async function forgetRebuild(manager: EntityManager, tenant: Tenant, subscription: string): Promise<boolean> {
  const gone = await manager.query<unknown[]>(
    `with gone as (delete from rebuild where ${ofRebuild} returning 1) select 1 from gone`,
    [tenant, subscription],
  );
  await manager.query(`delete from rebuild_share where ${ofRebuild}`, [tenant, subscription]);
  return gone.length === 1;
}

/** How far each of the council's rebuilds has come. */
export async function rebuildsUnderWay(
  manager: EntityManager,
  tenant: Tenant,
): Promise<ReadonlyMap<string, RebuildProgress>> {
  const rows = await manager.query<ProgressRow[]>(
    `select r.subscription, r.stage, r.workers, r.failing, r.resumed_events, r.resumed_done, shares.events, shares.done,
            extract(epoch from clock_timestamp() - r.resumed_at)::float8 as seconds
       from rebuild r, ${SHARES} where r.tenant = $1`,
    [tenant],
  );
  return new Map(
    rows.map((row) => {
      const { subscription, stage, workers, failing, done } = row;
      const seconds = Math.max(row.seconds ?? 0, 0.001);
      const [events, since] = [Number(row.events), done - row.resumed_done];
      return [
        subscription,
        {
          stage,
          workers,
          events,
          eventsPerSecond: Math.round((events - Number(row.resumed_events)) / seconds),
          done,
          ...(since > 0 && { secondsLeft: Math.ceil((seconds * (1 - done)) / since) }),
          ...(failing !== null && { failing }),
        },
      ];
    }),
  );
}

/** What is kept of each of the council's views. */
export async function previousRows(
  manager: EntityManager,
  tenant: Tenant,
): Promise<ReadonlyMap<string, PreviousRows & { readonly epoch: string | null }>> {
  const rows = await manager.query<(PreviousRow & { epoch: string | null })[]>(
    'select subscription, version, position, epoch, switched_at, comparison from previous_rows where tenant = $1',
    [tenant],
  );
  return new Map(
    rows.map(({ subscription, version, position, epoch, switched_at: switchedAt, comparison }) => [
      subscription,
      {
        position: BigInt(position),
        epoch,
        switchedAt,
        ...(version !== null && { version }),
        ...(comparison && { comparison }),
      },
    ]),
  );
}

/** Says what is kept from now on. @param rows what the checkpoint said of the rows that were shown */
export async function keepPrevious(
  manager: EntityManager,
  tenant: Tenant,
  subscription: string,
  { version, position, epoch }: { version: number; position: bigint; epoch: string | null },
  comparison?: Comparison,
): Promise<void> {
  await manager.query(
    `insert into previous_rows (tenant, subscription, version, position, epoch, comparison)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (tenant, subscription) do update set version = excluded.version, position = excluded.position,
       epoch = excluded.epoch, comparison = excluded.comparison, switched_at = excluded.switched_at`,
    // Rows of version 0 were never built; those of another store say nothing about this one.
    [
      tenant,
      subscription,
      version > 0 ? version : null,
      position.toString(),
      epoch,
      comparison ? JSON.stringify(comparison) : null,
    ],
  );
}
