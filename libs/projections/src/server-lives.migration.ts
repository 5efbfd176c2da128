import type { MigrationInterface, QueryRunner } from 'typeorm';
import { MOVED, MovedCheckpoints1790000033000 } from './moved-checkpoints.migration.js';

/**
 * Tells one life of the server from the next. An event can be seen a moment before it is on the disk, and a crash in that
 * moment takes it back; what somebody read before must not be applied after it. A lease holds for one life, and so does a
 * rebuild: both are refused in the next, and what they hold in memory is forgotten.
 */
export class ServerLives1790000034000 implements MigrationInterface {
  name = 'ServerLives1790000034000';

  async up(runner: QueryRunner): Promise<void> {
    // Recovery empties what is unlogged, also where one backend was killed and the postmaster lives on. The other counts, and
    // is in the log: no two lives have the same number.
    await runner.query('create unlogged sequence server_alive');
    await runner.query('create sequence server_lives');
    await runner.query(`
      create function server_life() returns text language sql volatile as $$
        select extract(epoch from pg_postmaster_start_time()) || ' ' || pg_sequence_last_value('server_lives')
         where pg_sequence_last_value('server_alive') is not null
      $$`);
    // Two who find it begun by nobody both count: the first has to ask again.
    await runner.query(`
      create function begin_server_life() returns text language plpgsql volatile as $$
      begin
        if server_life() is null and not pg_is_in_recovery() then
          perform nextval('server_lives');
          perform nextval('server_alive');
        end if;
        return server_life();
      end $$`);
    await runner.query('drop function move_checkpoint');
    await runner.query(`
      create function move_checkpoint(council text, subscription text, held bigint, from_version int, from_position bigint,
        from_epoch text, from_life text, to_version int, to_position bigint) returns void language plpgsql as $$
      begin
        update checkpoint set version = to_version, position = to_position, moved_at = now(), failing = null
         where tenant = council and name = subscription and token = held and version = from_version
           and position = from_position and epoch = from_epoch and server_life() = from_life;
        if not found then
          raise exception 'The checkpoint of % was moved.', subscription using errcode = '${MOVED}';
        end if;
      end $$`);
    // What could be seen in this life is on the disk when it has answered; a connection ends with the life that it is of.
    await runner.query(`
      create function confirm_lease(council text, subscription text, held bigint, from_life text) returns void
        language plpgsql as $$
      begin
        perform from checkpoint where tenant = council and name = subscription and token = held and server_life() = from_life;
        if not found then
          raise exception 'The checkpoint of % was moved.', subscription using errcode = '${MOVED}';
        end if;
        if pg_current_wal_flush_lsn() < pg_current_wal_insert_lsn() then
          perform pg_logical_emit_message(false, 'caretrail', '', true);
        end if;
      end $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function confirm_lease, move_checkpoint, begin_server_life, server_life');
    await runner.query('drop sequence server_alive, server_lives');
    await new MovedCheckpoints1790000033000().up(runner);
  }
}
