import { viewTable } from '@caretrail/projections';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was decided for whom, and from which day until which day it was known so. */
export class CreateCaseFacts1790000140000 implements MigrationInterface {
  readonly name = 'CreateCaseFacts1790000140000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table case_fact (
        tenant text not null,
        kind text not null,
        fact_id uuid not null,
        position bigint not null,
        person_id uuid not null,
        parent_id uuid,
        effective_from date not null,
        effective_to date not null default 'infinity',
        known_from date not null,
        known_to date not null default 'infinity',
        withdrawn boolean not null,
        eligible boolean,
        returned boolean not null,
        cost_pence integer,
        person_pays_pence integer,
        council_pays_pence integer,
        needs integer,
        said text,
        event_id uuid not null,
        recorded_at timestamptz not null,
        actor_id text not null,
        actor_role text not null,
        actor_team text,
        primary key (tenant, kind, fact_id, position)
      ) partition by list (tenant)`);
    await runner.query('create index case_fact_person on case_fact (tenant, person_id)');
    await runner.query(viewTable('cases', 'case_fact'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table case_fact');
  }
}

export const casesMigrations = [CreateCaseFacts1790000140000];
