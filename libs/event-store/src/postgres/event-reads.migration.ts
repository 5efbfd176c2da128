import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The reads on which every command and every view waits; parameters as of the functions below that hold them.
 * Each is one walk along an index, in its order; a test asks the planner.
 */
export const HOT_READS = {
  forwards: 'select * from event where tenant = $1 and stream = $2 and version >= $3 order by version limit $4',
  backwards: 'select * from event where tenant = $1 and stream = $2 and version <= $3 order by version desc limit $4',
  all: `select * from event where tenant = $1 and position > $2
    and ($4 is null or type = any($4)) and ($5 is null or left(stream, -37) = any($5)) order by position limit $3`,
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

/**
 * A page as one text: a row for each event would be taken apart by the driver field by field, and that took longer than
 * everything else. An event is an array: position, version, id, type, stream, milliseconds and day since 1970, data, metadata.
 */
const page = reading(
  'events_page(text, bigint, int, text[], text[])',
  'table (size int, events text, last bigint, head bigint)',
  `return query select count(*)::int,
    string_agg('[' || e.position || ',' || e.version || ',"' || e.id || '",' || to_json(e.type) || ',' || to_json(e.stream)
      || ',' || (date_part('epoch', e.recorded_at) * 1000)::bigint || ',' || (e.known_on - date '1970-01-01')
      || ',' || e.data || ',' || e.metadata || ']', ',' order by e.position),
    max(e.position), coalesce((${HOT_READS.head}), 0)
    from (${HOT_READS.all}) e`,
);

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
  page,
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
    await runner.query(`drop function result_of_command, head_position, streams_after, events_page, events_by_id,
      events_of_streams, events_backwards, events_forwards`);
  }
}
