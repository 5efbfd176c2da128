import { protectByTenant } from '@caretrail/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { LEAVES_IN_A_CHUNK } from './chunks.js';

const TABLES = ['sealed_leaves', 'sealed_subtree', 'sealed_checkpoint', 'sealing_key'] as const;

/** The tree over each council's events, and what was signed of it. */
export class SealedHistory1790000150000 implements MigrationInterface {
  readonly name = 'SealedHistory1790000150000';

  async up(runner: QueryRunner): Promise<void> {
    // The leaves that one step sealed, up to the end of their chunk; start is the index of the first, position that of the last event.
    await runner.query(`
      create table sealed_leaves (
        tenant text not null,
        start bigint not null check (start >= 0),
        leaves bytea not null check (octet_length(leaves) % 32 = 0 and octet_length(leaves) / 32 between 1 and ${LEAVES_IN_A_CHUNK}),
        position bigint not null,
        primary key (tenant, start),
        unique (tenant, position)
      )`);
    // Hashes cannot be compressed; beside the row they are not read by whoever wants the position alone.
    await runner.query('alter table sealed_leaves alter column leaves set storage external');
    // Each perfect subtree of a chunk or more, so that a proof is a look-up of one row a level.
    await runner.query(`
      create table sealed_subtree (
        tenant text not null,
        level int not null,
        number bigint not null,
        hash bytea not null check (octet_length(hash) = 32),
        primary key (tenant, level, number)
      )`);
    await runner.query(`
      create table sealed_checkpoint (
        tenant text not null,
        number bigint not null,
        size bigint not null,
        root bytea not null,
        position bigint not null,
        epoch text not null,
        sealed_at timestamptz not null,
        key_id text not null,
        note text not null,
        primary key (tenant, number)
      )`);
    // Public halves: what was signed before the key was changed is checked with them.
    await runner.query(`
      create table sealing_key (
        tenant text not null,
        key_id text not null,
        key text not null,
        since timestamptz not null default now(),
        primary key (tenant, key_id)
      )`);
    for (const table of TABLES) {
      await runner.query(protectByTenant(table));
      await runner.query(`create trigger ${table}_is_kept before update or delete or truncate on ${table}
        for each statement execute function refuse_change()`);
    }
    await runner.query(`
      do $$
      declare role_name text;
      begin
        for role_name in select distinct grantee from information_schema.role_table_grants
          where table_schema = current_schema() and table_name = '${TABLES[0]}' and grantee not in (current_user, 'PUBLIC')
        loop
          execute format('revoke update, delete, truncate, references, trigger on ${TABLES.join(', ')} from %I', role_name);
        end loop;
      end $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table ${TABLES.join(', ')}`);
  }
}

/** After the event store's. */
export const auditMigrations = [SealedHistory1790000150000];
