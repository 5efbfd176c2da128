import { viewTable } from '@caretrail/projections';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * One row for each event: what was known of a package, a request or a person from the day of that event until the next
 * one was known. Of several events of one day the last stands, the others hold for an empty time.
 */
export class CreateMarketPosition1790000210000 implements MigrationInterface {
  name = 'CreateMarketPosition1790000210000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table market_service (
        tenant text not null,
        package_id uuid not null,
        position bigint not null,
        kind text not null,
        effective_on date not null,
        known_from date not null,
        known_to date not null,
        stands boolean not null,
        person_id uuid not null,
        service text,
        service_type text,
        component text,
        provider_location_id text,
        weekly_hours numeric,
        weekly_pence bigint,
        hourly_pence bigint,
        effective_from date,
        effective_to date not null,
        primary key (tenant, package_id, known_from, position)
      ) partition by list (tenant)`);
    // Most rows are superseded or have ended: those that stand on a day are found by how long they hold.
    await runner.query(
      'create index market_service_open on market_service (tenant, known_to, effective_to, effective_from) where stands',
    );
    await runner.query(
      'create index market_service_start on market_service (tenant, person_id, effective_from) where stands',
    );
    await runner.query(`
      create table market_request (
        tenant text not null,
        episode_id uuid not null,
        position bigint not null,
        kind text not null,
        effective_on date not null,
        known_from date not null,
        known_to date not null,
        stands boolean not null,
        person_id uuid not null,
        requested_on date,
        concluded_on date,
        leads_nowhere boolean not null,
        primary key (tenant, episode_id, known_from, position)
      ) partition by list (tenant)`);
    await runner.query('create index market_request_day on market_request (tenant, requested_on) where stands');
    await runner.query(`
      create table market_person (
        tenant text not null,
        person_id uuid not null,
        position bigint not null,
        effective_on date not null,
        known_from date not null,
        known_to date not null,
        postcode_sector text,
        primary key (tenant, person_id, known_from, position)
      ) partition by list (tenant)`);
    for (const table of ['market_service', 'market_request', 'market_person'])
      await runner.query(viewTable('market-position', table));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['market_person', 'market_request', 'market_service'])
      await runner.query(`drop table ${table}`);
  }
}

/** One row for each telling of a death, beside what was known of the person's packages and requests. */
export class AddDeathsToMarketPosition1790000211000 implements MigrationInterface {
  name = 'AddDeathsToMarketPosition1790000211000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table market_death (
        tenant text not null,
        person_id uuid not null,
        position bigint not null,
        known_from date not null,
        known_to date not null,
        died_on date not null,
        primary key (tenant, person_id, known_from, position)
      ) partition by list (tenant)`);
    await runner.query(viewTable('market-position', 'market_death'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table market_death');
  }
}

export const marketPositionMigrations = [CreateMarketPosition1790000210000, AddDeathsToMarketPosition1790000211000];
