import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What `move_checkpoint` refuses with. */
export const MOVED = 'CR001';

/**
 * Moves a checkpoint from where the holder of its lease left it. It refuses by itself where that is not so: rows and commit
 * can then be sent behind it without waiting for its answer, and fail with it.
 */
export class MovedCheckpoints1790000033000 implements MigrationInterface {
  name = 'MovedCheckpoints1790000033000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function move_checkpoint(council text, subscription text, held bigint, from_version int, from_position bigint,
        from_epoch text, to_version int, to_position bigint) returns void language plpgsql as $$
      begin
        update checkpoint set version = to_version, position = to_position, moved_at = now(), failing = null
         where tenant = council and name = subscription and token = held and version = from_version
           and position = from_position and epoch = from_epoch;
        if not found then
          raise exception 'The checkpoint of % was moved.', subscription using errcode = '${MOVED}';
        end if;
      end $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function move_checkpoint');
  }
}
