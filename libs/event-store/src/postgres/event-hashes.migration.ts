import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Position (8 bytes, the first the highest) and hash (32) of one event after another, as one value: whoever seals reads
 * nothing else of them, and rows would be taken apart by the driver. `bare` is the first position without a hash.
 */
const hashes = `create function event_hashes(text, bigint, int, out hashes bytea, out events int, out bare bigint)
  language plpgsql stable set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_sort = off as $$
  begin
    perform set_config('app.tenant', $1, true);
    select string_agg(int8send(e.position) || e.hash, ''::bytea order by e.position), count(*), min(e.position) filter (where e.hash is null)
      into hashes, events, bare
      from (select position, hash from event where tenant = $1 and position > $2 order by position limit $3) e;
  end $$`;

/** How the hashes of a council's events are read, to be sealed. */
export class EventHashes1764000130000 implements MigrationInterface {
  readonly name = 'EventHashes1764000130000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(hashes);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function event_hashes');
  }
}
