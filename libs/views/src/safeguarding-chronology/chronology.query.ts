import type { Instant, PlainDate, Tenant } from '@caretrail/kernel';
import { Database } from '@caretrail/platform';
import { Inject, Injectable } from '@nestjs/common';

/** Who asks, and as of which days. */
export interface ChronologyReader {
  readonly tenant: Tenant;
  /** Whether events that are kept to safeguarding may be shown; for others they do not exist. */
  readonly needToKnow: boolean;
  readonly effective: PlainDate;
  readonly known: PlainDate;
}

/** One event of a person's chronology, without what is in it. */
export interface ChronologyEntry {
  readonly position: string;
  readonly eventId: string;
  readonly type: string;
  readonly context: string;
  readonly stream: string;
  readonly effectiveOn: PlainDate;
  readonly knownOn: PlainDate;
  readonly recordedAt: Instant;
  readonly actorId: string;
  readonly actorRole: string;
  readonly process: string | null;
  /** The dated source that says when the council knew. */
  readonly source: string | null;
  readonly authority: string;
  readonly decision: boolean;
  readonly needToKnow: boolean;
  readonly corrects: string | null;
}

/** Finds what happened to one person and what was decided about them, across all contexts. */
@Injectable()
export class Chronology {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** All that was true and known by the reader's days, in the order in which it was true. */
  async of(reader: ChronologyReader, personId: string): Promise<ChronologyEntry[]> {
    const rows = await this.database.inTenant(reader.tenant, (manager) =>
      manager.query<(Omit<ChronologyEntry, 'recordedAt'> & { recordedAt: Date })[]>(
        `select position::text, event_id as "eventId", type, context, stream, effective_on::text as "effectiveOn",
           known_on::text as "knownOn", recorded_at as "recordedAt", actor_id as "actorId", actor_role as "actorRole",
           process, source, authority, decision, need_to_know as "needToKnow", corrects
         from chronology_entry e
         where tenant = $1 and person_id = $2 and effective_on <= $3 and known_on <= $4 and (not need_to_know or $5)
         order by e.effective_on, e.known_on, e.position`,
        [reader.tenant, personId, reader.effective, reader.known, reader.needToKnow],
      ),
    );
    return rows.map((row) => ({ ...row, recordedAt: row.recordedAt.toISOString() }));
  }

  /** How many of the person's events the reader's days leave out: known later, or true only later. */
  async leftOut(reader: ChronologyReader, personId: string): Promise<number> {
    const [row] = await this.database.inTenant(reader.tenant, (manager) =>
      manager.query<{ count: number }[]>(
        `select count(*)::int as count from chronology_entry
         where tenant = $1 and person_id = $2 and (effective_on > $3 or known_on > $4) and (not need_to_know or $5)`,
        [reader.tenant, personId, reader.effective, reader.known, reader.needToKnow],
      ),
    );
    return row?.count ?? 0;
  }

  /** How far the chronology has read. */
  async position(tenant: Tenant): Promise<string> {
    const [row] = await this.database.inTenant(tenant, (manager) =>
      manager.query<{ position: string }[]>(
        `select position::text from checkpoint where tenant = $1 and name = 'safeguarding-chronology'`,
        [tenant],
      ),
    );
    return row?.position ?? '0';
  }
}
