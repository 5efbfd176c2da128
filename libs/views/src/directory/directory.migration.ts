import { viewTable } from '@caretrail/projections';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What directories told of each service, and from it, for any pair of days, what stood in the directory. */
export class CreateDirectory1790000200000 implements MigrationInterface {
  readonly name = 'CreateDirectory1790000200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table directory_version (
        tenant text not null,
        service_id uuid not null,
        position bigint not null,
        event_id uuid not null,
        effective_on date not null,
        known_on date not null,
        -- False where it tells that the service stands no longer; then it says nothing else.
        listed boolean not null,
        name text not null default '',
        entry jsonb,
        terms text[] not null default '{}',
        postcodes text[] not null default '{}',
        said text not null default '',
        words tsvector generated always as (to_tsvector('english', said)) stored,
        primary key (tenant, service_id, position)
      ) partition by list (tenant)`);
    await runner.query('create index directory_version_words on directory_version using gin (words)');
    await runner.query(viewTable('directory', 'directory_version'));
    await runner.query(`
      create table directory_listing (
        tenant text not null,
        service_id uuid not null,
        position bigint not null,
        effective_from date not null,
        effective_to date not null,
        known_from date not null,
        known_to date not null,
        primary key (tenant, service_id, known_from, effective_from)
      ) partition by list (tenant)`);
    await runner.query('create index directory_listing_days on directory_listing (tenant, known_to, effective_to)');
    await runner.query(viewTable('directory', 'directory_listing'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table directory_version, directory_listing');
  }
}

export const directoryMigrations = [CreateDirectory1790000200000];
