import type { PlainDate, Tenant } from '@caretrail/kernel';
import { Database } from '@caretrail/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import { parseUkDate } from '@caretrail/web';
import { type EventFilter, aboutOf } from './event-filter.js';
import { ExploredEvent } from './explored-event.entity.js';
import { recordOf } from './event-explorer.projection.js';

export const PAGE_SIZE = 20;
/** Known more than two days after it was true. */
export const LATE_DAYS = 2;
const TREE_LIMIT = 200;
const READ_AT_ONCE = 5_000;

/** What the reader may see, and as of which days. */
export interface Reader {
  readonly tenant: Tenant;
  readonly needToKnow: boolean;
  readonly effective: PlainDate;
  readonly known: PlainDate;
}

/** A filter whose “who” was looked up: ids of the accounts of that name. */
export type NamedFilter = EventFilter & { readonly actors?: readonly string[] };

export interface MonthCount {
  /** `2026-01` */
  readonly month: string;
  readonly happened: number;
  readonly decided: number;
}

/** Finds events by their envelope. Need-to-know events do not exist for readers without that need, counts included. */
@Injectable()
export class ExploreEvents {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** One page of the events that the filter names, and how many there are. */
  async find(reader: Reader, filter: NamedFilter): Promise<{ events: ExploredEvent[]; total: number }> {
    return this.query(reader, filter, async (query) => {
      const [events, total] = await query
        .orderBy('e.position', filter.order === 'oldest' ? 'ASC' : 'DESC')
        .skip((filter.page - 1) * PAGE_SIZE)
        .take(PAGE_SIZE)
        .getManyAndCount();
      return { events, total };
    });
  }

  /** All events that the filter names, in its order, in groups: of any number of them a few are in memory. */
  async *all(reader: Reader, filter: NamedFilter): AsyncGenerator<readonly ExploredEvent[]> {
    const oldestFirst = filter.order === 'oldest';
    for (let last: string | undefined; ;) {
      const events = await this.query(reader, filter, (query) => {
        if (last !== undefined) query.andWhere(`e.position ${oldestFirst ? '>' : '<'} :last`, { last });
        return query
          .orderBy('e.position', oldestFirst ? 'ASC' : 'DESC')
          .limit(READ_AT_ONCE)
          .getMany();
      });
      if (events.length) yield events;
      if (events.length < READ_AT_ONCE) return;
      last = events.at(-1)!.position;
    }
  }

  /** The same events counted by the month in which they were true; the last 12 months that have any. */
  async byMonth(reader: Reader, filter: NamedFilter): Promise<MonthCount[]> {
    const rows = await this.query(reader, filter, (query) =>
      query
        .select(`to_char(e.effective_on, 'YYYY-MM')`, 'month')
        .addSelect('count(*) filter (where not e.decision)::int', 'happened')
        .addSelect('count(*) filter (where e.decision)::int', 'decided')
        .groupBy('1')
        .orderBy('1', 'DESC')
        .limit(12)
        .getRawMany<MonthCount>(),
    );
    return rows.reverse();
  }

  /** One event by id, when this reader may see it on these days. */
  async one(reader: Reader, eventId: string): Promise<ExploredEvent | null> {
    return this.query(reader, undefined, (query) => query.andWhere('e.event_id = :eventId', { eventId }).getOne());
  }

  /** Everything tied together by one correlation, in order, the first 200. */
  async tiedTogether(reader: Reader, correlationId: string): Promise<ExploredEvent[]> {
    return this.query(reader, undefined, (query) =>
      query
        .andWhere('e.correlation_id = :correlationId', { correlationId })
        .orderBy('e.position')
        .limit(TREE_LIMIT)
        .getMany(),
    );
  }

  /** How far the explorer has read. */
  async position(tenant: Tenant): Promise<string> {
    const [row] = await this.database.inTenant(tenant, (manager) =>
      manager.query<{ position: string }[]>(
        `select position from checkpoint where tenant = $1 and name = 'event-explorer'`,
        [tenant],
      ),
    );
    return row?.position ?? '0';
  }

  private query<Result>(
    reader: Reader,
    filter: NamedFilter | undefined,
    run: (query: SelectQueryBuilder<ExploredEvent>) => Promise<Result>,
  ): Promise<Result> {
    return this.database.inTenant(reader.tenant, (manager) => {
      const query = manager
        .createQueryBuilder(ExploredEvent, 'e')
        .where('e.tenant = :tenant', { tenant: reader.tenant })
        .andWhere('e.effective_on <= :effective and e.known_on <= :known', reader);
      if (!reader.needToKnow) query.andWhere('not e.need_to_know');
      if (filter) narrow(query, filter);
      return run(query);
    });
  }
}

function narrow(query: SelectQueryBuilder<ExploredEvent>, filter: NamedFilter): void {
  const about = aboutOf(filter.about);
  if (about?.kind === 'record') query.andWhere('e.records @> :records', { records: [about.record] });
  if (about?.kind === 'id')
    query.andWhere('(e.event_id = :id or e.records @> :records or e.stream like :ofId)', {
      id: about.id,
      records: [recordOf(about.id)],
      ofId: `%-${about.id}`,
    });
  if (about?.kind === 'stream') query.andWhere('e.stream ilike :stream', { stream: like(about.stream) });
  if (filter.type) query.andWhere('e.type ilike :type', { type: like(filter.type) });
  if (filter.who)
    query.andWhere('(e.actor_id = any(:actors) or e.actor_id = :who or e.actor_role = :who or e.process = :who)', {
      who: filter.who,
      actors: filter.actors ?? [],
    });
  if (filter.tied) query.andWhere('e.correlation_id = :tied', { tied: filter.tied });
  between(
    query,
    `(e.recorded_at at time zone 'Europe/London')::date`,
    'recorded',
    filter.recordedFrom,
    filter.recordedTo,
  );
  between(query, 'e.effective_on', 'true', filter.trueFrom, filter.trueTo);
  if (filter.late) query.andWhere(`e.known_on > e.effective_on + ${LATE_DAYS}`);
  if (filter.corrections) query.andWhere('e.corrects is not null');
  if (filter.decisions) query.andWhere('e.decision');
}

function between(
  query: SelectQueryBuilder<ExploredEvent>,
  column: string,
  name: string,
  from: string | undefined,
  to: string | undefined,
): void {
  const first = from && parseUkDate(from);
  const last = to && parseUkDate(to);
  if (first) query.andWhere(`${column} >= :${name}First`, { [`${name}First`]: first });
  if (last) query.andWhere(`${column} <= :${name}Last`, { [`${name}Last`]: last });
}

const like = (typed: string): string => `%${typed.replaceAll(/[\\%_]/g, '\\$&')}%`;
