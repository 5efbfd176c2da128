import type { MigrationInterface, QueryRunner } from 'typeorm';
import { COPIED_COLUMNS } from './copied-events.js';

/**
 * The reads on which every command and every view waits; parameters as of the functions below that hold them.
 * Each is one walk along an index, in its order; a test asks the planner. `between` is copied, and no function holds it.
 */
export const HOT_READS = {
  forwards: 'select * from event where tenant = $1 and stream = $2 and version >= $3 order by version limit $4',
  backwards: 'select * from event where tenant = $1 and stream = $2 and version <= $3 order by version desc limit $4',
  all: `select * from event where tenant = $1 and position > $2
    and ($4 is null or type = any($4)) and ($5 is null or left(stream, -37) = any($5)) order by position limit $3`,
  between: `select ${COPIED_COLUMNS} from event where tenant = $1 and position > $2 and position <= $3
    and ($4 is null or type = any($4)) and ($5 is null or left(stream, -37) = any($5)) order by position`,
  head: 'select position from event where tenant = $1 order by position desc limit 1',
  // C order: a hyphen comes before a full stop, so a category's names lie between the two; the length leaves out
  // categories that continue with a hyphen of their own.
  names: `select stream from event where tenant = $1 and stream > $3 and stream > $2 || '-' and stream < $2 || '.'
    and length(stream) = length($2) + 37 and version = 1 order by stream limit $4`,
} as const;

/**
 * A read names its council in the same statement: one round trip, and the setting ends with the transaction.
 * Sorting is off: the planner knows nothing of how often a category is met, and would now and then rather sort the whole
 * table than walk along the index that has the order. (Where no index has it, off means unloved, not forbidden.)
 * Sequential scans are off as in the append: a plan made for a small table lives on while it grows.
 */
const reading = (signature: string, returns: string, work: string): string => `create function ${signature}
  returns ${returns} language plpgsql stable set enable_seqscan = off set enable_sort = off as $$
  #variable_conflict use_column
  begin
    perform set_config('app.tenant', $1, true);
    ${work};
  end $$`;

/** A longer text is refused, and asked for in parts, unless it is one event: a string of V8 holds 512 MB, a value of PostgreSQL 1 GB. */
export const LONGEST_TEXT_BYTES = 16 * 2 ** 20;

/**
 * Events as JSON arrays with commas between them: position, version, id, type, stream, milliseconds and day since 1970,
 * data, metadata. As rows they would be taken apart by the driver field by field, and that took longer than everything
 * else. concat, because each || would copy what was put together before.
 */
const readingText = (signature: string, found: string, head = ''): string => `create function ${signature}
  language plpgsql stable set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_sort = off as $$
  #variable_conflict use_column
  declare
    size bigint;
  begin
    perform set_config('app.tenant', $1, true);
    select string_agg(concat('[', e.position, ',', e.version, ',"', e.id, '",', to_json(e.type), ',', to_json(e.stream), ',',
             (date_part('epoch', e.recorded_at) * 1000)::bigint, ',', e.known_on - date '1970-01-01', ',', e.data, ',',
             e.metadata, ']'), ',' order by e.position), count(*)
      into events, size
      from (${found}) e;
    if size > 1 and octet_length(events) > ${LONGEST_TEXT_BYTES} then
      raise exception 'So many events are too long to be read as one text.' using errcode = 'program_limit_exceeded';
    end if;
    ${head}
  end $$`;

const readingTexts = [
  /** The next so many events, and the council's newest position. */
  readingText(
    'events_page(text, bigint, int, text[], text[], out events text, out head bigint)',
    HOT_READS.all,
    `head := coalesce((${HOT_READS.head}), 0);`,
  ),
];

const reads = [
  reading('events_forwards(text, text, int, int)', 'setof event', `return query ${HOT_READS.forwards}`),
  reading('events_backwards(text, text, int, int)', 'setof event', `return query ${HOT_READS.backwards}`),
  reading(
    'events_of_streams(text, text[])',
    'setof event',
    'return query select * from event where tenant = $1 and stream = any($2) order by stream, version',
  ),
  reading(
    'events_by_id(text, uuid[])',
    'setof event',
    'return query select * from event where tenant = $1 and id = any($2) order by position',
  ),
  reading(
    'events_hashed(text, bigint, int)',
    'setof event',
    'return query select * from event where tenant = $1 and position > $2 order by position limit $3',
  ),
  ...readingTexts,
  reading('streams_after(text, text, text, int)', 'setof text', `return query ${HOT_READS.names}`),
  reading('head_position(text)', 'bigint', `return coalesce((${HOT_READS.head}), 0)`),
  reading(
    'result_of_command(text, text)',
    'json',
    'return (select result from command_result where tenant = $1 and command_id = $2)',
  ),
];

/** The functions through which events and the results of commands are read. */
export class EventReads1764000120000 implements MigrationInterface {
  readonly name = 'EventReads1764000120000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of reads) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop function result_of_command, head_position, streams_after, events_page, events_hashed, events_by_id,
      events_of_streams, events_backwards, events_forwards`);
  }
}
